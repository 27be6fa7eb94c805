"""What a rule comes to, given how many are counted and how many are not known (规则判定). Pure.

Everything is compared in whole numbers: 209 of 300 is not 70%. What is unknown is let be everything that it
may be; only where that makes a difference is the outcome undetermined. So bounds are taken over all that the
unknown could turn out as: those who are in the population and may count or not, and those who may not be in
the population at all.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from registry.commands import COUNT_LIMIT
from registry.rule.definition import Definition
from registry.rule.kinds import Comparison, Outcome, PopulationKind, RuleForm


class Tally(NamedTuple):
    """How many of a population count, do not, or may (计数).

    The last three are in doubt: whether they are in the population at all is not known, and if they are,
    they count, do not, or may.
    """

    counted: int = 0
    not_counted: int = 0
    uncertain: int = 0
    doubtful_counted: int = 0
    doubtful_not_counted: int = 0
    doubtful_uncertain: int = 0

    @property
    def doubtful(self) -> int:
        """How many are perhaps not in the population."""
        return self.doubtful_counted + self.doubtful_not_counted + self.doubtful_uncertain

    @property
    def unknown(self) -> int:
        """How many may count or not, for whatever reason."""
        return self.uncertain + self.doubtful

    @property
    def population(self) -> int:
        """How many are in the population, or may be."""
        return self.counted + self.not_counted + self.unknown


class Judgement(NamedTuple):
    """The outcome, the share as far as known, and what came of the baseline (判定).

    ``share`` is the least possible one: of all in the population, those who surely count. None where there
    is nobody to take a share of; of a COUNT it is the number.
    """

    outcome: Outcome
    share: Fraction | None
    baseline: Outcome | None


def judge(definition: Definition, tally: Tally, against: Tally | None, *, in_force: bool) -> Judgement:
    """Judge a rule; ``against`` is the other population of a COMPARISON."""
    possible = _possible(definition, tally, against)
    share = _share(definition, tally, against)
    before = definition.baseline
    baseline = None if before is None else _compared(definition, possible, before.fraction)
    if not in_force:
        return Judgement(Outcome.NOT_IN_FORCE, share, baseline)
    if definition.threshold is None:
        return Judgement(Outcome.QUALITATIVE, share, baseline)
    return Judgement(_compared(definition, possible, definition.threshold.fraction), share, baseline)


class _Possible(NamedTuple):
    """The least and the greatest value that a share or count may have, both attained.

    ``whole`` is set where every value between them is so many of it. ``nobody`` says that there may be
    nobody to take a share of: surely where there is no value at all.
    """

    least: Fraction | None
    greatest: Fraction | None
    nobody: bool = False
    whole: int | None = None


_HOLDS: dict[Comparison, Callable[[Fraction, Fraction], bool]] = {
    Comparison.AT_LEAST: operator.ge,
    Comparison.AT_MOST: operator.le,
    Comparison.EQUAL: operator.eq,
}


def _compared(definition: Definition, possible: _Possible, bound: Fraction) -> Outcome:
    """Return what comparing whatever is possible with ``bound`` gives."""
    least, greatest = possible.least, possible.greatest
    if least is None or greatest is None:
        return Outcome.NOT_APPLICABLE
    comparison = definition.comparison or Comparison.AT_LEAST
    answers = {_HOLDS[comparison](least, bound), _HOLDS[comparison](greatest, bound)}
    between = comparison is Comparison.EQUAL and least < bound < greatest and _attained(possible, bound)
    if possible.nobody or between or len(answers) > 1:
        return Outcome.UNDETERMINED
    return Outcome.MET if answers.pop() else Outcome.UNMET


def _attained(possible: _Possible, value: Fraction) -> bool:
    """Say whether a value between the ends may come out; where that is not clear, it may."""
    return possible.whole is None or (value * possible.whole).denominator == 1


def _is_count(definition: Definition) -> bool:
    return definition.form is RuleForm.COUNT or definition.population.kind is PopulationKind.REPORTED


def _is_unreported(definition: Definition, tally: Tally) -> bool:
    """Say whether no figure was reported: what is not reported may be any number."""
    return definition.population.kind is PopulationKind.REPORTED and tally.unknown > 0


def _share(definition: Definition, tally: Tally, against: Tally | None) -> Fraction | None:
    if _is_unreported(definition, tally):
        return None
    if _is_count(definition):
        return Fraction(tally.counted)
    whole = tally.population if against is None else against.counted + against.unknown
    return Fraction(tally.counted, whole) if whole else None


def _possible(definition: Definition, tally: Tally, against: Tally | None) -> _Possible:
    least, most = _counts(tally)
    if _is_unreported(definition, tally):
        return _Possible(Fraction(0), Fraction(COUNT_LIMIT), whole=1)
    if _is_count(definition):
        return _Possible(Fraction(least), Fraction(most), whole=1)
    if against is None:
        return _shares(tally)
    fewest, many = _counts(against)
    if not many:
        return _Possible(None, None)
    return _Possible(Fraction(least, many), Fraction(most, max(fewest, 1)), nobody=not fewest)


def _counts(tally: Tally) -> tuple[int, int]:
    """Return how many count at least, and at most."""
    least = tally.counted
    return least, least + tally.uncertain + tally.doubtful_counted + tally.doubtful_uncertain


def _shares(tally: Tally) -> _Possible:
    """Return between what the share lies.

    It is least when the uncertain do not count, and of the doubtful those are in the population who do not
    or may not; greatest when the uncertain count, and those doubtful are in it who do or may.
    """
    sure = tally.counted + tally.not_counted + tally.uncertain
    losing = sure + tally.doubtful_not_counted + tally.doubtful_uncertain
    gained = tally.doubtful_counted + tally.doubtful_uncertain
    if not sure + tally.doubtful:
        return _Possible(None, None)
    return _Possible(
        Fraction(tally.counted, losing) if losing else Fraction(1),
        Fraction(tally.counted + tally.uncertain + gained, sure + gained) if sure + gained else Fraction(0),
        nobody=not sure,
        whole=None if tally.doubtful else sure,
    )
