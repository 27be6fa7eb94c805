"""The rights to grants: who audits may know who may do what, and who grants may change it."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.AUDIT: frozenset(["Grant", "GrantBelief", "GrantConnection", "GrantEdge"]),
    Right.WRITE: frozenset(["GrantRecorded"]),
}

FIELDS: dict[str, Right] = {
    "Mutation.grantRole": Right.GRANT,
    "Mutation.revokeRole": Right.GRANT,
    "Query.grant": Right.AUDIT,
    "Query.grants": Right.AUDIT,
}
