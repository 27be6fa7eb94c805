"""What a command is answered: that it was carried out, or what it would do (答复). Refusals are in errors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from registry.commands import Command
from registry.errors import Refusal
from registry.events import Recorded
from registry.references import Reference
from registry.settlement import Settlement
from registry.subjects import named_in, subject_of


class Accepted(NamedTuple):
    """A command that was carried out; positions are None when nothing had to change (已执行)."""

    command_id: UUID
    first_position: int | None
    last_position: int | None
    recorded_at: datetime


class Preview(NamedTuple):
    """What a command would come to, and what it would leave dangling, with the name of its source (预览)."""

    settlement: Settlement
    dangling: Sequence[tuple[Reference, str | None]]

    @property
    def persons(self) -> list[UUID]:
        """Everybody whose personal data the events hold, in order of their ids."""
        whose = {change.after.id: subject_of(change.after.records) for change in self.settlement.changes}
        found: set[UUID] = set()
        for record in self.settlement.records:
            subject = whose[record.originator_id]
            if subject is not None and record.event.personal:
                found.update(named_in(record.event, subject))
        return sorted(found)


class Supposed(NamedTuple):
    """What one command of a simulation would come to: its events, or its refusal (模拟的命令)."""

    command: Command
    records: Sequence[Recorded]
    refusal: Refusal | None


class Simulated(NamedTuple):
    """What all commands would come to, at which position, and the answer to what was asked then (模拟)."""

    supposed: Sequence[Supposed]
    position: int
    answer: Any
