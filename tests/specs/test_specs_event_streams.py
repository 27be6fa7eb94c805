"""GraphQL over server-sent events: the reference client graphql-sse is served, a connection each."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.node import run_node
from tests.support.serving import Served


@pytest.fixture(scope="module")
def trials(demo: Served) -> dict[str, Any]:
    """Give the outcome of every trial."""
    found: dict[str, Any] = run_node(
        "event-streams.mjs", f"{demo.url}/graphql", str(demo.administrator.token)
    )
    return found


def test_a_query_gives_one_result_and_is_complete(trials: dict[str, Any]) -> None:
    (result,) = trials["query"]["results"]
    assert trials["query"]["ending"] == "complete"
    assert result["data"]["functions"]["totalCount"] > 0


def test_a_wrong_document_is_answered_by_a_result_with_errors(trials: dict[str, Any]) -> None:
    (result,) = trials["wrongDocument"]["results"]
    assert trials["wrongDocument"]["ending"] == "complete"
    assert "data" not in result
    assert result["errors"][0]["extensions"]["code"] == "INVALID_DOCUMENT"


def test_a_subscription_gives_every_event_in_order(trials: dict[str, Any]) -> None:
    positions = [result["data"]["events"]["position"] for result in trials["subscription"]["results"]]
    assert positions == list(range(1, 151))
    assert trials["iterated"] == [1, 2, 3, 4, 5]


def test_who_comes_back_misses_nothing(trials: dict[str, Any]) -> None:
    positions = [result["data"]["events"]["position"] for result in trials["resumed"]["results"]]
    assert positions == [41, 42, 43]


def test_who_may_not_follow_the_log_is_told_so(trials: dict[str, Any]) -> None:
    (result,) = trials["forbidden"]["results"]
    assert result["errors"][0]["extensions"]["code"] == "FORBIDDEN"


@pytest.mark.parametrize("trial", ["byPost", "byGet"])
def test_events_are_written_as_the_protocol_says(trials: dict[str, Any], trial: str) -> None:
    outcome = trials[trial]
    assert (outcome["status"], outcome["type"]) == (200, "text/event-stream; charset=utf-8")
    keep_alive, result, complete, rest = outcome["text"].split("\n\n")
    assert (keep_alive, complete, rest) == (":", "event: complete\ndata: ", "")
    name, data = result.splitlines()
    assert name == "event: next"
    assert json.loads(data.removeprefix("data: "))["data"]["functions"]["totalCount"] > 0


def test_a_command_is_not_carried_out_by_get(trials: dict[str, Any]) -> None:
    text = trials["commandByGet"]["text"]
    assert '"errors"' in text
    assert '"data":' not in text.replace("\ndata:", "")


def test_what_is_no_operation_is_refused_in_one_piece(trials: dict[str, Any]) -> None:
    outcome = trials["notJson"]
    assert (outcome["status"], outcome["type"]) == (400, "application/json")
    assert "INVALID_REQUEST" in outcome["text"]
