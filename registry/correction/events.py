"""The two events that correct another event of their own stream (更正事件)."""

from __future__ import annotations

from typing import ClassVar

from registry.events import Event


class Amended(Event, frozen=True, kw_only=True):
    """The corrected event should have read ``replacement``, whose ``effective_on`` it repeats (修订)."""

    topic: ClassVar[str] = "correction.amended"

    corrects: int
    replacement: Event


class Retracted(Event, frozen=True, kw_only=True):
    """The corrected event, whose ``effective_on`` is repeated, should not have been recorded (撤回)."""

    topic: ClassVar[str] = "correction.retracted"

    corrects: int
