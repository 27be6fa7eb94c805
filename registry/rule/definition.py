"""What a rule says, as data: subject, population, numerator, threshold (规则定义). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from registry.criterion.kinds import Subject
from registry.rule.kinds import Comparison, PopulationKind, Reach, RuleForm
from registry.rule.vocabularies import VOCABULARY_OF


class Ratio(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """An exact fraction in whole numbers, as the document has it: 3/4, or 1 of a count (比例)."""

    numerator: int
    denominator: int = 1

    @property
    def fraction(self) -> Fraction:
        """Return its value."""
        return Fraction(self.numerator, self.denominator)


class Population(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Whom a rule looks at (统计总体): of a kind, and such that ``where`` holds if it is given.

    ``reach`` says whose posts HOLDERS hold. ``indicator`` says which figure is REPORTED, of the last
    calendar year that is over.
    """

    kind: PopulationKind
    reach: Reach = Reach.OWN
    where: str | None = None
    indicator: str | None = None

    @property
    def subject(self) -> Subject | None:
        """What predicates about it speak of; None for figures, of which nothing can be said."""
        return VOCABULARY_OF[self.kind]


class Definition(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What a rule says (规则定义).

    ``subject`` is a predicate over organizations: each one that it holds of is judged alone. Of the
    ``population``, those are counted of whom ``numerator`` holds, everybody without one. A COMPARISON sets
    them against the number of ``against``. ``baseline`` is what was so before, kept apart from the target.
    ``warning`` marks a rule that only warns, such as one of a society's own charter.
    """

    form: RuleForm
    subject: str
    population: Population
    numerator: str | None = None
    against: Population | None = None
    comparison: Comparison | None = None
    threshold: Ratio | None = None
    baseline: Ratio | None = None
    warning: bool = False

    @property
    def predicates(self) -> Iterator[tuple[str, str, Subject]]:
        """Yield each predicate: the field that it stands in, its text, what it speaks of."""
        yield "subject", self.subject, Subject.ORGANIZATION
        for field, text, population in (
            ("population.where", self.population.where, self.population),
            ("numerator", self.numerator, self.population),
            ("against.where", None if self.against is None else self.against.where, self.against),
        ):
            if text is not None and population is not None and population.subject is not None:
                yield field, text, population.subject
