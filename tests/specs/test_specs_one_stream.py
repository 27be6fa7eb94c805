"""GraphQL over server-sent events: the reference client graphql-sse is served over one connection for all."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.support.node import run_node
from tests.support.serving import Served


@pytest.fixture(scope="module")
def trials(register_of_its_own: Served) -> dict[str, Any]:
    """Give the outcome of every trial."""
    server = register_of_its_own
    found: dict[str, Any] = run_node(
        "one-stream.mjs", f"{server.url}/graphql", str(server.administrator.token)
    )
    return found


def _positions(outcome: dict[str, Any]) -> list[int]:
    return [result["data"]["events"]["position"] for result in outcome["results"]]


def test_a_query_gives_one_result_and_is_complete(trials: dict[str, Any]) -> None:
    (result,) = trials["query"]["results"]
    assert trials["query"]["ending"] == "complete"
    assert result["data"]["functions"]["totalCount"] > 0
    assert result["extensions"]["cost"]["requested"] > 0
    assert trials["query"]["sent"] == ["PUT 201", "GET 200", "POST 202"]


def test_a_command_is_carried_out(trials: dict[str, Any]) -> None:
    (result,) = trials["command"]["results"]
    assert result["data"]["defineFunction"]["function"] == {"name": "某职能"}
    assert trials["command"]["ending"] == "complete"


def test_a_wrong_document_is_refused_as_the_request_is(trials: dict[str, Any]) -> None:
    outcome = trials["wrongDocument"]
    assert (outcome["results"], outcome["ending"], outcome["status"]) == ([], "error", 400)
    assert outcome["sent"] == ["PUT 201", "GET 200", "POST 400"]


@pytest.mark.parametrize(("trial", "code"), [("wrongVariables", "INVALID_INPUT"), ("forbidden", "FORBIDDEN")])
def test_what_is_not_answered_is_a_result_with_errors(trials: dict[str, Any], trial: str, code: str) -> None:
    (result,) = trials[trial]["results"]
    assert trials[trial]["ending"] == "complete"
    assert result["errors"][0]["extensions"]["code"] == code


def test_a_subscription_gives_every_event_in_order(trials: dict[str, Any]) -> None:
    assert _positions(trials["subscription"]) == list(range(1, 151))
    assert _positions(trials["resumed"]) == [41, 42, 43]
    assert trials["iterated"] == [1, 2, 3, 4, 5]


def test_operations_share_one_connection_and_do_not_mix(trials: dict[str, Any]) -> None:
    first, one, second, command, other = trials["together"]["found"]
    assert _positions(first) == list(range(1, 121))
    assert _positions(second) == list(range(11, 81))
    assert [one["ending"], command["ending"], other["ending"]] == ["complete"] * 3
    assert one["results"][0]["data"]["functions"]["totalCount"] > 0
    assert command["results"][0]["data"]["defineFunction"]["function"] == {"name": "某职能"}
    assert _positions(trials["together"]["later"]) == [21, 22, 23, 24, 25]
    sent = Counter(trials["together"]["sent"])
    assert sent == {"PUT 201": 1, "GET 200": 1, "POST 202": 6, "DELETE 200": 3}


def test_who_comes_back_reserves_anew(trials: dict[str, Any]) -> None:
    assert [each["ending"] for each in trials["again"]["found"]] == ["complete"] * 2
    assert Counter(trials["again"]["sent"]) == {"PUT 201": 2, "GET 200": 2, "POST 202": 2}
