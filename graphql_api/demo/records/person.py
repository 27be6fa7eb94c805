"""What a data file may say of people (人员资料)."""

from __future__ import annotations

from graphql_api.demo.strict import KnownDate, Record
from registry.person.kinds import Gender, Sector, StaffingMode, TitleLevel


class PersonRecord(Record, frozen=True, kw_only=True):
    """A person, known to the register since then (人员)."""

    key: str
    name: str
    gender: Gender | None = None
    born: KnownDate | None = None

    @property
    def place(self) -> str:
        """The key."""
        return self.key

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The person."""
        return (("person", self.key),)


class PersonChange(Record, frozen=True, kw_only=True):
    """Something that happened to a person later."""

    person: str

    @property
    def place(self) -> str:
        """The person and the date."""
        return f"{self.person}@{self.since.day}"


class EmploymentRecord(PersonChange, frozen=True, kw_only=True):
    """Where somebody works (任职); ``corrected`` says that an earlier record of it should have read so.

    ``nth`` tells the employments of a person apart. ``ended`` is the one before, which ends that day.
    """

    sector: Sector
    nth: int = 1
    employer: str | None = None
    employer_name: str | None = None
    position: str | None = None
    leading: bool | None = None
    primary: bool = True
    staffing: StaffingMode | None = None
    ended: int | None = None
    corrected: bool = False

    @property
    def place(self) -> str:
        """The person and the number of the employment."""
        return f"{self.person}/{self.nth}"


class ProfessionalTitleRecord(PersonChange, frozen=True, kw_only=True):
    """A professional title (职称)."""

    name: str
    level: TitleLevel


class DisciplinesRecord(PersonChange, frozen=True, kw_only=True):
    """The disciplines that somebody works in, by GB/T 13745 (学科)."""

    codes: tuple[str, ...]


class AwardRecord(PersonChange, frozen=True, kw_only=True):
    """An award (获奖)."""

    name: str
    grantor: str | None = None


class MergerRecord(PersonChange, frozen=True, kw_only=True):
    """That a record is of the same person as another one (合并)."""

    into: str
