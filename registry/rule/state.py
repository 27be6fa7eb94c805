"""A composition rule as folded from its facts (结构比例规则状态). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec import UNSET, Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Fact
from registry.ids import RULE_SCHEME
from registry.references import Target
from registry.rule import events as e
from registry.rule.bonds import BONDS
from registry.rule.definition import Definition
from registry.timeline import Conflict, Noun


class Rule(Struct, frozen=True, kw_only=True):
    """What a rule says during a period; ``defined_at`` is the fact that says so."""

    code: str
    name: str
    definition: Definition
    criteria: tuple[UUID, ...]
    defined_at: int
    clause: str | None
    illustrative: bool
    position: int
    instrument: UUID | None
    repealed: bool = False


def evolve(state: Rule | None, fact: Fact) -> Rule | Conflict:
    """Return the rule after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.RuleSet):
        return _set(event, fact) if state is None else Conflict(Code.ALREADY_EXISTS, fact, {})
    if state is None or state.repealed:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    here = replace(state, position=fact.position, instrument=event.instrument, clause=event.clause)
    if isinstance(event, e.RuleRevised):
        return replace(
            here,
            name=state.name if event.name is UNSET else event.name,
            definition=event.definition,
            criteria=event.criteria,
            defined_at=fact.position,
        )
    return replace(here, repealed=True)


def _set(event: e.RuleSet, fact: Fact) -> Rule:
    return Rule(
        code=event.code,
        name=event.name,
        definition=event.definition,
        criteria=event.criteria,
        defined_at=fact.position,
        clause=event.clause,
        illustrative=event.illustrative,
        position=fact.position,
        instrument=event.instrument,
    )


def lapse(state: Rule, _fact: Fact) -> Rule:
    """Return the state unchanged: no fact of a rule ends by itself."""
    return state


def alive(state: Rule) -> bool:
    """Say whether it is in force."""
    return not state.repealed


def targets(state: Rule) -> Iterable[Target]:
    """Yield the definitions that it counts by."""
    if state.repealed:
        return ()
    return (Target(e.COUNTS_BY, criterion, state.defined_at) for criterion in state.criteria)


def identifiers(state: Rule) -> Iterable[tuple[str, str]]:
    """Yield its code while it is in force."""
    return () if state.repealed else ((RULE_SCHEME, state.code),)


RULE = Noun("rule", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
