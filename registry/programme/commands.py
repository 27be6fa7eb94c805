"""What one may ask of a programme (计划命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.reads import Needs


class ProgrammeCommand(Command, frozen=True, kw_only=True):
    """A command to one programme."""

    programme: UUID

    @property
    def subject(self) -> UUID:
        """The programme."""
        return self.programme


class LaunchProgramme(ProgrammeCommand, frozen=True, kw_only=True):
    """Launch it, with those who take part from the beginning (启动)."""

    opens: ClassVar[bool] = True

    name: str
    owner: UUID
    until: date | None = None
    participants: tuple[UUID, ...] = ()
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The programme, who runs it and who takes part."""
        return Needs(entities=frozenset({self.programme, self.owner, *self.participants, *self.cited}))


class ExtendProgramme(ProgrammeCommand, frozen=True, kw_only=True):
    """Let it end on another day, or on none given; on the day of its end at the latest (延期)."""

    until: date | None = None


class HandOverProgramme(ProgrammeCommand, frozen=True, kw_only=True):
    """Let another organization run it (移交)."""

    owner: UUID

    @property
    def needs(self) -> Needs:
        """The programme and who is to run it."""
        return Needs(entities=frozenset({self.programme, self.owner, *self.cited}))


class EnrollInProgramme(ProgrammeCommand, frozen=True, kw_only=True):
    """Let an organization take part in it (参加)."""

    organization: UUID

    @property
    def needs(self) -> Needs:
        """The programme and the organization."""
        return Needs(entities=frozenset({self.programme, self.organization, *self.cited}))


class LeaveProgramme(ProgrammeCommand, frozen=True, kw_only=True):
    """Let an organization take part in it no longer (退出)."""

    organization: UUID


class CloseProgramme(ProgrammeCommand, frozen=True, kw_only=True):
    """Close it (结束)."""
