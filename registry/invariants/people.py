"""Who is whom: a merged record leads to the one that stands for the person, in one step (合并约束). Pure."""

from __future__ import annotations

from registry.errors import Code, Refusal
from registry.invariants.change import Change, other_references
from registry.person.aliases import absorbed_by, canonical, is_erased, merged_into
from registry.person.state import PERSON
from registry.reads import World, require


def check_merges(world: World, change: Change) -> None:
    """Refuse a merger into nobody, into an alias, or of a record that others are merged into."""
    person = change.after
    if person.noun is not PERSON:
        return
    into = merged_into(person)
    if into is not None:
        there = require(world, into, PERSON)
        further = merged_into(there)
        if further is not None:
            raise Refusal(Code.MERGED, id=into, into=further)
        if person.id not in absorbed_by(there):
            raise Refusal(Code.MERGED, id=person.id, into=into)
    if into is None and person.life:
        return
    for alias in absorbed_by(person):
        if canonical(world, alias) == person.id:
            raise Refusal(Code.HAS_ALIASES, id=person.id, alias=alias)


def check_erased(world: World, change: Change) -> None:
    """Refuse PERSON_ERASED for whatever would point at an erased person from now on."""
    fresh = other_references(change.before, change.after)
    before = change.before.references if fresh and change.before is not None else ()
    known = {(reference.kind, reference.target) for reference in before}
    for reference in fresh:
        if (reference.kind, reference.target) in known:
            continue
        target = world.entity(reference.target)
        if target is not None and target.noun is PERSON and is_erased(target):
            raise Refusal(Code.PERSON_ERASED, id=target.id)
