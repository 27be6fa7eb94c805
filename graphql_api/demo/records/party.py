"""What a data file may say of Party affiliations and of taking part (组织关系与参加资料)."""

from __future__ import annotations

from datetime import date

from graphql_api.demo.strict import KnownDate, Record
from registry.affiliation.kinds import AffiliationStage
from registry.participation.kinds import ParticipationRole


class AffiliationRecord(Record, frozen=True, kw_only=True):
    """Where somebody has the affiliation with the Party (组织关系)."""

    person: str
    branch: str
    stage: AffiliationStage = AffiliationStage.FORMAL
    confirmed: KnownDate | None = None

    @property
    def place(self) -> str:
        """The person."""
        return self.person

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The affiliation, which is the person's only one."""
        return (("affiliation", self.person),)


class AffiliationTransferRecord(Record, frozen=True, kw_only=True):
    """That an affiliation went to another branch, with its letter and its receipt (组织关系转接)."""

    person: str
    branch: str
    letter: str
    valid_until: date
    received: KnownDate | None = None

    @property
    def place(self) -> str:
        """The person and the date."""
        return f"{self.person}@{self.since.day}"


class ParticipationRecord(Record, frozen=True, kw_only=True):
    """That somebody takes part in a Party organization without an affiliation there (参加)."""

    person: str
    organization: str
    role: ParticipationRole = ParticipationRole.MEMBER

    @property
    def place(self) -> str:
        """The organization and the person."""
        return f"{self.organization}/{self.person}"
