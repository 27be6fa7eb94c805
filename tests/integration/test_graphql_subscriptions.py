"""Events over a WebSocket: from any position, in order, without a gap, and only for who may see them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from functools import partial
from typing import Any

import asyncpg
import pytest
from structlog.testing import capture_logs
from websockets.exceptions import ConnectionClosed, InvalidStatus

from graphql_api import keys
from graphql_api.body import BODY_BYTES
from graphql_api.planner.log import PAGE, plan_events
from graphql_api.types import subscription
from registry.store.feed import Feed
from tests.support.sending import establish, new_id
from tests.support.serving import Served
from tests.support.socketing import PATIENCE_SECONDS, Socket, connected, opened

_EVENTS = (
    "subscription ($after: Position! = 0, $filter: AuditFilter)"
    " { events(after: $after, filter: $filter) { position topic stream instrument { title } } }"
)
_LOG = (
    "query ($filter: AuditFilter) { auditLog(first: 100, orderBy: OLDEST, filter: $filter)"
    " { nodes { position topic stream instrument { title } } totalCount } }"
)


def _positions(socket: Socket, count: int) -> list[int]:
    return [data["events"]["position"] for data in socket.take(count)]


def _head(served: Served) -> int:
    position: int = served.anybody.data("{ orgChart { position } }")["orgChart"]["position"]
    return position


@pytest.fixture
def rarely_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server look by itself after a test has lost its patience: what comes, comes by being told."""
    monkeypatch.setattr("graphql_api.app.Feed", partial(Feed, poll_seconds=3 * PATIENCE_SECONDS))


@pytest.mark.usefixtures("rarely_looking")
def test_what_was_recorded_comes_first_and_then_what_is(register: Served) -> None:
    head = _head(register)
    assert head > 2 * PAGE
    with connected(register.administrator) as socket:
        socket.subscribe(_EVENTS)
        assert _positions(socket, head) == list(range(1, head + 1))
        unit = establish(register.administrator, "某学会", "SOCIETY")
        (data,) = socket.take(1)
    event = {"position": head + 1, "topic": "organization.established", "stream": unit, "instrument": None}
    assert data["events"] == event


def test_who_comes_back_with_the_last_position_misses_nothing(register: Served) -> None:
    seen: list[int] = []
    for visit in range(4):
        with connected(register.administrator) as socket:
            socket.subscribe(_EVENTS, {"after": seen[-1] if seen else 0})
            seen.extend(_positions(socket, 37))
        establish(register.administrator, f"学会{visit}", "SOCIETY")
    head = _head(register)
    with connected(register.administrator) as socket:
        socket.subscribe(_EVENTS, {"after": seen[-1]})
        seen.extend(_positions(socket, head - seen[-1]))
    assert seen == list(range(1, head + 1))


@pytest.mark.parametrize(
    "condition",
    [
        {"topics": ["organization.renamed", "function.transferred"]},
        {
            "effectiveFrom": "2018-06-01",
            "effectiveTo": "2018-06-30",
            "topics": ["organization.relation_opened"],
        },
        {"actor": "demo:loader", "topics": ["reorganization.adopted"]},
    ],
)
def test_a_filter_means_the_same_as_in_the_log(demo: Served, condition: dict[str, object]) -> None:
    expected = demo.administrator.data(_LOG, filter=condition)["auditLog"]["nodes"]
    assert 0 < len(expected) < 100
    with connected(demo.administrator) as socket:
        socket.subscribe(_EVENTS, {"filter": condition})
        assert [data["events"] for data in socket.take(len(expected))] == expected


def test_all_that_a_reform_caused_can_be_followed(demo: Served) -> None:
    (reform, *_) = demo.viewer.data("{ reorganizations(first: 1) { nodes { id } } }")["reorganizations"][
        "nodes"
    ]
    expected = demo.administrator.data(_LOG, filter={"reorganization": reform["id"]})["auditLog"]["nodes"]
    with connected(demo.administrator) as socket:
        socket.subscribe(_EVENTS, {"filter": {"reorganization": reform["id"]}})
        assert [data["events"] for data in socket.take(len(expected))] == expected


def test_an_event_can_be_asked_for_under_other_names_and_in_fragments(demo: Served) -> None:
    query = (
        "subscription { told: events { p: position ...Rest } }"
        " fragment Rest on AuditEvent { __typename data recordedAt @skip(if: true) }"
    )
    with connected(demo.administrator) as socket:
        socket.subscribe(query)
        (data,) = socket.take(1)
    assert list(data["told"]) == ["p", "__typename", "data"]
    assert (data["told"]["p"], data["told"]["__typename"]) == (1, "AuditEvent")


def _error(socket: Socket) -> Any:  # noqa: ANN401 - an error as JSON
    message = socket.receive()
    errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
    (error,) = errors
    assert set(error["extensions"]) == {"code", "messageZh", "advice", "adviceZh"}
    return error


@pytest.mark.parametrize("who", ["anybody", "viewer"])
def test_who_may_not_read_the_log_may_not_follow_it(demo: Served, who: str) -> None:
    with connected(getattr(demo, who)) as socket:
        socket.subscribe(_EVENTS)
        assert _error(socket)["extensions"]["code"] == "FORBIDDEN"
        assert socket.receive()["type"] == "complete"


def test_a_token_that_is_nobodys_is_turned_away(demo: Served) -> None:
    with opened(demo.anybody) as connection:
        connection.send(
            json.dumps({"type": "connection_init", "payload": {"Authorization": "Bearer kexie_no"}})
        )
        assert _closed(connection) == 4403


def test_a_revoked_token_ends_what_it_began(register: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "REMEMBERED_SECONDS", 0.0)
    with connected(register.administrator) as socket:
        socket.subscribe(_EVENTS, {"after": _head(register)})
        establish(register.administrator, "某学会", "SOCIETY")
        socket.take(1)
        asyncio.run(
            _execute(register.database_url, "UPDATE registry.api_key SET revoked_at = clock_timestamp()")
        )
        assert _error(socket)["extensions"]["code"] == "FORBIDDEN"


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"after": -1}, "INVALID_INPUT"),
        ({"after": 2**63}, "INVALID_INPUT"),
        ({"after": "x"}, "INVALID_INPUT"),
        ({"filter": {"entity": "x"}}, "INVALID_INPUT"),
        ({"filter": {"nothing": 1}}, "INVALID_DOCUMENT"),
    ],
)
def test_a_wrong_subscription_is_refused_in_words(
    demo: Served, variables: dict[str, object], code: str
) -> None:
    with connected(demo.administrator) as socket:
        socket.subscribe(_EVENTS, variables)
        assert _error(socket)["extensions"]["code"] == code


@pytest.mark.parametrize(
    "query",
    ["{", "subscription { nothing }", "subscription A { events { position } } query B { __typename }"],
)
def test_a_wrong_document_is_refused_in_words(demo: Served, query: str) -> None:
    with connected(demo.administrator) as socket:
        socket.subscribe(query)
        assert _error(socket)["extensions"]["code"] == "INVALID_DOCUMENT"


def test_queries_and_commands_go_over_the_socket_too(register: Served) -> None:
    command = {
        "commandId": new_id(),
        "organization": new_id(),
        "name": "某学会",
        "kind": "SOCIETY",
        "effectiveOn": "2020-01-01",
    }
    with connected(register.administrator) as socket:
        socket.subscribe("{ functions(first: 1) { totalCount } }")
        assert socket.take(1)[0]["functions"]["totalCount"] > 0
        assert socket.receive()["type"] == "complete"
        socket.subscribe(
            "mutation ($input: EstablishOrganizationInput!) { establishOrganization(input: $input)"
            " { ... on OrganizationRecorded { organization { name } } } }",
            {"input": command},
        )
        assert socket.take(1)[0]["establishOrganization"]["organization"] == {"name": "某学会"}


def test_a_fault_inside_is_masked_here_too(register: Served) -> None:
    asyncio.run(_execute(register.database_url, "DROP TABLE projection_1.function CASCADE"))
    with connected(register.administrator) as socket, capture_logs() as logs:
        socket.subscribe("{ functions(first: 1) { totalCount } }")
        error = _error(socket)
    assert error["extensions"]["code"] == "INTERNAL"
    (line,) = [line for line in logs if line["event"] == "internal error"]
    assert line["error_id"] in error["message"]


@pytest.mark.parametrize(
    "message",
    [
        "[]",
        "5",
        "{",
        '{"type": "nothing"}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": [], "payload": {"query": "{ __typename }"}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 5}}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "complete", "id": {}}',
    ],
)
def test_what_is_no_message_closes_the_connection(demo: Served, message: str) -> None:
    with connected(demo.anybody) as socket:
        socket.connection.send(message)
        assert _closed(socket.connection) == 4400


def test_a_message_too_long_closes_the_connection(demo: Served) -> None:
    with connected(demo.anybody) as socket:
        socket.subscribe("{ __typename }" + " " * BODY_BYTES)
        assert _closed(socket.connection) == 1009


def test_nothing_is_answered_before_the_connection_is_acknowledged(demo: Served) -> None:
    with opened(demo.anybody) as connection:
        connection.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}))
        assert _closed(connection) == 4401


def test_a_page_from_elsewhere_may_not_connect(demo: Served) -> None:
    with pytest.raises(InvalidStatus), opened(demo.anybody, origin="https://elsewhere.example"):
        pass
    with opened(demo.anybody, origin=demo.url):
        pass


def test_a_subscriber_who_does_not_read_is_not_read_for(
    register: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    plan = plan_events

    def counting(info: Any, after: int, *rest: Any) -> Any:  # noqa: ANN401 - handed on as they are
        asked.append(after)
        return plan(info, after, *rest)

    monkeypatch.setattr(subscription, "plan_events", counting)
    head, many = _head(register), 8_000
    asyncio.run(_execute(register.database_url, _MANY.format(many=many)))
    with connected(register.administrator, receive_buffer=4096) as socket:
        socket.subscribe(
            "subscription ($after: Position!) { events(after: $after) { position data } }", {"after": head}
        )
        first = _settled(asked)
        assert first < head + many / 2, "it was read although nobody took it"
        assert _positions(socket, 1_000) == list(range(head + 1, head + 1_001))
        assert _settled(asked) > first


_MANY = """
        INSERT INTO registry.event (position, stream_id, version, topic, effective_on, recorded_at, actor,
        command_id, leaf_hash, body) SELECT h.position + n, gen_random_uuid(), 1, 'organization.suspended',
        '2020-01-01', h.recorded_at, 'tester', gen_random_uuid(), sha256(''),
        convert_to(json_build_object('reason', repeat('长', 1000))::text, 'UTF8') FROM registry.head AS h
        CROSS JOIN generate_series(1, {many}) AS n
        """


def _settled(asked: list[int]) -> int:
    """Return how far the log was read when reading has stood still for a while."""
    last = -1
    while not asked or asked[-1] != last:
        last = asked[-1] if asked else -1
        time.sleep(0.5)
    return last


def _closed(connection: Any) -> int:  # noqa: ANN401 - a connection of either kind
    for _ in range(3):
        with contextlib.suppress(ConnectionClosed):
            connection.recv(timeout=5)
    code: int = connection.close_code
    return code


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
