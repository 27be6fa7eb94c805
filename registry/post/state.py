"""A post as folded from its facts (职务状态). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.post import events as e
from registry.post.kinds import Title
from registry.references import Bond, KindRule, Target, VitalBond
from registry.timeline import Conflict, Noun

BONDS: tuple[Bond, ...] = (
    VitalBond(e.POST_OF, ("organization",), "organization", e.PostAbolished, e.PostMoved),
)


class Place(Struct, frozen=True):
    """The post is in ``organization``, because of the fact at ``position``."""

    organization: UUID
    position: int


class Post(Struct, frozen=True, kw_only=True):
    """What is so of one post during a period; ``position`` and ``instrument`` are of the last change."""

    title: Title
    name: str | None
    seats: int | None
    elected: bool
    illustrative: bool
    place: Place
    position: int
    instrument: UUID | None
    abolished: bool = False
    rules: tuple[KindRule, ...] = ()


def _renamed(state: Post, fact: Fact) -> Post:
    event = fact.event
    assert isinstance(event, e.PostRenamed)
    return state if event.name == state.name else _changed(state, fact, name=event.name)


def _seats_changed(state: Post, fact: Fact) -> Post:
    event = fact.event
    assert isinstance(event, e.SeatsChanged)
    return state if event.seats == state.seats else _changed(state, fact, seats=event.seats)


def _moved(state: Post, fact: Fact) -> Post:
    event = fact.event
    assert isinstance(event, e.PostMoved)
    if event.organization == state.place.organization:
        return state
    return _changed(state, fact, place=Place(event.organization, fact.position))


def _abolished(state: Post, fact: Fact) -> Post:
    event = fact.event
    assert isinstance(event, e.PostAbolished)
    return _changed(state, fact, abolished=True, rules=event.rules)


def _changed(state: Post, fact: Fact, **content: object) -> Post:
    return replace(state, position=fact.position, instrument=fact.event.instrument, **content)


_EVOLVE: dict[type[Event], Callable[[Post, Fact], Post]] = {
    e.PostRenamed: _renamed,
    e.SeatsChanged: _seats_changed,
    e.PostMoved: _moved,
    e.PostAbolished: _abolished,
}


def evolve(state: Post | None, fact: Fact) -> Post | Conflict:
    """Return the post after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.PostEstablished):
        if state is not None:
            return Conflict(Code.ALREADY_EXISTS, fact, {})
        return Post(
            title=event.title,
            name=event.name,
            seats=event.seats,
            elected=event.elected,
            illustrative=event.illustrative,
            place=Place(event.organization, fact.position),
            position=fact.position,
            instrument=event.instrument,
        )
    if state is None or state.abolished:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return _EVOLVE[type(event)](state, fact)


def lapse(state: Post, _fact: Fact) -> Post:
    """Return the state unchanged: no fact of a post ends by itself."""
    return state


def alive(state: Post) -> bool:
    """Say whether there is such a post."""
    return not state.abolished


def targets(state: Post) -> Iterable[Target]:
    """Yield the organization that it is in."""
    place = state.place
    return () if state.abolished else (Target(e.POST_OF, place.organization, place.position),)


def identifiers(_state: Post) -> Iterable[tuple[str, str]]:
    """Yield nothing: posts bear no identifiers."""
    return ()


def rules(state: Post) -> tuple[KindRule, ...]:
    """Return what its abolition says about the appointments to it."""
    return state.rules


POST = Noun("post", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS, rules)
