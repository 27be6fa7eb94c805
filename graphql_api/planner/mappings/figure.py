"""What the fields of figures map to (上报数据映射). See the package for what stands in braces."""

from __future__ import annotations

from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.declare import Join, referred

ORGANIZATION = referred("organization", "organization")
HISTORY = Join("figure", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True)
FIGURES_OF = Join(
    "figure",
    "{j}.organization = {t}.id AND ({j}.valid @> {as_of}) IS TRUE AND NOT {j}.withdrawn",
    order="{j}.indicator, {j}.period_end, {j}.period_start, {j}.id",
    filters={"indicators": ("{j}.indicator = ANY ({value})", "text[]")},
)

FIGURES = Connection(
    kind="Figure",
    source="figure",
    sorts={
        "PERIOD": Sort("{t}.period_end", "date", descending=True),
        "INDICATOR": Sort("{t}.indicator", "text"),
        "VALUE": Sort("{t}.value", "bigint", descending=True),
    },
    where={
        "organization": Filter("{t}.organization = {value}", "uuid"),
        "indicators": Filter("{t}.indicator = ANY ({value})", "text[]"),
        "periodFrom": Filter("{t}.period_end >= {value}", "date"),
        "periodTo": Filter("{t}.period_start <= {value}", "date"),
        "withdrawn": Filter("{t}.withdrawn = {value}", "boolean"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
