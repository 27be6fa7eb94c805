"""Definitions are there while they are used, fit what they are used of, in no circle (口径约束). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from registry.criterion.events import BUILDS_ON
from registry.criterion.kinds import Subject
from registry.criterion.reading import read
from registry.criterion.state import CRITERION, Criterion
from registry.errors import Code, Refusal
from registry.invariants.change import Change
from registry.reads import World
from registry.rule.events import COUNTS_BY
from registry.rule.language.syntax import criteria_of
from registry.rule.state import RULE, Rule
from registry.time import Period
from registry.timeline import Entity, Segment


class _Use(NamedTuple):
    """A predicate about ``about``, standing in ``field``, is used during ``period``."""

    field: str
    text: str
    about: Subject
    period: Period
    criteria: tuple[UUID, ...]


def check_criteria(world: World, change: Change) -> None:
    """Refuse UNKNOWN_CRITERION, CRITERION_MISFITS and CRITERION_CYCLE for what the change makes so."""
    after = change.after
    if after.noun is RULE:
        _check_uses(world, after)
    elif after.noun is CRITERION:
        _check_uses(world, after)
        _check_circle(world, after)
        for reference in world.references_to(after.id):
            user = world.entity(reference.source)
            if user is not None and reference.kind in (BUILDS_ON, COUNTS_BY):
                _check_uses(world, user)


def _check_uses(world: World, user: Entity) -> None:
    for segment in user.timeline.segments:
        for use in _uses(segment):
            for code in sorted(criteria_of(read(use.field, use.text, use.about))):
                _check_named(world, use, code)


def _uses(segment: Segment) -> Iterator[_Use]:
    state, period = segment.state, Period(segment.start, segment.end)
    if state.repealed:
        return
    if isinstance(state, Criterion):
        yield _Use("predicate", state.predicate, state.about, period, state.criteria)
    elif isinstance(state, Rule):
        for field, text, about in state.definition.predicates:
            yield _Use(f"definition.{field}", text, about, period, state.criteria)


def _check_named(world: World, use: _Use, code: str) -> None:
    """Refuse a name that none of the definitions used bears all the time; their lives are checked for all."""
    for criterion in use.criteria:
        entity = world.entity(criterion)
        states = [] if entity is None or entity.noun is not CRITERION else _states(entity, use.period)
        named = [state for state in states if state.code == code]
        if not named:
            continue
        for state in named:
            if not state.about.serves(use.about):
                raise Refusal(Code.CRITERION_MISFITS, name=code, actual=state.about, expected=use.about)
        return
    raise Refusal(Code.UNKNOWN_CRITERION, name=code, date=use.period.start)


def _states(criterion: Entity, period: Period) -> list[Criterion]:
    return [segment.state for segment in criterion.timeline.overlapping(period)]


def _check_circle(world: World, criterion: Entity) -> None:
    trail: list[tuple[Entity, Period, tuple[UUID, ...]]] = [
        (criterion, period, (criterion.id,)) for period in criterion.life
    ]
    seen: set[tuple[UUID, Period]] = set()
    while trail:
        entity, days, path = trail.pop()
        for target, common in _steps(entity, days):
            if target == criterion.id:
                shown = " → ".join(map(str, (*path, target)))
                raise Refusal(Code.CRITERION_CYCLE, criterion=criterion.id, path=shown)
            there = world.entity(target)
            if there is not None and (target, common) not in seen:
                seen.add((target, common))
                trail.append((there, common, (*path, target)))


def _steps(entity: Entity, days: Period) -> Iterable[tuple[UUID, Period]]:
    for reference in entity.references:
        common = days.overlap(reference.period)
        if reference.kind == BUILDS_ON and common is not None:
            yield reference.target, common
