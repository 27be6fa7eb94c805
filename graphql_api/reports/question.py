"""What a spreadsheet asks: the report's own query, for every column that its reader may see (报表查询)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import NamedTuple

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_required_argument,
    parse,
)
from graphql.execution.values import get_variable_values

from graphql_api.access import Viewer
from graphql_api.planner.decisions import Decision, decision
from graphql_api.planner.declare import metadata_of
from graphql_api.problems import invalid
from graphql_api.reports.declare import FRACTION, HEADER, Report, Table, is_narrowed

_ZONE_WITHOUT_PLUS = re.compile(r"(?<=\d) (?=\d\d:\d\d$)")
_TRUTHS = {"true": True, "false": False}


class Sort(Enum):
    """How a value is written into a cell (单元格类型)."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    TRUTH = auto()
    FRACTION = auto()


class Column(NamedTuple):
    """A column: the key of its values in a row, its head, its sort, and the terms of an enumeration."""

    key: str
    header: str
    sort: Sort
    terms: Mapping[str, str]


class Sheet(NamedTuple):
    """A table with the columns that are shown, and the heads of those that its reader may not see.

    ``narrowed`` says that of some rows or columns the reader sees a part.
    """

    table: Table
    columns: tuple[Column, ...]
    withheld: tuple[str, ...]
    narrowed: bool = False


class Asked(NamedTuple):
    """The query of a report, its variables as given, and what is made of the answer."""

    text: str
    variables: Mapping[str, object]
    sheets: tuple[Sheet, ...]


def asked_of(
    schema: GraphQLSchema, report: Report, given: Iterable[tuple[str, str]], viewer: Viewer
) -> Asked:
    """Return what to ask for ``report`` with the parameters of an address; raises GraphQLError."""
    assert schema.query_type is not None
    arguments = schema.query_type.fields[report.root_field].args
    variables = _variables(arguments, given)
    sheets = tuple(_sheet(schema, report, table, viewer) for table in report.tables)
    rooted = "root" in _type(schema, report.kind).fields
    text = _text(report, arguments, variables, sheets, rooted=rooted)
    (operation,) = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode)
    coerced = get_variable_values(schema, operation.variable_definitions or (), dict(variables))
    if isinstance(coerced, list):
        raise coerced[0]
    return Asked(text, variables, sheets)


def _variables(
    arguments: Mapping[str, GraphQLArgument], given: Iterable[tuple[str, str]]
) -> dict[str, object]:
    variables: dict[str, object] = {}
    for name, text in given:
        if name not in arguments:
            known = ", ".join(arguments)
            raise invalid(name[:50], f"there are {known}", f"可用的参数为 {known}")
        if name in variables:
            raise invalid(name, "give it once", "请只填写一次")
        if text:
            variables[name] = _value(name, arguments[name].type, text)
    for name, argument in arguments.items():
        if is_required_argument(argument) and name not in variables:
            raise invalid(name, "it is missing", "缺少该参数")
    return variables


def _value(name: str, kind: GraphQLInputType, text: str) -> object:
    """Return what a parameter says, as JSON would say it."""
    inner = get_nullable_type(kind)
    if is_list_type(inner):
        return [_value(name, inner.of_type, part) for part in text.split(",")]
    match get_named_type(kind).name:
        case "Boolean" if text in _TRUTHS:
            return _TRUTHS[text]
        case "Boolean":
            raise invalid(name, "it is true or false", "须为 true 或 false")
        case "Int" if re.fullmatch(r"-?[0-9]{1,10}", text):
            return int(text)
        case "DateTime":
            # A plus sign that was not escaped arrives as a space.
            return _ZONE_WITHOUT_PLUS.sub("+", text)
        case _:
            return text


def _sheet(schema: GraphQLSchema, report: Report, table: Table, viewer: Viewer) -> Sheet:
    """Return the table with the columns that ``viewer`` may see; without any, it has no rows to show."""
    columns: list[Column] = []
    withheld: list[str] = []
    rows = decision(viewer, _type(schema, report.kind), table.field)
    kind = _type(schema, table.kind)
    for name, field in kind.fields.items():
        metadata = metadata_of(field)
        if HEADER not in metadata:
            continue
        if Decision.REFUSED not in (rows, decision(viewer, kind, name)):
            sort = Sort.FRACTION if metadata[FRACTION] else _sort(field)
            columns.append(Column(name, metadata[HEADER], sort, _terms(field)))
        else:
            withheld.append(metadata[HEADER])
    narrowed = is_narrowed(viewer, _type(schema, report.kind), table.field, kind)
    return Sheet(table, tuple(columns), tuple(withheld), narrowed)


def _type(schema: GraphQLSchema, kind: str) -> GraphQLObjectType:
    named = schema.get_type(kind)
    assert isinstance(named, GraphQLObjectType)
    return named


def _sort(field: GraphQLField) -> Sort:
    if is_list_type(get_nullable_type(field.type)):
        return Sort.TEXT
    match get_named_type(field.type).name:
        case "Int" | "Float" | "Position":
            return Sort.NUMBER
        case "Date":
            return Sort.DATE
        case "Boolean":
            return Sort.TRUTH
        case _:
            return Sort.TEXT


def _terms(field: GraphQLField) -> dict[str, str]:
    kind = get_named_type(field.type)
    if not isinstance(kind, GraphQLEnumType):
        return {}
    return {name: (value.description or name).partition(":")[0] for name, value in kind.values.items()}


def _text(
    report: Report,
    arguments: Mapping[str, GraphQLArgument],
    variables: Mapping[str, object],
    sheets: Iterable[Sheet],
    *,
    rooted: bool,
) -> str:
    """Return the query as anybody could ask it."""
    declared = ", ".join(f"${name}: {arguments[name].type}" for name in variables)
    passed = ", ".join(f"{name}: ${name}" for name in variables)
    days = "from to" if report.between else "asOf"
    tables = " ".join(
        f"{sheet.table.field} {{ {' '.join(column.key for column in sheet.columns)} }}"
        for sheet in sheets
        if sheet.columns
    )
    head = f"query ({declared})" if declared else "query"
    field = f"{report.root_field}({passed})" if passed else report.root_field
    said = f"{days} knownAt position checkpoint{' root { name }' if rooted else ''}"
    return f"{head} {{ report: {field} {{ {said} {tables} }} }}"
