"""Party affiliations of people, and their taking part elsewhere: restricted (党员组织关系与参加)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import member as mm
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, Id, KnownAt
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position
from registry.affiliation.kinds import AffiliationEnd, AffiliationStage
from registry.participation.kinds import ParticipationRole

if TYPE_CHECKING:
    from graphql_api.types.organization import Organization
    from graphql_api.types.person import Person

_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]
_Person = Annotated["Person", strawberry.lazy("graphql_api.types.person")]

_SECRET = Right.RESTRICTED
_OPEN = "Until when, exclusive; null when open. 失效日期。"
_SAYS_SO = "The event in the log that says so. 日志位置。"


@strawberry.type(
    description="What was believed of an affiliation: valid in a period, known in another. 组织关系沿革。"
)
class AffiliationBelief:
    """An affiliation during a period."""

    stage: AffiliationStage = column(right=_SECRET, description="Probationary or formal then. 党员类别。")
    branch: _Organization | None = joined(
        mm.BRANCH_THEN, right=_SECRET, description="Where it was, as that was then. 所在党组织。"
    )
    end_reason: AffiliationEnd | None = column(right=_SECRET, description="Why it ended. 终止原因。")
    valid_from: date = column(m.VALID_FROM, right=_SECRET, description="Since when it was so. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, right=_SECRET, description=_OPEN)
    recorded_from: datetime = column(
        m.RECORDED_FROM, right=_SECRET, description="Since when this is believed. 登记时刻。"
    )
    recorded_to: datetime | None = column(
        m.RECORDED_TO,
        right=_SECRET,
        description="Until when it was believed; null when it still is. 更正时刻。",
    )
    position: Position = column(right=_SECRET, description=_SAYS_SO)


@strawberry.type(description="Where a person's Party affiliation is, as of a date. 组织关系。")
class Affiliation(Node):
    """An affiliation; a person has one at a time."""

    id: strawberry.ID = column(right=_SECRET, description="A UUID that never changes. 编号。")
    person_id: strawberry.ID = column("{t}.person", right=_SECRET, description="The person's id. 人员编号。")
    person_name: str | None = column(
        mm.PERSON_NAME, right=_SECRET, description="The person's name on that day. 姓名。"
    )
    person: _Person | None = joined(mm.PERSON, right=_SECRET, description="The person. 人员。")
    branch: _Organization | None = joined(
        mm.BRANCH,
        right=_SECRET,
        description="The Party organization where it is, of the system or not. 所在党组织。",
    )
    stage: AffiliationStage = column(right=_SECRET, description="Probationary or formal. 党员类别。")
    transferred_on: date | None = column(
        right=_SECRET, description="The day of the last transfer; null if there was none. 转接日期。"
    )
    letter: str | None = column(right=_SECRET, description="The number of its letter. 介绍信编号。")
    letter_valid_until: date | None = column(
        right=_SECRET, description="The last day on which that may be presented. 介绍信有效期至。"
    )
    received_on: date | None = column(
        right=_SECRET, description="The day on which it was presented; null without a receipt. 回执日期。"
    )
    receipt_overdue: bool = column(
        mm.RECEIPT_OVERDUE,
        right=_SECRET,
        description="The letter expired before that day, and there is no receipt. 逾期未接收。",
    )
    end_reason: AffiliationEnd | None = column(right=_SECRET, description="Why it ended. 终止原因。")
    valid_from: date = column(
        m.VALID_FROM, right=_SECRET, description="Since when it has been just so. 生效日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=_SECRET, description=_OPEN)
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, right=_SECRET, description="The document that decided it. 依据文件。"
    )
    position: Position = column(right=_SECRET, description=_SAYS_SO)

    @planned(
        mm.AFFILIATION_HISTORY,
        right=_SECRET,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[AffiliationBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="An affiliation on a page. 组织关系分页项。")
class AffiliationEdge:
    """An affiliation and where it stands."""

    cursor: str = column(right=_SECRET, description="Where it stands in the list. 游标。")
    node: Affiliation = column(right=_SECRET, description="The affiliation. 组织关系。")


@strawberry.type(description="A page of affiliations. 组织关系分页。")
class AffiliationConnection:
    """Affiliations as a list."""

    edges: list[AffiliationEdge] = column(
        right=_SECRET, description="The affiliations with their cursors. 分页项。"
    )
    nodes: list[Affiliation] = column(right=_SECRET, description="The affiliations. 组织关系。")
    page_info: PageInfo = column(right=_SECRET, description="Where the page stands. 分页信息。")
    total_count: int = column(right=_SECRET, description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 组织关系筛选。")
class AffiliationFilter:
    """Which affiliations."""

    person: strawberry.ID | None = strawberry.field(default=UNSET, description="Of which person. 人员。")
    branch: strawberry.ID | None = strawberry.field(
        default=UNSET, description="With which Party organization. 所在党组织。"
    )
    ancestor: strawberry.ID | None = strawberry.field(
        default=UNSET, description="With it or any Party organization below it. 上级党组织。"
    )
    stages: list[AffiliationStage] | None = strawberry.field(
        default=UNSET, description="Probationary, formal, or both. 党员类别。"
    )
    receipt_overdue: bool | None = strawberry.field(
        default=UNSET, description="Whether the letter expired without a receipt. 逾期未接收。"
    )
    ended: bool | None = strawberry.field(default=UNSET, description="Whether they ended. 已终止。")


@strawberry.type(description="A person's taking part in a Party organization, as of a date. 参加。")
class Participation(Node):
    """Taking part without an affiliation there."""

    id: strawberry.ID = column(right=_SECRET, description="A UUID that never changes. 编号。")
    person_id: strawberry.ID = column("{t}.person", right=_SECRET, description="The person's id. 人员编号。")
    person_name: str | None = column(
        mm.PERSON_NAME, right=_SECRET, description="The person's name on that day. 姓名。"
    )
    person: _Person | None = joined(mm.PERSON, right=_SECRET, description="The person. 人员。")
    organization: _Organization | None = joined(
        mm.ORGANIZATION_JOINED, right=_SECRET, description="In which Party organization. 所参加的党组织。"
    )
    role: ParticipationRole = column(right=_SECRET, description="As what. 参加方式。")
    ended: bool = column(right=_SECRET, description="Whether the person takes part no more. 已终止。")
    valid_from: date = column(
        m.VALID_FROM, right=_SECRET, description="Since when it has been just so. 生效日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=_SECRET, description=_OPEN)
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, right=_SECRET, description="The document that decided it. 依据文件。"
    )
    position: Position = column(right=_SECRET, description=_SAYS_SO)


@strawberry.type(description="A participation on a page. 参加分页项。")
class ParticipationEdge:
    """A participation and where it stands."""

    cursor: str = column(right=_SECRET, description="Where it stands in the list. 游标。")
    node: Participation = column(right=_SECRET, description="The participation. 参加。")


@strawberry.type(description="A page of participations. 参加分页。")
class ParticipationConnection:
    """Participations as a list."""

    edges: list[ParticipationEdge] = column(
        right=_SECRET, description="The participations with their cursors. 分页项。"
    )
    nodes: list[Participation] = column(right=_SECRET, description="The participations. 参加。")
    page_info: PageInfo = column(right=_SECRET, description="Where the page stands. 分页信息。")
    total_count: int = column(right=_SECRET, description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 参加筛选。")
class ParticipationFilter:
    """Which participations."""

    person: strawberry.ID | None = strawberry.field(default=UNSET, description="Of which person. 人员。")
    organization: strawberry.ID | None = strawberry.field(
        default=UNSET, description="In which Party organization. 党组织。"
    )
    ancestor: strawberry.ID | None = strawberry.field(
        default=UNSET, description="In it or any Party organization below it. 上级党组织。"
    )
    roles: list[ParticipationRole] | None = strawberry.field(default=UNSET, description="As what. 参加方式。")
    ended: bool | None = strawberry.field(default=UNSET, description="Whether they ended. 已终止。")


@strawberry.type
class AffiliationQuery:
    """The roots of affiliations and participations."""

    @planned(ENTITIES["Affiliation"], right=_SECRET, description="One Party affiliation. 查组织关系。")
    def affiliation(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Affiliation | None:
        """Find one affiliation."""
        raise NotImplementedError

    @planned(
        mm.AFFILIATIONS,
        right=_SECRET,
        description="Party affiliations, ended ones too, a page at a time. 组织关系列表。",
    )
    def affiliations(
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: AffiliationFilter | None = UNSET,  # noqa: A002 - the name clients use
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> AffiliationConnection:
        """Page through affiliations."""
        raise NotImplementedError

    @planned(ENTITIES["Participation"], right=_SECRET, description="One participation. 查参加。")
    def participation(
        self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> Participation | None:
        """Find one participation."""
        raise NotImplementedError

    @planned(
        mm.PARTICIPATIONS,
        right=_SECRET,
        description="Participations, ended ones too, a page at a time. 参加列表。",
    )
    def participations(
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: ParticipationFilter | None = UNSET,  # noqa: A002 - the name clients use
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> ParticipationConnection:
        """Page through participations."""
        raise NotImplementedError
