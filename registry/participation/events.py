"""What can happen to a participation (参加事件).

Like an affiliation it is restricted personal data: all but the person's id and the dates is sealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from registry.events import Event
from registry.participation.kinds import ParticipationRole

PARTICIPATES_IN = "PARTICIPATES_IN"
"""The kind of reference from a participation to the Party organization (所参加的党组织)."""

PARTICIPANT = "PARTICIPANT"
"""The kind of reference from a participation to the person who takes part (参加人)."""

NOWHERE = UUID(int=0)
"""The organization in what was erased (已清除)."""


class ParticipationBegun(Event, frozen=True, kw_only=True):
    """A person takes part in a Party organization without an affiliation there; one may in many (参加)."""

    topic: ClassVar[str] = "participation.begun"
    personal: ClassVar[frozenset[str]] = frozenset({"organization", "role", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType(
        {"organization": NOWHERE, "role": ParticipationRole.OTHER}
    )

    person: UUID
    organization: UUID
    role: ParticipationRole


class ParticipationEnded(Event, frozen=True, kw_only=True):
    """The person does not take part any more (不再参加)."""

    topic: ClassVar[str] = "participation.ended"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})


EVENTS: tuple[type[Event], ...] = (ParticipationBegun, ParticipationEnded)
