"""Proposals: commands that some send and others approve (报送)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.scalars import JSON
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import proposal as mp
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, Id, KnownAt
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.organization import Lineage
from graphql_api.types.scalars import Position
from registry.proposal.kinds import ProposalStatus

if TYPE_CHECKING:
    from graphql_api.types.organization import Organization

_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]


@strawberry.type(description="A command that somebody proposed, and what became of it. 报送件。")
class Proposal(Node):
    """A proposal, as its submitter sees it, and whoever may decide on it."""

    id: strawberry.ID = column(right=Right.RECORD, description="A UUID that never changes. 编号。")
    submitter: str = column(right=Right.RECORD, description="Who proposed it. 报送人。")
    mutation: str = column(
        mp.MUTATION, right=Right.RECORD, description="The mutation that it proposes. 报送事项。"
    )
    subject_id: strawberry.ID = column(
        "{t}.subject", right=Right.RECORD, description="What the command is about. 登记对象编号。"
    )
    command: JSON | None = column(
        mp.COMMAND,
        right=Right.RECORD,
        description="What the command says, in the form of AuditEvent.data; null when it is of a person."
        " 报送内容。",
    )
    personal: bool = column(
        right=Right.RECORD, description="Whether what it says is of a person, and sealed. 是否涉及个人信息。"
    )
    personal_command: JSON | None = column(
        mp.PERSONAL_COMMAND,
        right=Right.RESTRICTED,
        description="What the command says of a person; null when it is of nobody, or the person was erased."
        " 涉及个人的报送内容。",
    )
    concerns: list[_Organization] = joined(
        mp.CONCERNED,
        right=Right.RECORD,
        description="The organizations that whoever decides on it must keep. 所涉组织。",
    )
    status: ProposalStatus = column(right=Right.RECORD, description="Where it stands. 状态。")
    made_on: date = column(right=Right.RECORD, description="On which day it was proposed. 报送日期。")
    made_at: datetime = column(
        mp.MADE_AT, right=Right.RECORD, description="When it came to be recorded. 报送时刻。"
    )
    reason: str | None = column(
        mp.REASON, right=Right.RECORD, description="What its submitter says of it. 报送说明。"
    )
    decided_by: str | None = column(
        mp.DECIDED_BY,
        right=Right.RECORD,
        description="Who approved it, sent it back or took it back; null while it waits. 审批人。",
    )
    decided_on: date | None = column(
        right=Right.RECORD, description="On which day; null while it waits. 审批日期。"
    )
    decided_at: datetime | None = column(
        mp.DECIDED_AT, right=Right.RECORD, description="When that was recorded. 审批时刻。"
    )
    decision_reason: str | None = column(
        mp.DECISION, right=Right.RECORD, description="What was said of that: why it was sent back. 审批意见。"
    )
    decision_command_id: strawberry.ID | None = column(
        mp.DECISION_COMMAND,
        right=Right.RECORD,
        description="The command that decided it: in the log, what was approved stands under it. 审批命令。",
    )
    decision_document: Instrument | None = joined(
        m.DECIDED_BY, right=Right.RECORD, description="The document cited last. 依据文件。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(description="A proposal on a page. 报送分页项。")
class ProposalEdge:
    """A proposal and where it stands."""

    cursor: str = column(right=Right.RECORD, description="Where it stands in the list. 游标。")
    node: Proposal = column(right=Right.RECORD, description="The proposal. 报送件。")


@strawberry.type(description="A page of proposals. 报送分页。")
class ProposalConnection:
    """Proposals as a list."""

    edges: list[ProposalEdge] = column(
        right=Right.RECORD, description="The proposals with their cursors. 分页项。"
    )
    nodes: list[Proposal] = column(right=Right.RECORD, description="The proposals. 报送件。")
    page_info: PageInfo = column(right=Right.RECORD, description="Where the page stands. 分页信息。")
    total_count: int = column(right=Right.RECORD, description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 报送筛选。")
class ProposalFilter:
    """Which proposals."""

    statuses: list[ProposalStatus] | None = strawberry.field(
        default=UNSET, description="Where they stand on that day. 状态。"
    )
    submitter: str | None = strawberry.field(default=UNSET, description="Who proposed them. 报送人。")
    subject: strawberry.ID | None = strawberry.field(
        default=UNSET, description="What they are about. 登记对象。"
    )
    mutation: str | None = strawberry.field(default=UNSET, description="What they propose. 报送事项。")
    under: Lineage | None = strawberry.field(
        default=UNSET, description="What they concern, or what that stands under, at any depth. 所属范围。"
    )


@strawberry.enum(description="From which end proposals are read; ids break ties. 报送排序。")
class ProposalOrder(StrEnum):
    """The order of proposals."""

    NEWEST = "NEWEST"
    OLDEST = "OLDEST"


@strawberry.type
class ProposalQuery:
    """What can be asked of proposals: one's own, and those that one may decide on or audit."""

    @planned(ENTITIES["Proposal"], right=Right.RECORD, description="One proposal. 查报送件。")
    def proposal(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Proposal | None:
        """Find one proposal."""
        raise NotImplementedError

    @planned(
        mp.PROPOSALS,
        right=Right.RECORD,
        description="One's own proposals, and those that one may decide on, a page at a time. 报送列表。",
    )
    def proposals(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: ProposalFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: ProposalOrder = ProposalOrder.NEWEST,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> ProposalConnection:
        """Page through proposals."""
        raise NotImplementedError
