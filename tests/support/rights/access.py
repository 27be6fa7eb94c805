"""The rights to the access log."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.AUDIT: frozenset({"Access", "AccessEdge", "AccessConnection"}),
}
FIELDS: dict[str, Right] = {"Query.accessLog": Right.AUDIT}
