from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from bench.chart.__main__ import questions
from bench.chart.client import UnexpectedAnswerError, body_length
from bench.chart.questions import Question
from bench.chart.register import LEVELS, ORGANIZATIONS, Register, organizations

ROOT = UUID(int=7)


def test_the_register_has_520_organizations_in_four_levels_spread_evenly() -> None:
    everybody = list(organizations())
    assert len(everybody) == ORGANIZATIONS == 520
    assert [one.number for one in everybody] == list(range(520))
    level = {everybody[0].id: 0}
    for one in everybody[1:]:
        assert one.superior is not None
        # Superiors come first, so that each can be established in this order.
        level[one.id] = level[one.superior] + 1
    assert Counter(level.values()) == dict(enumerate(count for count, _ in LEVELS))
    below = Counter(one.superior for one in everybody if one.superior is not None)
    assert {
        level[superior]: count for superior, count in sorted(below.items(), key=lambda item: item[1])
    } == {
        0: 9,
        1: 10,
        2: 5,
    }


def test_both_servers_are_asked_for_the_same_times() -> None:
    instant = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    question = Question(ROOT, as_of=date(2015, 7, 1), known_at=instant)
    head, _, body = question.to_ours().partition(b"\r\n\r\n")
    assert head.startswith(b"POST /graphql HTTP/1.1\r\nHost: ")
    assert f"Content-Length: {len(body)}".encode() in head
    assert json.loads(body)["variables"] == {
        "root": str(ROOT),
        "asOf": "2015-07-01",
        "knownAt": "2026-01-02T03:04:05+00:00",
    }
    assert (
        question.to_peer()
        == (
            f"GET /chart?root={ROOT}&asOf=2015-07-01&knownAt=2026-01-02T03%3A04%3A05%2B00%3A00 HTTP/1.1\r\n"
            "Host: localhost\r\n\r\n"
        ).encode()
    )


def test_a_time_that_is_not_given_is_not_sent() -> None:
    assert json.loads(Question(ROOT).to_ours().partition(b"\r\n\r\n")[2])["variables"] == {"root": str(ROOT)}
    assert b"asOf" not in Question(ROOT).to_peer()


def test_the_cases_are_now_a_past_day_and_a_past_belief() -> None:
    instant = datetime(2026, 1, 2, tzinfo=UTC)
    asked = questions(Register("projection_1", ROOT, date(2015, 7, 1), instant))
    assert {name: question.times() for name, question in asked.items()} == {
        "now": {},
        "as of a past day": {"asOf": "2015-07-01"},
        "as known at a past instant": {"knownAt": instant.isoformat()},
    }


def test_the_length_of_a_body_is_read_from_its_head() -> None:
    assert body_length(b"HTTP/1.1 200 OK\r\nserver: x\r\ncontent-LENGTH: 42\r\n\r\n") == 42


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        (b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\n", "503"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "how long"),
    ],
)
def test_an_answer_that_cannot_be_counted_ends_the_run(head: bytes, problem: str) -> None:
    with pytest.raises(UnexpectedAnswerError, match=problem):
        body_length(head)
