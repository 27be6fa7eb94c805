"""A predicate as it was understood: frozen, checked, free of where it was written (语法树)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from registry.rule.language.vocabulary import FieldType

Literal = bool | int | date | str
"""A value written in a predicate, never absent."""


class Operator(StrEnum):
    """How a field is compared with a value (比较)."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


OPPOSITE = {
    Operator.EQUAL: Operator.UNEQUAL,
    Operator.UNEQUAL: Operator.EQUAL,
    Operator.LESS: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.LESS,
    Operator.MORE: Operator.AT_MOST,
    Operator.AT_MOST: Operator.MORE,
}
"""What holds of a known value exactly where the other does not."""


class Or(Struct, frozen=True):
    """At least one holds (或)."""

    parts: tuple[Predicate, ...]


class And(Struct, frozen=True):
    """All hold (且)."""

    parts: tuple[Predicate, ...]


class Not(Struct, frozen=True):
    """The part does not hold (非)."""

    part: Predicate


class Flag(Struct, frozen=True):
    """A BOOLEAN field holds: ``leading`` (是否)."""

    field: str


class Compare(Struct, frozen=True):
    """A field stands to a value as the operator says: ``age <= 45`` (比较)."""

    field: str
    type: FieldType
    operator: Operator
    value: Literal


class OneOf(Struct, frozen=True):
    """A field is one of several values: ``sector in (ENTERPRISE, RURAL)`` (属于)."""

    field: str
    type: FieldType
    values: tuple[Literal, ...]


class Has(Struct, frozen=True):
    """A SET contains a value: ``awards has "青年科技奖"`` (包含); ``type`` is that of its members."""

    field: str
    type: FieldType
    value: str


class Known(Struct, frozen=True):
    """A field is known so well that no comparison of it could be unknown: ``age is known`` (已知)."""

    field: str
    type: FieldType


class Meets(Struct, frozen=True):
    """The subject meets a definition of that name: ``is FRONT_LINE`` (符合定义)."""

    criterion: str


Atom = Flag | Compare | OneOf | Has | Known | Meets
Predicate = Or | And | Not | Atom


def criteria_of(predicate: Predicate) -> frozenset[str]:
    """Return the names of the definitions that it refers to."""
    return frozenset(atom.criterion for atom in _atoms(predicate) if isinstance(atom, Meets))


def fields_of(predicate: Predicate) -> frozenset[str]:
    """Return the names of the fields that it speaks of itself, not through a definition."""
    return frozenset(atom.field for atom in _atoms(predicate) if not isinstance(atom, Meets))


def _atoms(predicate: Predicate) -> Iterator[Atom]:
    match predicate:
        case Or(parts) | And(parts):
            for part in parts:
                yield from _atoms(part)
        case Not(part):
            yield from _atoms(part)
        case _:
            yield predicate
