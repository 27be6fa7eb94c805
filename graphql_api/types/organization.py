"""Organizations and how they stand to each other (组织)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import figure as mf
from graphql_api.planner.mappings import mandate as ma
from graphql_api.planner.mappings import measure as mx
from graphql_api.planner.mappings import member as mm
from graphql_api.planner.mappings import papers as mp
from graphql_api.planner.mappings import post as pm
from graphql_api.planner.mappings import programme as mg
from graphql_api.types.enums import Base, Formation, Hierarchy, Kind, Precision, Status, Tier
from graphql_api.types.figure import Figure
from graphql_api.types.function import Function
from graphql_api.types.instrument import Instrument
from graphql_api.types.mandate import Mandate
from graphql_api.types.membership import Membership
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.papers import Charter, Registration, Staffing
from graphql_api.types.programme import Programme
from graphql_api.types.scalars import Position
from registry.organization.kinds import Existence

if TYPE_CHECKING:
    from graphql_api.types.measure import Measure
    from graphql_api.types.post import Post
    from graphql_api.types.term import Term

_Measure = Annotated["Measure", strawberry.lazy("graphql_api.types.measure")]
_Post = Annotated["Post", strawberry.lazy("graphql_api.types.post")]
_Term = Annotated["Term", strawberry.lazy("graphql_api.types.term")]

_OPEN = "Until when, exclusive; null when open. 失效日期。"
_SAYS_SO = "The event in the log that says so. 日志位置。"


Transitive = Annotated[
    bool,
    strawberry.argument(
        description="Also those further along the line, across organizations dissolved since. 是否递推。"
    ),
]


@strawberry.type(
    description="What was believed of an organization: valid in a period, known in another. 组织沿革。"
)
class OrganizationBelief:
    """An organization during a period."""

    name: str = column(description="Its name then. 名称。")
    short_name: str | None = column(description="Its short name then. 简称。")
    status: Status = column(description="Where it stood in its life. 状态。")
    code: str | None = column(description="Its code then. 登记代码。")
    valid_from: date = column(m.VALID_FROM, description="Since when it was so. 生效日期。")
    valid_from_precision: Precision = column(
        "{t}.precision", description="How exactly that beginning is known. 日期精度。"
    )
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    recorded_from: datetime = column(m.RECORDED_FROM, description="Since when this is believed. 登记时刻。")
    recorded_to: datetime | None = column(
        m.RECORDED_TO, description="Until when it was believed; null when it still is. 更正时刻。"
    )
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, description="The document that decided it. 依据文件。"
    )
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="An identifier that an organization bears. 标识。")
class Identifier:
    """A scheme and a value, during a period."""

    scheme: str = column(description="Such as USCC, the unified social credit code. 标识种类。")
    value: str = column(description="The identifier itself. 标识。")
    valid_from: date = column(m.VALID_FROM, description="Since when it is borne. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)


@strawberry.type(description="What an organization was named or certified. 称号、认定。")
class Designation:
    """A designation, during a period."""

    name: str = column(description="Such as 示范性学会. 名称。")
    valid_from: date = column(m.VALID_FROM, description="Since when. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)


@strawberry.type(description="An organization under another, seen from below. 上级关系。")
class Superior:
    """A relation to what stands above."""

    hierarchy: Hierarchy = column(description="In which way. 隶属关系。")
    superior: Organization = joined(m.SUPERIOR, description="What stands above. 上级。")
    valid_from: date = column(m.VALID_FROM, description="Since when. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="An organization above another, seen from above. 下级关系。")
class Subordinate:
    """A relation to what stands below."""

    hierarchy: Hierarchy = column(description="In which way. 隶属关系。")
    subordinate: Organization = joined(m.SUBORDINATE, description="What stands below. 下级。")
    valid_from: date = column(m.VALID_FROM, description="Since when. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="An association, department, institution, society, body, … as of a date. 组织。")
class Organization(Node):
    """An organization."""

    name: str = column(description="Its name. 名称。")
    short_name: str | None = column(description="Its short name. 简称。")
    kind: Kind = column(description="What it is. 组织类别。")
    status: Status = column(description="Where it stands in its life. 状态。")
    code: str | None = column(description="The registry's own code, unique among the living. 登记代码。")
    tier: Tier | None = column(description="Its level of government. 层级。")
    base: Base | None = column(description="Where a grass-roots association is. 基层科协所在。")
    formation: Formation | None = column(description="How it was formed. 组建方式。")
    subtype: str | None = column(description="The term within the kind, such as 监事会. 细类。")
    discipline: str | None = column(description="A code of GB/T 13745. 学科。")
    welfare_class: str | None = column(description="The public-welfare class of an institution. 公益类别。")
    illustrative: bool = column(description="Made up for the demonstration. 示例。")
    valid_from: date = column(m.VALID_FROM, description="Since when it has been just so. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    valid_from_precision: Precision = column(
        "{t}.precision", description="How exactly that beginning is known. 日期精度。"
    )
    valid_from_assumed: bool = column(
        "{t}.assumed", description="Whether no source gives that day. 日期为推定。"
    )
    certain: bool = column(
        m.CERTAIN,
        description="False on a day within the imprecision of that beginning:"
        " then it may have become so only later. 该日情况是否确知。",
    )
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, description="The document that decided it. 依据文件。"
    )
    identifiers: list[Identifier] = joined(m.IDENTIFIERS, description="What it is known by elsewhere. 标识。")
    designations: list[Designation] = joined(m.DESIGNATIONS, description="What it was named. 称号、认定。")
    functions: list[Function] = joined(m.FUNCTIONS_HELD, description="What it is charged with. 职能。")
    registration: Registration | None = joined(
        mp.REGISTRATION, description="How it is registered as a legal person. 登记。"
    )
    charter: Charter | None = joined(mp.CHARTER, description="Its charter on that day. 章程。")
    charters: list[Charter] = joined(
        mp.CHARTERS, description="Every version of its charter, by date. 历次章程。"
    )
    staffing: Staffing | None = joined(
        mp.STAFFING, right=Right.RECORD, description="How many it may have and has. 编制与实有人数。"
    )
    mandates: list[Mandate] = joined(ma.HELD, description="What it has taken over. 承接政府转移职能。")
    programmes: list[Programme] = joined(mg.TAKEN_PART_IN, description="What it takes part in. 参加的计划。")
    member_count: int = column(
        mm.MEMBER_COUNT,
        right=Right.RECORD,
        description="How many members it has, suspended ones too. 会员数。",
    )
    members: list[Membership] = joined(
        mm.MEMBERS,
        right=Right.RECORD,
        description="The organizations among its members; people are paged by memberships. 团体会员。",
    )
    memberships: list[Membership] = joined(
        mm.MEMBERSHIPS_OF,
        right=Right.RECORD,
        description="What it is a member of or has applied to. 所加入的组织。",
    )
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)
    posts: list[_Post] = joined(pm.POSTS_OF, description="Posts in it, in order of title. 职务。")
    measures: list[_Measure] = joined(mx.LED_BY, description="Open measures that it leads. 牵头的改革措施。")
    terms: list[_Term] = joined(
        pm.TERMS_OF, description="The terms that it sat for until then, newest first. 历届。"
    )

    @planned(m.PREDECESSORS, description="Whom it carries on by reorganizations. 前身。")
    def predecessors(self, *, transitive: Transitive = False) -> list[Organization]:
        """Look back."""
        raise NotImplementedError

    @planned(m.SUCCESSORS, description="Who carries it on by reorganizations. 承继单位。")
    def successors(self, *, transitive: Transitive = False) -> list[Organization]:
        """Look ahead."""
        raise NotImplementedError

    @planned(
        mf.FIGURES_OF, description="What it reported; of all indicators unless some are named. 上报数据。"
    )
    def figures(
        self,
        *,
        indicators: Annotated[
            list[str] | None, strawberry.argument(description="Codes of indicators. 指标。")
        ] = UNSET,
    ) -> list[Figure]:
        """Show what it reported."""
        raise NotImplementedError

    @planned(
        m.EXISTS_ON,
        description="Whether it exists on a day, by the belief of the answer; unknown within the imprecision"
        " of its establishment or dissolution. 该日是否存在。",
    )
    def exists_on(
        self, *, day: Annotated[date, strawberry.argument(description="The day asked about. 日期。")]
    ) -> Existence:
        """Tell."""
        raise NotImplementedError

    @planned(
        m.SUPERIORS, description="What it stands under; in all hierarchies unless some are named. 上级。"
    )
    def superiors(self, *, hierarchies: list[Hierarchy] | None = UNSET) -> list[Superior]:
        """Look up."""
        raise NotImplementedError

    @planned(
        m.SUBORDINATES, description="What stands under it; whole trees are asked for by orgChart. 下级。"
    )
    def children(self, *, hierarchies: list[Hierarchy] | None = UNSET) -> list[Subordinate]:
        """Look down."""
        raise NotImplementedError

    @planned(
        m.ORGANIZATION_HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[OrganizationBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="An organization on a page. 组织分页项。")
class OrganizationEdge:
    """An organization and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Organization = column(description="The organization. 组织。")


@strawberry.type(description="A page of organizations. 组织分页。")
class OrganizationConnection:
    """Organizations as a list."""

    edges: list[OrganizationEdge] = column(description="The organizations with their cursors. 分页项。")
    nodes: list[Organization] = column(description="The organizations. 组织。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="The end of a way through a hierarchy. 隶属链的一端。")
class Lineage:
    """A hierarchy, and an organization in it."""

    hierarchy: Hierarchy = strawberry.field(description="In which way. 隶属关系。")
    id: strawberry.ID = strawberry.field(description="The organization above, or below. 组织编号。")


@strawberry.input(description="Conditions that all hold. 组织筛选。")
class OrganizationFilter:
    """Which organizations."""

    kinds: list[Kind] | None = strawberry.field(default=UNSET, description="What they are. 组织类别。")
    statuses: list[Status] | None = strawberry.field(
        default=UNSET, description="Where they stand in their lives; the dissolved are listed, too. 状态。"
    )
    tier: Tier | None = strawberry.field(default=UNSET, description="Their level of government. 层级。")
    code: str | None = strawberry.field(default=UNSET, description="The registry's own code. 登记代码。")
    name_contains: str | None = strawberry.field(
        default=UNSET, description="Words that the name holds. 名称包含。"
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Whether made up for the demonstration. 示例。"
    )
    text: str | None = strawberry.field(
        default=UNSET,
        description="Words that a name holds, in characters, pinyin or initials. 名称、拼音或首字母。",
    )
    ancestor: Lineage | None = strawberry.field(
        default=UNSET, description="What they stand under in a hierarchy, at any depth. 上级，不限层数。"
    )
    descendant: Lineage | None = strawberry.field(
        default=UNSET, description="What stands under them in a hierarchy, at any depth. 下级，不限层数。"
    )
    discipline: str | None = strawberry.field(
        default=UNSET, description="How the code of their discipline in GB/T 13745 begins. 学科代码开头。"
    )
    alive_on: date | None = strawberry.field(
        default=UNSET, description="A day on which they existed, dissolved or not by now. 存续日期。"
    )
    superior: strawberry.ID | None = strawberry.field(
        default=UNSET, description="What they stand right under, in any hierarchy. 上级。"
    )


@strawberry.enum(description="By what organizations are sorted; ids break ties. 组织排序。")
class OrganizationOrder(StrEnum):
    """The order of organizations."""

    NAME = "NAME"
    CODE = "CODE"
    VALID_FROM = "VALID_FROM"
