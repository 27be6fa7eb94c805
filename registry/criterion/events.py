"""What can happen to a criterion (统计口径事件)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.criterion.kinds import Subject
from registry.events import Event
from registry.references import KindRule

BUILDS_ON = "BUILDS_ON"
"""The kind of reference from a criterion to one that its predicate names (引用口径)."""


class CriterionDefined(Event, frozen=True, kw_only=True):
    """A document, or a decision, gave a word its meaning for rules to count by (确定口径).

    ``code`` is the NAME by which predicates refer to it: ``is FRONT_LINE``. ``criteria`` are the definitions
    that the predicate itself refers to.
    """

    topic: ClassVar[str] = "criterion.defined"

    code: str
    name: str
    about: Subject
    predicate: str
    criteria: tuple[UUID, ...] = ()
    illustrative: bool = False


class CriterionRedefined(Event, frozen=True, kw_only=True):
    """It means something else from then on (调整口径)."""

    topic: ClassVar[str] = "criterion.redefined"

    predicate: str
    criteria: tuple[UUID, ...] = ()


class CriterionRepealed(Event, frozen=True, kw_only=True):
    """It is no longer in force (废止口径); ``rules`` dispose of what uses it beyond that day."""

    topic: ClassVar[str] = "criterion.repealed"

    rules: tuple[KindRule, ...] = ()


EVENTS: tuple[type[Event], ...] = (CriterionDefined, CriterionRedefined, CriterionRepealed)
