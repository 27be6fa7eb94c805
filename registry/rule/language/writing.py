"""A predicate written down again, in one way only (规范文本)."""

from __future__ import annotations

from datetime import date

from registry.rule.language.syntax import (
    And,
    Atom,
    Compare,
    Flag,
    Has,
    Known,
    Literal,
    Meets,
    Not,
    OneOf,
    Or,
    Predicate,
)
from registry.rule.language.vocabulary import FieldType


def format_predicate(predicate: Predicate) -> str:
    """Return the canonical text of ``predicate``; parsing it gives the same predicate."""
    match predicate:
        case Or(parts):
            return " or ".join(map(format_predicate, parts))
        case And(parts):
            return " and ".join(_within(part, Or) for part in parts)
        case Not(OneOf(field, kind, values)):
            return f"{field} not in {_list(values, kind)}"
        case Not(Known(field)):
            return f"{field} is unknown"
        case Not(part):
            return f"not {_within(part, Or, And)}"
        case _:
            return _format_atom(predicate)


def _format_atom(atom: Atom) -> str:
    match atom:
        case Flag(field):
            return field
        case Compare(field, kind, operator, value):
            return f"{field} {operator} {format_literal(value, kind)}"
        case OneOf(field, kind, values):
            return f"{field} in {_list(values, kind)}"
        case Has(field, kind, value):
            return f"{field} has {format_literal(value, kind)}"
        case Known(field):
            return f"{field} is known"
        case Meets(criterion):
            return f"is {criterion}"


def format_literal(value: Literal, kind: FieldType) -> str:
    """Return ``value`` as it is written for a field of type ``kind``."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            doubled = value.replace('"', '""')
            return value if kind is FieldType.ENUM else f'"{doubled}"'


def _within(part: Predicate, *looser: type[Predicate]) -> str:
    """Return ``part``, in parentheses if it is of a kind that binds less."""
    text = format_predicate(part)
    return f"({text})" if isinstance(part, looser) else text


def _list(values: tuple[Literal, ...], kind: FieldType) -> str:
    return f"({', '.join(format_literal(value, kind) for value in values)})"
