"""Whether a sender may record what a command comes to (变更许可). Pure.

A registrar of a subtree writes in it. What is recorded counts, not what was sent: everything that a command
changes, as an act or as a consequence, must belong to organizations under the sender's roots, before and
after. Rights over the past go with the present, as in reading: see docs/decisions/0027.

Whoever may write in a part of the register only is not told of the rest: what they name and may not see is
refused in the words of what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID

from registry.codes import Code
from registry.commands import Command
from registry.consistency import Change
from registry.errors import Refusal
from registry.person.events import PersonAbsorbed, PersonErased, PersonMerged
from registry.places import PERSON, is_placed, is_under, places_changed, places_ever, places_of
from registry.reads import World, at_hand
from registry.timeline import Entity

_INSTRUMENT = "instrument"

_SHOWN_WITH_PEOPLE = frozenset({PERSON, "membership", "secondment", "liaison"})
_RESTRICTED = frozenset({"affiliation", "participation"})
"""The nouns whose entities are not shown to everybody."""

_WHOLE_LIVES = (PersonErased, PersonMerged, PersonAbsorbed)
"""What happens to all that was ever recorded of a person."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def admit(world: World, command: Command) -> None:
    """Refuse OUTSIDE_AUTHORITY for a command about what its sender may not change, or naming what is hidden.

    That comes before anything is decided, so that no refusal tells what is there.
    """
    if command.within is None:
        return
    sender = _Sender(world, command)
    subject = world.entity(command.subject)
    if (not command.opens) if subject is None else (not sender.may_change(subject)):
        raise Refusal(Code.OUTSIDE_AUTHORITY)
    named = command.needs.entities - {command.subject}
    show(world, command, sorted(named - command.novel))
    show(world, command, sorted(each for each in named & command.novel if world.entity(each) is not None))


def judge(world: World, command: Command, changes: Sequence[Change]) -> None:
    """Refuse OUTSIDE_AUTHORITY for ``changes`` that reach beyond where the sender may write.

    ``world`` is the register before them: no right comes from the command itself.
    """
    if command.within is None:
        return
    sender = _Sender(world, command)
    at_hand(partial(sender.may_have, change) for change in changes)
    if not all(sender.may_have(change) for change in changes):
        raise Refusal(Code.OUTSIDE_AUTHORITY)


def show(world: World, command: Command, identities: Iterable[UUID]) -> None:
    """Refuse OUTSIDE_AUTHORITY rather than show the sender something of what they may not see."""
    if command.within is None:
        return
    sender = _Sender(world, command)
    shown = list(identities)
    at_hand(partial(sender.sees, identity) for identity in shown)
    if not all(sender.sees(identity) for identity in shown):
        raise Refusal(Code.OUTSIDE_AUTHORITY)


def told(world: World, command: Command, refusal: Refusal) -> Refusal:
    """Return ``refusal`` as its sender may be told it: not if it speaks of what they may not see."""
    if command.within is None:
        return refusal
    sender = _Sender(world, command)
    spoken = {UUID(found) for detail in refusal.details.values() for found in _ID.findall(detail)}
    foreign = sorted(spoken - command.novel)
    at_hand(partial(sender.sees, identity) for identity in foreign)
    if all(sender.sees(identity) for identity in foreign):
        return refusal
    return Refusal(Code.OUTSIDE_AUTHORITY)


class _Sender:
    """What the sender of one command may see and change, in the register as it stands before it."""

    def __init__(self, world: World, command: Command) -> None:
        assert command.within is not None
        self._world = world
        self._actor = command.actor
        self._authority = command.within

    def sees(self, identity: UUID) -> bool:
        """Say whether the sender may know that the entity is there."""
        entity = self._world.entity(identity)
        if entity is None:
            return False
        roots: frozenset[UUID] | None = None
        if entity.noun.name in _RESTRICTED:
            roots = self._authority.restricted
        elif entity.noun.name in _SHOWN_WITH_PEOPLE:
            roots = self._authority.people
        if roots is None:
            return True
        places = places_of(self._world, entity, self._authority.today)
        return any(self._is_under(place, roots) for place in places) or self._is_newly_theirs(entity)

    def may_change(self, entity: Entity) -> bool:
        """Say whether the sender answers for everywhere that the entity belongs."""
        places = places_of(self._world, entity, self._authority.today)
        return self._all_theirs(places) if places else self._is_newly_theirs(entity)

    def may_have(self, change: Change) -> bool:
        """Say whether the sender may let this become so."""
        before, after = change
        places = places_changed(self._world, before, after, self._authority.today)
        if before is None:
            # People who belong nowhere yet, and documents, are recorded by whoever records anything.
            free = after.noun.name in (PERSON, _INSTRUMENT)
            return (free or is_placed(after)) and self._all_theirs(places)
        added = after.records[len(before.records) :]
        if any(isinstance(record.event, _WHOLE_LIVES) for record in added):
            places |= places_ever(self._world, before)
        return self.may_change(before) and self._all_theirs(places)

    def _is_newly_theirs(self, entity: Entity) -> bool:
        """Say whether it is a person whom the sender registered and who has belonged nowhere since."""
        return (
            entity.noun.name == PERSON
            and entity.records[0].actor == self._actor
            and not places_ever(self._world, entity)
        )

    def _all_theirs(self, places: frozenset[UUID]) -> bool:
        return all(self._is_under(place, self._authority.roots) for place in places)

    def _is_under(self, place: UUID, roots: frozenset[UUID]) -> bool:
        return is_under(self._world, place, roots, self._authority.today)
