"""What a command would do, for those who are about to send it (预览)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from uuid import UUID

import msgspec
import strawberry
from strawberry.scalars import JSON

from graphql_api.access import Right
from graphql_api.context import Previewer
from graphql_api.mutations.payloads import Refused, position_of, refused
from graphql_api.planner.declare import shown
from graphql_api.types.scalars import Position
from registry.commands import Command
from registry.errors import Refusal
from registry.events import Recorded


@strawberry.type(description="An event that a command would record. 将要记录的事件。")
class PreviewedEvent:
    """What would stand in the log."""

    stream: strawberry.ID = shown(right=Right.RECORD, description="The entity. 登记对象。")
    topic: str = shown(right=Right.RECORD, description="What would happen. 事件类型。")
    effective_on: date = shown(right=Right.RECORD, description="Since when it would be so. 生效日期。")
    corrects: Position | None = shown(
        right=Right.RECORD, description="The event that this would amend or retract. 所更正的事件。"
    )
    data: JSON = shown(right=Right.RECORD, description="All that the event would say. 事件内容。")


@strawberry.type(description="A reference that would be left dangling. 将要悬空的事项。")
class Dangling:
    """What points where it may not; dispose of it by ``source`` and ``position``."""

    source: strawberry.ID = shown(right=Right.RECORD, description="Whose reference it is. 来源对象。")
    name: str | None = shown(right=Right.RECORD, description="The name of whose it is. 名称。")
    position: Position = shown(right=Right.RECORD, description="The event that makes it. 日志位置。")
    reference: str = shown(right=Right.RECORD, description="A hierarchy, or HOLDS. 引用种类。")
    target: strawberry.ID = shown(right=Right.RECORD, description="Where it points. 所指对象。")
    valid_from: date = shown(right=Right.RECORD, description="Since when it would dangle. 起始日期。")
    valid_to: date | None = shown(
        right=Right.RECORD, description="Until when, exclusive; null when open. 终止日期。"
    )


@strawberry.type(description="What a command would do, or why it would be refused. 预览。")
class Previewed:
    """What was worked out in a snapshot of the register."""

    digest: str | None = shown(
        right=Right.RECORD,
        description="What to send as `preview` to have exactly this; null if refused. 预览摘要。",
    )
    events: list[PreviewedEvent] = shown(
        right=Right.RECORD, description="What would be recorded. 将要记录的事件。"
    )
    dangling: list[Dangling] = shown(
        right=Right.RECORD, description="What needs a disposition first. 悬空事项。"
    )
    refusal: Refused | None = shown(
        right=Right.RECORD, description="Why it would be refused, whatever the dispositions. 拒绝原因。"
    )


async def previewed(
    previewer: Previewer, command: Command, note: Callable[[Sequence[UUID]], Awaitable[None]] | None = None
) -> Previewed:
    """Return what ``command`` would do, or why it would be refused.

    ``note`` hears first whose personal data it tells that whoever asks did not bring along.
    """
    try:
        preview = await previewer.preview(command)
    except Refusal as refusal:
        return Previewed(digest=None, events=[], dangling=[], refusal=refused(refusal))
    if note is not None and (persons := preview.persons):
        await note(persons)
    events = [previewed_event(record) for record in preview.settlement.records]
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


def previewed_event(record: Recorded) -> PreviewedEvent:
    """Return an event that would be recorded as the schema shows it."""
    return PreviewedEvent(
        stream=strawberry.ID(str(record.originator_id)),
        topic=record.event.topic,
        effective_on=record.event.effective_on,
        corrects=position_of(record.corrects),
        data=JSON(msgspec.to_builtins(record.event)),
    )
