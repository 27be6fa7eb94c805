"""What the fields of secondments map to (挂职、交流映射). See the package for what stands in braces."""

from __future__ import annotations

from graphql_api.access import Right
from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.declare import Join, referred
from graphql_api.planner.mappings.names import of_person
from graphql_api.planner.mappings.person import SAME, pointed_at

HOME = referred("organization", "home")
HOST = referred("organization", "host")
PERSON_NAME = of_person(
    "(SELECT p.name FROM {latest_person_private} AS p"
    " WHERE p.person = {t}.person AND (p.valid @> {as_of}) IS TRUE)",
    "{t}.person",
)
DUTY = (
    "(SELECT d.duty FROM {latest_secondment_private} AS d"
    " WHERE d.secondment = {t}.id AND (d.valid @> {as_of}) IS TRUE)"
)
PERSON = pointed_at("person")
UNDER_WAY = "({t}.ended_on IS NULL)"
HISTORY = Join("secondment", "{j}.id = {t}.id", order="lower({j}.valid)")

SECONDMENTS = Connection(
    kind="Secondment",
    source="secondment",
    sorts={
        "BEGUN_ON": Sort("{t}.begun_on", "date"),
        "UNTIL": Sort("coalesce({t}.until, '9999-12-31'::date)", "date"),
    },
    where={
        "person": Filter(SAME % "person", "uuid", right=Right.PERSON),
        "home": Filter("{t}.home = {value}", "uuid"),
        "host": Filter("{t}.host = {value}", "uuid"),
        "directions": Filter("{t}.direction = ANY ({value})", "text[]"),
        "bases": Filter("{t}.basis = ANY ({value})", "text[]"),
        "underWay": Filter(f"{UNDER_WAY} = {{value}}", "boolean"),
        "endsBefore": Filter("{t}.until < {value}", "date"),
        "notEndedBy": Filter("({t}.ended_on IS NULL OR {t}.ended_on > {value})", "date"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
