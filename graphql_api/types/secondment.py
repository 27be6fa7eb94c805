"""Secondments: people who work elsewhere for a time (挂职、交流)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import secondment as ms
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, Id, KnownAt
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position
from registry.secondment.kinds import Direction, SecondmentBasis

if TYPE_CHECKING:
    from graphql_api.types.organization import Organization
    from graphql_api.types.person import Person

_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]
_Person = Annotated["Person", strawberry.lazy("graphql_api.types.person")]
_OPEN = "Until when, exclusive; null when open. 失效日期。"
_SAYS_SO = "The event in the log that says so. 日志位置。"
_SOURCE = "The document that decided it. 依据文件。"


@strawberry.type(description="A secondment during a period, as known. 挂职沿革。")
class SecondmentPeriod:
    """A secondment during a period."""

    home: _Organization | None = joined(ms.HOME, right=Right.RECORD, description="Who sent. 派出单位。")
    host: _Organization | None = joined(ms.HOST, right=Right.RECORD, description="Who received. 接收单位。")
    until: date | None = column(
        right=Right.RECORD, description="When it was to end by itself, exclusive. 截止日期。"
    )
    ended_on: date | None = column(
        right=Right.RECORD, description="When it had ended; null while it went on. 结束日期。"
    )
    valid_from: date = column(
        m.VALID_FROM, right=Right.RECORD, description="Since when it was so. 生效日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=Right.RECORD, description=_OPEN)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="A person of one organization works in another for a time. 挂职、交流。")
class Secondment(Node):
    """A secondment; one that has ended is shown as it was."""

    id: strawberry.ID = column(right=Right.RECORD, description="A UUID that never changes. 编号。")
    person: _Person | None = joined(ms.PERSON, right=Right.PERSON, description="Who. 人员。")
    person_id: strawberry.ID = column(
        "{t}.person", right=Right.PERSON, description="The record it names. 人员编号。"
    )
    person_name: str | None = column(
        ms.PERSON_NAME, right=Right.PERSON, description="The person's name. 姓名。"
    )
    home: _Organization | None = joined(ms.HOME, right=Right.RECORD, description="Who sends. 派出单位。")
    host: _Organization | None = joined(ms.HOST, right=Right.RECORD, description="Who receives. 接收单位。")
    direction: Direction = column(right=Right.RECORD, description="Which way. 方向。")
    basis: SecondmentBasis = column(right=Right.RECORD, description="In which form. 形式。")
    duty: str | None = column(
        ms.DUTY, right=Right.PERSON, description="What the person does there. 挂任职务。"
    )
    under_way: bool = column(ms.UNDER_WAY, right=Right.RECORD, description="Whether it goes on. 是否在挂。")
    begun_on: date = column(right=Right.RECORD, description="When it began. 起始日期。")
    until: date | None = column(
        right=Right.RECORD, description="When it ends by itself, exclusive; null when open. 截止日期。"
    )
    ended_on: date | None = column(
        right=Right.RECORD, description="When it ended; null while it goes on. 结束日期。"
    )
    illustrative: bool = column(right=Right.RECORD, description="Made up for the demonstration. 示例。")
    history: list[SecondmentPeriod] = joined(
        ms.HISTORY, right=Right.RECORD, description="Its timeline as known. 沿革。"
    )
    valid_from: date = column(
        m.VALID_FROM, right=Right.RECORD, description="Since when it has been just so. 生效日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=Right.RECORD, description=_OPEN)
    decided_by: Instrument | None = joined(m.DECIDED_BY, right=Right.RECORD, description=_SOURCE)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="A secondment on a page. 挂职分页项。")
class SecondmentEdge:
    """A secondment and where it stands."""

    cursor: str = column(right=Right.RECORD, description="Where it stands in the list. 游标。")
    node: Secondment = column(right=Right.RECORD, description="The secondment. 挂职。")


@strawberry.type(description="A page of secondments. 挂职分页。")
class SecondmentConnection:
    """Secondments as a list."""

    edges: list[SecondmentEdge] = column(
        right=Right.RECORD, description="The secondments with their cursors. 分页项。"
    )
    nodes: list[Secondment] = column(right=Right.RECORD, description="The secondments. 挂职。")
    page_info: PageInfo = column(right=Right.RECORD, description="Where the page stands. 分页信息。")
    total_count: int = column(right=Right.RECORD, description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 挂职筛选。")
class SecondmentFilter:
    """Which secondments."""

    person: strawberry.ID | None = strawberry.field(default=UNSET, description="Who. 人员。")
    home: strawberry.ID | None = strawberry.field(default=UNSET, description="Who sends. 派出单位。")
    host: strawberry.ID | None = strawberry.field(default=UNSET, description="Who receives. 接收单位。")
    directions: list[Direction] | None = strawberry.field(default=UNSET, description="Which way. 方向。")
    bases: list[SecondmentBasis] | None = strawberry.field(default=UNSET, description="In which form. 形式。")
    under_way: bool | None = strawberry.field(
        default=UNSET, description="Whether they go on; those that ended are listed, too. 是否在挂。"
    )
    ends_before: date | None = strawberry.field(
        default=UNSET, description="Those that end by themselves before that day. 此日前到期。"
    )
    not_ended_by: date | None = strawberry.field(
        default=UNSET,
        description="Those that went on beyond that day: with those begun since, a ledger. 此日后仍在挂。",
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Whether made up for the demonstration. 示例。"
    )


@strawberry.enum(description="By what secondments are sorted; ids break ties. 挂职排序。")
class SecondmentOrder(StrEnum):
    """The order of secondments."""

    BEGUN_ON = "BEGUN_ON"
    UNTIL = "UNTIL"


@strawberry.type
class SecondmentQuery:
    """What can be asked of secondments."""

    @planned(ENTITIES["Secondment"], right=Right.RECORD, description="One secondment. 查挂职。")
    def secondment(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Secondment | None:
        """Find one secondment."""
        raise NotImplementedError

    @planned(ms.SECONDMENTS, right=Right.RECORD, description="Secondments, a page at a time. 挂职列表。")
    def secondments(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: SecondmentFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: SecondmentOrder = SecondmentOrder.BEGUN_ON,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> SecondmentConnection:
        """Page through secondments."""
        raise NotImplementedError
