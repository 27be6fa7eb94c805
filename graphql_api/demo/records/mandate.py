"""What a data file may say of mandates (承接政府转移职能资料)."""

from __future__ import annotations

from datetime import date

from graphql_api.demo.strict import Record
from registry.mandate.kinds import MandateCategory


class MandateRecord(Record, frozen=True, kw_only=True):
    """A function of government that an organization took over (承接)."""

    key: str
    name: str
    category: MandateCategory
    holder: str
    grantor: str | None = None
    until: date | None = None

    @property
    def place(self) -> str:
        """The key."""
        return self.key

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The mandate."""
        return (("mandate", self.key),)


class MandateChange(Record, frozen=True, kw_only=True):
    """Something that happened to a mandate later."""

    mandate: str

    @property
    def place(self) -> str:
        """The mandate and the date."""
        return f"{self.mandate}@{self.since.day}"


class MandateRenewalRecord(MandateChange, frozen=True, kw_only=True):
    """Another end (续期)."""

    until: date


class MandateReviewRecord(MandateChange, frozen=True, kw_only=True):
    """What a review found (评估)."""

    finding: str
    passed: bool


class HandoverRecord(MandateChange, frozen=True, kw_only=True):
    """Another holder (移交)."""

    holder: str


class RevocationRecord(MandateChange, frozen=True, kw_only=True):
    """That it was taken back (收回)."""
