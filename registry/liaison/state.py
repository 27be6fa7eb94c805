"""A liaison as folded from its facts (直接联系状态). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.liaison import events as e
from registry.references import Bond, Target, VitalBond
from registry.timeline import Conflict, Noun


class Visit(Struct, frozen=True):
    """The cadre visited the scientist, as the fact at ``position`` says."""

    position: int
    visited_on: date
    note: str | None


class Liaison(Struct, frozen=True, kw_only=True):
    """What is so of one liaison during a period; ``begun`` is the position of the first fact."""

    cadre: UUID
    scientist: UUID
    begun: int
    begun_on: date
    illustrative: bool
    position: int
    instrument: UUID | None
    ended_on: date | None = None
    visits: tuple[Visit, ...] = ()


def evolve(state: Liaison | None, fact: Fact) -> Liaison | Conflict:
    """Return the liaison after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.LiaisonBegun):
        return _begun(fact, event) if state is None else Conflict(Code.ALREADY_EXISTS, fact, {})
    if state is None or not alive(state):
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    if isinstance(event, e.LiaisonVisited):
        return _visited(state, fact, event)
    ended = replace(state, position=fact.position, instrument=event.instrument)
    return replace(ended, ended_on=event.effective_on)


def _begun(fact: Fact, event: e.LiaisonBegun) -> Liaison:
    return Liaison(
        cadre=event.cadre,
        scientist=event.scientist,
        begun=fact.position,
        begun_on=event.effective_on,
        illustrative=event.illustrative,
        position=fact.position,
        instrument=event.instrument,
    )


def _visited(state: Liaison, fact: Fact, event: e.LiaisonVisited) -> Liaison | Conflict:
    """Take a visit in; ``person`` is whose personal data it is, so it cannot be somebody else."""
    if event.person != state.scientist:
        problem = f"{event.person} is not the scientist of this liaison (不是此项联系的对象)"
        return Conflict(Code.INVALID_INPUT, fact, {"field": "person", "problem": problem})
    return replace(state, visits=(*state.visits, Visit(fact.position, event.effective_on, event.note)))


def lapse(state: Liaison, _fact: Fact) -> Liaison:
    """Return the state unchanged: no fact of a liaison ends by itself."""
    return state


def alive(state: Liaison) -> bool:
    """Say whether they are in touch."""
    return state.ended_on is None


def targets(state: Liaison) -> Iterable[Target]:
    """Yield the cadre and the scientist."""
    if alive(state):
        yield Target(e.LIAISON_CADRE, state.cadre, state.begun)
        yield Target(e.LIAISON_SCIENTIST, state.scientist, state.begun)


def identifiers(_state: Liaison) -> Iterable[tuple[str, str]]:
    """Yield nothing: liaisons bear no identifiers."""
    return ()


class _Scientist(VitalBond):
    """The scientist, whom the visits name, too: another one is another liaison."""

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return None: what was noted about one person is not about another."""
        del fact, target
        return None


BONDS: tuple[Bond, ...] = (
    VitalBond(e.LIAISON_CADRE, ("person",), "cadre", e.LiaisonEnded),
    _Scientist(e.LIAISON_SCIENTIST, ("person",), "scientist", e.LiaisonEnded),
)

LIAISON = Noun("liaison", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
