"""What a mutation answers: the result with its position, or a typed refusal (变更结果)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
import orjson
import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from graphql_api.context import Context, Previewer
from graphql_api.planner.declare import Right, column, resolved
from graphql_api.planner.operation import plan_entity
from graphql_api.types.function import Function
from graphql_api.types.instrument import Instrument
from graphql_api.types.organization import Organization
from graphql_api.types.reorganization import Reorganization
from graphql_api.types.scalars import Position
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.store.outcome import Accepted

RefusalCode = strawberry.enum(Code, name="RefusalCode", description="为何拒绝。")


@strawberry.type(description="The command was refused; nothing was recorded. 已拒绝, 未作任何记录。")
class Refused:
    """Why, in both languages, and what to do."""

    code: RefusalCode
    message: str
    message_zh: str
    advice: str
    advice_zh: str
    details: JSON


@strawberry.interface(description="The command was carried out. 已执行。")
class Recorded:
    """Where it stands in the log; positions are null when nothing had to change."""

    command_id: strawberry.ID
    first_position: Position | None
    position: Position | None
    recorded_at: datetime
    subject: strawberry.Private[str]
    effective_on: strawberry.Private[date]


async def _entity(info: Info[Context, None], kind: str, recorded: Recorded) -> Any:
    """Return the entity as it is on the day the command takes effect."""
    context = info.context
    raw = info._raw_info  # noqa: SLF001 - Strawberry offers no public way to the nodes
    statement = plan_entity(raw, kind, recorded.subject, recorded.effective_on, context.viewer, context.today)
    text = await context.services.reader.fetch(statement)
    return None if text is None else orjson.loads(text)


@strawberry.type
class OrganizationRecorded(Recorded):
    """A command to an organization was carried out."""

    @resolved(right=Right.WRITE, description="As it is on the day the command takes effect.")
    async def organization(self, info: Info[Context, None]) -> Organization | None:
        """The organization."""
        return await _entity(info, "Organization", self)


@strawberry.type
class FunctionRecorded(Recorded):
    """A command to a function was carried out."""

    @resolved(right=Right.WRITE, description="As it is on the day the command takes effect.")
    async def function(self, info: Info[Context, None]) -> Function | None:
        """The function."""
        return await _entity(info, "Function", self)


@strawberry.type
class InstrumentRecorded(Recorded):
    """A command to a document was carried out."""

    @resolved(right=Right.WRITE, description="As it is on the day the command takes effect.")
    async def instrument(self, info: Info[Context, None]) -> Instrument | None:
        """The document."""
        return await _entity(info, "Instrument", self)


@strawberry.type
class ReorganizationRecorded(Recorded):
    """A command to a reorganization was carried out."""

    @resolved(right=Right.WRITE, description="As it is on the day the command takes effect.")
    async def reorganization(self, info: Info[Context, None]) -> Reorganization | None:
        """The reorganization."""
        return await _entity(info, "Reorganization", self)


@strawberry.type
class CorrectionRecorded(Recorded):
    """A correction was carried out."""

    corrected: strawberry.ID = column(right=Right.WRITE)


OrganizationResult = Annotated[OrganizationRecorded | Refused, strawberry.union("OrganizationResult")]
FunctionResult = Annotated[FunctionRecorded | Refused, strawberry.union("FunctionResult")]
InstrumentResult = Annotated[InstrumentRecorded | Refused, strawberry.union("InstrumentResult")]
ReorganizationResult = Annotated[ReorganizationRecorded | Refused, strawberry.union("ReorganizationResult")]
CorrectionResult = Annotated[CorrectionRecorded | Refused, strawberry.union("CorrectionResult")]

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
        first_position=_position(accepted.first_position),
        position=_position(accepted.last_position),
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


def _position(position: int | None) -> Position | None:
    return None if position is None else Position(position)


@strawberry.type(description="An event that a command would record. 将要记录的事件。")
class PreviewedEvent:
    """What would stand in the log."""

    stream: strawberry.ID
    topic: str
    effective_on: date
    corrects: Position | None
    data: JSON


@strawberry.type(description="A reference that would be left dangling. 将要悬空的事项。")
class Dangling:
    """What points where it may not; dispose of it by ``source`` and ``position``."""

    source: strawberry.ID
    name: str | None
    position: Position
    reference: str
    target: strawberry.ID
    valid_from: date
    valid_to: date | None


@strawberry.type(description="What a command would do. 预览。")
class Previewed:
    """``digest`` is what to send as ``preview`` to have exactly this."""

    digest: str | None
    events: list[PreviewedEvent]
    dangling: list[Dangling]
    refusal: Refused | None


async def previewed(previewer: Previewer, command: Command) -> Previewed:
    """Return what ``command`` would do, or why it would be refused."""
    try:
        preview = await previewer.preview(command)
    except Refusal as refusal:
        return Previewed(digest=None, events=[], dangling=[], refusal=refused(refusal))
    events = [
        PreviewedEvent(
            stream=strawberry.ID(str(record.originator_id)),
            topic=record.event.topic,
            effective_on=record.event.effective_on,
            corrects=_position(record.corrects),
            data=JSON(msgspec.to_builtins(record.event)),
        )
        for record in preview.settlement.records
    ]
    dangling = [
        Dangling(
            source=strawberry.ID(str(reference.source)),
            name=name,
            position=Position(reference.position),
            reference=reference.kind,
            target=strawberry.ID(str(reference.target)),
            valid_from=reference.start,
            valid_to=None if reference.end == date.max else reference.end,
        )
        for reference, name in preview.dangling
    ]
    return Previewed(digest=preview.settlement.preview, events=events, dangling=dangling, refusal=None)
