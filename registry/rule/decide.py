"""Decisions about composition rules (结构比例规则决策). Pure."""

from __future__ import annotations

from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict

from registry.commands import Draft
from registry.criterion.reading import read, resolved
from registry.errors import Code, Refusal
from registry.reads import World, require, require_absent
from registry.rule import commands as c
from registry.rule import events as e
from registry.rule.definition import Definition
from registry.rule.language.syntax import criteria_of
from registry.rule.state import RULE, Rule


def set_(command: c.SetRule, world: World) -> list[Draft]:
    """Set it, finding the definitions that it names."""
    require_absent(world, command.rule, RULE)
    event = e.RuleSet(
        code=command.code,
        name=command.name,
        definition=command.definition,
        criteria=_criteria(command, command.definition, world),
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return [Draft(command.rule, event)]


def revise(command: c.ReviseRule, world: World) -> list[Draft]:
    """Let it say something else; quiet when it says that already."""
    state = _in_force(command, world)
    criteria = _criteria(command, command.definition, world)
    if command.definition == state.definition and command.name in (UNSET, state.name):
        return []
    event = e.RuleRevised(
        definition=command.definition,
        name=command.name,
        criteria=criteria,
        **asdict(command.stamp),
    )
    return [Draft(command.rule, event)]


def repeal(command: c.RepealRule, world: World) -> list[Draft]:
    """Take it out of force; quiet when it is on that day."""
    state = require(world, command.rule, RULE).timeline.at(command.effective_on)
    if isinstance(state, Rule) and state.repealed:
        return []
    _in_force(command, world)
    return [Draft(command.rule, e.RuleRepealed(**asdict(command.stamp)))]


def _criteria(command: c.RuleCommand, definition: Definition, world: World) -> tuple[UUID, ...]:
    codes = {
        code
        for field, text, about in definition.predicates
        for code in criteria_of(read(f"definition.{field}", text, about))
    }
    return resolved(world, codes, command.effective_on)


def _in_force(command: c.RuleCommand, world: World) -> Rule:
    state = require(world, command.rule, RULE).timeline.at(command.effective_on)
    if not isinstance(state, Rule) or state.repealed:
        raise Refusal(Code.NOT_ALIVE, id=command.rule, date=command.effective_on)
    return state
