"""What one may ask of an appointment (任职命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from registry.appointment.kinds import Basis, EndReason, Mode
from registry.commands import Command
from registry.reads import Needs


class NewAppointment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a roster: who holds which post, and how (名单项)."""

    id: UUID
    person: UUID
    post: UUID
    mode: Mode
    basis: Basis
    professional: bool = False
    representing: UUID | None = None
    until: date | None = None
    illustrative: bool = False

    @property
    def named(self) -> frozenset[UUID]:
        """Everything that it names."""
        unit = () if self.representing is None else (self.representing,)
        return frozenset({self.id, self.person, self.post, *unit})


class EndedAppointment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which appointment ends, and why (离任项)."""

    id: UUID
    end_reason: EndReason | None = None


class AppointmentCommand(Command, frozen=True, kw_only=True):
    """A command to one appointment."""

    appointment: UUID

    @property
    def subject(self) -> UUID:
        """The appointment."""
        return self.appointment


class Appoint(AppointmentCommand, frozen=True, kw_only=True):
    """Appoint a person to a post, for a term if it is one of a board that is renewed (任职)."""

    opens: ClassVar[bool] = True

    person: UUID
    post: UUID
    mode: Mode
    basis: Basis
    term: UUID | None = None
    professional: bool = False
    representing: UUID | None = None
    until: date | None = None
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The post and who holds it, the person and who points at it, the term, whom one represents."""
        named = {self.appointment, self.person, self.post, self.term, self.representing, *self.cited}
        return Needs(
            entities=frozenset(each for each in named if each is not None),
            references_to=frozenset({self.post, self.person}),
        )


class EndAppointment(AppointmentCommand, frozen=True, kw_only=True):
    """Record that somebody no longer holds the post (离任)."""

    end_reason: EndReason | None = None


class ChangeRepresentation(AppointmentCommand, frozen=True, kw_only=True):
    """Record that the holder represents another organization, or none (变更代表单位)."""

    representing: UUID | None

    @property
    def needs(self) -> Needs:
        """The appointment and the organization."""
        unit = () if self.representing is None else (self.representing,)
        return Needs(entities=frozenset({self.appointment, *unit, *self.cited}))
