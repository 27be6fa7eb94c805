"""The root of queries (查询)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import strawberry
from strawberry.types import Info

from graphql_api.context import Context, answer, require
from graphql_api.mutations.inputs import CommandInput, command_of
from graphql_api.mutations.payloads import Previewed, previewed
from graphql_api.planner import mappings as m
from graphql_api.planner.changes import changes as compile_changes
from graphql_api.planner.declare import Right, planned, resolved
from graphql_api.planner.roots import ENTITIES, node, org_chart
from graphql_api.types.audit import AuditEventConnection, AuditFilter, AuditOrder
from graphql_api.types.chart import ChangeSet, OrgChart
from graphql_api.types.function import Function, FunctionConnection, FunctionFilter
from graphql_api.types.instrument import Instrument, InstrumentConnection, InstrumentFilter
from graphql_api.types.node import Node
from graphql_api.types.organization import (
    Organization,
    OrganizationConnection,
    OrganizationFilter,
    OrganizationOrder,
)
from graphql_api.types.reorganization import Reorganization, ReorganizationConnection, ReorganizationFilter
from graphql_api.types.scalars import Hierarchy

Asked = Info[Context, None]

@strawberry.type(description="What can be asked. asOf: the civil date; knownAt: the instant of belief. 查询。")
class Query:
    """Every answer holds for one date and one belief."""

    @planned(node, description="Whatever has this id, today.")
    async def node(self, info: Asked, id: strawberry.ID) -> Node | None:  # noqa: A002 - Relay's name
        """Find anything."""
        return await _any(info)

    @planned(ENTITIES["Organization"])
    async def organization(
        self,
        info: Asked,
        id: strawberry.ID | None = None,  # noqa: A002 - the name clients use
        code: str | None = None,
        as_of: date | None = None,
        known_at: datetime | None = None,
    ) -> Organization | None:
        """Find one organization by id or code."""
        return await _any(info)

    @planned(m.ORGANIZATIONS)
    async def organizations(
        self,
        info: Asked,
        first: int,
        filter: OrganizationFilter | None = None,  # noqa: A002 - the name clients use
        order_by: OrganizationOrder | None = None,
        after: str | None = None,
        as_of: date | None = None,
        known_at: datetime | None = None,
    ) -> OrganizationConnection:
        """Page through organizations."""
        return await _any(info)

    @planned(org_chart, description="A hierarchy, flat, in the order of the tree. 架构图。")
    async def org_chart(
        self,
        info: Asked,
        root_: Annotated[strawberry.ID | None, strawberry.argument(name="root")] = None,
        hierarchies: list[Hierarchy] | None = None,
        depth: int | None = None,
        as_of: date | None = None,
        known_at: datetime | None = None,
    ) -> OrgChart:
        """Show the chart below ``root``, by default the municipal association."""
        return await _any(info)

    @planned(compile_changes, right=Right.RECORD, description="What differs between two dates. 变化。")
    async def changes(
        self,
        info: Asked,
        from_: Annotated[date, strawberry.argument(name="from")],
        to: date,
        root_: Annotated[strawberry.ID | None, strawberry.argument(name="root")] = None,
        known_at: datetime | None = None,
    ) -> ChangeSet:
        """Compare two dates, in the whole register or what is part of ``root``."""
        return await _any(info)

    @planned(ENTITIES["Function"])
    async def function(
        self,
        info: Asked,
        id: strawberry.ID,  # noqa: A002 - the name clients use
        as_of: date | None = None,
        known_at: datetime | None = None,
    ) -> Function | None:
        """Find one function."""
        return await _any(info)

    @planned(m.FUNCTIONS)
    async def functions(
        self,
        info: Asked,
        first: int,
        filter: FunctionFilter | None = None,  # noqa: A002 - the name clients use
        after: str | None = None,
        as_of: date | None = None,
        known_at: datetime | None = None,
    ) -> FunctionConnection:
        """Page through functions."""
        return await _any(info)

    @planned(ENTITIES["Instrument"])
    async def instrument(
        self,
        info: Asked,
        id: strawberry.ID | None = None,  # noqa: A002 - the name clients use
        number: str | None = None,
        as_of: date | None = None,
        known_at: datetime | None = None,
    ) -> Instrument | None:
        """Find one document by id or number."""
        return await _any(info)

    @planned(m.INSTRUMENTS)
    async def instruments(
        self,
        info: Asked,
        first: int,
        filter: InstrumentFilter | None = None,  # noqa: A002 - the name clients use
        after: str | None = None,
        as_of: date | None = None,
        known_at: datetime | None = None,
    ) -> InstrumentConnection:
        """Page through documents."""
        return await _any(info)

    @planned(ENTITIES["Reorganization"])
    async def reorganization(
        self,
        info: Asked,
        id: strawberry.ID,  # noqa: A002 - the name clients use
        as_of: date | None = None,
        known_at: datetime | None = None,
    ) -> Reorganization | None:
        """Find one reorganization."""
        return await _any(info)

    @planned(m.REORGANIZATIONS)
    async def reorganizations(
        self,
        info: Asked,
        first: int,
        filter: ReorganizationFilter | None = None,  # noqa: A002 - the name clients use
        after: str | None = None,
        as_of: date | None = None,
        known_at: datetime | None = None,
    ) -> ReorganizationConnection:
        """Page through reorganizations."""
        return await _any(info)

    @planned(m.AUDIT_LOG, right=Right.AUDIT, description="The log, newest first. 审计日志。")
    async def audit_log(
        self,
        info: Asked,
        first: int,
        filter: AuditFilter | None = None,  # noqa: A002 - the name clients use
        order_by: AuditOrder | None = None,
        after: str | None = None,
    ) -> AuditEventConnection:
        """Page through the log."""
        return await _any(info)

    @resolved(right=Right.RECORD, description="What a command would do; nothing is recorded. 预览。")
    async def preview(self, info: Asked, command: CommandInput) -> Previewed:
        """Show what a command would do, what it would leave dangling, and the digest to adopt it by."""
        require(info, Right.RECORD)
        return await previewed(info.context.services.previewer, command_of(command, info.context.viewer))


async def _any(info: Asked) -> Any:
    """Return the answer to a planned field, in whatever shape its type has."""
    return await answer(info)
