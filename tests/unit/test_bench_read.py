from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from bench.read.bare import ENDPOINTS, statement
from bench.read.client import UnexpectedAnswerError, body_length
from bench.read.questions import Question
from bench.read.register import LEVELS, ORGANIZATIONS, organizations

ROOT = str(UUID(int=7))
CHART = Question("chart", "chart", "chart", ("root", ROOT), hierarchies=("PART_OF",))


def test_the_chart_has_520_organizations_in_four_levels_spread_evenly() -> None:
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
    # The last level does not come out even: 420 over 90.
    assert {
        level[superior]: count for superior, count in sorted(below.items(), key=lambda item: item[1])
    } == {
        0: 9,
        1: 10,
        2: 5,
    }


def test_all_servers_are_asked_for_the_same_times() -> None:
    instant = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    question = CHART._replace(as_of=date(2015, 7, 1), known_at=instant)
    key = "a-key"
    head, _, body = question.to_graphql(token=key).partition(b"\r\n\r\n")
    assert head.startswith(b"POST /graphql HTTP/1.1\r\nHost: ")
    assert b"Authorization: Bearer a-key" in head
    assert f"Content-Length: {len(body)}".encode() in head
    assert json.loads(body)["variables"] == {
        "root": ROOT,
        "hierarchies": ["PART_OF"],
        "asOf": "2015-07-01",
        "knownAt": "2026-01-02T03:04:05+00:00",
    }
    asked = f"subject={ROOT}&asOf=2015-07-01&knownAt=2026-01-02T03%3A04%3A05%2B00%3A00&hierarchies=PART_OF"
    assert question.to_bare() == f"GET /chart?{asked} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    assert question.is_past


def test_a_time_that_is_not_given_is_not_sent() -> None:
    body = CHART.to_graphql().partition(b"\r\n\r\n")[2]
    assert json.loads(body)["variables"] == {"root": ROOT, "hierarchies": ["PART_OF"]}
    assert b"asOf" not in CHART.to_bare()
    assert not CHART.is_past


@pytest.mark.parametrize("document", ENDPOINTS)
def test_a_statement_by_hand_takes_its_parameters_one_after_the_other(document: str) -> None:
    text, used = statement(document, "projection_1", known=False)
    assert {f"${place}" in text for place in range(1, len(used) + 1)} == {True}
    assert f"${len(used) + 1}" not in text


def test_a_statement_of_a_past_belief_reads_what_was_believed_then() -> None:
    text, used = statement("chart", "projection_1", known=True)
    assert "projection_1.relation_past WHERE recorded @> $2" in text
    assert used == (1, 2, 3, 4, 5)


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
