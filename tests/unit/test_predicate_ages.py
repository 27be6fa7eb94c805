"""Ages are full years, reached on the birthday, and as exact as the birth date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rule.language.ages import age_on, ages_on, days_of
from registry.rule.language.evaluation import Ends
from registry.time import Precision

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1973, 5, 10), date(2018, 5, 9), 44),
        (date(1973, 5, 10), date(2018, 5, 10), 45),
        (date(1973, 5, 10), date(2019, 5, 9), 45),
        (date(1973, 5, 10), date(2019, 5, 10), 46),
        (date(1972, 2, 29), date(2018, 2, 28), 45),
        (date(1972, 2, 29), date(2018, 3, 1), 46),
        (date(1972, 2, 29), date(2016, 2, 28), 43),
        (date(1972, 2, 29), date(2016, 2, 29), 44),
        (date(1972, 2, 28), date(2018, 2, 28), 46),
        (date(1896, 2, 29), date(1900, 2, 28), 3),
        (date(1896, 2, 29), date(1900, 3, 1), 4),
        (date(2018, 5, 10), date(2018, 5, 10), 0),
        (date(2018, 5, 10), date(2018, 5, 9), None),
        (None, date(2018, 5, 10), None),
    ],
)
def test_an_age_grows_on_the_birthday(birth: date | None, day: date, age: int | None) -> None:
    assert age_on(birth, day) == age


@pytest.mark.parametrize(
    ("birth", "precision", "ages"),
    [
        (date(1973, 1, 1), Precision.YEAR, (44, 45)),
        (date(1973, 1, 1), Precision.DAY, (45, 45)),
        (date(1973, 4, 1), Precision.MONTH, (45, 45)),
        (date(1973, 5, 1), Precision.MONTH, (44, 45)),
        (date(1973, 6, 1), Precision.MONTH, (44, 44)),
        (date(2018, 1, 1), Precision.YEAR, (0, 0)),
        (date(2018, 5, 1), Precision.MONTH, (0, 0)),
        (date(2019, 1, 1), Precision.YEAR, (None, None)),
    ],
)
def test_an_imprecise_birth_leaves_the_ages_that_are_possible(
    birth: date, precision: Precision, ages: tuple[int | None, int | None]
) -> None:
    day = date(2018, 5, 10)
    assert ages_on(birth, precision, day) == ages
    assert age_on(birth, day, precision) == (ages[0] if ages[0] == ages[1] else None)


def test_a_year_of_birth_is_no_doubt_on_the_last_day_of_a_year() -> None:
    assert ages_on(date(1972, 1, 1), Precision.YEAR, date(2017, 12, 31)) == (45, 45)
    assert ages_on(date(1972, 1, 1), Precision.YEAR, date(2018, 1, 1)) == (45, 46)
    assert ages_on(date(1972, 2, 1), Precision.MONTH, date(2018, 2, 28)) == (45, 46)


def test_a_month_ends_on_its_last_day() -> None:
    assert days_of(date(2016, 2, 1), Precision.MONTH) == Ends(date(2016, 2, 1), date(2016, 2, 29))
    assert days_of(date(2015, 12, 1), Precision.MONTH) == Ends(date(2015, 12, 1), date(2015, 12, 31))
    assert days_of(date(2016, 1, 1), Precision.YEAR) == Ends(date(2016, 1, 1), date(2016, 12, 31))
    assert days_of(date(2016, 2, 29), Precision.DAY) == Ends(date(2016, 2, 29), date(2016, 2, 29))


@given(DAYS, DAYS)
def test_the_ends_are_those_of_every_possible_day(birth: date, day: date) -> None:
    for precision, first in (
        (Precision.DAY, birth),
        (Precision.MONTH, birth.replace(day=1)),
        (Precision.YEAR, birth.replace(month=1, day=1)),
    ):
        _, last = days_of(first, precision)
        possible = (first + timedelta(days=n) for n in range((last - first).days + 1))
        ages = [age for one in possible if (age := age_on(one, day)) is not None]
        expected = (min(ages), max(ages)) if ages else (None, None)
        assert ages_on(first, precision, day) == expected


@given(DAYS, DAYS)
def test_nobody_grows_younger_and_nobody_skips_a_year(birth: date, day: date) -> None:
    today, tomorrow = age_on(birth, day), age_on(birth, day + timedelta(days=1))
    if today is not None:
        assert tomorrow is not None
        assert 0 <= tomorrow - today <= 1
