"""Events of the log after a position, as a subscription asks for them (日志事件编译)."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphql import GraphQLResolveInfo

from graphql_api.access import Viewer
from graphql_api.planner.compiler import Compiler, Statement
from graphql_api.planner.mappings.audit import AUDIT_LOG
from graphql_api.planner.selection import selector_of
from graphql_api.planner.templates import template

PAGE = 100
"""Events read at a time: all that a subscriber who does not read costs."""


def plan_events(info: GraphQLResolveInfo[Any], after: int, viewer: Viewer, today: date) -> Statement:
    """Return the statement that gives the next events after a position, each beside its position.

    Of the events that fit the argument ``filter`` of the field at most :data:`PAGE` come, in order.
    """
    compiler = Compiler(selector_of(info), viewer, today, tagged=True)
    field = compiler.selector.selected(info.parent_type, str(info.path.key), info.field_nodes)
    scope = compiler.scope(field).each(PAGE)
    row = compiler.alias()
    content = compiler.object("AuditEvent", compiler.below(field, "AuditEvent"), row, scope)
    return compiler.statement(
        template("events_after").format(
            t=row,
            content=content,
            after=compiler.parameter(after, "bigint"),
            conditions=" AND ".join(AUDIT_LOG.conditions(compiler, field, row, scope)),
            page=PAGE,
        )
    )
