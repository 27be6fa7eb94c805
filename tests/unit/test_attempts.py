"""Failed attempts by address: who has to wait, for how long, and how much is remembered."""

from __future__ import annotations

import pytest

from graphql_api.attempts import Attempts, TooManyAttemptsError


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def attempts(clock: Clock, **more: int) -> Attempts:
    return Attempts(failures=3, every_seconds=10.0, clock=clock, **more)


def waits(counted: Attempts, address: str) -> int:
    try:
        counted.check(address)
    except TooManyAttemptsError as error:
        return error.retry_after
    return 0


def test_whoever_has_to_wait_is_told_how_long() -> None:
    counted = attempts(Clock())
    for _ in range(3):
        counted.failed("192.0.2.1")
    with pytest.raises(TooManyAttemptsError, match="Too many failed attempts") as caught:
        counted.check("192.0.2.1")
    told = caught.value.extensions or {}
    assert told["code"] == "TOO_MANY_ATTEMPTS"
    assert "10" in told["advice"]
    assert "10" in told["adviceZh"]


def test_so_many_failures_are_nobodys_business_and_then_one_waits() -> None:
    counted = attempts(Clock())
    for _ in range(2):
        counted.failed("192.0.2.1")
        assert waits(counted, "192.0.2.1") == 0
    counted.failed("192.0.2.1")
    assert waits(counted, "192.0.2.1") == 10
    assert waits(counted, "192.0.2.2") == 0


def test_whoever_waits_as_told_may_try_once_more() -> None:
    clock = Clock()
    counted = attempts(clock)
    for _ in range(3):
        counted.failed("192.0.2.1")
    clock.now += waits(counted, "192.0.2.1")
    assert waits(counted, "192.0.2.1") == 0
    counted.failed("192.0.2.1")
    assert waits(counted, "192.0.2.1") == 10
    clock.now += 1_000
    for _ in range(2):
        counted.failed("192.0.2.1")
    assert waits(counted, "192.0.2.1") == 0


def test_the_addresses_remembered_are_bounded_and_the_busy_one_stays() -> None:
    counted = attempts(Clock(), addresses=100)
    for _ in range(3):
        counted.failed("203.0.113.9")
    for number in range(1_000):
        counted.failed(f"10.0.{number // 256}.{number % 256}")
        if number % 50 == 0:
            counted.failed("203.0.113.9")
    assert len(counted) == 100
    assert waits(counted, "203.0.113.9") > 0
    assert waits(counted, "10.0.0.0") == 0


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("unknown", "unknown", True),
        ("x" * 5_000, "x" * 6_000, True),
    ],
)
def test_addresses_of_one_subscriber_count_together(one: str, other: str, *, together: bool) -> None:
    counted = attempts(Clock())
    for _ in range(3):
        counted.failed(one)
    assert (waits(counted, other) > 0) is together
