"""The ledger of secondments: who works where for how long (挂职交流台账)."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner.declare import column, joined, planned, referred
from graphql_api.planner.mappings import secondment as ms
from graphql_api.reports.declare import Current, Dated, Report, Table, cell
from graphql_api.types.arguments import AsOf, KnownAt, Root
from graphql_api.types.secondment import Secondment
from registry.secondment.kinds import Direction, SecondmentBasis

_SECONDMENT = referred("secondment", "id")
_RECORD = Right.RECORD


@strawberry.type(description="A line of the ledger. 挂职交流台账条目。")
class SecondmentEntry:
    """A secondment on the day."""

    person_name: str | None = cell("姓名", "Who.", right=Right.PERSON)
    basis: SecondmentBasis = cell("形式", "In which form.", right=_RECORD)
    direction: Direction = cell("方向", "Which way.", right=_RECORD)
    home_name: str | None = cell("派出单位", "Who sends.", right=_RECORD)
    host_name: str | None = cell("接收单位", "Who receives.", right=_RECORD)
    duty: str | None = cell("挂任职务", "What the person does there.", right=Right.PERSON)
    begun_on: date = cell("起始日期", "When it began.", right=_RECORD)
    until: date | None = cell("计划截止日期", "When it ends by itself, exclusive.", right=_RECORD)
    ended_on: date | None = cell("实际结束日期", "When it ended.", right=_RECORD)
    under_way: bool = cell("在挂", "Whether it goes on.", expression=ms.UNDER_WAY, right=_RECORD)
    days_left: int | None = cell("剩余天数", "Days until it ends by itself.", right=_RECORD)
    instrument_number: str | None = cell("依据文号", "The document's number.", right=_RECORD)
    instrument_title: str | None = cell("依据文件", "The document's title.", right=_RECORD)
    illustrative: bool = cell("示例", "Made up for the demonstration.", right=_RECORD)
    secondment: Secondment | None = joined(
        _SECONDMENT, right=_RECORD, description="The secondment. 挂职交流。"
    )


@strawberry.type(description="The ledger of secondments. 挂职交流台账。")
class SecondmentsReport(Dated):
    """Secondments from or to what is under the root, or all."""

    rows: list[SecondmentEntry] = column(
        right=_RECORD, description="Those under way first, by their beginning. 条目。"
    )


REPORT = Report(
    name="secondments",
    title="挂职交流台账",
    kind="SecondmentsReport",
    counting=(
        "列出基准日期已开始的全部挂职、交流，含已结束的；选择只列在挂时不含已结束的。"
        "指定根组织时，只列派出单位或接收单位为根组织及其所属单位的。到计划截止日期当日即自行结束。"
    ),
    tables=(Table("rows", "挂职交流台账", "SecondmentEntry", "secondments"),),
    parameters={"current": "boolean"},
    narrows=True,
)


@strawberry.type
class SecondmentsQuery:
    """The root field of the report."""

    @planned(REPORT, right=_RECORD, description="Who works where for how long. 挂职交流台账。")
    def secondments_report(
        self,
        *,
        root_: Root = UNSET,
        current: Current = False,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> SecondmentsReport:
        """List secondments."""
        raise NotImplementedError
