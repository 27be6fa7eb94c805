"""Connections that send without end, too slowly, or do not read: each ends, and none fills the memory."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import threading
from collections.abc import Iterator

import pytest
from graphql import get_introspection_query

from graphql_api import body, wire
from tests.support.serving import Served

_POST = b"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
_PATIENCE_SECONDS = 30
_PIECES = 50


@contextlib.contextmanager
def _plain(server: Served, receive_buffer: int | None = None) -> Iterator[socket.socket]:
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.socket() as plain:
        if receive_buffer is not None:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        plain.settimeout(20)
        plain.connect((host, int(port)))
        yield plain


def _refusal(plain: socket.socket) -> tuple[int, str]:
    """Return status and code of an answer after which the server hangs up."""
    received = b""
    while piece := plain.recv(65_536):
        received += piece
    head, _, content = received.partition(b"\r\n\r\n")
    (error,) = json.loads(content)["errors"]
    assert set(error["extensions"]) == {"code", "messageZh", "advice", "adviceZh"}
    return int(head.split()[1]), error["extensions"]["code"]


def test_what_is_no_request_is_refused_in_words(demo: Served) -> None:
    with _plain(demo) as plain:
        plain.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert _refusal(plain) == (400, "INVALID_REQUEST")


def test_headers_without_end_are_not_gathered(demo: Served) -> None:
    with _plain(demo) as plain:
        plain.sendall(_POST + b"x-much: ")
        for _ in range(_PIECES):
            plain.sendall(b"x" * 20_000)
            # What comes at once with the beginning is not counted: that much is in memory already.
            if select.select([plain], [], [], 0.2)[0]:
                break
        assert _refusal(plain) == (431, "HEADERS_TOO_LONG")


def test_headers_that_do_not_arrive_are_not_waited_for(demo: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "SENDING_SECONDS", 0.3)
    with _plain(demo) as plain:
        plain.sendall(_POST)
        assert _refusal(plain) == (408, "TOO_SLOW")
    with _plain(demo) as silent:
        assert silent.recv(10) == b""


def test_a_connection_is_not_kept_by_blanks(demo: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "SENDING_SECONDS", 0.3)
    with _plain(demo) as plain:
        plain.sendall(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
        assert b"alive" in plain.recv(65_536)
        plain.sendall(b"\r\n")
        assert plain.recv(10) == b""


def test_a_body_that_does_not_arrive_is_not_waited_for(demo: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "BODY_SECONDS", 0.3)
    with _plain(demo) as plain:
        plain.sendall(_POST + b'content-length: 100\r\n\r\n{"query": ')
        assert _refusal(plain) == (408, "TOO_SLOW")


def test_only_so_many_requests_wait_on_one_connection(demo: Served) -> None:
    with _plain(demo) as plain:
        plain.sendall(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n" * 3_000)
        received = 0
        with contextlib.suppress(ConnectionError):
            while piece := plain.recv(65_536):
                received += piece.count(b"HTTP/1.1 200")
        assert received < 50


def test_an_answer_that_nobody_reads_is_given_up(demo: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    given_up, looked = threading.Event(), wire.HttpProtocol._still_unread  # noqa: SLF001 - to see that it acts

    def look(connection: wire.HttpProtocol) -> None:
        looked(connection)
        if connection.transport.is_closing():
            given_up.set()

    monkeypatch.setattr(wire, "UNREAD_SECONDS", 0.3)
    monkeypatch.setattr(wire.HttpProtocol, "_still_unread", look)
    asked = json.dumps({"query": get_introspection_query()}).encode()
    request = _POST + b"content-length: %d\r\n\r\n" % len(asked) + asked
    with _plain(demo, receive_buffer=4_096) as plain:
        # A megabyte each: more than lies between.
        plain.sendall(request * 12)
        assert given_up.wait(_PATIENCE_SECONDS), "the answer is kept for whoever does not read it"
    assert demo.anybody.data("{ __typename }") == {"__typename": "Query"}


def _frame(opcode: int, content: bytes, *, last: bool = True) -> bytes:
    """Return a frame as a client sends it, masked by zeros."""
    return bytes([opcode | (0x80 if last else 0), 0x80 | len(content), 0, 0, 0, 0]) + content


@contextlib.contextmanager
def _socket(server: Served, receive_buffer: int | None = None) -> Iterator[socket.socket]:
    """Open a WebSocket whose frames are written by hand, and read by nobody."""
    upgrade = (
        b"GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
        b"sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        b"sec-websocket-protocol: graphql-transport-ws\r\n\r\n"
    )
    with _plain(server, receive_buffer) as plain:
        plain.sendall(upgrade)
        received = b""
        while not received.endswith(b"\r\n\r\n"):
            received += plain.recv(1)
        assert received.startswith(b"HTTP/1.1 101")
        yield plain


def test_pings_are_not_answered_into_a_buffer_that_nobody_empties(demo: Served) -> None:
    flood = _frame(0x9, b"x" * 125) * 800_000
    with _socket(demo, receive_buffer=4_096) as plain:
        plain.settimeout(2.0)
        with pytest.raises(TimeoutError):
            # What the kernel keeps on both ways is a tenth of that.
            plain.sendall(flood)
    assert demo.anybody.data("{ __typename }") == {"__typename": "Query"}


def test_a_message_of_endlessly_many_empty_frames_is_refused(demo: Served) -> None:
    with _socket(demo) as plain:
        with contextlib.suppress(ConnectionError):
            plain.sendall(_frame(0x1, b"", last=False) + _frame(0x0, b"", last=False) * 10_000)
        received = plain.recv(200)
        assert received[0] == 0x88, "a frame that closes the connection"
        assert int.from_bytes(received[2:4], "big") == 1009
