"""What one may ask of an instrument (文件命令)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.ids import NUMBER_SCHEME
from registry.reads import Needs


class RecordInstrument(Command, frozen=True, kw_only=True):
    """Record a document; ``effective_on`` is the day it was issued (登记文件)."""

    opens: ClassVar[bool] = True

    document: UUID
    title: str
    number: str | None = None
    issuer: str | None = None
    sha256: str | None = None

    @property
    def subject(self) -> UUID:
        """The document."""
        return self.document

    @property
    def needs(self) -> Needs:
        """The document, and who bears its number."""
        numbers = frozenset() if self.number is None else frozenset({(NUMBER_SCHEME, self.number)})
        return Needs(entities=frozenset({self.document, *self.cited}), identifiers=numbers)


class RepealInstrument(Command, frozen=True, kw_only=True):
    """Record that a document is no longer in force (废止)."""

    document: UUID

    @property
    def subject(self) -> UUID:
        """The document."""
        return self.document
