"""What an organization has on paper: its registration, its charter, its staffing (登记、章程、编制). Pure."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import UNSET, Struct
from msgspec.structs import replace

from registry.events import Fact
from registry.organization import events as e
from registry.organization.kinds import LegalForm

STAFFING = ("establishment", "leadership_posts", "leaders", "headcount")
"""What is said of the staffing of an organization, each for itself."""


class Registration(Struct, frozen=True, gc=False, kw_only=True):
    """It is registered so, because of the fact at ``position``; ``representing`` is that of its person."""

    legal_form: LegalForm
    authority: str | None
    certificate: str | None
    domicile: str | None
    until: date | None
    representative: UUID | None
    representing: int
    position: int
    instrument: UUID | None


class Charter(Struct, frozen=True, gc=False, kw_only=True):
    """A version of its charter applies, because of the fact at ``position``."""

    title: str
    adopted_on: date
    approved_on: date | None
    sha256: str | None
    position: int
    instrument: UUID | None


class Staffing(Struct, frozen=True, gc=False, kw_only=True):
    """How many it may have and has, because of the fact at ``position``; None where that is not known."""

    establishment: tuple[e.Quota, ...] | None = None
    leadership_posts: int | None = None
    leaders: int | None = None
    headcount: int | None = None
    position: int = 0
    instrument: UUID | None = None


def registered(fact: Fact, event: e.RegistrationRecorded) -> Registration:
    """Return the registration that a fact says."""
    return Registration(
        legal_form=event.legal_form,
        authority=event.authority,
        certificate=event.certificate,
        domicile=event.domicile,
        until=event.until,
        representative=event.representative,
        representing=fact.position,
        position=fact.position,
        instrument=event.instrument,
    )


def chartered(fact: Fact, event: e.CharterAdopted) -> Charter:
    """Return the charter that a fact says."""
    return Charter(
        title=event.title,
        adopted_on=event.adopted_on,
        approved_on=event.approved_on,
        sha256=event.sha256,
        position=fact.position,
        instrument=event.instrument,
    )


def staffed(before: Staffing | None, fact: Fact, event: e.StaffingSet) -> Staffing:
    """Return the staffing after a fact; the one before when it says nothing else."""
    known = before or Staffing()
    said = said_of(event)
    if before is not None and all(getattr(known, name) == value for name, value in said.items()):
        return before
    return replace(known, **said, position=fact.position, instrument=event.instrument)


def said_of(event: object) -> dict[str, object]:
    """Return what an event, or a command, says of the staffing."""
    return {name: value for name in STAFFING if (value := getattr(event, name)) is not UNSET}
