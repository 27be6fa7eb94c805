"""Coverage of societies by Party organizations and Party work, by form (党的组织和工作覆盖)."""

from __future__ import annotations

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.planner.declare import column, joined, planned, referred
from graphql_api.reports.declare import Dated, Report, Table, cell
from graphql_api.types.arguments import AsOf, KnownAt, Root
from graphql_api.types.organization import Organization

_SOCIETY = referred("organization", "society")


@strawberry.type(description="How many societies are covered. 覆盖合计。")
class PartyCoverageTotal:
    """All societies added up."""

    total: int = cell("学会总数", "Active societies that the root supervises.")
    organizational: int = cell("组织覆盖数", "How many a Party organization covers.")
    organizational_share: str | None = cell("组织覆盖率", "The exact share.", fraction=True)
    work: int = cell("工作覆盖数", "How many that does, or an instructor alone.")
    work_share: str | None = cell("工作覆盖率", "The exact share.", fraction=True)
    uncovered: int = cell("未覆盖数", "How many neither covers.")


@strawberry.type(description="Party organizations of one form that cover societies. 按形式统计。")
class PartyFormCount:
    """A form."""

    form: str | None = cell("党组织形式", "Their subtype; null where none is recorded.")
    organizational: bool = cell("组织覆盖", "Whether they are organizations; instructors are not.")
    organizations: int = cell("党组织数", "How many cover some society, each once.")
    societies: int = cell("覆盖学会数", "How many societies they cover, each once.")


@strawberry.type(description="How a society is covered. 各学会覆盖情况。")
class SocietyPartyCoverage:
    """A society on the day."""

    name: str = cell("学会名称", "The society.")
    code: str | None = cell("登记代码", "The registry's own code.")
    organizational: bool = cell("组织覆盖", "Whether a Party organization covers it.")
    work: bool = cell("工作覆盖", "Whether one does, or an instructor in or for it.")
    forms: list[str] = cell("党组织形式", "The forms of what covers it.")
    party_organizations: list[str] = cell("覆盖的党组织", "What covers it.")
    organization: Organization | None = joined(_SOCIETY, description="The society. 学会。")


@strawberry.type(description="Coverage of societies by the Party. 学会党的组织和工作覆盖情况表。")
class PartyReport(Dated):
    """All societies, by form, and each."""

    total: list[PartyCoverageTotal] = column(description="One row that adds them up. 合计。")
    forms: list[PartyFormCount] = column(description="By form. 按形式统计。")
    societies: list[SocietyPartyCoverage] = column(description="Those not covered first. 各学会。")


REPORT = Report(
    name="party",
    title="学会党的组织和工作覆盖情况表",
    kind="PartyReport",
    counting=(
        "只统计根组织业务主管、状态正常的学会。党组织覆盖学会的为组织覆盖；联合党支部作为党组织只计一个，"
        "作为覆盖对所覆盖的每个学会各计一次。仅有党建指导员（派驻或在学会任职）的只计工作覆盖，不计组织覆盖。"
        "覆盖率为精确分数，小数仅供参考。"
    ),
    tables=(
        Table("total", "合计", "PartyCoverageTotal", "party_total"),
        Table("forms", "按形式统计", "PartyFormCount", "party_by_form"),
        Table("societies", "各学会覆盖情况", "SocietyPartyCoverage", "party_by_society"),
    ),
    parts=("party_covered",),
)


@strawberry.type
class PartyQuery:
    """The root field of the report."""

    @planned(REPORT, description="Coverage of societies by the Party. 学会党的组织和工作覆盖情况表。")
    def party_report(
        self, *, root_: Root = UNSET, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> PartyReport:
        """Look at the active societies that ``root`` supervises."""
        raise NotImplementedError
