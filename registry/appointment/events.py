"""What can happen to an appointment (任职事件).

What is free text here may be about the holder, whom the first event names, and is sealed as theirs.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.appointment.kinds import Basis, EndReason, Mode
from registry.events import Event, LastingEvent

APPOINTED_TO = "APPOINTED_TO"
"""The kind of reference from an appointment to the post (所任职务)."""

APPOINTEE = "APPOINTEE"
"""The kind of reference from an appointment to the person (任职人)."""

IN_TERM = "IN_TERM"
"""The kind of reference from an appointment to the term that it is for (所属届次)."""

REPRESENTS = "REPRESENTS"
"""The kind of reference from an appointment to the organization that the holder represents (代表单位)."""


class AppointmentMade(LastingEvent, frozen=True, kw_only=True):
    """A person holds a post from then on (任职), for ``term`` if it is one of a board that is renewed.

    ``professional`` says that it is the holder's profession (职业化, of a secretary-general).
    ``representing`` is the unit of a unit's director, or the unit that elected a delegate.
    """

    topic: ClassVar[str] = "appointment.made"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    person: UUID
    post: UUID
    mode: Mode
    basis: Basis
    term: UUID | None = None
    professional: bool = False
    representing: UUID | None = None
    illustrative: bool = False


class RepresentationChanged(Event, frozen=True, kw_only=True):
    """The holder represents another organization, or none (代表单位变更)."""

    topic: ClassVar[str] = "appointment.representation_changed"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    representing: UUID | None = None


class AppointmentEnded(Event, frozen=True, kw_only=True):
    """The person no longer holds the post (离任)."""

    topic: ClassVar[str] = "appointment.ended"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    end_reason: EndReason | None = None


EVENTS: tuple[type[Event], ...] = (AppointmentMade, RepresentationChanged, AppointmentEnded)
