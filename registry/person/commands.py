"""What one may ask of a person (人员命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec import UNSET

from registry.commands import Command
from registry.dispositions import Disposition
from registry.ids import RESIDENT_SCHEME
from registry.person.events import ParticularsChange
from registry.person.kinds import Gender, Sector, StaffingMode, TitleLevel
from registry.reads import Needs
from registry.references import KindRule
from registry.time import Precision


class PersonCommand(Command, frozen=True, kw_only=True):
    """A command to one person."""

    person: UUID

    @property
    def subject(self) -> UUID:
        """The person."""
        return self.person


class RegisterPerson(PersonCommand, frozen=True, kw_only=True):
    """Register a person; birth and gender follow from the identity number if not given (登记人员)."""

    opens: ClassVar[bool] = True

    name: str
    gender: Gender | None = None
    birth_date: date | None = None
    birth_precision: Precision = Precision.DAY
    identity_number: str | None = None
    phone: str | None = None
    email: str | None = None
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The person, and who bears the identity number."""
        number = () if self.identity_number is None else ((RESIDENT_SCHEME, self.identity_number),)
        return Needs(entities=frozenset({self.person, *self.cited}), identifiers=frozenset(number))


class RenamePerson(PersonCommand, frozen=True, kw_only=True):
    """Record another name (更名)."""

    name: str


class ChangeParticulars(PersonCommand, frozen=True, kw_only=True):
    """Record birth, gender, number or contacts: unset stays as it is, None becomes none (变更个人信息)."""

    change: ParticularsChange

    @property
    def needs(self) -> Needs:
        """The person, and who bears the identity number."""
        number = self.change.identity_number
        pairs = () if number is UNSET or number is None else ((RESIDENT_SCHEME, number),)
        return Needs(entities=frozenset({self.person, *self.cited}), identifiers=frozenset(pairs))


class EmployPerson(PersonCommand, frozen=True, kw_only=True):
    """Record where the person works, or other terms of an employment that there is (登记任职)."""

    employment: UUID
    employer: UUID | None = None
    employer_name: str | None = None
    sector: Sector
    position: str | None = None
    leading: bool | None = None
    primary: bool
    staffing: StaffingMode | None = None
    until: date | None = None

    @property
    def needs(self) -> Needs:
        """The person and the employer."""
        employer = () if self.employer is None else (self.employer,)
        return Needs(entities=frozenset({self.person, *employer, *self.cited}))


class EndEmployment(PersonCommand, frozen=True, kw_only=True):
    """Record that the person works there no more (登记离职)."""

    employment: UUID


class AwardTitle(PersonCommand, frozen=True, kw_only=True):
    """Record a professional title (评定职称)."""

    name: str
    level: TitleLevel


class WithdrawTitle(PersonCommand, frozen=True, kw_only=True):
    """Record that the person bears a professional title no more (取消职称)."""

    name: str


class SetDisciplines(PersonCommand, frozen=True, kw_only=True):
    """Record all the disciplines that the person works in, by GB/T 13745, the main one first (登记学科)."""

    disciplines: tuple[str, ...]


class GrantAward(PersonCommand, frozen=True, kw_only=True):
    """Record an award (登记获奖)."""

    name: str
    grantor: str | None = None


class WithdrawAward(PersonCommand, frozen=True, kw_only=True):
    """Record that an award was taken back, of several of that name the latest (撤销奖励)."""

    name: str


class RecordDeath(PersonCommand, frozen=True, kw_only=True):
    """Record a death, disposing of everything that points at the person, singly or by rules (登记去世)."""

    dispositions: tuple[Disposition, ...] = ()
    rules: tuple[KindRule, ...] = ()

    @property
    def needs(self) -> Needs:
        """The person, what points at the person, and what is disposed of."""
        sources = (disposition.source for disposition in self.dispositions)
        return Needs(
            entities=frozenset({self.person, *sources, *self.cited}),
            references_to=frozenset({self.person}),
        )


class ErasePerson(PersonCommand, frozen=True, kw_only=True):
    """Destroy what the register holds of the person's data, at every date and belief (清除个人信息).

    It cannot be undone. ``effective_on`` is the day on which the person must hold no post any more.
    """

    @property
    def needs(self) -> Needs:
        """The person, and what points at the person."""
        return Needs(entities=frozenset({self.person, *self.cited}), references_to=frozenset({self.person}))


class MergePersons(PersonCommand, frozen=True, kw_only=True):
    """Say that two records are of one person, for whom ``into`` stands from now on (合并).

    It holds whenever anything of the person holds, so ``effective_on`` is not used. Retracting it parts the
    records again.
    """

    into: UUID

    @property
    def needs(self) -> Needs:
        """Both records."""
        return Needs(entities=frozenset({self.person, self.into, *self.cited}))
