"""What a data file may say of programmes (计划资料)."""

from __future__ import annotations

from datetime import date

from graphql_api.demo.strict import KnownDate, Record


class ProgrammeRecord(Record, frozen=True, kw_only=True):
    """A programme and who runs it (计划)."""

    key: str
    name: str
    owner: str
    until: date | None = None

    @property
    def place(self) -> str:
        """The key."""
        return self.key

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The programme."""
        return (("programme", self.key),)


class EnrollmentRecord(Record, frozen=True, kw_only=True):
    """That an organization takes part, until it left if it did (参加计划)."""

    programme: str
    organization: str
    left: KnownDate | None = None

    @property
    def place(self) -> str:
        """The programme and the organization."""
        return f"{self.programme}/{self.organization}"
