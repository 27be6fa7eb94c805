"""graphql-transport-ws: the reference client graphql-ws is served, and every misuse closes with its code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from registry.store.postgres import EmbeddedPostgres
from tests.support.node import run_node
from tests.support.serving import Served, served_copy


@pytest.fixture(scope="module")
def impatient(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server that waits a second for the first message."""
    with served_copy(postgres, demo_template, socket_init_seconds=1.0) as server:
        yield server


@pytest.fixture(scope="module")
def trials(impatient: Served) -> dict[str, Any]:
    """Give the outcome of every trial."""
    found: dict[str, Any] = run_node(
        "sockets.mjs", impatient.administrator.socket_url, str(impatient.administrator.token)
    )
    return found


def test_a_query_gives_one_result_and_is_complete(trials: dict[str, Any]) -> None:
    query = trials["query"]
    (result,) = query["results"]
    assert query["ending"] == "complete"
    assert result["data"]["functions"]["totalCount"] > 0
    assert result["extensions"]["cost"]["requested"] > 0


@pytest.mark.parametrize("trial", ["wrongDocument", "syntaxError"])
def test_a_wrong_document_is_answered_by_an_error(trials: dict[str, Any], trial: str) -> None:
    outcome = trials[trial]
    assert (outcome["results"], outcome["ending"]) == ([], "error")
    assert outcome["problem"][0]["extensions"]["code"] == "INVALID_DOCUMENT"


def test_a_subscription_gives_every_event_in_order(trials: dict[str, Any]) -> None:
    positions = [result["data"]["events"]["position"] for result in trials["subscription"]["results"]]
    assert positions == list(range(1, 151))


def test_two_subscriptions_share_a_connection(trials: dict[str, Any]) -> None:
    assert trials["twoAtOnce"] == [[11, 12, 13, 14, 15], [21, 22, 23, 24, 25]]


def test_who_may_not_follow_the_log_is_told_so(trials: dict[str, Any]) -> None:
    (result,) = trials["forbidden"]["results"]
    assert result["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert trials["forbidden"]["ending"] == "complete"


def test_the_client_s_pings_are_answered(trials: dict[str, Any]) -> None:
    assert trials["keepAlive"] >= 3


def test_a_ping_is_answered_before_the_connection_is_acknowledged(trials: dict[str, Any]) -> None:
    assert trials["ping"]["heard"][0] == "pong"


@pytest.mark.parametrize(
    ("trial", "code"),
    [
        ("notJson", 4400),
        ("notObject", 4400),
        ("unknownType", 4400),
        ("beforeInit", 4401),
        ("initTimeout", 4408),
        ("existing", 4409),
        ("tooManyInits", 4429),
    ],
)
def test_misuse_closes_with_the_code_of_the_protocol(trials: dict[str, Any], trial: str, code: int) -> None:
    assert trials[trial]["code"] == code
    assert trials[trial]["reason"]


def test_a_token_that_is_nobodys_closes_as_forbidden(trials: dict[str, Any]) -> None:
    assert trials["unknownToken"]["problem"] == {"code": 4403, "reason": "Forbidden"}


def test_an_existing_subscriber_is_named(trials: dict[str, Any]) -> None:
    assert trials["existing"]["reason"] == "Subscriber for 1 already exists"


def test_an_id_may_be_used_again(trials: dict[str, Any]) -> None:
    assert trials["reused"] == ["connection_ack", "next", "complete", "next", "complete"]


def test_nothing_comes_after_the_client_has_completed(trials: dict[str, Any]) -> None:
    assert trials["completed"] == 0


def test_the_older_protocol_is_not_spoken(trials: dict[str, Any]) -> None:
    outcome = trials["oldProtocol"]
    assert outcome.get("code") == 4406 or "subprotocol" in outcome["error"].lower()
