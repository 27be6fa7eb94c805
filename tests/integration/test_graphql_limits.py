"""What one caller may take up: in a minute, in streams, in sockets; and who does not read is hung up on."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from graphql_api import wire
from registry.store.postgres import EmbeddedPostgres
from tests.support.database import ask
from tests.support.serving import Client, Served, served_copy
from tests.support.socketing import Socket, connected, opened

_EVENTS = "subscription ($after: Position! = 0) { events(after: $after) { position data } }"


@pytest.fixture(scope="module")
def frugal(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server that allows little."""
    with served_copy(
        postgres,
        demo_template,
        cost_per_request=2_500,
        document_tokens=60,
        document_depth=4,
        document_aliases=2,
        document_directives=1,
        streams_per_caller=3,
        operations_per_socket=2,
        sockets_per_address=4,
        slow_reader_seconds=1.0,
    ) as server:
        yield server


@pytest.fixture
def poor(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server where little can be asked in a minute."""
    with served_copy(postgres, demo_template, cost_per_minute=3_000) as server:
        yield server


def _code(answer: dict[str, Any]) -> str:
    (error,) = answer["errors"]
    return str(error["extensions"]["code"])


def test_an_answer_says_what_it_cost_and_what_is_left(demo: Served) -> None:
    cost = demo.viewer.ask("{ functions(first: 7) { nodes { id name } } }")["extensions"]["cost"]
    assert cost["requested"] == 1 + 7 * 2
    assert cost["limit"] == 100_000
    assert cost["perMinute"] == 1_000_000_000
    told = demo.viewer.post("{ functions(first: 7) { nodes { id name } } }").headers["ratelimit"]
    found = re.fullmatch(r'"minute";r=(\d+);t=60', told)
    assert found is not None
    assert int(found[1]) <= cost["perMinute"] - cost["requested"]
    deeper = demo.viewer.ask("{ functions(first: 7) { nodes { id holdings { holder { name } } } } }")
    assert deeper["extensions"]["cost"]["requested"] > 10 * 7 * 2


def test_a_caller_who_has_spent_all_waits_and_others_do_not(poor: Served) -> None:
    spending = "{ functions(first: 100) { nodes { id name } } }"
    last = poor.viewer.post(spending)
    for _ in range(20):
        if last.status_code != 200:
            break
        last = poor.viewer.post(spending)
    assert last.status_code == 429
    assert _code(last.json()) == "BUDGET_SPENT"
    assert 1 <= int(last.headers["retry-after"]) <= 60
    assert last.headers["content-type"].startswith("application/graphql-response+json")
    assert "data" in poor.administrator.ask("{ functions(first: 1) { totalCount } }")
    with connected(poor.viewer) as following:
        following.subscribe("{ functions(first: 1) { totalCount } }")
        message = following.receive()
        assert message["type"] == "error"
        assert message["payload"][0]["extensions"]["code"] == "BUDGET_SPENT"


def test_a_subscription_is_slowed_down_and_not_ended(poor: Served) -> None:
    with connected(poor.administrator) as following:
        following.subscribe("subscription { events { position } }")
        # The third page takes what was left; it is told when a little has come back.
        positions = [data["events"]["position"] for data in following.take(250)]
        assert positions == list(range(1, 251))
        assert _until_silent(following, 2) <= 100
        following.send({"type": "ping"})
        assert following.receive()["type"] == "pong"


def _until_silent(following: Socket, seconds: float) -> int:
    """Return how many messages come until none comes for a while."""
    for received in itertools.count():
        try:
            following.receive(seconds)
        except TimeoutError:
            return received
    raise AssertionError


def test_a_stream_that_its_reader_has_left_is_counted_no_more(frugal: Served) -> None:
    body = json.dumps({"query": _EVENTS, "variables": {"after": 2**40}}).encode()
    given = {"accept": "text/event-stream", "content-type": "application/json"}
    for address, content in (("/graphql", body), (f"/events?after={2**40}", None)):
        method = "GET" if content is None else "POST"
        for _ in range(6):
            http = frugal.administrator.http
            with http.stream(method, address, headers=given, content=content) as response:
                assert response.status_code == 200
                assert next(response.iter_bytes()) == b":\n\n"
            _until_free(frugal)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("{ orgChart { nodes { depth parentId childCount organization { id name kind } } } }", "values"),
        ("{ " + "functions(first: 1) { totalCount } " * 12 + "}", None),
        ("{ functions(first: 1) { nodes { holdings { holder { functions { id } } } } } }", "levels"),
        ("{ functions(first: 1) { nodes { a: id b: id c: id } } }", "aliases"),
        ("{ __typename @skip(if: false) @include(if: true) }", "directives"),
    ],
)
def test_the_limits_are_those_of_the_settings(frugal: Served, document: str, told: str | None) -> None:
    (error,) = frugal.administrator.ask(document)["errors"]
    assert error["extensions"]["code"] == ("INVALID_DOCUMENT" if told is None else "TOO_COMPLEX")
    assert (told or "token") in error["message"]


def test_over_one_socket_only_so_many_operations_are_followed(frugal: Served) -> None:
    with connected(frugal.administrator) as following:
        for _ in range(2):
            following.subscribe(_EVENTS, {"after": 2**40})
        third = following.subscribe(_EVENTS, {"after": 2**40})
        message = following.receive()
        assert (message["type"], message["id"]) == ("error", third)
        assert message["payload"][0]["extensions"]["code"] == "TOO_MANY_STREAMS"
        following.send({"id": "operation 0", "type": "complete"})
        following.subscribe("{ __typename }")
        assert following.take(1) == [{"__typename": "Query"}]


def test_one_caller_follows_only_so_many_streams_whatever_carries_them(frugal: Served) -> None:
    headers = {"accept": "text/event-stream"}
    body = {"query": _EVENTS, "variables": {"after": 2**40}}
    http = frugal.administrator.http
    with connected(frugal.administrator) as first, connected(frugal.administrator) as second:
        for following in (first, first, second):
            following.subscribe(_EVENTS, {"after": 2**40})
        for following in (first, second):
            # What was sent before is counted when this is answered.
            following.send({"type": "ping"})
            assert following.receive()["type"] == "pong"
        refused = http.post("/graphql", json=body, headers=headers)
        assert (refused.status_code, _code(refused.json())) == (429, "TOO_MANY_STREAMS")
        second.subscribe(_EVENTS, {"after": 2**40})
        assert second.receive()["payload"][0]["extensions"]["code"] == "TOO_MANY_STREAMS"
    _until_free(frugal)


def _until_free(frugal: Served) -> None:
    """Wait until what was followed is followed no more, and see that it is so."""
    deadline = time.monotonic() + 10
    while True:
        with connected(frugal.administrator) as following:
            following.subscribe("{ __typename }")
            if following.receive()["type"] == "next":
                return
        assert time.monotonic() < deadline, "a stream that has ended is still counted"
        time.sleep(0.1)


def test_one_address_opens_only_so_many_sockets(frugal: Served) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(opened(frugal.anybody))
        with pytest.raises(InvalidStatus), opened(frugal.anybody):
            pass
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(InvalidStatus), opened(frugal.anybody):
            return
        time.sleep(0.1)
    pytest.fail("a socket that was closed is still counted")


_MANY = """
    INSERT INTO registry.event (position, stream_id, version, topic, effective_on, recorded_at, actor,
    command_id, leaf_hash, body) SELECT h.position + n, gen_random_uuid(), 1, 'organization.suspended',
    '2020-01-01', h.recorded_at, 'tester', gen_random_uuid(), sha256(''),
    convert_to(json_build_object('reason', repeat('长', 1000))::text, 'UTF8') FROM registry.head AS h
    CROSS JOIN generate_series(1, 12000) AS n
    """


@pytest.fixture
def impatient(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server with 36 MB of events, that waits a second for whoever does not read."""
    with served_copy(postgres, demo_template, slow_reader_seconds=1.0) as server:
        ask(server.database_url, _MANY)
        yield server


def test_who_does_not_read_from_a_socket_is_hung_up_on_with_a_code(
    impatient: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The code is still on its way when this begins to read, however late that is on a busy machine.
    monkeypatch.setattr(wire, "UNREAD_SECONDS", 600.0)
    received, code = 0, None
    for seconds in (4, 12, 36):
        # A busy machine takes longer to fill what lies between: then everything comes, and nobody hangs up.
        with connected(impatient.administrator, receive_buffer=4096) as following:
            following.subscribe(_EVENTS)
            time.sleep(seconds)
            received = _received_until_closed(following)
            code = following.connection.close_code
        if code is not None:
            break
    assert code == 1013
    assert 0 < received < 10_000, "what was not read was kept for whoever did not read it"
    with connected(impatient.administrator) as following:
        following.subscribe(_EVENTS, {"after": 4_000})
        assert len(following.take(100)) == 100


def _received_until_closed(following: Socket) -> int:
    """Return how many results come until the connection is closed, or there are no more."""
    # By a window of 4 kB the rest would come for minutes, each part of it in time.
    following.connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**22)
    for received in itertools.count():
        try:
            if following.receive()["type"] != "next":
                return received
        except (ConnectionClosed, TimeoutError):
            return received
    raise AssertionError


def test_who_does_not_read_events_from_a_server_is_hung_up_on(impatient: Served) -> None:
    received = _read_late(impatient.administrator, 4.0)
    assert 0 < received < 10_000 * 3_000, "what was not read was kept for whoever did not read it"
    following = impatient.administrator.ask("{ auditLog(first: 1) { totalCount } }")
    assert "data" in following


def test_who_does_not_read_one_stream_of_many_operations_is_hung_up_on(impatient: Served) -> None:
    clerk, name = impatient.administrator, "x-graphql-event-stream-token"
    host, _, port = clerk.url.removeprefix("http://").partition(":")
    token = clerk.http.put("/graphql").text
    head = f"GET /graphql HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n{name}: {token}\r\n"
    with socket.socket() as plain:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.connect((host, int(port)))
        plain.sendall(f"{head}Authorization: Bearer {clerk.token}\r\n\r\n".encode())
        for each in ("one", "two"):
            body = {"query": _EVENTS, "extensions": {"operationId": each}}
            assert clerk.http.post("/graphql", json=body, headers={name: token}).status_code == 202
        # The token is nobody's once the stream was given up, with what was under way on it.
        deadline = time.monotonic() + 60
        while clerk.http.delete("/graphql?operationId=none", headers={name: token}).status_code != 404:
            assert time.monotonic() < deadline, "whoever does not read is waited for without end"
            time.sleep(0.1)


def _read_late(client: Client, seconds: float) -> int:
    """Ask for all events, read nothing for a while, and return how many bytes came until the end."""
    host, _, port = client.url.removeprefix("http://").partition(":")
    body = json.dumps({"query": _EVENTS}).encode()
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n"
        f"Content-Type: application/json\r\n"
        f"Authorization: Bearer {client.token}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    with socket.socket() as plain:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.settimeout(20)
        plain.connect((host, int(port)))
        plain.sendall(head + body)
        time.sleep(seconds)
        received = 0
        while piece := plain.recv(65_536):
            received += len(piece)
    return received
