"""The chart before and after, with the way of each function and those nobody holds (机构改革对照)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.planner.declare import column, joined, planned, referred
from graphql_api.reports.declare import Report, Table, cell
from graphql_api.reports.kinds import Fate
from graphql_api.types.arguments import KnownAt, Root
from graphql_api.types.enums import Kind
from graphql_api.types.function import Function
from graphql_api.types.organization import Organization
from graphql_api.types.scalars import Position

_UNIT = referred("organization", "unit")
_FUNCTION = referred("function", "function")


@strawberry.type(description="What became of a unit between two days. 机构变动。")
class UnitChange:
    """A unit on both days."""

    fate: Fate = cell("变动情况", "What became of it.")
    kind: Kind = cell("组织类别", "What it is.")
    name_before: str | None = cell("原名称", "Its name on the earlier day; null if it was not there.")
    name_after: str | None = cell("现名称", "Its name on the later day; null if it is gone.")
    superior_before: str | None = cell("原隶属单位", "What it was part of.")
    superior_after: str | None = cell("现隶属单位", "What it is part of.")
    predecessors: list[str] = cell("承继自", "Whose work it carries on, by what took effect in between.")
    successors: list[str] = cell("由谁承继", "Who carries on its work; through those that are gone again.")
    changed_on: date | None = cell("变动日期", "The day of the change; null if it was kept.")
    instrument_number: str | None = cell("依据文号", "The number of the document that decided it.")
    instrument_title: str | None = cell("依据文件", "The title of the document that decided it.")
    organization: Organization | None = joined(_UNIT, description="It on the later day. 组织。")


@strawberry.type(description="Who held a function in a part of the time between two days. 职能承接。")
class FunctionStep:
    """One holder in the chain of a function."""

    name: str = cell("职能", "The function.")
    holder: str = cell("承接单位", "Who held it, by the name of the day on which that began.")
    held_from: date = cell("起始日期", "Since when.")
    held_until: date | None = cell("终止日期", "Until when, exclusive; null when open.")
    on_first_day: bool = cell("改革前承接", "Whether it held it on the earlier day.")
    on_last_day: bool = cell("改革后承接", "Whether it holds it on the later day.")
    instrument_number: str | None = cell("依据文号", "The number of the document that gave it the function.")
    instrument_title: str | None = cell("依据文件", "The title of the document that gave it the function.")
    clause: str | None = cell("依据条款", "Which part of the document.")
    emphasized: bool = cell("突出强化", "Whether the function is stressed or strengthened.")
    illustrative: bool = cell("示例", "Made up for the demonstration.")
    function: Function | None = joined(_FUNCTION, description="The function on the later day. 职能。")


@strawberry.type(description="A function that nobody holds. 无承接单位的职能。")
class OrphanedFunction:
    """A function without a holder on the later day."""

    name: str = cell("职能", "The function.")
    description: str | None = cell("职能说明", "What it is in more words.")
    last_holder: str | None = cell("原承接单位", "Who held it last; null if nobody ever did.")
    orphaned_since: date | None = cell("悬空起始日", "Since when nobody holds it.")
    unspecified: bool = cell("未列名", "A remainder that the source does not list.")
    illustrative: bool = cell("示例", "Made up for the demonstration.")
    function: Function | None = joined(_FUNCTION, description="The function on the later day. 职能。")


@strawberry.type(description="The chart on two days, and the way of functions between them. 机构改革对照表。")
class ReformReport:
    """Both days by one belief."""

    from_: date = column(name="from", description="The earlier day. 起始日期。")
    to: date = column(description="The later day. 终止日期。")
    known_at: datetime = column(
        description="The belief that it shows: the last one at that instant. 认知时刻。"
    )
    position: Position = column(description="The newest event in the log when it was made. 日志位置。")
    checkpoint: str = column(
        description="How many events the log had then, and the root of its tree. 检查点。"
    )
    root: Organization | None = column(description="What all of it belongs to. 根组织。")
    units: list[UnitChange] = column(description="Every unit of either day, what changed first. 机构变动。")
    functions: list[FunctionStep] = column(
        description="Every holder between the days of the functions that the units held. 职能承接链。"
    )
    orphans: list[OrphanedFunction] = column(
        description="Functions that nobody holds on the later day. 无承接单位的职能。"
    )


REPORT = Report(
    name="reform",
    title="机构改革对照表",
    kind="ReformReport",
    counting=(
        "列出根组织及其所隶属各单位在两个日期的情况；更名同时调整隶属的记为更名，两栏隶属单位仍如实列出。"
        "承继关系取两个日期之间生效的机构改革；承继单位其后又撤销的，继续追溯至存续单位。"
        "职能表逐段列出期间内各承接单位；后一日期无承接单位且未取消的职能列入悬空职能。"
    ),
    tables=(
        Table("units", "机构变动", "UnitChange", "reform_units"),
        Table("functions", "职能承接", "FunctionStep", "reform_functions"),
        Table("orphans", "悬空职能", "OrphanedFunction", "reform_orphans"),
    ),
    between=True,
    parts=("unit_subtree",),
)


@strawberry.type
class ReformQuery:
    """The root field of the report."""

    @planned(
        REPORT,
        description="The chart on two days, with the way of each function between them. 机构改革对照表。",
    )
    def reform_report(
        self,
        *,
        from_: Annotated[date, strawberry.argument(name="from", description="The earlier day. 起始日期。")],
        to: Annotated[date, strawberry.argument(description="The later day. 终止日期。")],
        root_: Root = UNSET,
        known_at: KnownAt = UNSET,
    ) -> ReformReport:
        """Compare what is part of ``root``, by default the municipal association, on two days."""
        raise NotImplementedError
