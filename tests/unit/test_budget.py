"""The budget of a caller: spent at once or over the minute, and made up for by waiting."""

from __future__ import annotations

import pytest

from graphql_api.access import ANYBODY, Role, Viewer
from graphql_api.budget import Budget, BudgetSpentError, caller_of


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_left_is_told_and_fills_with_time() -> None:
    clock = _Clock()
    budget = Budget(600, clock=clock)
    assert budget.charge("a", 100) == 500
    clock.now = 5.0
    assert budget.charge("a", 100) == 450
    clock.now = 3_600.0
    assert budget.charge("a", 0) == 600, "a bucket never holds more than a minute's worth"


def test_one_question_may_go_below_nothing_and_the_next_waits() -> None:
    clock = _Clock()
    budget = Budget(600, clock=clock)
    budget.check("a")
    assert budget.charge("a", 1_200) == 0
    with pytest.raises(BudgetSpentError) as raised:
        budget.check("a")
    assert raised.value.retry_after == 61
    assert (raised.value.extensions or {})["code"] == "BUDGET_SPENT"
    clock.now = 59.0
    with pytest.raises(BudgetSpentError) as raised:
        budget.check("a")
    assert raised.value.retry_after == 2
    clock.now = 61.0
    budget.check("a")


def test_callers_do_not_pay_for_each_other() -> None:
    budget = Budget(600, clock=_Clock())
    budget.charge("a", 10_000)
    budget.check("b")
    assert budget.charge("b", 100) == 500


def test_no_more_callers_are_remembered_than_there_is_room_for() -> None:
    budget = Budget(600, callers=3, clock=_Clock())
    for number in range(10):
        budget.charge(f"caller {number}", 1)
    assert len(budget) == 3


def test_who_is_not_signed_in_counts_by_where_it_comes_from() -> None:
    clerk = Viewer.of(Role.VIEWER, "key:clerk")
    assert caller_of(clerk, "192.0.2.1") == caller_of(clerk, "192.0.2.2")
    assert caller_of(ANYBODY, "192.0.2.1") != caller_of(ANYBODY, "192.0.2.2")
    assert caller_of(ANYBODY, "2001:db8::1") == caller_of(ANYBODY, "2001:db8::2")
    impostor = Viewer.of(Role.VIEWER, "192.0.2.1")
    assert caller_of(impostor, "") != caller_of(ANYBODY, "192.0.2.1")
