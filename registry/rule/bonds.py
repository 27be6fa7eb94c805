"""What becomes of a rule whose criterion ends (规则引用口径的处置). Pure."""

from __future__ import annotations

from registry.criterion.bonds import Use
from registry.references import Bond
from registry.rule.events import COUNTS_BY, RuleRepealed

BONDS: tuple[Bond, ...] = (Use(COUNTS_BY, RuleRepealed),)
