"""An instrument as folded from its facts (文件状态). Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Fact
from registry.ids import NUMBER_SCHEME
from registry.instrument import events as e
from registry.references import Target
from registry.timeline import Conflict, Noun


class Instrument(Struct, frozen=True, kw_only=True):
    """What is so of one document during a period."""

    title: str
    number: str | None
    issuer: str | None
    sha256: str | None
    position: int
    repealed: bool = False


def evolve(state: Instrument | None, fact: Fact) -> Instrument | Conflict:
    """Return the instrument after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.InstrumentIssued):
        if state is not None:
            return Conflict(Code.ALREADY_EXISTS, fact, {})
        return Instrument(
            title=event.title,
            number=event.number,
            issuer=event.issuer,
            sha256=event.sha256,
            position=fact.position,
        )
    if state is None or state.repealed:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return replace(state, repealed=True, position=fact.position)


def lapse(state: Instrument, _fact: Fact) -> Instrument:
    """Return the state unchanged: no fact of an instrument ends by itself."""
    return state


def alive(state: Instrument) -> bool:
    """Say whether it is in force."""
    return not state.repealed


def targets(_state: Instrument) -> Iterable[Target]:
    """Yield nothing: instruments point at nobody."""
    return ()


def identifiers(state: Instrument) -> Iterable[tuple[str, str]]:
    """Yield its number while it is in force."""
    return () if state.number is None or state.repealed else ((NUMBER_SCHEME, state.number),)


INSTRUMENT = Noun("instrument", e.EVENTS, evolve, lapse, alive, targets, identifiers)
