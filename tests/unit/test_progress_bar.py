"""How far something is stands on one line of a terminal, and elsewhere on a line now and then."""

from __future__ import annotations

from io import StringIO

import pytest

from graphql_api import progress_bar
from graphql_api.progress_bar import ProgressBar


class Terminal(StringIO):
    """A stream that says that somebody looks."""

    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress_bar, "time", made)
    return made


def test_a_terminal_has_one_line_with_rate_and_remaining_time(clock: Clock) -> None:
    screen = Terminal()
    bar = ProgressBar(screen, "events")
    for done in (0, 1_000, 2_000, 10_000):
        bar.tell(done, 10_000, "indexes 3/7" if done == 10_000 else "")
        clock.now += 1
    bar.end()
    lines = screen.getvalue().split("\r")
    assert lines[1] == f"[{'·' * 24}] 0/10,000 events"
    assert lines[3].rstrip() == f"[{'█' * 4}{'·' * 20}] 2,000/10,000 events, 1,000/s, 8 s left (剩余)"
    assert lines[4].rstrip() == f"[{'█' * 24}] 10,000/10,000 events, 3,333/s indexes 3/7"
    # A shorter line leaves nothing of a longer one.
    assert len(lines[4].rstrip("\n")) >= len(lines[3].rstrip())
    assert screen.getvalue().count("\n") == 1


def test_elsewhere_there_is_a_line_every_five_seconds_and_one_at_the_end(clock: Clock) -> None:
    log = StringIO()
    bar = ProgressBar(log, "events")
    for done in range(0, 101, 10):
        bar.tell(done, 100)
        clock.now += 1
    bar.end()
    assert log.getvalue().splitlines() == [
        "0/100 events",
        "50/100 events, 10/s, 5 s left (剩余)",
        "100/100 events, 10/s",
    ]


def test_what_was_done_before_counts_for_no_rate(clock: Clock) -> None:
    log = StringIO()
    bar = ProgressBar(log, "events")
    bar.tell(900_000, 1_000_000)
    clock.now += 100
    bar.tell(910_000, 1_000_000)
    assert log.getvalue().splitlines()[1] == "910,000/1,000,000 events, 100/s, 15 min 0 s left (剩余)"


def test_of_nothing_all_is_done(clock: Clock) -> None:
    screen = Terminal()
    ProgressBar(screen, "events").tell(0, 0)
    assert clock.now == 100.0
    assert screen.getvalue() == f"\r[{'█' * 24}] 0/0 events"
