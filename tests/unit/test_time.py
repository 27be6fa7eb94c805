"""Periods are half-open, and their arithmetic keeps the laws of sets of days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from registry.time import FOREVER, Period, Precision, civil_date, subtract, within

FIRST = date(2015, 1, 1)
HORIZON = 30


@st.composite
def period(draw: st.DrawFn) -> Period:
    start = draw(st.integers(0, HORIZON - 1))
    end = draw(st.none() | st.integers(start + 1, HORIZON))
    last = FOREVER if end is None else FIRST + timedelta(days=end)
    return Period(FIRST + timedelta(days=start), last)


@st.composite
def disjoint(draw: st.DrawFn) -> tuple[Period, ...]:
    """Draw sorted periods that do not even touch each other."""
    cuts = sorted(draw(st.sets(st.integers(0, HORIZON), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return tuple(Period(FIRST + timedelta(days=a), FIRST + timedelta(days=b)) for a, b in pairs)


def days(*periods: Period) -> set[date]:
    """Return the days that any of ``periods`` covers, up to the horizon and on the last day of all."""
    every = [FIRST + timedelta(days=n) for n in range(HORIZON + 5)]
    return {day for day in every if any(period.covers(day) for period in periods)}


@given(period(), period())
def test_an_overlap_has_the_days_of_both(one: Period, other: Period) -> None:
    common = one.overlap(other)
    assert common == other.overlap(one)
    assert (days() if common is None else days(common)) == days(one) & days(other)
    assert one.overlap(one) == one


@given(disjoint(), disjoint())
def test_subtracting_leaves_the_days_that_are_in_none_of_the_removed(
    those: tuple[Period, ...], removed: tuple[Period, ...]
) -> None:
    rest = subtract(those, removed)
    assert days(*rest) == days(*those) - days(*removed)
    assert list(rest) == sorted(rest)
    assert all(period.start < period.end for period in rest)
    assert subtract(rest, removed) == rest
    assert subtract(those, ()) == those
    assert subtract(those, those) == ()


@given(period(), disjoint())
def test_within_is_that_nothing_is_left_outside(inner: Period, outer: tuple[Period, ...]) -> None:
    assert within(inner, outer) == (subtract((inner,), outer) == ())


def test_what_only_touches_does_not_overlap() -> None:
    middle = FIRST + timedelta(days=10)
    assert Period(FIRST, middle).overlap(Period(middle, FOREVER)) is None
    assert not Period(FIRST, middle).covers(middle)
    assert Period(FIRST, middle).covers(FIRST)


@pytest.mark.parametrize(
    ("precision", "day", "fits"),
    [
        (Precision.DAY, date(2016, 2, 29), True),
        (Precision.MONTH, date(2016, 2, 1), True),
        (Precision.MONTH, date(2016, 2, 29), False),
        (Precision.YEAR, date(2016, 1, 1), True),
        (Precision.YEAR, date(2016, 2, 1), False),
    ],
)
def test_a_precision_says_how_its_days_are_written(precision: Precision, day: date, fits: bool) -> None:  # noqa: FBT001 - the expected answer
    assert precision.fits(day) is fits


def test_the_civil_day_begins_eight_hours_before_that_of_greenwich() -> None:
    assert civil_date(datetime(2019, 12, 31, 15, 59, 59, tzinfo=UTC)) == date(2019, 12, 31)
    assert civil_date(datetime(2019, 12, 31, 16, 0, 0, tzinfo=UTC)) == date(2020, 1, 1)
