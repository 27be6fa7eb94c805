"""The rights to what proves the log: hashes say nothing of what was recorded."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.CHART: frozenset(["Checkpoint", "ConsistencyProof", "InclusionProof"]),
}

FIELDS: dict[str, Right] = {
    "Query.checkpoint": Right.CHART,
    "Query.consistencyProof": Right.CHART,
    "Query.inclusionProof": Right.CHART,
}
