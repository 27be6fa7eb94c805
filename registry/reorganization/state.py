"""A reorganization as folded from its facts (机构改革状态). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Fact
from registry.references import Target
from registry.reorganization import events as e
from registry.timeline import Conflict, Noun


class Stage(StrEnum):
    """How far a reorganization has come (阶段)."""

    PROPOSED = "PROPOSED"  # 提出
    ADOPTED = "ADOPTED"  # 通过、待生效
    COMPLETED = "COMPLETED"  # 已生效
    WITHDRAWN = "WITHDRAWN"  # 撤回


class Reorganization(Struct, frozen=True, kw_only=True):
    """What is so of one reorganization during a period."""

    title: str
    plan: e.Plan
    stage: Stage
    position: int
    instrument: UUID | None
    takes_effect_on: date | None = None


def evolve(state: Reorganization | None, fact: Fact) -> Reorganization | Conflict:
    """Return the reorganization after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.ReorganizationProposed):
        if state is not None:
            return Conflict(Code.ALREADY_EXISTS, fact, {})
        return Reorganization(
            title=event.title,
            plan=event.plan,
            stage=Stage.PROPOSED,
            position=fact.position,
            instrument=event.instrument,
        )
    if state is None:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return _followed(state, fact)


def _followed(state: Reorganization, fact: Fact) -> Reorganization | Conflict:
    """Return the proposal after a revision, its adoption or its withdrawal; nothing else follows those."""
    event = fact.event
    if state.stage is not Stage.PROPOSED:
        details: dict[str, object] = {"status": state.stage, "date": event.effective_on}
        return Conflict(Code.NOT_ALLOWED_IN_STATUS, fact, details)
    instrument = event.instrument or state.instrument
    state = replace(state, position=fact.position, instrument=instrument)
    if isinstance(event, e.ReorganizationRevised):
        return replace(state, plan=event.plan)
    if isinstance(event, e.ReorganizationAdopted):
        retroactive = event.takes_effect_on <= event.effective_on
        stage = Stage.COMPLETED if retroactive else Stage.ADOPTED
        return replace(state, stage=stage, takes_effect_on=event.takes_effect_on)
    return replace(state, stage=Stage.WITHDRAWN)


def lapse(state: Reorganization, fact: Fact) -> Reorganization:
    """Return the reorganization once the day has come on which it takes effect."""
    done = state.stage is Stage.ADOPTED and state.position == fact.position
    return replace(state, stage=Stage.COMPLETED) if done else state


def alive(state: Reorganization) -> bool:
    """Say whether it stands."""
    return state.stage is not Stage.WITHDRAWN


def targets(_state: Reorganization) -> Iterable[Target]:
    """Yield nothing: what it does is said by the events it causes."""
    return ()


def identifiers(_state: Reorganization) -> Iterable[tuple[str, str]]:
    """Yield nothing: reorganizations bear no identifiers."""
    return ()


REORGANIZATION = Noun("reorganization", e.EVENTS, evolve, lapse, alive, targets, identifiers)
