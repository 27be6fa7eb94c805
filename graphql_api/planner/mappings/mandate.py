"""What the fields of mandates map to (承接政府转移职能映射). See the package for what stands in braces."""

from __future__ import annotations

from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.declare import Join, referred
from graphql_api.planner.mappings.names import NAMED

HOLDER = referred("organization", "holder")
GRANTOR = referred("organization", "grantor")
REVIEWS = Join(
    "mandate_review",
    "{j}.mandate = {t}.id AND ({j}.valid @> {as_of}) IS TRUE",
    order="{j}.reviewed_on, {j}.position",
)
HISTORY = Join("mandate", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True)
HELD = Join(
    "mandate",
    "{j}.holder = {t}.id AND ({j}.valid @> {as_of}) IS TRUE AND {j}.status = 'ACTIVE'",
    order="{j}.pinyin, {j}.id",
)

MANDATES = Connection(
    kind="Mandate",
    source="mandate",
    sorts={
        "NAME": Sort("{t}.pinyin", "text"),
        "GRANTED_ON": Sort("{t}.granted_on", "date"),
        "UNTIL": Sort("coalesce({t}.until, '9999-12-31'::date)", "date"),
    },
    where={
        "holder": Filter("{t}.holder = {value}", "uuid"),
        "grantor": Filter("{t}.grantor = {value}", "uuid"),
        "categories": Filter("{t}.category = ANY ({value})", "text[]"),
        "statuses": Filter("{t}.status = ANY ({value})", "text[]"),
        "endsBefore": Filter("{t}.until < {value}", "date"),
        "nameContains": Filter("strpos({t}.name, {value}) > 0", "text"),
        "text": NAMED,
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
