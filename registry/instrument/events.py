"""What can happen to an instrument (文件事件)."""

from __future__ import annotations

from typing import ClassVar

from registry.events import Event


class InstrumentIssued(Event, frozen=True, kw_only=True):
    """A document was issued (印发).

    ``number`` as printed (厅字〔2016〕11号), None where it has none of its own; ``sha256`` of a scan, 64 hex
    digits.
    """

    topic: ClassVar[str] = "instrument.issued"

    title: str
    number: str | None = None
    issuer: str | None = None
    sha256: str | None = None


class InstrumentRepealed(Event, frozen=True, kw_only=True):
    """It is no longer in force (废止)."""

    topic: ClassVar[str] = "instrument.repealed"


EVENTS: tuple[type[Event], ...] = (InstrumentIssued, InstrumentRepealed)
