"""Whether societies have the bodies, officers and terms in time that they need (学会治理结构)."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.planner.declare import column, joined, planned, referred
from graphql_api.reports.declare import Dated, Report, Table, cell
from graphql_api.types.arguments import AsOf, KnownAt, Root
from graphql_api.types.enums import Status
from graphql_api.types.organization import Organization

_SOCIETY = referred("organization", "society")


@strawberry.type(description="How complete a society's governance is. 学会治理情况。")
class SocietyGovernance:
    """A society on the day."""

    name: str = cell("学会名称", "The society.")
    code: str | None = cell("登记代码", "The registry's own code.")
    status: Status = cell("状态", "Where it stands in its life.")
    supervisor: str = cell("业务主管单位", "The association that supervises it.")
    council: bool = cell("有理事会", "Whether it has a council.")
    secretariat: bool = cell("有秘书处", "Whether it has a secretariat.")
    supervisory_board: bool = cell("有监事会", "Whether it has a supervisory board.")
    chairs: list[str | None] = cell("理事长", "Who chairs it; null for somebody whose name is not known.")
    secretaries_general: list[str | None] = cell("秘书长", "Its secretary-general.")
    professional: bool | None = cell(
        "秘书长职业化", "Whether the secretary-general is a professional one; null without one."
    )
    missing: list[str] = cell("缺项", "What it lacks, in Chinese.")
    term: int | None = cell("理事会届次", "The number of the council's term.")
    planned_end: date | None = cell("届满日期", "When that term was to end.")
    overdue_bodies: list[str] = cell("逾期未换届机构", "Bodies that sit beyond their planned end.")
    overdue_days: int | None = cell("逾期天数", "For how many days the longest of them; null if none does.")
    organization: Organization | None = joined(_SOCIETY, description="The society. 学会。")


@strawberry.type(description="How complete the governance of societies is. 学会治理结构情况表。")
class GovernanceReport(Dated):
    """Every society that is supervised under the root."""

    rows: list[SocietyGovernance] = column(description="The societies. 学会。")


REPORT = Report(
    name="governance",
    title="学会治理结构情况表",
    kind="GovernanceReport",
    counting=(
        "列出根组织及其所属单位业务主管的学会（含筹建、暂停）。理事会、秘书处、监事会按学会内设机构的子类认定，"
        "含设在理事会之下的秘书处；理事长（或主席）、秘书长按学会及其内设机构职位的在任人员认定。"
        "届期计划终止日早于基准日期而未换届的为逾期。"
    ),
    tables=(Table("rows", "学会治理结构", "SocietyGovernance", "governance"),),
)


@strawberry.type
class GovernanceQuery:
    """The root field of the report."""

    @planned(REPORT, description="What societies lack, and whose terms are overdue. 学会治理结构情况表。")
    def governance_report(
        self, *, root_: Root = UNSET, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> GovernanceReport:
        """Look at the societies supervised by ``root`` or what is under it."""
        raise NotImplementedError
