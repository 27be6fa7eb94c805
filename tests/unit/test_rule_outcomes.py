"""A rule is undetermined only where the unknown could change what comes of it, and compared exactly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.rule.definition import Definition, Population, Ratio
from registry.rule.kinds import Comparison, Outcome, PopulationKind, RuleForm
from registry.rule.outcome import Tally, judge

_HOLDERS = Population(kind=PopulationKind.HOLDERS)
_THREE_QUARTERS = Ratio(numerator=3, denominator=4)


def definition(
    form: RuleForm = RuleForm.SHARE,
    comparison: Comparison | None = Comparison.AT_LEAST,
    threshold: Ratio | None = _THREE_QUARTERS,
    baseline: Ratio | None = None,
) -> Definition:
    against = _HOLDERS if form is RuleForm.COMPARISON else None
    return Definition(
        form=form,
        subject="kind = SOCIETY",
        population=_HOLDERS,
        against=against,
        comparison=comparison,
        threshold=threshold,
        baseline=baseline,
    )


def outcome(tally: Tally, rule: Definition, against: Tally | None = None) -> Outcome:
    return judge(rule, tally, against, in_force=True).outcome


@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        (Tally(counted=7, not_counted=2, uncertain=1), Outcome.UNDETERMINED),
        (Tally(counted=8, not_counted=1, uncertain=1), Outcome.MET),
        (Tally(counted=6, not_counted=3, uncertain=1), Outcome.UNMET),
        (Tally(), Outcome.NOT_APPLICABLE),
    ],
)
def test_a_council_of_ten_against_three_quarters(tally: Tally, expected: Outcome) -> None:
    assert outcome(tally, definition()) is expected


def test_a_share_is_never_rounded_into_passing() -> None:
    seventy = definition(threshold=Ratio(numerator=7, denominator=10))
    judgement = judge(seventy, Tally(counted=209, not_counted=91), None, in_force=True)
    assert judgement.outcome is Outcome.UNMET
    assert judgement.share == Fraction(209, 300)
    assert outcome(Tally(counted=210, not_counted=90), seventy) is Outcome.MET


def test_outside_of_its_time_a_rule_gives_its_share_all_the_same() -> None:
    judgement = judge(definition(), Tally(counted=1), None, in_force=False)
    assert judgement.outcome is Outcome.NOT_IN_FORCE
    assert judgement.share == Fraction(1)


def test_a_qualitative_rule_neither_passes_nor_fails() -> None:
    rule = definition(RuleForm.QUALITATIVE, None, None)
    assert outcome(Tally(counted=1, not_counted=1), rule) is Outcome.QUALITATIVE
    assert outcome(Tally(), rule) is Outcome.QUALITATIVE


def test_the_baseline_is_compared_apart_from_the_target() -> None:
    rule = definition(baseline=Ratio(numerator=1, denominator=2))
    judgement = judge(rule, Tally(counted=6, not_counted=4), None, in_force=True)
    assert (judgement.outcome, judgement.baseline) == (Outcome.UNMET, Outcome.MET)


def test_counting_nobody_is_an_answer_and_not_a_case_apart() -> None:
    rule = definition(RuleForm.COUNT, threshold=Ratio(numerator=1))
    assert outcome(Tally(), rule) is Outcome.UNMET
    assert outcome(Tally(uncertain=1), rule) is Outcome.UNDETERMINED


def test_a_comparison_with_nobody_does_not_apply() -> None:
    rule = definition(RuleForm.COMPARISON, Comparison.AT_MOST, Ratio(numerator=1, denominator=3))
    assert outcome(Tally(counted=3), rule, Tally()) is Outcome.NOT_APPLICABLE
    assert outcome(Tally(counted=3), rule, Tally(counted=9)) is Outcome.MET
    assert outcome(Tally(counted=3), rule, Tally(counted=8)) is Outcome.UNMET
    assert outcome(Tally(counted=3), rule, Tally(counted=8, uncertain=1)) is Outcome.UNDETERMINED
    assert outcome(Tally(), rule, Tally(uncertain=1)) is Outcome.UNDETERMINED


_SMALL = st.integers(0, 2)
_TALLIES = st.builds(Tally, _SMALL, _SMALL, _SMALL, _SMALL, _SMALL, _SMALL)
_RATIOS = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1)])


def ends(tally: Tally) -> Iterator[tuple[int, int]]:
    """Yield every (counted, in the population) that a tally may turn out as."""
    counts = (
        range(tally.uncertain + 1),
        range(tally.doubtful_counted + 1),
        range(tally.doubtful_not_counted + 1),
        range(tally.doubtful_uncertain + 1),
        range(tally.doubtful_uncertain + 1),
    )
    sure = tally.counted + tally.not_counted + tally.uncertain
    for yes, counted, not_counted, also, neither in product(*counts):
        if also + neither <= tally.doubtful_uncertain:
            yield tally.counted + yes + counted + also, sure + counted + not_counted + also + neither


_HOLDS = {
    Comparison.AT_LEAST: Fraction.__ge__,
    Comparison.AT_MOST: Fraction.__le__,
    Comparison.EQUAL: Fraction.__eq__,
}


@given(_TALLIES, st.sampled_from(Comparison), _RATIOS)
@settings(max_examples=400)
def test_a_share_is_undetermined_exactly_where_it_could_turn_out_both_ways(
    tally: Tally, comparison: Comparison, bound: Fraction
) -> None:
    rule = definition(
        comparison=comparison, threshold=Ratio(numerator=bound.numerator, denominator=bound.denominator)
    )
    expected = {
        Outcome.NOT_APPLICABLE
        if not whole
        else Outcome.MET
        if _HOLDS[comparison](Fraction(counted, whole), bound)
        else Outcome.UNMET
        for counted, whole in ends(tally)
    }
    found = outcome(tally, rule)
    if len(expected) == 1:
        # Equality with people who may not be there at all is not worked out to the last: it may stay open.
        exact = comparison is not Comparison.EQUAL or not tally.doubtful
        assert found in expected or (not exact and found is Outcome.UNDETERMINED)
    else:
        assert found is Outcome.UNDETERMINED


@given(_TALLIES, st.sampled_from(Comparison), st.integers(0, 6))
def test_a_count_is_undetermined_exactly_where_it_could_turn_out_both_ways(
    tally: Tally, comparison: Comparison, bound: int
) -> None:
    rule = definition(RuleForm.COUNT, comparison, Ratio(numerator=bound))
    answers = {_HOLDS[comparison](Fraction(counted), Fraction(bound)) for counted, _ in ends(tally)}
    expected = {frozenset({True}): Outcome.MET, frozenset({False}): Outcome.UNMET}
    assert outcome(tally, rule) is expected.get(frozenset(answers), Outcome.UNDETERMINED)


@given(_TALLIES)
def test_whoever_is_in_a_population_is_counted_or_not_or_unknown(tally: Tally) -> None:
    assert tally.counted + tally.not_counted + tally.unknown == tally.population == sum(tally)
