"""What a data file may say of memberships (会员资料)."""

from __future__ import annotations

from graphql_api.demo.strict import KnownDate, Record
from registry.membership.kinds import MemberClass, MembershipEnd


class MembershipRecord(Record, frozen=True, kw_only=True):
    """That a person or an organization is a member, admitted since then unless it only applied (会员)."""

    organization: str
    person: str | None = None
    unit: str | None = None
    member_class: MemberClass = MemberClass.INDIVIDUAL
    number: str | None = None
    applied_only: bool = False
    suspended: KnownDate | None = None
    resumed: KnownDate | None = None
    ended: KnownDate | None = None
    end_reason: MembershipEnd = MembershipEnd.RESIGNED

    @property
    def place(self) -> str:
        """The organization, the member and the date."""
        return f"{self.organization}/{self.person or self.unit}@{self.since.day}"

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The membership."""
        return (("membership", self.place),)


class MembershipTransferRecord(Record, frozen=True, kw_only=True):
    """That a membership goes on elsewhere, by its place (会籍转移)."""

    membership: str
    organization: str

    @property
    def place(self) -> str:
        """The membership."""
        return self.membership
