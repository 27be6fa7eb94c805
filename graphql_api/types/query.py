"""The root of queries (查询). Methods only name the arguments: see :func:`planner.declare.planned`."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated

import strawberry
from strawberry.types import Info
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.context import Context, record_reading, require_somewhere, require_wherever
from graphql_api.mutations.catalog import asks_of_numbers
from graphql_api.mutations.commands import CommandInput, Sender, approval_of, command_of
from graphql_api.mutations.previews import Previewed, previewed
from graphql_api.planner import mappings as m
from graphql_api.planner.changes import changes
from graphql_api.planner.chart import org_chart
from graphql_api.planner.declare import planned, resolved
from graphql_api.planner.roots import ENTITIES, node
from graphql_api.planner.search import search
from graphql_api.reports.catalog import ReportQuery
from graphql_api.types.access import AccessQuery
from graphql_api.types.affiliation import AffiliationQuery
from graphql_api.types.appointment import AppointmentQuery
from graphql_api.types.arguments import After, AsOf, Code, First, Id, KnownAt, MaybeId, Number, Root
from graphql_api.types.audit import AuditQuery
from graphql_api.types.chart import ChangeSet, OrgChart
from graphql_api.types.compliance import ComplianceQuery
from graphql_api.types.coverage import CoverageQuery
from graphql_api.types.enums import Hierarchy, Kind
from graphql_api.types.figure import FigureQuery
from graphql_api.types.function import Function, FunctionConnection, FunctionFilter
from graphql_api.types.grant import GrantQuery
from graphql_api.types.instrument import Instrument, InstrumentConnection, InstrumentFilter, InstrumentOrder
from graphql_api.types.knowledge import KnowledgeQuery
from graphql_api.types.liaison import LiaisonQuery
from graphql_api.types.mandate import MandateQuery
from graphql_api.types.measure import MeasureQuery
from graphql_api.types.membership import MembershipQuery
from graphql_api.types.node import Node
from graphql_api.types.organization import (
    Organization,
    OrganizationConnection,
    OrganizationFilter,
    OrganizationOrder,
)
from graphql_api.types.person import PersonQuery
from graphql_api.types.person_data import PersonDataQuery
from graphql_api.types.post import PostQuery
from graphql_api.types.programme import ProgrammeQuery
from graphql_api.types.proof import ProofQuery
from graphql_api.types.proposal import ProposalQuery
from graphql_api.types.reorganization import (
    Reorganization,
    ReorganizationConnection,
    ReorganizationFilter,
    ReorganizationOrder,
)
from graphql_api.types.rule import RuleQuery
from graphql_api.types.search import SearchHit
from graphql_api.types.secondment import SecondmentQuery
from graphql_api.types.simulation import SimulationQuery
from graphql_api.types.term import TermQuery
from graphql_api.types.terms.search import SearchNoun


@strawberry.type
class _Parts(
    RuleQuery,
    ComplianceQuery,
    MembershipQuery,
    AffiliationQuery,
    CoverageQuery,
    SimulationQuery,
    PostQuery,
    TermQuery,
    AppointmentQuery,
    MeasureQuery,
    PersonQuery,
    ReportQuery,
    MandateQuery,
    ProgrammeQuery,
    FigureQuery,
    GrantQuery,
    SecondmentQuery,
    LiaisonQuery,
    ProofQuery,
    AuditQuery,
    KnowledgeQuery,
    PersonDataQuery,
    ProposalQuery,
    AccessQuery,
):  # fmt: skip
    """The roots of the nouns that have modules of their own."""


@strawberry.type(description="What can be asked. Every answer holds for one day and one belief. 查询。")
class Query(
    _Parts,
):  # fmt: skip
    """Whatever is asked in one operation is answered from one snapshot of the register."""

    @planned(node, description="Whatever has this id, today. 按编号查找。")
    def node(self, *, id: Id) -> Node | None:
        """Find anything."""
        raise NotImplementedError

    @planned(ENTITIES["Organization"], description="One organization, by its id or its code. 查组织。")
    def organization(
        self, *, id: MaybeId = UNSET, code: Code = UNSET, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> Organization | None:
        """Find one organization."""
        raise NotImplementedError

    @planned(m.ORGANIZATIONS, description="Organizations, a page at a time. 组织列表。")
    def organizations(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: OrganizationFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: OrganizationOrder = OrganizationOrder.NAME,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> OrganizationConnection:
        """Page through organizations."""
        raise NotImplementedError

    @planned(org_chart, description="A hierarchy, flat, in the order of the tree. 架构图。")
    def org_chart(
        self,
        *,
        root_: Root = UNSET,
        hierarchies: Annotated[
            list[Hierarchy],
            strawberry.argument(description="In which ways one stands under another. 隶属关系。"),
        ] = [Hierarchy.PART_OF],  # noqa: B006 - never changed; the schema shows it
        depth: Annotated[
            int | None,
            strawberry.argument(description="Levels below the root, up to 50; 12 if left out. 层数。"),
        ] = UNSET,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> OrgChart:
        """Show the chart below ``root``, by default the municipal association."""
        raise NotImplementedError

    @planned(search, description="What bears a name like this, the best match first. 搜索。")
    def search(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        text: Annotated[
            str,
            strawberry.argument(
                description="A name or words of it: characters, pinyin, initials. 名称、拼音或首字母。"
            ),
        ],
        first: Annotated[int, strawberry.argument(description="Hits at most, from 1 to 50. 最多结果数。")],
        nouns: Annotated[
            list[SearchNoun] | None,
            strawberry.argument(description="What to look among; everything if left out. 查找范围。"),
        ] = UNSET,
        kinds: Annotated[
            list[Kind] | None,
            strawberry.argument(description="Only organizations, of these kinds. 组织类别。"),
        ] = UNSET,
        living: Annotated[
            bool, strawberry.argument(description="Leaves out what does not exist on that day. 仅限存续。")
        ] = False,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> list[SearchHit]:
        """Find by name."""
        raise NotImplementedError

    @planned(changes, description="What differs between two days, by one belief. 变化。")
    def changes(
        self,
        *,
        from_: Annotated[date, strawberry.argument(name="from", description="The earlier day. 起始日期。")],
        to: Annotated[date, strawberry.argument(description="The later day. 终止日期。")],
        root_: Root = UNSET,
        known_at: KnownAt = UNSET,
    ) -> ChangeSet:
        """Compare two dates, in the whole register or what is part of ``root`` on either."""
        raise NotImplementedError

    @planned(ENTITIES["Function"], description="One function. 查职能。")
    def function(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Function | None:
        """Find one function."""
        raise NotImplementedError

    @planned(m.FUNCTIONS, description="Functions that are not retired, by name, a page at a time. 职能列表。")
    def functions(
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: FunctionFilter | None = UNSET,  # noqa: A002 - the name clients use
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> FunctionConnection:
        """Page through functions."""
        raise NotImplementedError

    @planned(ENTITIES["Instrument"], description="One document, by its id or its number. 查文件。")
    def instrument(
        self, *, id: MaybeId = UNSET, number: Number = UNSET, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> Instrument | None:
        """Find one document."""
        raise NotImplementedError

    @planned(m.INSTRUMENTS, description="Documents, a page at a time. 文件列表。")
    def instruments(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: InstrumentFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: InstrumentOrder = InstrumentOrder.ISSUED_ON,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> InstrumentConnection:
        """Page through documents."""
        raise NotImplementedError

    @planned(ENTITIES["Reorganization"], right=Right.RECORD, description="One reorganization. 查机构改革。")
    def reorganization(
        self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> Reorganization | None:
        """Find one reorganization."""
        raise NotImplementedError

    @planned(
        m.REORGANIZATIONS, right=Right.RECORD, description="Reorganizations, a page at a time. 机构改革列表。"
    )
    def reorganizations(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: ReorganizationFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: ReorganizationOrder = ReorganizationOrder.VALID_FROM,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> ReorganizationConnection:
        """Page through reorganizations."""
        raise NotImplementedError

    @resolved(right=Right.RECORD, description="What a command would do; nothing is recorded. 预览。")
    async def preview(self, info: Info[Context, None], command: CommandInput) -> Previewed:
        """Show what a command would do, what it would leave dangling, and the digest to adopt it by."""
        context = info.context
        require_somewhere(info, Right.RECORD)
        sent = command_of(command, Sender.of(context.viewer, Right.RECORD, context.today))
        if asks_of_numbers(sent):
            require_wherever(info, Right.RECORD, Right.RESTRICTED)
            # Whether somebody has a number is told by the answer.
            await record_reading(info)
        return await previewed(context.services.previewer, sent)

    @resolved(
        right=Right.WRITE, description="What approving a proposal would do; nothing is recorded. 审批预览。"
    )
    async def preview_proposal(self, info: Info[Context, None], id: Id) -> Previewed:
        """Show what would be recorded if whoever asks approved it today, or why it would be refused."""
        context = info.context
        require_somewhere(info, Right.WRITE)
        require_wherever(info, Right.WRITE, Right.RESTRICTED)
        sent = approval_of(id, Sender.of(context.viewer, Right.WRITE, context.today), context.today)
        # What somebody else proposed is told here, also what is sealed.
        return await previewed(context.services.previewer, sent, partial(record_reading, info))
