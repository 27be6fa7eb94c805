"""The rights to what is found by name."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {Right.CHART: frozenset(["SearchHit"])}

FIELDS: dict[str, Right] = {"Query.search": Right.CHART}
