"""What one may ask of a Party affiliation (组织关系命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.affiliation.kinds import AffiliationEnd, AffiliationStage
from registry.commands import Command
from registry.ids import AFFILIATION_SCHEME
from registry.reads import Needs


class AffiliationCommand(Command, frozen=True, kw_only=True):
    """A command to one affiliation."""

    affiliation: UUID

    @property
    def subject(self) -> UUID:
        """The affiliation."""
        return self.affiliation


class OpenAffiliation(AffiliationCommand, frozen=True, kw_only=True):
    """Record a person's affiliation with a branch (组织关系建立)."""

    opens: ClassVar[bool] = True

    person: UUID
    branch: UUID
    stage: AffiliationStage

    @property
    def needs(self) -> Needs:
        """The person and the branch, and whether the person has an affiliation already."""
        return Needs(
            entities=frozenset({self.affiliation, self.person, self.branch, *self.cited}),
            identifiers=frozenset({(AFFILIATION_SCHEME, str(self.person))}),
        )


class ConfirmAffiliation(AffiliationCommand, frozen=True, kw_only=True):
    """Make a probationary member a formal one (转正)."""


class TransferAffiliation(AffiliationCommand, frozen=True, kw_only=True):
    """Transfer it to another branch in one act, also to one outside of the system (组织关系转接)."""

    branch: UUID
    letter: str | None = None
    letter_valid_until: date | None = None

    @property
    def needs(self) -> Needs:
        """The affiliation, and where it goes."""
        return Needs(entities=frozenset({self.affiliation, self.branch, *self.cited}))


class ReceiveTransfer(AffiliationCommand, frozen=True, kw_only=True):
    """Record the receipt of the last transfer (回执)."""

    received_on: date


class EndAffiliation(AffiliationCommand, frozen=True, kw_only=True):
    """Record that the person has no affiliation any more (组织关系终止)."""

    end_reason: AffiliationEnd
