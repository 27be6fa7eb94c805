"""What a mutation answers: the result with its position, or a typed refusal (变更结果)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import orjson
import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from graphql_api.access import Right
from graphql_api.context import Context, raw_info
from graphql_api.planner.declare import resolved, shown
from graphql_api.planner.operation import plan_entity
from graphql_api.types.enums import Code
from graphql_api.types.function import Function
from graphql_api.types.instrument import Instrument
from graphql_api.types.organization import Organization
from graphql_api.types.reorganization import Reorganization
from graphql_api.types.scalars import Position
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Refusal

_THEN = "As it is on the day the command takes effect; null when it does not exist then."


@strawberry.type(description="The command was refused; nothing was recorded. 已拒绝，未作任何记录。")
class Refused:
    """Why, in both languages, and what to do."""

    code: Code = shown(right=Right.RECORD, description="Why; codes never change their meaning. 代码。")
    message: str = shown(right=Right.RECORD, description="Why, in English.")
    message_zh: str = shown(right=Right.RECORD, description="Why, in Chinese. 拒绝原因。")
    advice: str = shown(right=Right.RECORD, description="What to do, in English.")
    advice_zh: str = shown(right=Right.RECORD, description="What to do, in Chinese. 处理建议。")
    details: JSON = shown(right=Right.RECORD, description="What the sentences are about, by name. 详情。")


@strawberry.interface(description="The command was carried out. 已执行。")
class Recorded:
    """Where it stands in the log."""

    command_id: strawberry.ID = shown(right=Right.WRITE, description="The command. 命令编号。")
    first_position: Position | None = shown(
        right=Right.WRITE,
        description="The first event recorded; null when nothing had to change. 首个日志位置。",
    )
    position: Position | None = shown(
        right=Right.WRITE, description="The last event recorded; null when nothing had to change. 日志位置。"
    )
    recorded_at: datetime = shown(right=Right.WRITE, description="When it was recorded. 登记时刻。")
    subject: strawberry.Private[str]
    effective_on: strawberry.Private[date]


async def _entity(info: Info[Context, None], kind: str, recorded: Recorded) -> Any:  # noqa: ANN401 - a row of ``kind``
    """Return the entity as it is on the day the command takes effect."""
    context = info.context
    arguments = {"id": recorded.subject, "asOf": recorded.effective_on}
    statement = plan_entity(raw_info(info), kind, arguments, context.viewer, context.today)
    text = await context.services.reader.fetch(statement)
    return None if text is None else orjson.loads(text)


@strawberry.type(description="A command to an organization was carried out. 组织命令已执行。")
class OrganizationRecorded(Recorded):
    """What became of an organization."""

    @resolved(right=Right.WRITE, description=f"{_THEN} 组织。")
    async def organization(self, info: Info[Context, None]) -> Organization | None:
        """Show the organization."""
        shown_as: Organization | None = await _entity(info, "Organization", self)
        return shown_as


@strawberry.type(description="A command to a function was carried out. 职能命令已执行。")
class FunctionRecorded(Recorded):
    """What became of a function."""

    @resolved(right=Right.WRITE, description=f"{_THEN} 职能。")
    async def function(self, info: Info[Context, None]) -> Function | None:
        """Show the function."""
        shown_as: Function | None = await _entity(info, "Function", self)
        return shown_as


@strawberry.type(description="A command to a document was carried out. 文件命令已执行。")
class InstrumentRecorded(Recorded):
    """What became of a document."""

    @resolved(right=Right.WRITE, description=f"{_THEN} 文件。")
    async def instrument(self, info: Info[Context, None]) -> Instrument | None:
        """Show the document."""
        shown_as: Instrument | None = await _entity(info, "Instrument", self)
        return shown_as


@strawberry.type(description="A command to a reorganization was carried out. 机构改革命令已执行。")
class ReorganizationRecorded(Recorded):
    """What became of a reorganization."""

    @resolved(right=Right.WRITE, description=f"{_THEN} 机构改革。")
    async def reorganization(self, info: Info[Context, None]) -> Reorganization | None:
        """Show the reorganization."""
        shown_as: Reorganization | None = await _entity(info, "Reorganization", self)
        return shown_as


@strawberry.type(description="A correction was carried out. 更正已执行。")
class CorrectionRecorded(Recorded):
    """What was corrected."""

    corrected: strawberry.ID = shown(right=Right.WRITE, description="Whose event was corrected. 登记对象。")


OrganizationResult = Annotated[
    OrganizationRecorded | Refused,
    strawberry.union("OrganizationResult", description="What came of the command. 命令结果。"),
]
FunctionResult = Annotated[
    FunctionRecorded | Refused,
    strawberry.union("FunctionResult", description="What came of the command. 命令结果。"),
]
InstrumentResult = Annotated[
    InstrumentRecorded | Refused,
    strawberry.union("InstrumentResult", description="What came of the command. 命令结果。"),
]
ReorganizationResult = Annotated[
    ReorganizationRecorded | Refused,
    strawberry.union("ReorganizationResult", description="What came of the command. 命令结果。"),
]
CorrectionResult = Annotated[
    CorrectionRecorded | Refused,
    strawberry.union("CorrectionResult", description="What came of the command. 命令结果。"),
]

RESULTS: dict[str, tuple[type[Recorded], Any]] = {
    "organization": (OrganizationRecorded, OrganizationResult),
    "function": (FunctionRecorded, FunctionResult),
    "instrument": (InstrumentRecorded, InstrumentResult),
    "reorganization": (ReorganizationRecorded, ReorganizationResult),
    "correction": (CorrectionRecorded, CorrectionResult),
}
"""The payload and the union of the mutations of each package of the registry."""


def recorded(kind: type[Recorded], command: Command, accepted: Accepted) -> Recorded:
    """Return the payload of a command that was carried out."""
    more = {"corrected": str(command.subject)} if kind is CorrectionRecorded else {}
    return kind(
        command_id=strawberry.ID(str(accepted.command_id)),
        first_position=position_of(accepted.first_position),
        position=position_of(accepted.last_position),
        recorded_at=accepted.recorded_at,
        subject=str(command.subject),
        effective_on=command.effective_on,
        **more,
    )


def refused(refusal: Refusal) -> Refused:
    """Return the payload of a refused command."""
    return Refused(
        code=refusal.code,
        message=refusal.english,
        message_zh=refusal.chinese,
        advice=refusal.advice_english,
        advice_zh=refusal.advice_chinese,
        details=JSON(refusal.details),
    )


def position_of(position: int | None) -> Position | None:
    """Return a place in the log as the schema knows it."""
    return None if position is None else Position(position)
