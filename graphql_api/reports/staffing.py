"""Who may be employed and who is: staffing against establishment (编制与实有人员)."""

from __future__ import annotations

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner.declare import column, joined, planned, referred
from graphql_api.planner.mappings import papers as mp
from graphql_api.reports.declare import Dated, Report, Table, cell
from graphql_api.types.arguments import AsOf, KnownAt, Root
from graphql_api.types.enums import Kind
from graphql_api.types.organization import Organization

_ORGANIZATION = referred("organization", "organization")
_RECORD = Right.RECORD


@strawberry.type(description="How many an organization may have and has. 编制与实有人员。")
class StaffingEntry:
    """An organization on the day; null is what is not known."""

    name: str = cell("单位", "The organization.", right=_RECORD)
    kind: Kind = cell("组织类别", "What it is.", right=_RECORD)
    district: str | None = cell("所属区市县科协", "The district that it stands under.", right=_RECORD)
    recorded: bool = cell("已登记编制", "Whether its staffing is recorded at all.", right=_RECORD)
    administrative: int | None = cell("行政编制", "Posts of that type.", right=_RECORD)
    civil_service_reference: int | None = cell("参公编制", "Posts of that type.", right=_RECORD)
    public_institution: int | None = cell("事业编制", "Posts of that type.", right=_RECORD)
    support: int | None = cell("工勤编制", "Posts of that type.", right=_RECORD)
    other: int | None = cell("其他编制", "Posts of other types.", right=_RECORD)
    established: int | None = cell("编制总数", "Posts established in all.", right=_RECORD)
    headcount: int | None = cell("实有人数", "People there are, as recorded.", right=_RECORD)
    over_strength: int | None = cell(
        "超编人数", "By how many it has more.", expression=mp.OVER_STRENGTH, right=_RECORD
    )
    leadership_posts: int | None = cell("领导职数", "Posts of leaders.", right=_RECORD)
    leaders: int | None = cell("实配领导人数", "Leaders there are, as recorded.", right=_RECORD)
    over_leadership: int | None = cell(
        "超职数", "By how many it has more leaders.", expression=mp.OVER_LEADERSHIP, right=_RECORD
    )
    employed: int = cell("登记受雇人数", "Distinct people that the register has there.", right=_RECORD)
    instrument_number: str | None = cell("依据文号", "The document's number.", right=_RECORD)
    instrument_title: str | None = cell("依据文件", "The document's title.", right=_RECORD)
    organization: Organization | None = joined(
        _ORGANIZATION, right=_RECORD, description="The organization. 组织。"
    )


@strawberry.type(description="Staffing against establishment. 编制与实有人员情况表。")
class StaffingReport(Dated):
    """Whoever under the root has posts, or should have them."""

    rows: list[StaffingEntry] = column(right=_RECORD, description="By district, associations first. 各单位。")


REPORT = Report(
    name="staffing",
    title="编制与实有人员情况表",
    kind="StaffingReport",
    counting=(
        "列出根组织所及的各级科协、所属事业单位，以及其他已登记编制的单位；未登记编制的单位各栏留空。"
        "编制、职数和实有人数为登记的核定数与实有数，超编人数、超职数为实有数减核定数，不足的记为零，任一数不详的留空。"
        "登记受雇人数按登记簿中的任职单位逐人统计，同一人在一个单位只计一次，与实有人数并列供核对。"
    ),
    tables=(Table("rows", "编制与实有人员", "StaffingEntry", "staffing"),),
    parts=("placed",),
)


@strawberry.type
class StaffingQuery:
    """The root field of the report."""

    @planned(REPORT, right=_RECORD, description="Staffing against establishment. 编制与实有人员情况表。")
    def staffing_report(
        self, *, root_: Root = UNSET, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> StaffingReport:
        """Compare what ``root`` and what is under it may have with what they have."""
        raise NotImplementedError
