"""What the fields of grants map to (授权映射). See the package for what stands in braces."""

from __future__ import annotations

from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.declare import Join, referred

ROOT = referred("organization", "root")
SCOPES = "array_to_json(string_to_array({t}.scopes, ' '))"
HISTORY = Join("role_grant", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True)

GRANTS = Connection(
    kind="Grant",
    source="role_grant",
    sorts={
        "PRINCIPAL": Sort("{t}.principal", "text"),
        "GIVEN_ON": Sort("{t}.given_on", "date", descending=True),
    },
    where={
        "principal": Filter("{t}.principal = {value}", "text"),
        "root": Filter("{t}.root = {value}", "uuid"),
        "roles": Filter("{t}.role = ANY ({value})", "text[]"),
        "statuses": Filter("{t}.status = ANY ({value})", "text[]"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
