"""Events of the log after a position, as a subscription asks for them (日志事件编译)."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    get_operation_ast,
    parse,
)

from graphql_api.access import Viewer
from graphql_api.planner.compiler import Compiler, Statement
from graphql_api.planner.mappings.audit import AUDIT_LOG
from graphql_api.planner.selection import Selected, Selector, selector_of
from graphql_api.planner.templates import template

PAGE = 100
"""Events read at a time: all that a subscriber who does not read costs."""


_ENVELOPE = "position recordedAt effectiveOn topic stream version actor commandId causationId corrects"
_TOLD, _ENVELOPES = (
    parse(f"subscription {{ events(after: 0) {{ {fields} }} }}")
    for fields in (f"{_ENVELOPE} data", _ENVELOPE)
)
"""What the change feed tells of an event: all that stands in the log with it, or where it stands alone."""


def plan_events(info: GraphQLResolveInfo[Any], after: int, viewer: Viewer, today: date) -> Statement:
    """Return the statement that gives the next events after a position, each beside its position.

    Of the events that fit the argument ``filter`` of the field at most :data:`PAGE` come, in order.
    """
    compiler = Compiler(selector_of(info), viewer, today, tagged=True)
    field = compiler.selector.selected(info.parent_type, str(info.path.key), info.field_nodes)
    return _after(compiler, field, after, PAGE)


def plan_feed(schema: GraphQLSchema, after: int, viewer: Viewer, today: date, page: int = PAGE) -> Statement:
    """Return the statement that gives the next ``page`` events for the change feed, by the same rights.

    Who may see that an event is there, and not what it says, is told the former.
    """
    try:
        return _feed(_TOLD, Compiler(Selector(schema, {}, {}), viewer, today), after, page)
    except GraphQLError:
        return _feed(_ENVELOPES, Compiler(Selector(schema, {}, {}), viewer, today), after, page)


def _feed(document: DocumentNode, compiler: Compiler, after: int, page: int) -> Statement:
    schema, operation = compiler.selector.schema, get_operation_ast(document)
    assert operation is not None
    assert schema.subscription_type is not None
    (field,) = compiler.selector.fields(schema.subscription_type, [operation.selection_set])
    return _after(compiler, field, after, page)


def _after(compiler: Compiler, field: Selected, after: int, page: int) -> Statement:
    scope = compiler.scope(field).each(page)
    row = compiler.alias()
    content = compiler.object("AuditEvent", compiler.below(field, "AuditEvent"), row, scope)
    return compiler.statement(
        template("events_after").format(
            t=row,
            content=content,
            after=compiler.parameter(after, "bigint"),
            conditions=" AND ".join(AUDIT_LOG.conditions(compiler, field, row, scope)),
            page=page,
        )
    )
