"""What the fields of programmes map to (计划映射). See the package for what stands in braces."""

from __future__ import annotations

from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.declare import Join, referred
from graphql_api.planner.mappings.names import NAMED

OWNER = referred("organization", "owner")
RUNNING = "({t}.ended_on IS NULL)"
ENROLLMENTS = Join(
    "enrollment",
    "{j}.programme = {t}.id AND ({j}.valid @> {as_of}) IS TRUE",
    order="lower({j}.valid), {j}.organization",
)
EVERY_ENROLLMENT = Join("enrollment", "{j}.programme = {t}.id", order="lower({j}.valid), {j}.organization")
ENROLLED = referred("organization", "organization")
HISTORY = Join("programme", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True)

_TAKES_PART = (
    "(SELECT e.programme FROM {enrollment} AS e WHERE e.organization = %s AND (e.valid @> {as_of}) IS TRUE)"
)
TAKEN_PART_IN = Join(
    "programme",
    "{j}.valid @> {as_of} AND {j}.id IN " + _TAKES_PART % "{t}.id",
    order="{j}.pinyin, {j}.id",
)

PROGRAMMES = Connection(
    kind="Programme",
    source="programme",
    sorts={
        "NAME": Sort("{t}.pinyin", "text"),
        "LAUNCHED_ON": Sort("{t}.launched_on", "date"),
        "UNTIL": Sort("coalesce({t}.until, '9999-12-31'::date)", "date"),
    },
    where={
        "owner": Filter("{t}.owner = {value}", "uuid"),
        "participant": Filter("{t}.id IN " + _TAKES_PART % "{value}", "uuid"),
        "running": Filter(f"{RUNNING} = {{value}}", "boolean"),
        "nameContains": Filter("strpos({t}.name, {value}) > 0", "text"),
        "text": NAMED,
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
