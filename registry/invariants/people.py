"""Who is whom: a merged record leads to the one that stands for the person, in one step (合并约束). Pure."""

from __future__ import annotations

from registry.errors import Code, Refusal
from registry.invariants.change import Change
from registry.person.aliases import absorbed_by, canonical, merged_into
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
