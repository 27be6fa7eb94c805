"""How a report says what it shows (报表声明).

A report is a root field with tables of flat rows. Each table is one SQL file over the read models, whose
columns bear the names of the fields of its rows; the same statement answers a query and fills a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

import strawberry
from graphql import GraphQLObjectType
from msgspec import Struct

from graphql_api.access import Right, Viewer
from graphql_api.planner.checkpoint import CHECKPOINT_LINE
from graphql_api.planner.compiler import Compiler, Scope, texts
from graphql_api.planner.decisions import Decision, decision
from graphql_api.planner.declare import PLAN, RIGHT, Field, column
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import plain, template
from graphql_api.types.organization import Organization
from graphql_api.types.scalars import Position
from registry.organization.kinds import Kind
from registry.statements import statement

HEADER = "header"
"""Where the metadata of a field holds the head of its column in the spreadsheet."""

FRACTION = "fraction"
"""Whether a text is an exact fraction, which the spreadsheet shows as a number, too."""

_NAME_CHARACTERS = 63
"""What PostgreSQL keeps of a column's name; keys of answers are ASCII."""

_ROWS_ESTIMATE = 200
"""Rows of one table, for the estimate of what an answer costs."""


class Table(Struct, frozen=True):
    """A list of rows of type ``kind`` under the field ``field``, from the statement ``name``.

    Without a name, the rows are worked out by the resolver of the report's own field.

    ``expressions`` are known to the statement by name; they are written as declarations are, over its row
    ``t``.
    """

    field: str
    title: str
    kind: str
    name: str
    expressions: Mapping[str, str] = {}


class Report(Struct, frozen=True):
    """A report, compiled as the root field ``<name>Report``.

    ``title`` is its Chinese name and ``counting`` says in Chinese how it counts, for whoever prints it.
    ``parts`` are statements that its tables share: each is worked out once for a whole answer. ``parameters``
    gives the SQL type of each argument beyond the usual ones; its statements know them by name. One with
    ``between`` compares the days ``from`` and ``to`` instead of showing one. One that ``narrows`` shows the
    whole register unless a root is given: only then does its statement work out what is under that.
    """

    name: str
    title: str
    kind: str
    counting: str
    tables: tuple[Table, ...]
    parts: tuple[str, ...] = ()
    parameters: Mapping[str, str] = {}
    between: bool = False
    narrows: bool = False

    @property
    def root_field(self) -> str:
        """The field of Query that shows it."""
        return f"{self.name}Report"

    def __call__(self, compiler: Compiler, field: Selected, _: Scope) -> str:
        """Compile the field."""
        scope = compiler.scope(field, field.arguments["to"] if self.between else None)
        names = self._names(compiler, field, scope)
        known = scope.known_at or "NULL::timestamptz"
        values = {
            "asOf": scope.as_of,
            "from": names.get("before", ""),
            "to": scope.as_of,
            "knownAt": f"(SELECT least(h.recorded_at, {known}) FROM registry.head AS h)",  # noqa: S608 - names of ours; values are parameters
            "position": "(SELECT h.position FROM registry.head AS h)",
            "checkpoint": CHECKPOINT_LINE,
            "narrowed": "true" if self._is_narrowed(compiler) else "false",
        }
        tables = {table.field: table for table in self.tables}
        pairs: list[tuple[str, str]] = []
        for part in compiler.below(field, self.kind):
            if part.name in tables:
                if not tables[part.name].name:
                    continue
                values[part.name] = _listed(compiler, part, tables[part.name], scope, names)
            elif part.name == "root":
                values["root"] = _root(compiler, part, scope, names)
            pairs.extend(plain(compiler, self.kind, [part], values))
        filling = compiler.names(scope, **names)
        parts = "".join(f",\n{_text(part).format_map(filling)}" for part in self._shared(field))
        return _text("report").format_map(
            compiler.names(scope, **names, parts=parts, report=compiler.build(pairs))
        )

    def _is_narrowed(self, compiler: Compiler) -> bool:
        """Say whether the viewer sees a part of some table."""
        kind = compiler.type_of(self.kind)
        return any(
            is_narrowed(compiler.viewer, kind, table.field, compiler.type_of(table.kind))
            for table in self.tables
        )

    def _shared(self, field: Selected) -> tuple[str, ...]:
        """Return the statements that the tables share: to plan one that nobody reads takes its time, too."""
        if not self.narrows:
            return self.parts
        return ("unplaced" if field.arguments.get("root") is None else "placed", *self.parts)

    def _names(self, compiler: Compiler, field: Selected, scope: Scope) -> dict[str, str]:
        """Return what the statements' braces stand for, besides the read models."""
        root = field.arguments.get("root")
        start = template("main_root") if root is None else compiler.parameter(root, "uuid")
        names = {
            "start": start.format_map(compiler.names(scope)),
            "root": "(SELECT origin.id FROM origin)",
            "rooted": "false" if root is None else "true",
            "kinds": f"ARRAY['{Kind.SOCIETY}']",
        }
        if self.between:
            names["before"] = compiler.parameter(field.arguments["from"], "date")
        for name, sql_type in self.parameters.items():
            names[name] = compiler.parameter(texts(field.arguments.get(name)), sql_type)
        return names


def is_narrowed(viewer: Viewer, report: GraphQLObjectType, rows: str, table: GraphQLObjectType) -> bool:
    """Say whether ``viewer`` sees only some rows of a table, or only some values of a column."""
    decided = {decision(viewer, report, rows), *(decision(viewer, table, name) for name in table.fields)}
    return not decided.isdisjoint({Decision.NARROWED, Decision.MASKED})


def _listed(compiler: Compiler, field: Selected, table: Table, scope: Scope, names: Mapping[str, str]) -> str:
    row, shown = compiler.alias(), compiler.alias()
    each = scope.each(_ROWS_ESTIMATE)
    below = compiler.below(field, table.kind)
    compiler.spend(len(below) * each.times, below)
    pairs = [(part.key, compiler.field(table.kind, part, row, each)) for part in below]
    known = compiler.names(scope, t="t")
    expressions = {name: text.format_map(known) for name, text in table.expressions.items()}
    rows = _text(table.name).format_map(compiler.names(scope, **names, **expressions))
    bound = compiler.places.bound(table.kind, row)
    source = f"({rows}) AS {row}" if bound is None else f"({rows}) AS {row} WHERE {bound}"
    if any(len(key) > _NAME_CHARACTERS for key, _ in pairs):
        return f"(SELECT coalesce(json_agg({compiler.build(pairs)}), '[]') FROM {source})"  # noqa: S608 - names of ours; values are parameters
    # A row as a whole is written in half the time that it takes to build an object of its columns.
    columns = ", ".join(f'{expression} AS "{key}"' for key, expression in pairs)
    return (
        f"(SELECT coalesce(json_agg({shown}), '[]')"  # noqa: S608 - names of ours; values are parameters
        f" FROM (SELECT {columns} FROM {source}) AS {shown})"
    )


def _root(compiler: Compiler, field: Selected, scope: Scope, names: Mapping[str, str]) -> str:
    row = compiler.alias()
    content = compiler.object("Organization", compiler.below(field, "Organization"), row, scope)
    table = compiler.table("organization", scope)
    return template("row_by_id").format_map(
        compiler.names(scope, t=row, content=content, id=names["root"], table=table, bound="")
    )


Current = Annotated[
    bool, strawberry.argument(description="Only what is under way on that day. 只列进行中的。")
]

_OF_PLANNER = frozenset({"party_covered"})
"""Parts that the planner's own fields are made of, too."""


def _text(name: str) -> str:
    if name in _OF_PLANNER:
        return template(name)
    return statement("graphql_api.reports", name).strip()


def cell(
    header: str,
    english: str,
    *,
    expression: str | None = None,
    right: Right = Right.CHART,
    fraction: bool = False,
) -> Field:
    """Declare a value of a row that has a column of its own in the spreadsheet, under ``header``."""
    declared = column(expression, right=right, description=f"{english} {header}。")
    metadata: dict[str, Any] = {
        PLAN: declared.metadata[PLAN],
        RIGHT: right,
        HEADER: header,
        FRACTION: fraction,
    }
    declared.metadata = metadata
    return declared


@strawberry.type
class Told:
    """What every report of one day says of itself."""

    as_of: date = column(description="The day that it shows. 基准日期。")
    known_at: datetime = column(
        description="The belief that it shows: the last one at that instant. 认知时刻。"
    )
    narrowed: bool = column(
        description="Whether rows or values are missing because the reader may see a part of the register."
        " 是否仅为授权范围内的内容。"
    )
    position: Position = column(description="The newest event in the log when it was made. 日志位置。")
    checkpoint: str = column(
        description="How many events the log had then, and the root of its tree. 检查点。"
    )


@strawberry.type
class Dated(Told):
    """A report of what is under one organization."""

    root: Organization | None = column(description="What all of it belongs to. 根组织。")
