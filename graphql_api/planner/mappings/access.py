"""What the fields of the access log map to (查阅记录映射). See the package for what stands in braces."""

from __future__ import annotations

from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.mappings.person import RECORDS

ACCESS_LOG = Connection(
    kind="Access",
    source="registry.access",
    sorts={
        "NEWEST": Sort("{t}.id", "bigint", descending=True),
        "OLDEST": Sort("{t}.id", "bigint"),
    },
    where={
        "actor": Filter("{t}.actor = {value}", "text"),
        "person": Filter(f"{{t}}.persons && ({RECORDS.replace('{t}.id', '{value}')})", "uuid"),
        "kinds": Filter("{t}.kind = ANY ({value})", "text[]"),
        "field": Filter("{value} = ANY ({t}.fields)", "text"),
        "recordedFrom": Filter("{t}.recorded_at >= {value}", "timestamptz"),
        "recordedTo": Filter("{t}.recorded_at <= {value}", "timestamptz"),
    },
    fixed="true",
    tie=Tie("{t}.id", "bigint"),
)
"""A person is found by whichever of their records was read."""
