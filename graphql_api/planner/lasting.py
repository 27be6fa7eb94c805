"""Which answers never change (不变结果).

What was believed at an instant of the past about a given day is so whenever one asks. An answer is that, and
nothing else, if all its root fields say both, and if its statement reads nothing but beliefs as of that
instant: no log, no later belief, no end that a belief has come to since.
"""

from __future__ import annotations

import re
from datetime import datetime

from graphql import GraphQLSchema

from graphql_api.planner.operation import Plan, Question, root_fields
from graphql_api.planner.selection import Selected
from projections.catalog import READ_MODELS

_CLAMP = re.compile(r"\(SELECT least\(h\.recorded_at, \$\d+::timestamptz\) FROM registry\.head AS h\)")
"""The instant that an answer tells it is for: the one asked for, if that has passed."""

_NAMES = "|".join(sorted(model.name for model in READ_MODELS))
_UNTIMED = re.compile(
    rf"\b(?:FROM|JOIN)\s+(?:\w+\.)?(?:{_NAMES})(?:_past)?\b(?!\s+WHERE recorded(?:_from <=| @>) \$\d)"
    rf"|,\s+(?:\w+\.)?(?:{_NAMES})(?:_past)?\s+AS\b"
)
"""A read model that is not read as believed at the instant."""


def lasts(schema: GraphQLSchema, question: Question, plan: Plan) -> datetime | None:
    """Return since which instant of recording the answer is what it will always be; None if it may change."""
    if not plan.whole or plan.problems or plan.statement is None:
        return None
    sql = _CLAMP.sub("", plan.statement.sql)
    if "registry." in sql or _UNTIMED.search(sql):
        return None
    instants = [_instant(field) for field in root_fields(schema, question)]
    known = [instant for instant in instants if instant is not None]
    return max(known) if known and len(known) == len(instants) else None


def _instant(field: Selected) -> datetime | None:
    """Return the instant of a root field that says both which days it is about and what was known when."""
    given = field.arguments
    about = given.get("asOf") is not None or (given.get("from") is not None and given.get("to") is not None)
    known: datetime | None = given.get("knownAt")
    return known if about else None
