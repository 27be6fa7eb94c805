"""Decisions about corrections (更正决策). Pure.

Correcting an act corrects all it caused: its consequences move with its date, or go with it. What others
built on it since is then loose, and needs a disposition like anything that a dissolution leaves dangling.
"""

from __future__ import annotations

from msgspec.structs import replace

from registry.commands import Draft
from registry.correction import commands as c
from registry.correction.acts import (
    Consequence,
    amendment,
    caused_by,
    facts_of,
    followed,
    retraction,
    retractions,
)
from registry.correction.chain import content_of, root_of
from registry.correction.events import Retracted
from registry.disposal import carry_out
from registry.errors import Code, Refusal
from registry.events import Event, Recorded, Stamp, stamp_of
from registry.instrument.state import INSTRUMENT
from registry.reads import World, require_standing
from registry.reorganization.events import (
    Plan,
    ReorganizationAdopted,
    ReorganizationProposed,
    ReorganizationRevised,
)
from registry.supposition import Supposition
from registry.timeline import Entity


def amend(command: c.AmendEvent, world: World) -> list[Draft]:
    """Amend an event and move what it caused; quiet when it says that already."""
    entity, record = target_of(command, world)
    content = _live(entity, command.position)
    replacement = command.replacement
    if isinstance(content, Retracted) or type(content) is not type(replacement):
        raise Refusal(
            Code.CANNOT_CORRECT,
            position=command.position,
            problem=f"it is {content.topic}, the replacement {replacement.topic} (事件类型不符)",
        )
    if content == replacement:
        return []
    if replacement.instrument is not None:
        require_standing(world, replacement.instrument, INSTRUMENT)
    act = amendment(entity.id, record.position, replacement, command.reason)
    return _completed(command, world, entity, act, [])


def retract(command: c.RetractEvent, world: World) -> list[Draft]:
    """Retract an event and everything it caused."""
    entity, record = target_of(command, world)
    _live(entity, command.position)
    act = retraction(entity.id, record, command.reason)
    undone = caused_by(world, command.position)
    return _completed(command, world, entity, act, undone)


def target_of(command: c.CorrectionCommand, world: World) -> tuple[Entity, Recorded]:
    """Return the event to correct; a consequence on another stream is corrected through its act."""
    entity = world.entity(command.entity)
    if entity is None:
        raise Refusal(Code.NOT_FOUND, noun="entity", id=command.entity)
    record = next((r for r in entity.records if r.position == command.position), None)
    if record is None:
        raise Refusal(Code.NOT_FOUND, noun=f"event of {command.entity} at position", id=command.position)
    if record.event.final:
        problem = "what was proposed and decided stands as it was (报送与审批记录不作更正)"
        raise Refusal(Code.CANNOT_CORRECT, position=record.position, problem=problem)
    own = {r.position for r in entity.records}
    if record.cause is not None and record.cause not in own:
        raise Refusal(Code.IS_CONSEQUENCE, position=record.position, cause=record.cause)
    return entity, record


def _live(entity: Entity, position: int) -> Event:
    """Return what the event says now; refuses ALREADY_CORRECTED when it is retracted."""
    content = content_of(entity.records, position)
    if content is None:
        raise Refusal(Code.ALREADY_CORRECTED, position=position)
    return content


def _completed(
    command: c.CorrectionCommand, world: World, entity: Entity, act: Draft, undone: list[Consequence]
) -> list[Draft]:
    """Return the correction ``act`` with the retraction of ``undone`` and all else that follows from it."""
    root = root_of(entity.records, command.position)
    before = content_of(entity.records, root)
    after = Supposition(world, [act]).content(entity.id, root)
    _keep_plan(entity, command.position, before, after)
    if after is None:
        undone = [*undone, *facts_of(world, entity, root)]
    drafts = [act, *retractions(undone, command.reason)]
    drafts.extend(followed(world, entity, root, drafts, command.reason))
    return [*drafts, *carry_out(Supposition(world, drafts), command.dispositions, _stamp(command))]


def _stamp(command: c.CorrectionCommand) -> Stamp:
    """Return what dispositions carry: the source of the fact as amended, the reason of the correction."""
    if isinstance(command, c.AmendEvent):
        return replace(stamp_of(command.replacement), reason=command.reason)
    return command.stamp


def _keep_plan(entity: Entity, position: int, before: Event | None, after: Event | None) -> None:
    """Refuse to change the plan of an adopted reorganization without redoing what it did."""
    adopted = any(
        isinstance(content_of(entity.records, record.position), ReorganizationAdopted)
        for record in entity.records
        if record.corrects is None
    )
    if adopted and _plan(before) != _plan(after):
        raise Refusal(
            Code.CANNOT_CORRECT,
            position=position,
            problem="its plan is adopted: amend the reorganization instead (方案已通过,请更正该改革本身)",
        )


def _plan(content: Event | None) -> Plan | None:
    return content.plan if isinstance(content, ReorganizationProposed | ReorganizationRevised) else None
