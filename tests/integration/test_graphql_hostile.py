"""What is sent to hurt: each is refused in words, and whoever asks beside it is answered.

``python -m bench.hostile`` measures what each costs, and what whoever asks beside it notices of that.
"""

from __future__ import annotations

import concurrent.futures
import json
import socket
from typing import Any

import pytest

from bench.hostile.attacks import ATTACKS, GUESSES, WORDS, Attack, asking
from tests.support.serving import Client, Served
from tests.support.socketing import connected


def _codes(answer: dict[str, Any]) -> set[str]:
    for error in answer["errors"]:
        assert {"code", "messageZh", "advice", "adviceZh"} == set(error["extensions"])
    return {error["extensions"]["code"] for error in answer["errors"]}


def _sent(client: Client, attack: Attack) -> tuple[int, dict[str, Any], int]:
    """Send a request byte for byte; return the status, the answer and its length."""
    host, _, port = client.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as plain:
        plain.sendall(attack.request(client.token))
        with plain.makefile("rb") as reading:
            status = int(reading.readline().split()[1])
            fields = dict(iter(lambda: _field(reading.readline()), (b"", b"")))
            content = reading.read(int(fields[b"content-length"]))
    return status, json.loads(content), len(content)


def _field(line: bytes) -> tuple[bytes, bytes]:
    name, _, value = line.strip().partition(b":")
    return name.lower(), value


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_request_is_refused_in_words(demo: Served, name: str) -> None:
    attack = ATTACKS[name]
    status, answer, length = _sent(demo.viewer, attack)
    assert status in {200, 400, 401, 403, 404, 405, 413, 415, 431}
    assert _codes(answer) <= attack.codes
    assert not answer.get("data") or set(answer["data"].values()) == {None}
    assert length < 8_000, "what was sent is not sent back"
    assert demo.anybody.data("{ __typename }") == {"__typename": "Query"}


@pytest.mark.parametrize("name", [*WORDS, *GUESSES])
def test_a_hostile_document_is_refused_over_a_socket_too(demo: Served, name: str) -> None:
    document = (WORDS | GUESSES)[name]
    with connected(demo.viewer if document.known else demo.anybody) as socket:
        socket.subscribe(document.text, document.variables)
        message = socket.receive()
        told = {"errors": message["payload"]} if message["type"] == "error" else message["payload"]
        assert document.code in _codes(told)


def test_one_subscription_follows_one_thing(demo: Served) -> None:
    with connected(demo.administrator) as socket:
        socket.subscribe("subscription { events { position } " + "other: events { position } " * 5 + "}")
        message = socket.receive()
        assert _codes({"errors": message["payload"]}) == {"INVALID_DOCUMENT"}


def test_whoever_asks_beside_a_crowd_of_hostile_ones_is_answered(demo: Served) -> None:
    documents = [asking(document) for document in (WORDS | GUESSES).values()]
    with concurrent.futures.ThreadPoolExecutor(8) as crowd:
        hostile = [crowd.submit(_sent, demo.anybody, attack) for attack in documents]
        for _ in range(20):
            assert demo.viewer.data("{ functions(first: 1) { totalCount } }")["functions"]["totalCount"] > 0
        assert all(_codes(future.result()[1]) for future in hostile)
