"""By which names everything is found, period by period (名称索引)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from projections.cover import Cover
from projections.grams import indexed
from projections.model import Column, ReadModel, Values
from projections.naming.names import NAMES
from registry.timeline import Entity, State


def _nothing(_state: object) -> Iterable[Values]:
    return ()


def _borne(noun: str) -> Callable[[State], Iterable[Values]]:
    """Return what gives the names of a state of ``noun``; how they are spelled is worked out when written."""
    named = NAMES[noun]

    def borne(state: State) -> Iterable[Values]:
        return [(role, name, noun) for role, name in named(state) if name is not None]

    return borne


_BORNE = {noun: _borne(noun) for noun in NAMES}


class NamingModel(ReadModel, frozen=True):
    """Shows the names of every noun that says what its names are."""

    def extraction(self, entity: Entity) -> Callable[[State], Iterable[Values]]:
        """Return what gives the names of the noun: a name is there as long as it is borne."""
        return _BORNE[entity.noun.name]

    def covered(self, values: Values, cover: Cover) -> Values:
        """Return the name with what it is found by."""
        del cover
        return (*values, *indexed(values[1]))


MODEL = NamingModel(
    name="naming",
    nouns=frozenset(NAMES),
    keys=2,
    columns=(
        Column("entity", "uuid"),
        Column("role", "text"),
        Column("name", "text"),
        Column("noun", "text"),
        Column("folded", "text"),
        Column("letters", "text"),
        Column("initials", "text"),
        Column("grams", "text"),
    ),
    extract=_nothing,
    personal="entity",
)
