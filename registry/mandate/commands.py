"""What one may ask of a mandate (承接政府转移职能命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.mandate.kinds import MandateCategory
from registry.reads import Needs


class MandateCommand(Command, frozen=True, kw_only=True):
    """A command to one mandate."""

    mandate: UUID

    @property
    def subject(self) -> UUID:
        """The mandate."""
        return self.mandate

    @property
    def named(self) -> frozenset[UUID]:
        """The organizations that the command names."""
        return frozenset()

    @property
    def needs(self) -> Needs:
        """The mandate and the organizations named."""
        return Needs(entities=frozenset({self.mandate, *self.named, *self.cited}))


class GrantMandate(MandateCommand, frozen=True, kw_only=True):
    """Let an organization take over a function of government (承接)."""

    opens: ClassVar[bool] = True

    name: str
    category: MandateCategory
    holder: UUID
    grantor: UUID | None = None
    until: date | None = None
    illustrative: bool = False

    @property
    def named(self) -> frozenset[UUID]:
        """Who holds it and who grants it."""
        return frozenset({self.holder} if self.grantor is None else {self.holder, self.grantor})


class RenewMandate(MandateCommand, frozen=True, kw_only=True):
    """Let it end on another day, or on none given; on the day of its end at the latest (续期)."""

    until: date | None = None


class ReviewMandate(MandateCommand, frozen=True, kw_only=True):
    """Record what a review of it found (评估)."""

    finding: str
    passed: bool | None = None


class HandOverMandate(MandateCommand, frozen=True, kw_only=True):
    """Let another organization hold it (移交)."""

    holder: UUID

    @property
    def named(self) -> frozenset[UUID]:
        """Its new holder."""
        return frozenset({self.holder})


class ChangeGrantor(MandateCommand, frozen=True, kw_only=True):
    """Let another organization grant it, or none (变更授权单位)."""

    grantor: UUID | None

    @property
    def named(self) -> frozenset[UUID]:
        """Its new grantor."""
        return frozenset() if self.grantor is None else frozenset({self.grantor})


class RevokeMandate(MandateCommand, frozen=True, kw_only=True):
    """Take it back (收回)."""
