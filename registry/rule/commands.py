"""What one may ask of a composition rule (结构比例规则命令)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, UnsetType

from registry.commands import Command
from registry.criterion.reading import criteria_named
from registry.ids import CRITERION_SCHEME, RULE_SCHEME
from registry.reads import Needs
from registry.rule.definition import Definition


class RuleCommand(Command, frozen=True, kw_only=True):
    """A command to one rule."""

    rule: UUID

    @property
    def subject(self) -> UUID:
        """The rule."""
        return self.rule


class SetRule(RuleCommand, frozen=True, kw_only=True):
    """Set a rule, as a plan or a charter asks for it (设定规则)."""

    opens: ClassVar[bool] = True

    code: str
    name: str
    definition: Definition
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The rule, who bears its code, and the definitions that it names."""
        named = _named(self, self.definition)
        return named | Needs(identifiers=frozenset({(RULE_SCHEME, self.code)}))


class ReviseRule(RuleCommand, frozen=True, kw_only=True):
    """Let it say something else from a day on; the name stays if it is left out (修订规则)."""

    definition: Definition
    name: str | UnsetType = UNSET

    @property
    def needs(self) -> Needs:
        """The rule, and the definitions that it names."""
        return _named(self, self.definition)


class RepealRule(RuleCommand, frozen=True, kw_only=True):
    """Take it out of force (废止规则)."""


def _named(command: RuleCommand, definition: Definition) -> Needs:
    codes = {code for _, text, about in definition.predicates for code in criteria_named(text, about)}
    return Needs(
        entities=frozenset({command.rule, *command.cited}),
        identifiers=frozenset((CRITERION_SCHEME, code) for code in codes),
    )
