"""What the fields of people map to (人员映射). See the package for what stands in braces.

Several records may be of one person. What any of them says is shown of each: :data:`RECORDS` are their ids.
"""

from __future__ import annotations

from graphql_api.planner.connection import Connection, Filter, Several, Sort, Tie
from graphql_api.planner.declare import Join
from graphql_api.planner.mappings.names import lineage
from graphql_api.planner.sought import named
from graphql_api.planner.templates import template

RECORDS = (
    "ARRAY(SELECT {t}.id"
    " UNION ALL SELECT a.canonical FROM {person_alias} AS a WHERE a.alias = {t}.id"
    " UNION ALL SELECT a.alias FROM {person_alias} AS a WHERE a.canonical = {t}.id"
    " UNION ALL SELECT b.alias FROM {person_alias} AS a JOIN {person_alias} AS b ON b.canonical = a.canonical"
    " WHERE a.alias = {t}.id)"
)
"""The ids of all records of the person whose record is the row, itself included, some of them twice."""

SAME = "{t}.%s = ANY (" + RECORDS.replace("{t}.id", "{value}") + ")"
"""Whether a column of the row points at any record of the person that is asked about."""


def pointed_at(column: str) -> Join:
    """Return the join to the person that a column of the row points at, by the record that stands for all."""
    canonical = f"(SELECT a.canonical FROM {{person_alias}} AS a WHERE a.alias = {{t}}.{column})"  # noqa: S608 - names of ours; values are parameters
    return Join(
        "person",
        f"{{j}}.id = coalesce({canonical}, {{t}}.{column}) AND ({{j}}.valid @> {{as_of}}) IS TRUE",
        many=False,
    )


_NOW = "({j}.valid @> {as_of}) IS TRUE"


def particular(column: str) -> str:
    """Return a particular of the row's person, as the record itself has it."""
    return (
        f"(SELECT p.{column} FROM {{person_private}} AS p"  # noqa: S608 - names of ours; values are parameters
        " WHERE p.person = {t}.id AND (p.valid @> {as_of}) IS TRUE)"
    )


NAME = particular("name")

EMPLOYMENTS = Join(
    "employment",
    f"{{j}}.person = ANY ({RECORDS}) AND {_NOW}",
    order="{j}.primary_ DESC, lower({j}.valid), {j}.employment, {j}.person",
)
EMPLOYMENT_HISTORY = Join(
    "employment", f"{{j}}.person = ANY ({RECORDS})", order="lower({j}.valid), {j}.employment, {j}.person"
)
PRIMARY_EMPLOYMENT = Join(
    "employment",
    f"{{j}}.person = ANY ({RECORDS}) AND {_NOW} AND {{j}}.primary_",
    many=False,
    order="lower({j}.valid) DESC, {j}.employment, {j}.person",
)
"""Of the primary employments of several records, the one that began last."""

_THEN = "(CASE WHEN {t}.valid @> {as_of} THEN {as_of} ELSE lower({t}.valid) END)"
EMPLOYER = Join("organization", f"{{j}}.id = {{t}}.employer AND {{j}}.valid @> {_THEN}", many=False)
EMPLOYER_NAME = (
    "coalesce({t}.employer_name,"  # noqa: S608 - names of ours; values are parameters
    f" (SELECT o.name FROM {{organization}} AS o WHERE o.id = {{t}}.employer AND o.valid @> {_THEN}))"
)

TITLES = Join(
    "professional_title",
    f"{{j}}.person = ANY ({RECORDS}) AND {_NOW}",
    order="lower({j}.valid), {j}.name, {j}.position",
)
AWARDS = Join("award", f"{{j}}.person = ANY ({RECORDS}) AND {_NOW}", order="lower({j}.valid), {j}.position")
DISCIPLINES = (
    "(SELECT coalesce(json_agg(d.discipline ORDER BY d.rank, d.discipline), '[]') FROM ("  # noqa: S608 - names of ours; values are parameters
    "SELECT e.discipline, min(e.rank) AS rank FROM {person_discipline} AS e"
    f" WHERE e.person = ANY ({RECORDS}) AND (e.valid @> {{as_of}}) IS TRUE GROUP BY e.discipline) AS d)"
)

_SHOWN = (
    "({j}.valid @> {as_of} OR (lower({j}.valid) > {as_of} AND NOT EXISTS (SELECT FROM {person} AS e"
    " WHERE e.id = {j}.id AND lower(e.valid) < lower({j}.valid))))"
)
"""A record as it is on the day, or as it is first known: who is whom holds before, too."""

_CANONICAL = "SELECT a.canonical FROM {person_alias} AS a WHERE a.alias = {t}.id"
_ALIASES = "SELECT a.alias FROM {person_alias} AS a WHERE a.canonical = {t}.id"
MERGED_INTO = Join(
    "person",
    f"{{j}}.id = ({_CANONICAL}) AND {_SHOWN}",
    many=False,
)
ALIASES = Join(
    "person",
    f"{{j}}.id = ANY (ARRAY({_ALIASES})) AND {_SHOWN}",
    order="{j}.id",
)
HISTORY = Join(
    "person_private",
    f"{{j}}.person = ANY ({RECORDS})",
    order="lower({j}.valid), lower({j}.recorded), {j}.person",
    history=True,
)

_EMPLOYED = (
    "EXISTS (SELECT FROM {employment} AS f"
    f" WHERE f.person = ANY ({RECORDS}) AND (f.valid @> {{as_of}}) IS TRUE AND "
)

PEOPLE = Connection(
    kind="Person",
    source=(
        "(SELECT p.*, n.pinyin, n.person FROM {person} AS p"
        " JOIN {person_private} AS n ON n.person = p.id AND (n.valid @> {as_of}) IS TRUE)"
    ),
    sorts={"NAME": Sort("{t}.pinyin", "text"), "VALID_FROM": Sort("lower({t}.valid)", "date")},
    where={
        "text": Several(template("named_person"), named),
        "sectors": Filter(f"{_EMPLOYED} f.primary_ AND f.sector = ANY ({{value}}))", "text[]"),
        "employer": Filter(f"{_EMPLOYED} f.employer = {{value}})", "uuid"),
        "employerUnder": Several(f"{_EMPLOYED} {template('employed_below')})", lineage),
        "discipline": Filter(
            "EXISTS (SELECT FROM {person_discipline} AS f"
            f" WHERE f.person = ANY ({RECORDS}) AND (f.valid @> {{as_of}}) IS TRUE"
            " AND starts_with(f.discipline, {value}))",
            "text",
        ),
        "titleLevels": Filter(
            "EXISTS (SELECT FROM {professional_title} AS f"
            f" WHERE f.person = ANY ({RECORDS}) AND (f.valid @> {{as_of}}) IS TRUE"
            " AND f.level = ANY ({value}))",
            "text[]",
        ),
        "award": Filter(
            "EXISTS (SELECT FROM {award} AS f"
            f" WHERE f.person = ANY ({RECORDS}) AND (f.valid @> {{as_of}}) IS TRUE AND f.name = {{value}})",
            "text",
        ),
        "deceased": Filter("{t}.deceased = {value}", "boolean"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
        "aliveOn": Filter(
            "EXISTS (SELECT FROM {life} AS f WHERE f.id = {t}.id AND (f.valid @> {value}) IS TRUE)", "date"
        ),
    },
    fixed="{t}.valid @> {as_of} AND NOT EXISTS (SELECT FROM {person_alias} AS a WHERE a.alias = {t}.id)",
    # Of the same table as the sort key, so that a page begins where an index says.
    tie=Tie("{t}.person", "uuid"),
)
"""People, each by the record that stands for them; who was erased has no place in a list by name."""
