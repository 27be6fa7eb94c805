"""What can happen to a composition rule (结构比例规则事件)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, UnsetType

from registry.events import Event
from registry.rule.definition import Definition

COUNTS_BY = "COUNTS_BY"
"""The kind of reference from a rule to a criterion that its predicates name (统计口径)."""


class RuleSet(Event, frozen=True, kw_only=True):
    """A plan, or a charter, came to ask for a composition (设定规则).

    ``criteria`` are the definitions that its predicates refer to.
    """

    topic: ClassVar[str] = "rule.set"

    code: str
    name: str
    definition: Definition
    criteria: tuple[UUID, ...] = ()
    illustrative: bool = False


class RuleRevised(Event, frozen=True, kw_only=True):
    """It says something else from then on (修订规则); its name stays if it is left out."""

    topic: ClassVar[str] = "rule.revised"

    definition: Definition
    name: str | UnsetType = UNSET
    criteria: tuple[UUID, ...] = ()


class RuleRepealed(Event, frozen=True, kw_only=True):
    """It is no longer in force (废止规则)."""

    topic: ClassVar[str] = "rule.repealed"


EVENTS: tuple[type[Event], ...] = (RuleSet, RuleRevised, RuleRepealed)
