"""Where the fields of people, holders and members come from (人员字段来源).

A *seat* is a person in a post, or a member: one row each, under the record that stands for the person. What
is known of the person, by all records, is joined to it only where a rule asks for it. In the texts ``s`` is
the seat and ``{day}`` the day on which it is looked at.

These tables are made as a whole, of everybody. ``coalesce`` around a period says so: as long as PostgreSQL
has no statistics, it takes next to no row to hold on a day, and would go through a table once for each row of
another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphql_api.planner.believed import Names
from graphql_api.planner.templates import template
from registry.rule.language.ages import ages_sql, last_day_sql
from registry.rule.language.compilation import Columns
from registry.rule.language.evaluation import Ends


class Source(NamedTuple):
    """An expression of a field, two for a ranged one, and which joins it needs."""

    expression: str | Ends[str]
    joins: tuple[str, ...] = ()


_WORKS, _BIRTH, _TERM, _BODY, _RUN = "works", "birth", "term", "body", "run"

_JOINS: dict[str, str] = {
    _BODY: "LEFT JOIN {organization} AS b ON b.id = s.organization AND coalesce(b.valid @> {day}, false)",
    _TERM: "LEFT JOIN {term} AS t ON t.id = s.term AND coalesce(t.valid @> {day}, false)",
    _RUN: (
        "LEFT JOIN terms_served AS u ON u.person = s.person AND u.organization = s.organization"
        " AND u.title = s.title AND u.number = t.number"
    ),
    _WORKS: (
        "LEFT JOIN (SELECT k.person AS whose, k.day AS since, e.* FROM {known} AS k JOIN {employment} AS e"
        " ON e.person = k.record AND e.primary_ AND coalesce(e.valid @> {known_day}, false)) AS w"
        " ON w.whose = s.person AND w.since = s.day"
    ),
    _BIRTH: "LEFT JOIN {person_private} AS v ON v.person = s.person AND coalesce(v.valid @> {day}, false)",
    "ages": f"LEFT JOIN LATERAL ({ages_sql('v.birth_date', 'v.birth_precision', '{day}')}) AS g ON true",
    "elected_ages": (
        "LEFT JOIN LATERAL ("
        f"{ages_sql('v.birth_date', 'v.birth_precision', 'coalesce(t.opened_on, s.made_on)')}) AS l ON true"
    ),
}
"""The joins by name, in the order in which they may build on each other."""

_GATHERED_JOIN = (
    "LEFT JOIN (SELECT k.person AS whose, k.day AS since, array_agg(DISTINCT f.{column}) AS held"
    " FROM {known} AS k JOIN {table} AS f ON f.person = k.record AND coalesce(f.valid @> {known_day}, false)"
    " GROUP BY k.person, k.day) AS {join} ON {join}.whose = s.person AND {join}.since = s.day"
)
"""The join to all values of a column for a person, by every record."""


_GATHERED = {
    "disciplines": ("person_discipline", "discipline"),
    "titles": ("professional_title", "name"),
    "title_levels": ("professional_title", "level"),
    "awards": ("award", "name"),
}
"""The sets: none recorded is nothing known, but for awards, of which the register itself keeps the list."""

_PERSON: dict[str, Source] = {
    "sector": Source("w.sector", (_WORKS,)),
    "leading": Source("w.leading_", (_WORKS,)),
    "position": Source("w.title", (_WORKS,)),
    "employer": Source(
        "coalesce(w.employer_name, (SELECT y.name FROM {organization} AS y"
        " WHERE y.id = w.employer AND y.valid @> {day}))",
        (_WORKS,),
    ),
    "staffing": Source("w.staffing", (_WORKS,)),
    "gender": Source("v.gender", (_BIRTH,)),
    "age": Source(Ends("g.youngest", "g.oldest"), (_BIRTH, "ages")),
    "birth_date": Source(Ends("v.birth_date", last_day_sql("v.birth_date", "v.birth_precision")), (_BIRTH,)),
    "discipline": Source("disciplines.held", ("disciplines",)),
    "titles": Source("titles.held", ("titles",)),
    "title_levels": Source("title_levels.held", ("title_levels",)),
    "awards": Source("coalesce(awards.held, '{{}}')", ("awards",)),
}

_HOLDER: dict[str, Source] = {
    "title": Source("s.title"),
    "post_name": Source("coalesce(s.post_name, '')"),
    "elected": Source("s.elected"),
    "mode": Source("s.mode"),
    "basis": Source("s.basis"),
    "professional": Source("s.professional"),
    "representing": Source("(s.representing IS NOT NULL)"),
    "body": Source("coalesce(b.subtype, '')", (_BODY,)),
    "body_kind": Source("b.kind", (_BODY,)),
    "term_number": Source("t.number", (_TERM,)),
    "consecutive_terms": Source("u.served", (_TERM, _RUN)),
    "age_at_election": Source(Ends("l.youngest", "l.oldest"), (_TERM, _BIRTH, "elected_ages")),
    **_PERSON,
}

_MEMBER: dict[str, Source] = {
    "member_class": Source("s.member_class"),
    "suspended": Source("(s.status = 'SUSPENDED')"),
    "organization": Source("(s.member_class = 'CORPORATE')"),
    **_PERSON,
}


class Seats(NamedTuple):
    """One kind of seat: the template of its rows, the name of the table made of them, and its fields."""

    name: str
    rows: str
    sources: Mapping[str, Source]


HOLDERS = Seats("holder", "judging_holders", _HOLDER)
MEMBERS = Seats("member", "judging_members", _MEMBER)


def tables(seats: Seats, fields: Iterable[str], names: Names, *, election: bool) -> list[str]:
    """Return the definitions of the tables that give ``fields`` of every seat.

    With ``election`` each holder is looked at on the day on which the term that sits was opened.
    """
    sources = {field: seats.sources[field] for field in sorted(fields)}
    joins = {join for source in sources.values() for join in source.joins}
    gathered = {join: pair for join in joins if (pair := _GATHERED.get(join)) is not None}
    dated = election and seats is HOLDERS
    names.update(
        day="s.day" if dated else names["as_of"],
        known_day="k.day" if dated else names["as_of"],
        seat=f"{seats.name}_seat",
        known=f"{seats.name}_known",
    )
    rows = template(f"{seats.rows}_elected" if dated else seats.rows)
    made = [f"{names['seat']} AS MATERIALIZED ({rows.format_map(names)})"]
    if gathered or _WORKS in joins:
        made.append(f"{names['known']} AS MATERIALIZED ({template('judging_known').format_map(names)})")
    if _RUN in joins:
        made.append(f"terms_served AS MATERIALIZED ({template('judging_terms').format_map(names)})")
    selected = ", ".join(["s.organization", "s.person", *_selected(sources, names)])
    joined = [text.format_map(names) for name, text in _JOINS.items() if name in joins]
    for join, (table, column) in sorted(gathered.items()):
        names.update(join=join, table=names[table], column=column)
        joined.append(_GATHERED_JOIN.format_map(names))
    made.append(
        f"{seats.name} AS MATERIALIZED (SELECT {selected} FROM {names['seat']} AS s {' '.join(joined)})"  # noqa: S608 - names of ours; values are parameters
    )
    return made


def _selected(sources: Mapping[str, Source], names: Names) -> Iterable[str]:
    for field, (expression, _) in sources.items():
        if isinstance(expression, Ends):
            yield f"{expression.low.format_map(names)} AS {field}_low"
            yield f"{expression.high.format_map(names)} AS {field}_high"
        else:
            yield f"{expression.format_map(names)} AS {field}_"


def columns(seats: Seats, row: str) -> Columns:
    """Return where the fields are in a row of the table that :func:`tables` defines."""
    return {
        field: Ends(f"{row}.{field}_low", f"{row}.{field}_high")
        if isinstance(source.expression, Ends)
        else f"{row}.{field}_"
        for field, source in seats.sources.items()
    }
