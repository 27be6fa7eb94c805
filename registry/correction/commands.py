"""What one may ask to have corrected (更正命令)."""

from __future__ import annotations

from uuid import UUID

from registry.commands import Command
from registry.dispositions import Disposition
from registry.events import Event
from registry.reads import Needs


class CorrectionCommand(Command, frozen=True, kw_only=True):
    """A correction of the event at ``position`` of an entity's stream.

    When the event is an act, its consequences on other streams are corrected with it, and ``dispositions``
    say what becomes of whatever was built on it since. ``effective_on`` of the command itself is not used: a
    correction is valid when the fact it corrects is.
    """

    entity: UUID
    position: int
    dispositions: tuple[Disposition, ...] = ()

    @property
    def subject(self) -> UUID:
        """The entity."""
        return self.entity

    @property
    def needs(self) -> Needs:
        """The entity, and where the consequences of the act stand."""
        return Needs(
            entities=frozenset({self.entity, *self.cited}), consequences_of=frozenset({self.position})
        )


class AmendEvent(CorrectionCommand, frozen=True, kw_only=True):
    """The event should have read ``replacement``: another date, another content, of the same kind (修订)."""

    replacement: Event


class RetractEvent(CorrectionCommand, frozen=True, kw_only=True):
    """The event should not have been recorded; on a correction, what was before is restored (撤回)."""
