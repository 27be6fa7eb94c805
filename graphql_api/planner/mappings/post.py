"""What the fields of posts, terms and appointments map to (任职映射). See the package for the braces.

A row says ``ended`` or ``abolished`` from the day on which something is over, and stays: so what ended can be
listed, and says until when it was and why.
"""

from __future__ import annotations

from graphql_api.access import Right
from graphql_api.planner.connection import Connection, Filter, Several, Sort, Tie
from graphql_api.planner.declare import Join, referred
from graphql_api.planner.mappings.names import lineage, of_person
from graphql_api.planner.mappings.person import RECORDS
from graphql_api.planner.templates import template
from registry.post.kinds import Title

_TITLES = ", ".join(f"'{title}'" for title in Title)
_RANK = f"array_position(ARRAY[{_TITLES}], {{row}}.title)"
"""Titles in the order of protocol, which is that of the code list."""

_HERE = "({j}.valid @> {as_of}) IS TRUE"
_BY_RANK = f"{_RANK.format(row='{j}')}, {{j}}.name NULLS FIRST, {{j}}.id"

HOLDER_COUNT = (
    "(SELECT count(*) FROM {appointment} AS h"
    " WHERE h.post = {t}.id AND NOT h.ended AND (h.valid @> {as_of}) IS TRUE)"
)
VACANCIES = f"(CASE WHEN NOT {{t}}.abolished THEN {{t}}.seats - {HOLDER_COUNT} END)"

ORGANIZATION = referred("organization", "organization")
HOLDERS = Join(
    "appointment", f"{{j}}.post = {{t}}.id AND NOT {{j}}.ended AND {_HERE}", order="lower({j}.valid), {j}.id"
)
EVER_HELD = Join("appointment", f"{{j}}.post = {{t}}.id AND {_HERE}", order="{j}.made_on, {j}.id")
POSTS_OF = Join("post", f"{{j}}.organization = {{t}}.id AND NOT {{j}}.abolished AND {_HERE}", order=_BY_RANK)
POST_HISTORY = Join("post", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True)

OVERDUE = "coalesce(NOT {t}.ended AND {t}.planned_end < {as_of}, false)"
"""The planned end is past, and nobody else was elected: it keeps sitting. Computed, never stored."""

BODY = referred("organization", "body")
RENEWED = referred("term", "renews")
TERMS_OF = Join(
    "term", f"{{j}}.body = {{t}}.id AND {_HERE}", order="{j}.number DESC, {j}.opened_on DESC, {j}.id"
)
SITTING = Join(
    "appointment", f"{{j}}.term = {{t}}.id AND NOT {{j}}.ended AND {_HERE}", order="{j}.made_on, {j}.id"
)
EVER_SAT = Join("appointment", f"{{j}}.term = {{t}}.id AND {_HERE}", order="{j}.made_on, {j}.id")
TERM_ENDED_ON = "(SELECT lower(o.valid) FROM {term} AS o WHERE o.id = {t}.id AND o.ended)"
TERM_HISTORY = Join("term", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True)

HOLDER_NAME = of_person(
    "(SELECT p.name FROM {latest_person_private} AS p"
    " WHERE p.person = {t}.person AND (p.valid @> {as_of}) IS TRUE)",
    "{t}.person",
)
"""The holder's name by what is believed now: what was corrected about a person is nobody's business."""

PERSON = referred("person", "person")
OF_PERSON = Join("appointment", f"{{j}}.person = ANY ({RECORDS}) AND {_HERE}", order="{j}.made_on, {j}.id")
POST = referred("post", "post")
TERM = referred("term", "term")
REPRESENTED = referred("organization", "representing")
_END = "(SELECT {what} FROM {{appointment}} AS o WHERE o.id = {{t}}.id AND o.ended)"
HELD_UNTIL = _END.format(what="lower(o.valid)")
END_REASON = _END.format(what="o.end_reason")
APPOINTMENT_HISTORY = Join(
    "appointment", "{j}.id = {t}.id", order="lower({j}.valid), lower({j}.recorded)", history=True
)


def _under(organization: str) -> Several:
    """Return the condition that ``organization``, an expression, is one or stands under it, at any depth."""
    below = template("below").replace("{t}.id", organization)
    return Several(f"{organization} = {{end}} OR {below}", lineage)


_POST_THEN = "FROM {post} AS p WHERE p.id = {t}.post AND (p.valid @> {as_of}) IS TRUE"
_TERM_THEN = (
    "FROM {term} AS o WHERE o.id = {t}.term AND NOT o.ended AND (o.valid @> {as_of}) IS TRUE"
    " AND o.planned_end < {as_of}"
)

POSTS = Connection(
    kind="Post",
    source="post",
    sorts={
        "TITLE": Sort(_RANK.format(row="{t}"), "integer"),
        "VALID_FROM": Sort("lower({t}.valid)", "date"),
    },
    where={
        "organization": Filter("{t}.organization = {value}", "uuid"),
        "ancestor": _under("{t}.organization"),
        "titles": Filter("{t}.title = ANY ({value})", "text[]"),
        "elected": Filter("{t}.elected = {value}", "boolean"),
        "vacant": Filter(f"(coalesce({VACANCIES}, 0) > 0) = {{value}}", "boolean"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of} AND NOT {t}.abolished",
    tie=Tie("{t}.id", "uuid"),
)
TERMS = Connection(
    kind="Term",
    source="term",
    sorts={
        "OPENED_ON": Sort("{t}.opened_on", "date", descending=True),
        "PLANNED_END": Sort("coalesce({t}.planned_end, '9999-12-31'::date)", "date"),
    },
    where={
        "body": Filter("{t}.body = {value}", "uuid"),
        "ancestor": _under("{t}.body"),
        "overdue": Filter(f"{OVERDUE} = {{value}}", "boolean"),
        "ended": Filter("{t}.ended = {value}", "boolean"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of}",
    tie=Tie("{t}.id", "uuid"),
)
APPOINTMENTS = Connection(
    kind="Appointment",
    source="appointment",
    sorts={"HELD_SINCE": Sort("{t}.made_on", "date")},
    where={
        "person": Filter(
            f"{{t}}.person = ANY ({RECORDS.replace('{t}.id', '{value}')})", "uuid", right=Right.PERSON
        ),
        "post": Filter("{t}.post = {value}", "uuid"),
        "organization": Filter(f"{{value}} = (SELECT p.organization {_POST_THEN})", "uuid"),
        "ancestor": _under(f"(SELECT p.organization {_POST_THEN})"),
        "titles": Filter(f"(SELECT p.title {_POST_THEN}) = ANY ({{value}})", "text[]"),
        "term": Filter("{t}.term = {value}", "uuid"),
        "overdue": Filter(f"EXISTS (SELECT {_TERM_THEN}) = {{value}}", "boolean"),
        "modes": Filter("{t}.mode = ANY ({value})", "text[]"),
        "bases": Filter("{t}.basis = ANY ({value})", "text[]"),
        "representing": Filter("{t}.representing = {value}", "uuid"),
        "professional": Filter("{t}.professional = {value}", "boolean"),
        "illustrative": Filter("{t}.illustrative = {value}", "boolean"),
    },
    fixed="{t}.valid @> {as_of} AND NOT {t}.ended",
    tie=Tie("{t}.id", "uuid"),
)
