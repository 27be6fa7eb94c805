"""The decision that two records are of one person (合并决策). Pure."""

from __future__ import annotations

from datetime import date

from msgspec.structs import asdict, replace

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.person import commands as c
from registry.person import events as e
from registry.person.aliases import is_erased, merged_into, same_person
from registry.person.identity import same_birth
from registry.person.state import PERSON, Particulars, Person
from registry.reads import World, require_standing
from registry.time import Precision
from registry.timeline import Entity

_FROM_COARSE_TO_FINE = (Precision.YEAR, Precision.MONTH, Precision.DAY)


def merge(command: c.MergePersons, world: World) -> list[Draft]:
    """Merge the record, and those merged into it, into another; quiet when that is so already."""
    person = require_standing(world, command.person, PERSON)
    into = require_standing(world, command.into, PERSON)
    if person.id == into.id:
        raise Refusal(Code.INVALID_INPUT, field="into", problem="the same record (同一记录)")
    merged = merged_into(person)
    if merged == into.id:
        return []
    if merged is not None:
        raise Refusal(Code.MERGED, id=person.id, into=merged)
    for erased in filter(is_erased, (person, into)):
        raise Refusal(Code.PERSON_ERASED, id=erased.id)
    further = merged_into(into)
    if further is not None:
        raise Refusal(Code.MERGED, id=into.id, into=further)
    field = _difference(person, into)
    if field is not None:
        raise Refusal(Code.PERSONS_DIFFER, id=person.id, into=into.id, field=field)
    stamp = replace(command.stamp, effective_on=e.ALWAYS, precision=Precision.DAY)
    common = asdict(stamp)
    drafts = [
        Draft(person.id, e.PersonMerged(into=into.id, **common)),
        Draft(into.id, e.PersonAbsorbed(alias=person.id, **common)),
    ]
    for alias in same_person(world, person.id)[1:]:
        drafts.append(Draft(alias, e.PersonMerged(into=into.id, via=person.id, **common)))
        drafts.append(Draft(into.id, e.PersonAbsorbed(alias=alias, **common)))
    return drafts


def _difference(person: Entity, into: Entity) -> str | None:
    """Return the field in which two records tell of two people, as they stand at the last."""
    one, other = _last(person), _last(into)
    if one is None or other is None:
        return None
    if not _agree(one.identity_number, other.identity_number):
        return "identityNumber"
    if not _same_birth(one, other):
        return "birthDate"
    return None if _death(person) == _death(into) else "death"


def _last(entity: Entity) -> Particulars | None:
    state = entity.timeline.segments[-1].state
    assert isinstance(state, Person)
    return state.particulars


def _agree(one: str | None, other: str | None) -> bool:
    """Say whether both are the same, or one is not known."""
    return one is None or other is None or one == other


def _same_birth(one: Particulars, other: Particulars) -> bool:
    """Say whether both may be born on one day: the one known less exactly is what is compared."""
    if one.birth_date is None or other.birth_date is None:
        return True
    known = (one.birth_precision, other.birth_precision)
    coarser = next(precision for precision in _FROM_COARSE_TO_FINE if precision in known)
    return same_birth(one.birth_date, other.birth_date, coarser)


def _death(entity: Entity) -> date | None:
    """Return the day on which the life ends, if it does."""
    return next((s.start for s in entity.timeline.segments if s.state.deceased), None)
