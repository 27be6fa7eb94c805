"""What the fields of rules and criteria map to (规则与口径映射). See the package for the braces."""

from __future__ import annotations

from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.declare import Join

_CODE = (
    "{t}.id = (SELECT i.entity FROM {identifier} AS i"
    " WHERE i.scheme = '%s' AND i.value = {value} AND (i.valid @> {as_of}) IS TRUE)"
)
RULE_CODE = _CODE % "RULE"
CRITERION_CODE = _CODE % "CRITERION"

IN_FORCE = "(NOT {t}.repealed)"

SUBJECT = "({t}.definition ->> 'subject')"
NUMERATOR = "({t}.definition ->> 'numerator')"
COMPARISON = "({t}.definition ->> 'comparison')"
REACH = "coalesce({t}.definition -> 'population' ->> 'reach', 'OWN')"
WHERE = "({t}.definition -> 'population' ->> 'where')"
INDICATOR = "({t}.definition -> 'population' ->> 'indicator')"
AGAINST = "({t}.definition -> 'against' ->> 'kind')"
AGAINST_REACH = (
    f"(CASE WHEN {AGAINST} IS NOT NULL THEN coalesce({{t}}.definition -> 'against' ->> 'reach', 'OWN') END)"
)
AGAINST_WHERE = "({t}.definition -> 'against' ->> 'where')"


def ratio(field: str) -> str:
    """Return the expression of a fraction as it is written: 3/4, or a whole number."""
    part = f"{{t}}.definition -> '{field}'"
    return f"(({part} ->> 'numerator') || coalesce('/' || ({part} ->> 'denominator'), ''))"


CRITERIA_USED = Join(
    "criterion",
    "{j}.valid @> {as_of} AND {j}.id IN (SELECT u.criterion FROM {criterion_use} AS u"
    " WHERE u.source = {t}.id AND (u.valid @> {as_of}) IS TRUE)",
    order="{j}.code, {j}.id",
)
_USERS = (
    "{j}.valid @> {as_of} AND {j}.id IN"
    " (SELECT u.source FROM {criterion_use} AS u WHERE u.criterion = {t}.id AND (u.valid @> {as_of}) IS TRUE)"
)
RULES_USING = Join("rule", _USERS, order="{j}.code, {j}.id")
CRITERIA_USING = Join("criterion", _USERS, order="{j}.code, {j}.id")
RULE_HISTORY = Join("rule", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True)
CRITERION_HISTORY = Join(
    "criterion", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True
)

RULES = Connection(
    kind="Rule",
    source="rule",
    sorts={"CODE": Sort("{t}.code", "text"), "NAME": Sort("{t}.name", "text")},
    where={
        "codes": Filter("{t}.code = ANY ({value})", "text[]"),
        "forms": Filter("{t}.form = ANY ({value})", "text[]"),
        "populations": Filter("{t}.population = ANY ({value})", "text[]"),
        "warning": Filter("{t}.warning = {value}", "boolean"),
        "inForce": Filter("(NOT {t}.repealed) = {value}", "boolean"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
CRITERIA = Connection(
    kind="Criterion",
    source="criterion",
    sorts={"CODE": Sort("{t}.code", "text")},
    where={
        "codes": Filter("{t}.code = ANY ({value})", "text[]"),
        "inForce": Filter("(NOT {t}.repealed) = {value}", "boolean"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
