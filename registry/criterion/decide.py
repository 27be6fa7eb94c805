"""Decisions about criteria (统计口径决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.criterion import commands as c
from registry.criterion import events as e
from registry.criterion.reading import read, resolved
from registry.criterion.state import CRITERION, Criterion
from registry.disposal import carry_out
from registry.errors import Code, Refusal
from registry.reads import World, require, require_absent
from registry.rule.language.syntax import criteria_of
from registry.supposition import Supposition
from registry.time import Period


def define(command: c.DefineCriterion, world: World) -> list[Draft]:
    """Define it, finding the definitions that it names."""
    require_absent(world, command.criterion, CRITERION)
    predicate = read("predicate", command.predicate, command.about)
    event = e.CriterionDefined(
        code=command.code,
        name=command.name,
        about=command.about,
        predicate=command.predicate,
        criteria=resolved(world, criteria_of(predicate), command.effective_on),
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return [Draft(command.criterion, event)]


def redefine(command: c.RedefineCriterion, world: World) -> list[Draft]:
    """Let it mean something else; quiet when it means that already."""
    state = _in_force(command, world)
    predicate = read("predicate", command.predicate, state.about)
    if command.predicate == state.predicate:
        return []
    event = e.CriterionRedefined(
        predicate=command.predicate,
        criteria=resolved(world, criteria_of(predicate), command.effective_on),
        **asdict(command.stamp),
    )
    return [Draft(command.criterion, event)]


def repeal(command: c.RepealCriterion, world: World) -> list[Draft]:
    """Take it out of force, disposing of what uses it; quiet when that was so from that very day."""
    entity = require(world, command.criterion, CRITERION)
    for segment in entity.timeline.overlapping(Period(command.effective_on)):
        if segment.start == command.effective_on and segment.state.repealed:
            return []
    _in_force(command, world)
    act = Draft(command.criterion, e.CriterionRepealed(rules=command.rules, **asdict(command.stamp)))
    return [act, *carry_out(Supposition(world, [act]), command.dispositions, command.stamp)]


def _in_force(command: c.CriterionCommand, world: World) -> Criterion:
    state = require(world, command.criterion, CRITERION).timeline.at(command.effective_on)
    if not isinstance(state, Criterion) or state.repealed:
        raise Refusal(Code.NOT_ALIVE, id=command.criterion, date=command.effective_on)
    return state
