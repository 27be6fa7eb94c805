"""Decisions about reorganizations (机构改革决策). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import asdict, replace

from registry.commands import Draft, check_date
from registry.correction.acts import amendment, facts_of, retractions
from registry.correction.chain import content_of
from registry.correction.commands import AmendEvent, RetractEvent
from registry.correction.decide import amend as amend_event
from registry.correction.decide import retract as retract_event
from registry.disposal import carry_out
from registry.errors import Code, Refusal
from registry.events import Event, Stamp, stamp_of
from registry.reads import World, require, require_absent
from registry.reorganization import commands as c
from registry.reorganization import events as e
from registry.reorganization.consequences import consequences
from registry.reorganization.redoing import redone
from registry.reorganization.state import REORGANIZATION, Reorganization, Stage
from registry.supposition import Supposition
from registry.timeline import Entity


def propose(command: c.ProposeReorganization, world: World) -> list[Draft]:
    """Put it forward; what it names need not exist yet."""
    require_absent(world, command.reorganization, REORGANIZATION)
    event = e.ReorganizationProposed(title=command.title, plan=command.plan, **asdict(command.stamp))
    return [Draft(command.reorganization, event)]


def revise(command: c.ReviseReorganization, world: World) -> list[Draft]:
    """Change the plan before adoption; quiet when it is that already."""
    state = _proposed(command, world)
    if state.plan == command.plan:
        return []
    event = e.ReorganizationRevised(plan=command.plan, **asdict(command.stamp))
    return [Draft(command.reorganization, event)]


def adopt(command: c.AdoptReorganization, world: World) -> list[Draft]:
    """Adopt it: everything it does is recorded now, effective on its day."""
    if command.preview is None:
        problem = "look at the preview first and send its digest (请先预览,并提交预览摘要)"
        raise Refusal(Code.INVALID_INPUT, field="preview", problem=problem)
    return adoption(command, world)


def adoption(command: c.AdoptReorganization, world: World) -> list[Draft]:
    """Return what adopting comes to; also without a preview, for making one."""
    check_date("takesEffectOn", command.takes_effect_on, command.effect_precision)
    state = _proposed(command, world)
    act = e.ReorganizationAdopted(
        takes_effect_on=command.takes_effect_on,
        effect_precision=command.effect_precision,
        effect_assumed=command.effect_assumed,
        **asdict(_sourced(command.stamp, state)),
    )
    return [Draft(command.reorganization, act), *consequences(state.plan, stamp_of(act), world)]


def amend(command: c.AmendReorganization, world: World) -> list[Draft]:
    """Move an adopted reorganization to another day, or redo it with another plan; quiet when it is so."""
    entity = require(world, command.reorganization, REORGANIZATION)
    position, adopted = _adoption(entity, command)
    amended = adopted
    if command.takes_effect_on is not None:
        check_date("takesEffectOn", command.takes_effect_on, command.effect_precision)
        amended = replace(
            adopted,
            takes_effect_on=command.takes_effect_on,
            effect_precision=command.effect_precision,
            effect_assumed=command.effect_assumed,
        )
    proposal, proposed = _proposal(entity)
    if command.plan is None or command.plan == proposed.plan:
        return amend_event(AmendEvent(replacement=amended, **_correction(command, position)), world)
    act = amendment(entity.id, position, amended, command.reason)
    replanned = replace(proposed, plan=command.plan)
    old = facts_of(world, entity, position)
    before = Supposition(world, retractions(old, command.reason))
    new = consequences(command.plan, stamp_of(amended), before)
    drafts = [
        act,
        amendment(entity.id, proposal, replanned, command.reason),
        *redone(old, new, command.reason),
    ]
    view = Supposition(world, drafts)
    stamp = replace(stamp_of(amended), reason=command.reason)
    return [*drafts, *carry_out(view, command.dispositions, stamp)]


def withdraw(command: c.WithdrawReorganization, world: World) -> list[Draft]:
    """Give it up; after adoption, retract everything it did first; quiet when it is given up already."""
    entity = require(world, command.reorganization, REORGANIZATION)
    stage = _last_stage(entity, command)
    if stage is Stage.WITHDRAWN:
        return []
    event = e.ReorganizationWithdrawn(**asdict(command.stamp))
    withdrawn = Draft(command.reorganization, event)
    if stage is Stage.PROPOSED:
        return [withdrawn]
    position, _ = _adoption(entity, command)
    undoing = retract_event(RetractEvent(**_correction(command, position)), world)
    return [*undoing, withdrawn]


def _proposed(command: c.ReorganizationCommand, world: World) -> Reorganization:
    """Return what stands on the day; it must not be adopted or withdrawn then, nor on any later day."""
    entity = require(world, command.reorganization, REORGANIZATION)
    state = entity.timeline.at(command.effective_on)
    if not isinstance(state, Reorganization):
        raise Refusal(Code.NOT_ALIVE, id=command.reorganization, date=command.effective_on)
    stage = _last_stage(entity, command)
    if stage is not Stage.PROPOSED:
        raise _not_allowed(command, stage)
    return state


def _sourced(stamp: Stamp, state: Reorganization) -> Stamp:
    """Cite the proposal's instrument unless the command cites its own."""
    if stamp.instrument is not None:
        return stamp
    return replace(stamp, instrument=state.instrument)


def _last_stage(entity: Entity, command: c.ReorganizationCommand) -> Stage:
    if not entity.timeline.segments:
        raise Refusal(Code.NOT_ALIVE, id=entity.id, date=command.effective_on)
    state = entity.timeline.segments[-1].state
    assert isinstance(state, Reorganization)
    return state.stage


def _not_allowed(command: c.ReorganizationCommand, stage: Stage) -> Refusal:
    return Refusal(
        Code.NOT_ALLOWED_IN_STATUS, id=command.reorganization, status=stage, date=command.effective_on
    )


def _adoption(entity: Entity, command: c.ReorganizationCommand) -> tuple[int, e.ReorganizationAdopted]:
    """Return the adoption that stands, as corrected."""
    for position, content in _facts(entity):
        if isinstance(content, e.ReorganizationAdopted):
            return position, content
    raise _not_allowed(command, _last_stage(entity, command))


def _proposal(entity: Entity) -> tuple[int, e.ReorganizationProposed | e.ReorganizationRevised]:
    """Return the event that holds the plan in force: the last one in the order of the fold."""
    for step in reversed(entity.timeline.steps):
        if isinstance(step.fact.event, e.ReorganizationProposed | e.ReorganizationRevised):
            return step.position, step.fact.event
    raise Refusal(Code.NOT_FOUND, noun="proposal", id=entity.id)


def _facts(entity: Entity) -> Iterable[tuple[int, Event | None]]:
    for record in entity.records:
        if record.corrects is None:
            yield record.position, content_of(entity.records, record.position)


def _correction(command: c.AmendReorganization | c.WithdrawReorganization, position: int) -> dict[str, Any]:
    """Return the fields of the correction of the adoption that ``command`` amounts to."""
    return {
        "entity": command.reorganization,
        "position": position,
        "dispositions": command.dispositions,
        "command_id": command.command_id,
        "actor": command.actor,
        **asdict(command.stamp),
    }
