"""A predicate as a boolean expression of SQL, NULL where it is unknown (编译为 SQL).

Nothing of the text reaches the SQL: columns come from the caller's mapping, values go to the caller's
parameters, and definitions are the caller's expressions. SQL's own NULL is Kleene's unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from registry.rule.language.evaluation import Ends
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

Columns = Mapping[str, str | Ends[str]]
"""The SQL expression of every field: two for a ranged one, else one; of a SET it is an array of text."""

Parameter = Callable[[Literal | list[Literal], str], str]
"""Takes a value, or a list for an array, with its SQL type, and gives a placeholder that may be repeated."""

_SQL_TYPES = {
    FieldType.BOOLEAN: "boolean",
    FieldType.INTEGER: "bigint",
    FieldType.AGE: "bigint",
    FieldType.DATE: "date",
    FieldType.ROUGH_DATE: "date",
    FieldType.TEXT: "text",
    FieldType.ENUM: "text",
}

_SQL_OPERATORS = {operator: "<>" if operator is Operator.UNEQUAL else str(operator) for operator in Operator}


def to_sql(
    predicate: Predicate, columns: Columns, parameter: Parameter, criterion: Callable[[str], str]
) -> str:
    """Return an SQL expression, in parentheses, that is true, false or NULL as ``evaluate`` says.

    ``criterion`` gives the expression of a definition by its name.
    """
    return _Compiled(columns, parameter, criterion).expression(predicate)


class _Compiled(NamedTuple):
    """What the caller gave, at hand at any depth."""

    columns: Columns
    parameter: Parameter
    criterion: Callable[[str], str]

    def expression(self, predicate: Predicate) -> str:
        match predicate:
            case Or(parts):
                return f"({' OR '.join(map(self.expression, parts))})"
            case And(parts):
                return f"({' AND '.join(map(self.expression, parts))})"
            case Not(part):
                return f"(NOT {self.expression(part)})"
            case Meets(name):
                return f"({self.criterion(name)})"
            case _:
                return f"({self.said(predicate)})"

    def said(self, atom: Flag | Compare | OneOf | Has | Known) -> str:
        match atom:
            case Flag(field):
                return self.column(field)
            case Known(field, kind):
                return self.known(field, kind)
            case Compare(field, kind, operator, value) if kind in RANGED:
                return _between(operator, self.ends(field), self.parameter(value, _SQL_TYPES[kind]))
            case Compare(field, kind, operator, value):
                placeholder = self.parameter(value, _SQL_TYPES[kind])
                return f"{self.column(field)} {_SQL_OPERATORS[operator]} {placeholder}"
            case OneOf(field, kind, values):
                # The list was written in the text and holds no NULL: only an unknown field gives NULL.
                placeholder = self.parameter(list(values), f"{_SQL_TYPES[kind]}[]")
                return f"{self.column(field)} = ANY ({placeholder})"
            case Has(field, kind, value):
                return f"{self.parameter(value, _SQL_TYPES[kind])} = ANY ({self.column(field)})"

    def column(self, field: str) -> str:
        column = self.columns[field]
        if isinstance(column, Ends):
            raise TypeError(f"{field} has one column")
        return column

    def ends(self, field: str) -> Ends[str]:
        column = self.columns[field]
        if not isinstance(column, Ends):
            raise TypeError(f"{field} has two columns")
        return column

    def known(self, field: str, kind: FieldType) -> str:
        if kind in RANGED:
            low, high = self.ends(field)
            return f"({low} = {high}) IS TRUE"
        column = self.column(field)
        if kind is FieldType.SET:
            return f"{column} IS NOT NULL AND array_position({column}, NULL) IS NULL"
        return f"{column} IS NOT NULL"


def _between(operator: Operator, ends: Ends[str], placeholder: str) -> str:
    return (
        f"CASE WHEN {_surely(operator, ends, placeholder)} THEN true"
        f" WHEN {_surely(OPPOSITE[operator], ends, placeholder)} THEN false END"
    )


def _surely(operator: Operator, ends: Ends[str], placeholder: str) -> str:
    """Return the condition that the comparison holds of every value between the ends."""
    low, high = ends
    match operator:
        case Operator.EQUAL:
            return f"{low} = {placeholder} AND {high} = {placeholder}"
        case Operator.UNEQUAL:
            return f"({high} < {placeholder} OR {low} > {placeholder})"
        case Operator.LESS | Operator.AT_MOST:
            return f"{high} {_SQL_OPERATORS[operator]} {placeholder}"
        case Operator.MORE | Operator.AT_LEAST:
            return f"{low} {_SQL_OPERATORS[operator]} {placeholder}"
