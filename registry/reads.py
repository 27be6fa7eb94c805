"""The port: what decisions may ask about other entities (读取端口).

Decisions are pure and synchronous. They ask a :class:`World`; what is not at hand raises :class:`NotAtHand`,
the caller fetches it and decides again. Deciding again is harmless because nothing has happened. A command
names what it is sure to ask (:class:`Needs`), so that a whole batch is fetched at once and asking again stays
rare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol
from uuid import UUID

from msgspec import Struct

from registry.errors import Code, Refusal
from registry.references import Reference
from registry.timeline import Entity, Noun


class Needs(Struct, frozen=True):
    """What has to be fetched before a decision can be made.

    ``entities``: whole streams. ``references_to``: who points at these. ``identifiers``: who bears these
    (scheme, value) pairs. ``consequences_of``: which streams hold what the acts at these positions caused.
    """

    entities: frozenset[UUID] = frozenset()
    references_to: frozenset[UUID] = frozenset()
    identifiers: frozenset[tuple[str, str]] = frozenset()
    consequences_of: frozenset[int] = frozenset()

    @classmethod
    def all(cls, needs: Iterable[Needs]) -> Needs:
        """Return what any of ``needs`` needs."""
        each = list(needs)
        if len(each) == 1:
            return each[0]
        return cls(
            frozenset().union(*(n.entities for n in each)),
            frozenset().union(*(n.references_to for n in each)),
            frozenset().union(*(n.identifiers for n in each)),
            frozenset().union(*(n.consequences_of for n in each)),
        )

    def __or__(self, other: Needs) -> Needs:
        """Return what either needs."""
        return Needs(
            self.entities | other.entities,
            self.references_to | other.references_to,
            self.identifiers | other.identifiers,
            self.consequences_of | other.consequences_of,
        )


class NotAtHand(Exception):  # noqa: N818 - a request to the caller, not an error
    """A decision asked for something that has not been fetched."""

    def __init__(self, needs: Needs) -> None:
        """Say what to fetch."""
        super().__init__(needs)
        self.needs = needs


def at_hand(asks: Iterable[Callable[[], object]]) -> None:
    """Ask all that is about to be asked, so that it is fetched together and not one by one.

    Raises NotAtHand for all that is not at hand. A society may have thousands of members: what is asked for
    each of them in turn would have the whole decided again for each.
    """
    missing: list[Needs] = []
    for ask in asks:
        try:
            ask()
        except NotAtHand as asked:
            missing.append(asked.needs)
    if missing:
        raise NotAtHand(Needs.all(missing))


class Bearer(NamedTuple):
    """``entity`` bears an identifier during ``[start, end)``."""

    entity: UUID
    start: date
    end: date


class World(Protocol):
    """Everything a decision may know: the register as every earlier command left it."""

    def entity(self, identity: UUID) -> Entity | None:
        """Return the entity, or None when no stream of that id exists."""
        ...

    def references_to(self, target: UUID) -> Sequence[Reference]:
        """Return who points at ``target``, at any date."""
        ...

    def superiors(self, subordinate: UUID, hierarchy: str) -> Iterable[Reference]:
        """Return what ``subordinate`` stands under in ``hierarchy``, at any date; always at hand."""
        ...

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        """Return who bears an identifier, at any date."""
        ...

    def consequences_of(self, position: int) -> Sequence[UUID]:
        """Return the streams that hold events caused by the act at ``position``."""
        ...


def require(world: World, identity: UUID, noun: Noun) -> Entity:
    """Return the entity, which must be of ``noun``; refuses NOT_FOUND or WRONG_NOUN."""
    entity = world.entity(identity)
    if entity is None:
        raise Refusal(Code.NOT_FOUND, noun=noun.name, id=identity)
    if entity.noun is not noun:
        raise Refusal(Code.WRONG_NOUN, id=identity, actual=entity.noun.name, expected=noun.name)
    return entity


def require_absent(world: World, identity: UUID, noun: Noun) -> None:
    """Refuse ALREADY_EXISTS when the id is taken; a ``noun`` with all its events retracted may return."""
    entity = world.entity(identity)
    if entity is not None and (entity.timeline.steps or entity.noun is not noun):
        raise Refusal(Code.ALREADY_EXISTS, id=identity)


def require_standing(world: World, identity: UUID, noun: Noun) -> Entity:
    """Return the entity as :func:`require` does; refuses NOT_FOUND, too, when all of it is retracted."""
    entity = require(world, identity, noun)
    if not entity.timeline.steps:
        raise Refusal(Code.NOT_FOUND, noun=noun.name, id=identity)
    return entity
