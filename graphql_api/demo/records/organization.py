"""What a data file may say of organizations (组织资料)."""

from __future__ import annotations

from datetime import date

import msgspec

from graphql_api.demo.strict import Record
from registry.organization.kinds import Base, Formation, Hierarchy, Kind, Status, Tier


class OrganizationRecord(Record, frozen=True, kw_only=True):
    """An organization established, or begun to be prepared, with its places in hierarchies (成立、筹建)."""

    key: str
    name: str
    kind: Kind
    short_name: str | None = None
    code: str | None = None
    status: Status = Status.ACTIVE
    tier: Tier | None = None
    base: Base | None = None
    formation: Formation | None = None
    subtype: str | None = None
    discipline: str | None = None
    welfare_class: str | None = None
    under: dict[Hierarchy, tuple[str, ...]] = msgspec.field(default_factory=dict)
    identifiers: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def place(self) -> str:
        """The key."""
        return self.key

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The organization."""
        return (("organization", self.key),)


class OrganizationChange(Record, frozen=True, kw_only=True):
    """Something that happened to an organization later."""

    organization: str

    @property
    def place(self) -> str:
        """The organization and the date."""
        return f"{self.organization}@{self.since.day}"


class RenameRecord(OrganizationChange, frozen=True, kw_only=True):
    """Another name; the short name stays unless it is given (更名)."""

    name: str
    short_name: str | None = None


class RelationRecord(OrganizationChange, frozen=True, kw_only=True):
    """A place under a superior, beside those of the beginning (建立关系)."""

    hierarchy: Hierarchy
    superior: str
    until: date | None = None

    @property
    def place(self) -> str:
        """The organization, its superior, and the date."""
        return f"{self.organization}@{self.since.day}/{self.hierarchy}/{self.superior}"


class IdentifierRecord(OrganizationChange, frozen=True, kw_only=True):
    """An identifier, instead of the one before in its scheme (赋码)."""

    scheme: str
    value: str

    @property
    def place(self) -> str:
        """The organization, the scheme, and the date."""
        return f"{self.organization}@{self.since.day}/{self.scheme}"


class DesignationRecord(OrganizationChange, frozen=True, kw_only=True):
    """A designation or certification (称号)."""

    name: str
    until: date | None = None

    @property
    def place(self) -> str:
        """The organization, the designation, and the date."""
        return f"{self.organization}@{self.since.day}/{self.name}"
