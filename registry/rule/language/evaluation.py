"""A predicate judged for one subject: true, false, or None where that is unknown (求值).

The logic is Kleene's: what is unknown stays so unless the rest decides. ``compilation`` says the same in SQL.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from registry.rule.language.syntax import (
    OPPOSITE,
    And,
    Compare,
    Flag,
    Has,
    Known,
    Literal,
    Meets,
    Not,
    OneOf,
    Operator,
    Or,
    Predicate,
)
from registry.rule.language.vocabulary import RANGED, FieldType

End = TypeVar("End")


class Ends(NamedTuple, Generic[End]):
    """Between what a value lies, both included (上下限); an absent end says nothing."""

    low: End
    high: End


Value = Literal | Collection[str | None] | Ends[int | None] | Ends[date | None] | None
"""The value of a field: None when unknown, Ends when its type is ranged.

A collection with None in it is a set with a member that is unknown.
"""

_COMPARISONS: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQUAL: operator.eq,
    Operator.UNEQUAL: operator.ne,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE: operator.gt,
    Operator.AT_LEAST: operator.ge,
}


def evaluate(
    predicate: Predicate, values: Mapping[str, Value], criteria: Mapping[str, bool | None]
) -> bool | None:
    """Judge ``predicate`` over ``values``, a missing one being unknown.

    ``criteria`` says of every definition that the predicate refers to whether the subject meets it.
    """
    match predicate:
        case Or(parts):
            return _any(evaluate(part, values, criteria) for part in parts)
        case And(parts):
            return _not(_any(_not(evaluate(part, values, criteria)) for part in parts))
        case Not(part):
            return _not(evaluate(part, values, criteria))
        case Meets(criterion):
            return criteria[criterion]
        case _:
            return _said(predicate, values.get(predicate.field))


def _said(atom: Flag | Compare | OneOf | Has | Known, value: Any) -> bool | None:  # noqa: ANN401 - the atom's type says which of Value it is
    if isinstance(atom, Known):
        return _is_known(value, atom.type)
    if value is None:
        return None
    match atom:
        case Flag():
            return bool(value)
        case Compare(_, kind, comparison, literal):
            ranged = kind in RANGED
            return (
                _between(comparison, value, literal) if ranged else _COMPARISONS[comparison](value, literal)
            )
        case OneOf(_, _, listed):
            return value in listed
        case Has(_, _, member):
            return True if member in value else None if None in value else False


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = set(answers)
    return True if True in found else None if None in found else False


def _not(answer: bool | None) -> bool | None:  # noqa: FBT001 - the answer is what it is about
    return None if answer is None else not answer


def _is_known(value: Any, kind: FieldType) -> bool:  # noqa: ANN401 - the type says which of Value it is
    if value is None:
        return False
    if kind in RANGED:
        return value.low is not None and bool(value.low == value.high)
    return kind is not FieldType.SET or None not in value


def _between(comparison: Operator, ends: Ends[Any], literal: Literal) -> bool | None:
    if _surely(comparison, ends, literal):
        return True
    return False if _surely(OPPOSITE[comparison], ends, literal) else None


def _surely(comparison: Operator, ends: Ends[Any], literal: Literal) -> bool:
    """Say whether the comparison holds of every value between the ends."""
    match comparison:
        case Operator.EQUAL:
            return ends == (literal, literal)
        case Operator.UNEQUAL:
            return _surely(Operator.LESS, ends, literal) or _surely(Operator.MORE, ends, literal)
        case Operator.LESS | Operator.AT_MOST:
            return ends.high is not None and _COMPARISONS[comparison](ends.high, literal)
        case Operator.MORE | Operator.AT_LEAST:
            return ends.low is not None and _COMPARISONS[comparison](ends.low, literal)
