"""The statement of an export, compiled as that of a query, by the same rights (导出语句)."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from graphql import FieldNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode, parse

from graphql_api.access import ANYBODY, Right, Viewer
from graphql_api.exports.registers import REGISTERS
from graphql_api.imports.columns import COLUMNS, Column, Kind
from graphql_api.planner.compiler import Compiler, Scope, Statement
from graphql_api.planner.decisions import Decision, decision
from graphql_api.planner.places import ROWS
from graphql_api.planner.selection import Selector
from graphql_api.problems import Problem, problem

_UNBOUNDED = 2**62
"""An export is streamed: how many values it holds bounds nothing."""

_UNDER = (
    "{place} IN (WITH RECURSIVE way (id) AS (SELECT {root} UNION SELECT r.subordinate FROM way AS w"
    " CROSS JOIN LATERAL (SELECT * FROM {{relation}} AS f WHERE f.superior = w.id"
    " AND f.hierarchy = 'PART_OF' AND (f.valid @> {{as_of}}) IS TRUE OFFSET 0) AS r) SELECT id FROM way)"
)


class Asked(NamedTuple):
    """What is to be written out: which register, of which day, by which belief, below what (导出请求)."""

    kind: Kind
    as_of: date
    known_at: datetime | None = None
    root: UUID | None = None
    ids: bool = True


class Question(NamedTuple):
    """The statement that gives a row at a time, the columns that are shown, and those that are not."""

    statement: Statement
    columns: tuple[Column, ...]
    withheld: tuple[Column, ...]


def question_of(schema: GraphQLSchema, asked: Asked, viewer: Viewer, today: date) -> Question:
    """Return what to ask; raises GraphQLError for whoever may not."""
    register = REGISTERS[asked.kind]
    right = ROWS.get(register.type, Right.CHART)
    if not viewer.may(right):
        if viewer is ANYBODY:
            raise problem(Problem.UNAUTHENTICATED)
        raise problem(Problem.FORBIDDEN, field=f"/export/registers/{asked.kind}")
    kind = schema.get_type(register.type)
    assert isinstance(kind, GraphQLObjectType)
    shown = {name for name, text in register.fields.items() if _is_shown(viewer, kind, text)}
    columns = [c for c in COLUMNS[asked.kind] if c.name in register.fields and (asked.ids or c.name != "id")]
    selected = _selection(" ".join(register.fields[name] for name in register.fields if name in shown))
    selector = Selector(schema, {}, {})
    compiler = Compiler(selector, viewer, today)
    compiler.limit = _UNBOUNDED
    known = None if asked.known_at is None else compiler.parameter(asked.known_at, "timestamptz")
    scope = Scope(compiler.parameter(asked.as_of, "date"), known)
    row = compiler.alias()
    names = compiler.names(scope, t=row)
    conditions = ["{t}.valid @> {as_of}", register.fixed]
    if asked.root is not None:
        conditions.append(_UNDER.format(place=register.place, root=compiler.parameter(asked.root, "uuid")))
    where = [condition.format_map(names) for condition in conditions]
    bound = compiler.places.bound(register.type, row)
    if bound is not None:
        where.append(bound)
    assert selected.selection_set is not None
    content = compiler.object(register.type, selector.fields(kind, [selected.selection_set]), row, scope)
    rest = (
        f"FROM {compiler.table(register.table, scope)} AS {row}"
        f" WHERE {' AND '.join(where)} ORDER BY {register.order.format_map(names)}"
    )
    return Question(
        compiler.listing(content, rest),
        tuple(column for column in columns if column.name in shown),
        tuple(column for column in columns if column.name not in shown),
    )


def _selection(text: str) -> FieldNode:
    (operation,) = parse(f"{{ exported {{ {text} }} }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    (field,) = operation.selection_set.selections
    assert isinstance(field, FieldNode)
    return field


def _is_shown(viewer: Viewer, kind: GraphQLObjectType, text: str) -> bool:
    """Say whether all that a column asks of an object may be asked; what is masked is left empty."""
    if not text:
        return True
    selected = _selection(text).selection_set
    assert selected is not None
    fields = [node.name.value for node in selected.selections if isinstance(node, FieldNode)]
    return all(decision(viewer, kind, name) is not Decision.REFUSED for name in fields)
