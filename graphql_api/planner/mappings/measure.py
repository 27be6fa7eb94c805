"""What the fields of measures map to (改革措施映射). See the package for what stands in braces."""

from __future__ import annotations

from graphql_api.access import Right
from graphql_api.planner.connection import Connection, Filter, Sort, Tie
from graphql_api.planner.declare import Join
from graphql_api.planner.mappings.names import NAMED

HAS_CODE = (
    "{t}.id = (SELECT i.entity FROM {identifier} AS i"
    " WHERE i.scheme = 'MEASURE_CODE' AND i.value = {value} AND (i.valid @> {as_of}) IS TRUE)"
)

_PART = (
    "(SELECT p.assignee FROM {measure_part} AS p"
    " WHERE p.measure = {t}.id AND p.role = '%s' AND (p.valid @> {as_of}) IS TRUE)"
)
LEAD = Join(
    "organization", f"({{j}}.valid @> {{as_of}}) IS TRUE AND {{j}}.id = {_PART % 'LED_BY'}", many=False
)
SUPPORTING = Join(
    "organization",
    f"{{j}}.valid @> {{as_of}} AND {{j}}.id IN {_PART % 'SUPPORTED_BY'}",
    order="{j}.pinyin, {j}.id",
)
RESPONSIBLE = (
    "(SELECT coalesce(a.canonical, p.assignee) FROM {measure_part} AS p"
    " LEFT JOIN {person_alias} AS a ON a.alias = p.assignee"
    " WHERE p.measure = {t}.id AND p.role = 'RESPONSIBLE' AND (p.valid @> {as_of}) IS TRUE)"
)
"""Who answers for it, by the record that stands for the person where there are several."""

ANSWERING = Join("person", f"{{j}}.id = {RESPONSIBLE} AND ({{j}}.valid @> {{as_of}}) IS TRUE", many=False)
HAS_RESPONSIBLE = f"({RESPONSIBLE} IS NOT NULL)"

PARTS = Join(
    "measure_part",
    "{j}.measure = {t}.id AND {j}.bound IS NOT NULL AND {j}.role <> 'RESPONSIBLE'",
    order="lower({j}.valid), {j}.role, {j}.assignee",
)
"""Every organization that ever had a part in it, as long as it was open; who answers for it is a person."""

PART_THEN = Join("organization", "{j}.id = {t}.assignee AND {j}.valid @> lower({t}.valid)", many=False)
LED_BY = Join(
    "measure",
    "{j}.valid @> {as_of} AND {j}.id IN (SELECT p.measure FROM {measure_part} AS p"
    " WHERE p.bound = {t}.id AND p.role = 'LED_BY' AND (p.valid @> {as_of}) IS TRUE)",
    order="{j}.code, {j}.id",
)

_LATE = "({t}.stage = 'OPEN' AND {t}.recurrence <> 'YEARLY' AND {t}.due_by < {as_of})"
DUE_YEARS = (
    "generate_series({t}.first_year, least(extract(year FROM {as_of})::integer - 1,"
    " extract(year FROM {t}.due_by)::integer)) AS y WHERE {t}.stage = 'OPEN'"
)
"""The calendar years that are over and in which a yearly measure was due, as ``y``."""

_MISSED = (
    f"(SELECT y FROM {DUE_YEARS}"  # noqa: S608 - names of ours; values are parameters
    " EXCEPT SELECT extract(year FROM d.fulfilled_on)::integer FROM {fulfilment} AS d"
    " WHERE d.measure = {t}.id AND (d.valid @> {as_of}) IS TRUE)"
)
"""Those of them in which it was not fulfilled."""

_OPEN_FINDING = (
    "EXISTS (SELECT FROM {finding} AS f WHERE f.measure = {t}.id AND (f.valid @> {as_of}) IS TRUE"
    " AND f.closed_on IS NULL AND f.due < {as_of})"
)


def overdue_reasons(missed: str, unmended: str) -> str:
    """Return why a measure is overdue.

    Two expressions say whether it missed a year, and whether a finding is due and open.
    """
    return (
        f"to_json(array_remove(ARRAY[CASE WHEN {_LATE} THEN 'DEADLINE' END,"
        f" CASE WHEN {missed} THEN 'YEAR' END, CASE WHEN {_minded(unmended)} THEN 'FINDING' END], NULL))"
    )


def _minded(unmended: str) -> str:
    """Return whether a finding that is due and open still matters: a canceled measure answers for none."""
    return f"({{t}}.stage <> 'CANCELLED' AND {unmended})"


OVERDUE = f"coalesce({_LATE} OR EXISTS {_MISSED} OR {_minded(_OPEN_FINDING)}, false)"
OVERDUE_REASONS = overdue_reasons(f"EXISTS {_MISSED}", _OPEN_FINDING)
MISSED_YEARS = f"(SELECT coalesce(json_agg(m.y ORDER BY m.y), '[]') FROM {_MISSED} AS m)"  # noqa: S608 - names of ours; values are parameters

_OF_MEASURE = "{j}.measure = {t}.id AND ({j}.valid @> {as_of}) IS TRUE"
MOVES = Join("deadline_move", _OF_MEASURE, order="{j}.moved_on, {j}.position")
MILESTONES = Join("milestone", _OF_MEASURE, order="{j}.due, {j}.name")
MILESTONE_OVERDUE = "({t}.reached_on IS NULL AND {t}.due < {as_of})"
PROGRESS = Join("progress", _OF_MEASURE, order="{j}.reported_on, {j}.position")
FINDINGS = Join("finding", _OF_MEASURE, order="{j}.found_on, {j}.position")
FINDING_OVERDUE = "coalesce({t}.closed_on IS NULL AND {t}.due < {as_of}, false)"
EVIDENCE = Join("evidence", _OF_MEASURE, order="{j}.cited")
CITED = Join("registry.event", "{j}.position = {t}.cited", many=False)
FULFILMENTS = Join("fulfilment", _OF_MEASURE, order="{j}.fulfilled_on, {j}.position")
HISTORY = Join("measure", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True)

_SAME_PERSON = "coalesce((SELECT a.canonical FROM {person_alias} AS a WHERE a.alias = {value}), {value})"
_HAS_PART = (
    "EXISTS (SELECT FROM {measure_part} AS p WHERE p.measure = {t}.id AND p.role = '%s'"
    " AND p.assignee = {value} AND (p.valid @> {as_of}) IS TRUE)"
)
MEASURES = Connection(
    kind="Measure",
    source="measure",
    sorts={
        "CODE": Sort("{t}.code", "text"),
        "DEADLINE": Sort("coalesce({t}.due_by, '9999-12-31'::date)", "date"),
        "TITLE": Sort("{t}.pinyin", "text"),
    },
    where={
        "text": NAMED,
        "lead": Filter(_HAS_PART % "LED_BY", "uuid"),
        "supporting": Filter(_HAS_PART % "SUPPORTED_BY", "uuid"),
        "responsible": Filter(
            f"{RESPONSIBLE} = {_SAME_PERSON}",
            "uuid",
            right=Right.PERSON,
        ),
        "clause": Filter("starts_with({t}.plan_clause, {value})", "text"),
        "states": Filter("{t}.stage = ANY ({value})", "text[]"),
        "recurrences": Filter("{t}.recurrence = ANY ({value})", "text[]"),
        "overdue": Filter(f"{OVERDUE} = {{value}}", "boolean"),
        "titleContains": Filter("strpos({t}.title, {value}) > 0", "text"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
