"""Texts of predicates are read in one way, and written down again in one way."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given

from registry.rule.language.cursor import DEPTH_LIMIT
from registry.rule.language.literals import LARGEST, LIST_LIMIT
from registry.rule.language.parser import parse
from registry.rule.language.syntax import (
    And,
    Compare,
    Flag,
    Has,
    Known,
    Meets,
    Not,
    OneOf,
    Operator,
    Or,
    Predicate,
    criteria_of,
    fields_of,
)
from registry.rule.language.tokens import TEXT_LIMIT
from registry.rule.language.unreadable import Unreadable
from registry.rule.language.vocabulary import Field, FieldType, Vocabulary
from registry.rule.language.writing import format_predicate
from tests.support.predicates import CRITERIA, HOLDER, PREDICATES, SECTORS, TEXTS

LEADING = Flag("leading")
YOUNG = Compare("age", FieldType.AGE, Operator.AT_MOST, 45)
FRONT_LINE = Meets("FRONT_LINE")
FROM_BELOW = OneOf("sector", FieldType.ENUM, ("ENTERPRISE", "RURAL"))

READ: dict[str, Predicate] = {
    "leading": LEADING,
    "age <= 45": YOUNG,
    "age<=45": YOUNG,
    "\n\tage <=\r\n 45 ": YOUNG,
    "is FRONT_LINE": FRONT_LINE,
    "sector in (ENTERPRISE, RURAL)": FROM_BELOW,
    "sector not in (ENTERPRISE, RURAL)": Not(FROM_BELOW),
    "not sector in (ENTERPRISE, RURAL)": Not(FROM_BELOW),
    "sector = RURAL": Compare("sector", FieldType.ENUM, Operator.EQUAL, "RURAL"),
    'employer != "大连\'理工"': Compare("employer", FieldType.TEXT, Operator.UNEQUAL, "大连'理工"),
    'employer = "他说""好"""': Compare("employer", FieldType.TEXT, Operator.EQUAL, '他说"好"'),
    'employer = ""': Compare("employer", FieldType.TEXT, Operator.EQUAL, ""),
    'awards has "青年科技奖"': Has("awards", FieldType.TEXT, "青年科技奖"),
    "titles has DELEGATE": Has("titles", FieldType.ENUM, "DELEGATE"),
    "leading = false": Compare("leading", FieldType.BOOLEAN, Operator.EQUAL, value=False),
    "visits > -007": Compare("visits", FieldType.INTEGER, Operator.MORE, -7),
    "visits in (1,1)": OneOf("visits", FieldType.INTEGER, (1, 1)),
    f"visits < {LARGEST}": Compare("visits", FieldType.INTEGER, Operator.LESS, LARGEST),
    "elected_on = 2016-02-29": Compare("elected_on", FieldType.DATE, Operator.EQUAL, date(2016, 2, 29)),
    "birth_date >= 1975-01-01": Compare(
        "birth_date", FieldType.ROUGH_DATE, Operator.AT_LEAST, date(1975, 1, 1)
    ),
    "age is known": Known("age", FieldType.AGE),
    "age is unknown": Not(Known("age", FieldType.AGE)),
    "not leading and age <= 45": And((Not(LEADING), YOUNG)),
    "not (leading and age <= 45)": Not(And((LEADING, YOUNG))),
    "not not leading": Not(Not(LEADING)),
    "leading or age <= 45 and is FRONT_LINE": Or((LEADING, And((YOUNG, FRONT_LINE)))),
    "(leading or age <= 45) and is FRONT_LINE": And((Or((LEADING, YOUNG)), FRONT_LINE)),
    "leading and (age <= 45 and (is FRONT_LINE))": And((LEADING, YOUNG, FRONT_LINE)),
    "(leading or age <= 45) or is FRONT_LINE": Or((LEADING, YOUNG, FRONT_LINE)),
    "((((leading))))": LEADING,
}


@pytest.mark.parametrize("text", READ)
def test_a_text_is_read_as_it_is_meant(text: str) -> None:
    assert parse(text, HOLDER) == READ[text]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("((age<=45))or(not(leading))", "age <= 45 or not leading"),
        ("not sector in(RURAL)", "sector not in (RURAL)"),
        ("not age is known", "age is unknown"),
        ("not(age is unknown)", "not age is unknown"),
        ("leading and(age<45 or is YOUNG)", "leading and (age < 45 or is YOUNG)"),
        ("visits = -0", "visits = 0"),
    ],
)
def test_the_canonical_text_has_single_blanks_and_no_needless_parentheses(text: str, canonical: str) -> None:
    assert format_predicate(parse(text, HOLDER)) == canonical


@given(PREDICATES)
def test_what_is_written_down_reads_as_what_it_was(predicate: Predicate) -> None:
    text = format_predicate(predicate)
    assert parse(text, HOLDER) == predicate
    assert format_predicate(parse(text, HOLDER)) == text


@given(TEXTS)
@example("(" * 2000)
@example("not " * 500)
@example("9" * 2000)
@example('"' * 1999)
@example("visits in (" + "1," * 994)
@example("\ud800")
def test_any_text_is_read_or_refused_in_both_languages(text: str) -> None:
    read = answer_to(text)
    if isinstance(read, Unreadable):
        assert 0 <= read.offset <= len(text)
        assert f"at character {read.offset}: " in str(read)
        assert (read.english + read.chinese + read.piece).isprintable()
    else:
        assert parse(format_predicate(read), HOLDER) == read


def answer_to(text: str) -> Predicate | Unreadable:
    """Return what a text is read as, or why it is not."""
    try:
        return parse(text, HOLDER)
    except Unreadable as unreadable:
        return unreadable


def test_definitions_and_fields_referred_to_are_found_at_any_depth() -> None:
    predicate = parse("is YOUNG or not (age > 3 and (is FRONT_LINE or leading) and is YOUNG)", HOLDER)
    assert criteria_of(predicate) == set(CRITERIA)
    assert fields_of(predicate) == {"age", "leading"}


def test_what_is_just_within_a_limit_is_read() -> None:
    deep = "(" * DEPTH_LIMIT + "leading" + ")" * DEPTH_LIMIT
    assert parse(deep, HOLDER) == LEADING
    negated = parse("not " * DEPTH_LIMIT + "leading", HOLDER)
    assert parse(format_predicate(negated), HOLDER) == negated
    listed = parse(f"visits in ({', '.join(['1'] * LIST_LIMIT)})", HOLDER)
    assert listed == OneOf("visits", FieldType.INTEGER, (1,) * LIST_LIMIT)
    long = "leading".ljust(TEXT_LIMIT)
    assert parse(long, HOLDER) == LEADING
    wide = " or ".join(["(leading)"] * 100)
    assert parse(wide, HOLDER) == Or((LEADING,) * 100)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Sector", Field(FieldType.TEXT, "行业")),
        ("行业", Field(FieldType.TEXT, "行业")),
        ("known", Field(FieldType.TEXT, "已知")),
        ("sector", Field(FieldType.ENUM, "行业")),
        ("sector", Field(FieldType.ENUM, "行业", ("Rural",))),
        ("sector", Field(FieldType.INTEGER, "行业", SECTORS)),
    ],
)
def test_a_vocabulary_that_cannot_be_spoken_is_no_vocabulary(name: str, field: Field) -> None:
    with pytest.raises(ValueError, match=r"holder\."):
        Vocabulary("holder", {name: field})
