"""What one may ask of a term (届的命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.dispositions import Disposition
from registry.ids import TERM_SCHEME
from registry.reads import Needs


class TermCommand(Command, frozen=True, kw_only=True):
    """A command to one term."""

    term: UUID

    @property
    def subject(self) -> UUID:
        """The term."""
        return self.term


class OpenTerm(TermCommand, frozen=True, kw_only=True):
    """Let a body begin a term (开始一届)."""

    opens: ClassVar[bool] = True

    body: UUID
    number: int
    planned_end: date | None = None
    renews: UUID | None = None
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The term, the body, the term before, and whether the body has a term."""
        before = () if self.renews is None else (self.renews,)
        return Needs(
            entities=frozenset({self.term, self.body, *before, *self.cited}),
            identifiers=frozenset({(TERM_SCHEME, str(self.body))}),
        )


class ExtendTerm(TermCommand, frozen=True, kw_only=True):
    """Record that a later end was approved, citing the approval as ``instrument`` (延期换届)."""

    planned_end: date


class EndTerm(TermCommand, frozen=True, kw_only=True):
    """Record that it really ended, and with it the appointments for it (届满)."""

    dispositions: tuple[Disposition, ...] = ()

    @property
    def needs(self) -> Needs:
        """The term, the appointments for it, and what is disposed of."""
        sources = (disposition.source for disposition in self.dispositions)
        return Needs(
            entities=frozenset({self.term, *sources, *self.cited}), references_to=frozenset({self.term})
        )
