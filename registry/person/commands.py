"""What one may ask of a person (人员命令)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from registry.commands import Command
from registry.dispositions import Disposition
from registry.ids import RESIDENT_SCHEME
from registry.person.kinds import Gender
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
