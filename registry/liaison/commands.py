"""What one may ask of a liaison (直接联系科技工作者命令)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.reads import Needs


class LiaisonCommand(Command, frozen=True, kw_only=True):
    """A command to one liaison."""

    liaison: UUID

    @property
    def subject(self) -> UUID:
        """The liaison."""
        return self.liaison


class BeginLiaison(LiaisonCommand, frozen=True, kw_only=True):
    """Let a cadre keep in touch with a scientist (建立联系)."""

    opens: ClassVar[bool] = True

    cadre: UUID
    scientist: UUID
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """Both people."""
        return Needs(entities=frozenset({self.liaison, self.cadre, self.scientist, *self.cited}))


class RecordVisit(LiaisonCommand, frozen=True, kw_only=True):
    """Record that the cadre visited the scientist on that day (走访)."""

    note: str | None = None


class EndLiaison(LiaisonCommand, frozen=True, kw_only=True):
    """Let them be in touch no longer by this arrangement (解除联系)."""
