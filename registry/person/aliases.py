"""Which records are of one person (同一人员的各条记录). Pure.

An alias says itself whose record it is; what it was merged into says only where to look. No record that
others were merged into is an alias itself, so there is never more than one step to go.
"""

from __future__ import annotations

from uuid import UUID

from registry.person.events import PersonErased
from registry.person.state import Person
from registry.reads import World
from registry.timeline import Entity


def canonical(world: World, person: UUID) -> UUID:
    """Return the record that stands for the person, which is ``person`` itself unless it was merged."""
    entity = world.entity(person)
    into = None if entity is None else merged_into(entity)
    return person if into is None else into


def same_person(world: World, person: UUID) -> tuple[UUID, ...]:
    """Return every record of the person, the one that stands for them first."""
    main = canonical(world, person)
    entity = world.entity(main)
    absorbed = () if entity is None else absorbed_by(entity)
    return (main, *(alias for alias in absorbed if canonical(world, alias) == main))


def is_erased(entity: Entity) -> bool:
    """Say whether the person's data was erased."""
    return any(isinstance(record.event, PersonErased) for record in entity.records)


def merged_into(entity: Entity) -> UUID | None:
    """Return what the record was merged into: that holds at all times, so at the last, too."""
    state = _last(entity)
    return None if state is None else state.into


def absorbed_by(entity: Entity) -> tuple[UUID, ...]:
    """Return the records that were merged into this one, those included that are so no more."""
    state = _last(entity)
    return () if state is None else state.aliases


def _last(entity: Entity) -> Person | None:
    segments = entity.timeline.segments
    state = segments[-1].state if segments else None
    return state if isinstance(state, Person) else None
