"""What can happen to a secondment (挂职、交流事件).

What is personal here is of the person who is seconded, whom the first event names.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.events import Event, LastingEvent
from registry.secondment.kinds import Direction, SecondmentBasis

SECONDED = "SECONDED"
"""The kind of reference from a secondment to the person (挂职人员)."""

HOME = "HOME"
"""The kind of reference from a secondment to the organization that sends (派出单位)."""

HOST = "HOST"
"""The kind of reference from a secondment to the organization that receives (接收单位)."""


class SecondmentBegun(LastingEvent, frozen=True, kw_only=True):
    """A person of one organization began to work in another, until a day if one is given (挂职、交流).

    ``duty`` is what the person does there.
    """

    topic: ClassVar[str] = "secondment.begun"
    personal: ClassVar[frozenset[str]] = frozenset({"duty", "reason"})

    person: UUID
    home: UUID
    host: UUID
    direction: Direction
    basis: SecondmentBasis
    duty: str | None = None
    illustrative: bool = False


class SecondmentExtended(LastingEvent, frozen=True, kw_only=True):
    """It ends on another day than was said before, or has no end given (延期)."""

    topic: ClassVar[str] = "secondment.extended"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})


class HomeChanged(Event, frozen=True, kw_only=True):
    """Another organization is the one that sends (派出单位变更)."""

    topic: ClassVar[str] = "secondment.home_changed"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    home: UUID


class HostChanged(Event, frozen=True, kw_only=True):
    """Another organization is the one that receives (接收单位变更)."""

    topic: ClassVar[str] = "secondment.host_changed"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    host: UUID


class SecondmentEnded(Event, frozen=True, kw_only=True):
    """It ended before its time, or had no end given (结束)."""

    topic: ClassVar[str] = "secondment.ended"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})


EVENTS: tuple[type[Event], ...] = (
    SecondmentBegun,
    SecondmentExtended,
    HomeChanged,
    HostChanged,
    SecondmentEnded,
)
