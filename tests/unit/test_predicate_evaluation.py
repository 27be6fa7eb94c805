"""Predicates are judged with what is known; what is unknown stays so unless the rest decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import assume, given

from registry.rule.language.evaluation import Ends, Value, evaluate
from registry.rule.language.parser import parse
from registry.rule.language.syntax import Known, Not, Predicate, fields_of
from tests.support.predicates import ANSWERS, HOLDER, PREDICATES, SUBJECTS

T, F, U = True, False, None

TWO_AGES: Ends[int | None] = Ends(45, 46)
YEAR_1975: Ends[date | None] = Ends(date(1975, 1, 1), date(1975, 12, 31))


def judged(text: str, **values: Value) -> bool | None:
    return evaluate(parse(text, HOLDER), values, {"FRONT_LINE": None, "YOUNG": True})


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ],
)
def test_and_and_or_are_those_of_kleene(
    one: bool | None,  # noqa: FBT001 - a table of truth
    other: bool | None,  # noqa: FBT001 - a table of truth
    both: bool | None,  # noqa: FBT001 - a table of truth
    either: bool | None,  # noqa: FBT001 - a table of truth
) -> None:
    criteria = {"FRONT_LINE": one, "YOUNG": other}
    assert evaluate(parse("is FRONT_LINE and is YOUNG", HOLDER), {}, criteria) is both
    assert evaluate(parse("is FRONT_LINE or is YOUNG", HOLDER), {}, criteria) is either
    negated = None if one is None else not one
    assert evaluate(parse("not is FRONT_LINE", HOLDER), {}, criteria) is negated


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("leading", {"leading": True}, T),
        ("leading", {}, U),
        ("leading", {"leading": None}, U),
        ("leading = false", {"leading": False}, T),
        ("visits >= 3", {"visits": 3}, T),
        ("visits > 3", {"visits": 3}, F),
        ("visits != 3", {}, U),
        ("sector in (RURAL, INSTITUTE)", {"sector": "RURAL"}, T),
        ("sector in (RURAL, INSTITUTE)", {"sector": "ENTERPRISE"}, F),
        ("sector in (RURAL, INSTITUTE)", {}, U),
        ("sector not in (RURAL, INSTITUTE)", {}, U),
        ("sector not in (RURAL, INSTITUTE)", {"sector": "ENTERPRISE"}, T),
        ('awards has "甲"', {"awards": ["甲", None]}, T),
        ('awards has "甲"', {"awards": ["乙", None]}, U),
        ('awards has "甲"', {"awards": ["乙"]}, F),
        ('awards has "甲"', {"awards": []}, F),
        ('awards has "甲"', {"awards": None}, U),
        ('not awards has "甲"', {"awards": ()}, T),
        ("awards is known", {"awards": []}, T),
        ("awards is known", {"awards": [None]}, F),
        ("sector is unknown", {}, T),
        ("sector is known", {"sector": "RURAL"}, T),
        ("age is known", {"age": TWO_AGES}, F),
        ("age is known", {"age": Ends(45, 45)}, T),
        ("age is known", {"age": Ends(None, None)}, F),
        ("is FRONT_LINE", {}, U),
        ("is YOUNG", {}, T),
    ],
)
def test_a_predicate_is_true_false_or_unknown(
    text: str,
    values: Mapping[str, Value],
    expected: bool | None,  # noqa: FBT001 - the expected answer
) -> None:
    assert judged(text, **values) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("age <= 44", F),
        ("age <= 45", U),
        ("age <= 46", T),
        ("age < 45", F),
        ("age < 46", U),
        ("age < 47", T),
        ("age >= 45", T),
        ("age >= 46", U),
        ("age >= 47", F),
        ("age > 44", T),
        ("age > 45", U),
        ("age > 46", F),
        ("age = 44", F),
        ("age = 45", U),
        ("age != 45", U),
        ("age != 47", T),
        ("birth_date >= 1975-01-01", T),
        ("birth_date > 1975-01-01", U),
        ("birth_date < 1976-01-01", T),
        ("birth_date = 1975-01-01", U),
        ("birth_date < 1975-01-01", F),
    ],
)
def test_between_two_ends_only_what_holds_of_both_is_decided(
    text: str,
    expected: bool | None,  # noqa: FBT001 - the expected answer
) -> None:
    assert judged(text, age=TWO_AGES, birth_date=YEAR_1975) is expected


def test_one_end_may_decide_alone() -> None:
    assert judged("age <= 45", age=Ends(46, None)) is False
    assert judged("age <= 45", age=Ends(None, 45)) is True
    assert judged("age <= 45", age=Ends(45, None)) is None


def test_a_definition_that_nobody_answered_for_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        evaluate(parse("is FRONT_LINE", HOLDER), {}, {})


@given(PREDICATES, SUBJECTS, ANSWERS)
def test_negation_turns_the_answer_round(
    predicate: Predicate, values: dict[str, Value], criteria: dict[str, bool | None]
) -> None:
    answer = evaluate(predicate, values, criteria)
    assert evaluate(Not(predicate), values, criteria) is (None if answer is None else not answer)


@given(PREDICATES, SUBJECTS)
def test_what_is_known_never_gives_unknown(predicate: Predicate, values: dict[str, Value]) -> None:
    known = all(evaluate(Known(name, HOLDER.fields[name].type), values, {}) for name in fields_of(predicate))
    answer = evaluate(predicate, values, {"FRONT_LINE": True, "YOUNG": False})
    assert answer is not None or not known


def learned(value: Value, more: Value) -> Value:
    """Return one of the values that may hide behind ``value``; ``more`` is what it turns out to be."""
    match value:
        case None:
            return more
        case Ends(low, high):
            return Ends(low, low) if low is not None else Ends(high, high)
        case list():
            return ["青年科技奖" if member is None else member for member in value]
        case _:
            return value


@given(PREDICATES, SUBJECTS, SUBJECTS, ANSWERS)
def test_learning_more_never_changes_what_was_decided(
    predicate: Predicate,
    values: dict[str, Value],
    more: dict[str, Value],
    criteria: dict[str, bool | None],
) -> None:
    assume("Known(" not in repr(predicate))  # learning more is what changes the answer to `is known`
    before = evaluate(predicate, values, criteria)
    after = evaluate(predicate, {name: learned(values[name], more[name]) for name in values}, criteria)
    assert before is None or after is before
