"""The decision to erase a person's data (清除决策). Pure.

The event only says that it is so; the store destroys the keys and what is shown in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec.structs import asdict, replace

from registry.appointment.events import APPOINTEE
from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.person.aliases import is_erased, merged_into, same_person
from registry.person.commands import ErasePerson
from registry.person.events import ALWAYS, PersonErased
from registry.person.state import PERSON
from registry.proposal.events import ProposalMade
from registry.reads import World, require
from registry.time import Precision


def erase(command: ErasePerson, world: World) -> list[Draft]:
    """Erase the person in every record; refused while they hold a post, quiet when it was done."""
    if command.proposal is not None and world.entity(command.person) is None:
        return [_proposed_only(command, command.proposal, world)]
    person = require(world, command.person, PERSON)
    into = merged_into(person)
    if into is not None:
        raise Refusal(Code.MERGED, id=person.id, into=into)
    records = same_person(world, person.id)
    require_no_post(world, records, command.effective_on)
    event = _event(command)
    return [Draft(record, event) for record in records if not is_erased(require(world, record, PERSON))]


def require_no_post(world: World, records: Iterable[UUID], day: date) -> None:
    """Refuse HOLDS_POST unless what the records hold is over by ``day``.

    The command's own day is looked at first, and the day of recording when it is settled: whoever dates the
    command ahead of the end of a post does not get rid of its holder before it.
    """
    for record in records:
        for reference in world.references_to(record):
            if reference.kind == APPOINTEE and reference.end > day:
                raise Refusal(Code.HOLDS_POST, id=record, appointment=reference.source, date=day)


def _proposed_only(command: ErasePerson, proposal: UUID, world: World) -> Draft:
    """Erase somebody of whom a proposal tells, and who was never registered: the id is nobody's for ever."""
    entity = world.entity(proposal)
    made = None if entity is None else entity.records[0].event
    if not isinstance(made, ProposalMade) or made.person != command.person:
        raise Refusal(Code.NOT_FOUND, noun=f"proposal about {command.person}", id=proposal)
    return Draft(command.person, _event(command))


def _event(command: ErasePerson) -> PersonErased:
    stamp = replace(command.stamp, effective_on=ALWAYS, precision=Precision.DAY)
    return PersonErased(**asdict(stamp))
