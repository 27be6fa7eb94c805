"""What one may ask of a criterion (统计口径命令)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.criterion.kinds import Subject
from registry.criterion.reading import criteria_named
from registry.dispositions import Disposition
from registry.ids import CRITERION_SCHEME
from registry.reads import Needs
from registry.references import KindRule


class CriterionCommand(Command, frozen=True, kw_only=True):
    """A command to one criterion."""

    criterion: UUID

    @property
    def subject(self) -> UUID:
        """The criterion."""
        return self.criterion


class DefineCriterion(CriterionCommand, frozen=True, kw_only=True):
    """Give a word its meaning for rules to count by (确定口径)."""

    opens: ClassVar[bool] = True

    code: str
    name: str
    about: Subject
    predicate: str
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The criterion, who bears its code, and whom its predicate names."""
        named = {self.code, *criteria_named(self.predicate, self.about)}
        return Needs(
            entities=frozenset({self.criterion, *self.cited}),
            identifiers=frozenset((CRITERION_SCHEME, code) for code in named),
        )


class RedefineCriterion(CriterionCommand, frozen=True, kw_only=True):
    """Let it mean something else from a day on (调整口径)."""

    predicate: str


class RepealCriterion(CriterionCommand, frozen=True, kw_only=True):
    """Take it out of force, and say what becomes of whatever uses it (废止口径)."""

    dispositions: tuple[Disposition, ...] = ()
    rules: tuple[KindRule, ...] = ()

    @property
    def needs(self) -> Needs:
        """The criterion, what uses it, and what is disposed of."""
        sources = (disposition.source for disposition in self.dispositions)
        return Needs(
            entities=frozenset({self.criterion, *sources, *self.cited}),
            references_to=frozenset({self.criterion}),
        )
