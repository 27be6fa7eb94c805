"""What the fields of liaisons map to (直接联系映射). See the package for what stands in braces."""

from __future__ import annotations

from graphql_api.access import Right
from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.declare import Join
from graphql_api.planner.mappings.names import of_person
from graphql_api.planner.mappings.person import SAME, pointed_at

_NAME = (
    "(SELECT p.name FROM {latest_person_private} AS p"
    " WHERE p.person = {t}.%s AND (p.valid @> {as_of}) IS TRUE)"
)
CADRE_NAME = of_person(_NAME % "cadre", "{t}.cadre")
SCIENTIST_NAME = of_person(_NAME % "scientist", "{t}.scientist")
NOTE = (
    "(SELECT n.note FROM {latest_liaison_note} AS n"
    " WHERE n.liaison = {t}.liaison AND n.position = {t}.position AND (n.valid @> {as_of}) IS TRUE)"
)
CADRE = pointed_at("cadre")
SCIENTIST = pointed_at("scientist")
UNDER_WAY = "({t}.ended_on IS NULL)"

_VISITED = "FROM {liaison_visit} AS v WHERE v.liaison = {t}.id AND (v.valid @> {as_of}) IS TRUE"
VISIT_COUNT = f"(SELECT count(*) {_VISITED})"
LAST_VISIT = f"(SELECT max(v.visited_on) {_VISITED})"
VISITS = Join(
    "liaison_visit",
    "{j}.liaison = {t}.id AND ({j}.valid @> {as_of}) IS TRUE",
    order="{j}.visited_on, {j}.position",
)

LIAISONS = Connection(
    kind="Liaison",
    source="liaison",
    sorts={"BEGUN_ON": Sort("{t}.begun_on", "date")},
    where={
        "cadre": Filter(SAME % "cadre", "uuid", right=Right.PERSON),
        "scientist": Filter(SAME % "scientist", "uuid", right=Right.PERSON),
        "underWay": Filter(f"{UNDER_WAY} = {{value}}", "boolean"),
        "notVisitedSince": Filter(f"NOT EXISTS (SELECT {_VISITED} AND v.visited_on >= {{value}})", "date"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
