"""What a data file may say of criteria and composition rules (规则资料)."""

from __future__ import annotations

import re

from graphql_api.demo.strict import Record, Strict
from registry.criterion.kinds import Subject
from registry.rule.definition import Ratio
from registry.rule.kinds import Comparison, PopulationKind, Reach, RuleForm

_RATIO = re.compile(r"(\d+)(?:/(\d+))?")


class CriterionRecord(Record, frozen=True, kw_only=True):
    """What a word of rules means (统计口径)."""

    code: str
    name: str
    about: Subject
    predicate: str

    @property
    def place(self) -> str:
        """The code."""
        return self.code

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The criterion."""
        return (("criterion", self.code),)


class PopulationTable(Strict, frozen=True, kw_only=True):
    """Whom a rule looks at (统计总体)."""

    kind: PopulationKind
    reach: Reach = Reach.OWN
    where: str | None = None
    indicator: str | None = None


class RuleRecord(Record, frozen=True, kw_only=True):
    """A rule (规则); fractions are written 3/4, numbers 1."""

    code: str
    name: str
    form: RuleForm
    subject: str
    population: PopulationTable
    numerator: str | None = None
    against: PopulationTable | None = None
    comparison: Comparison | None = None
    threshold: str | None = None
    baseline: str | None = None
    warning: bool = False

    @property
    def place(self) -> str:
        """The code."""
        return self.code

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The rule."""
        return (("rule", self.code),)


def ratio(text: str | None) -> Ratio | None:
    """Return the fraction written as ``text``; raises ValueError."""
    if text is None:
        return None
    found = _RATIO.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no fraction; write 3/4 or 1")
    return Ratio(numerator=int(found[1]), denominator=int(found[2] or 1))
