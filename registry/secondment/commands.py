"""What one may ask of a secondment (挂职、交流命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.reads import Needs
from registry.secondment.kinds import Direction, SecondmentBasis


class SecondmentCommand(Command, frozen=True, kw_only=True):
    """A command to one secondment."""

    secondment: UUID

    @property
    def subject(self) -> UUID:
        """The secondment."""
        return self.secondment


class BeginSecondment(SecondmentCommand, frozen=True, kw_only=True):
    """Let a person of one organization work in another for a time (挂职、交流)."""

    opens: ClassVar[bool] = True

    person: UUID
    home: UUID
    host: UUID
    direction: Direction
    basis: SecondmentBasis
    duty: str | None = None
    until: date | None = None
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The person, who sends and who receives."""
        named = {self.secondment, self.person, self.home, self.host}
        return Needs(entities=frozenset({*named, *self.cited}))


class ExtendSecondment(SecondmentCommand, frozen=True, kw_only=True):
    """Let it end on another day, or on none given; on the day of its end at the latest (延期)."""

    until: date | None = None


class MoveSecondment(SecondmentCommand, frozen=True, kw_only=True):
    """Let another organization send, or receive, or both; None leaves it as it is (变更派出、接收单位)."""

    home: UUID | None = None
    host: UUID | None = None

    @property
    def needs(self) -> Needs:
        """The secondment and the organizations named."""
        named = {each for each in (self.home, self.host) if each is not None}
        return Needs(entities=frozenset({self.secondment, *named, *self.cited}))


class EndSecondment(SecondmentCommand, frozen=True, kw_only=True):
    """End it before its time (结束)."""
