"""What can happen to a liaison (直接联系科技工作者事件)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.events import Event

LIAISON_CADRE = "LIAISON_CADRE"
"""The kind of reference from a liaison to the cadre (联系人)."""

LIAISON_SCIENTIST = "LIAISON_SCIENTIST"
"""The kind of reference from a liaison to the scientist (联系对象)."""


class LiaisonBegun(Event, frozen=True, kw_only=True):
    """A cadre began to keep in touch with a scientist (建立联系)."""

    topic: ClassVar[str] = "liaison.begun"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    cadre: UUID
    scientist: UUID
    illustrative: bool = False


class LiaisonVisited(Event, frozen=True, kw_only=True):
    """The cadre visited the scientist, who is the ``person`` that ``note`` is about (走访)."""

    topic: ClassVar[str] = "liaison.visited"
    personal: ClassVar[frozenset[str]] = frozenset({"note", "reason"})

    person: UUID
    note: str | None = None


class LiaisonEnded(Event, frozen=True, kw_only=True):
    """They are in touch no longer by this arrangement (解除联系)."""

    topic: ClassVar[str] = "liaison.ended"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})


EVENTS: tuple[type[Event], ...] = (LiaisonBegun, LiaisonVisited, LiaisonEnded)
