"""Reading what one has written: a question waits for a position, and not for ever."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator

import pytest

from registry.store.postgres import EmbeddedPostgres
from tests.support.database import clone, drop
from tests.support.provider import free_port
from tests.support.sending import establish, new_id, record
from tests.support.serving import Client, Served, served
from tests.support.socketing import connected
from tests.support.witnessing import settings_of

_CHART = {"query": "{ orgChart { position } }"}


@pytest.fixture
def hasty(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server that waits a second and a half for a position."""
    name = asyncio.run(clone(postgres, demo_template))
    with served(postgres.url(name), settings_of(position_seconds=1.5, port=free_port())) as server:
        yield server
    asyncio.run(drop(postgres, name))


def test_what_a_command_returned_is_seen_by_the_next_question(register: Served) -> None:
    for number in range(5):
        unit = new_id()
        given = {"organization": unit, "name": f"学会{number}", "kind": "SOCIETY"}
        written = record(register.administrator, "establishOrganization", **given)
        headers = {"kexie-min-position": str(written["position"])}
        question = {"query": f'{{ organization(id: "{unit}") {{ name }} orgChart {{ position }} }}'}
        answer = register.anybody.http.post("/graphql", json=question, headers=headers).json()["data"]
        assert answer["organization"] == {"name": f"学会{number}"}
        assert answer["orgChart"]["position"] >= written["position"]


def test_a_question_waits_for_a_position_that_is_still_to_come(register: Served) -> None:
    head = register.anybody.data("{ orgChart { position } }")["orgChart"]["position"]
    writer = threading.Timer(1.0, establish, (register.administrator, "某学会", "SOCIETY"))
    reader = Client(register.url)
    writer.start()
    try:
        headers = {"kexie-min-position": str(head + 1)}
        answer = reader.http.post("/graphql", json=_CHART, headers=headers).json()
    finally:
        writer.join()
        reader.http.close()
    assert answer["data"]["orgChart"]["position"] == head + 1


def test_it_does_not_wait_for_ever(hasty: Served) -> None:
    started = time.monotonic()
    response = hasty.anybody.http.post("/graphql", json=_CHART, headers={"kexie-min-position": str(2**62)})
    assert time.monotonic() - started >= 1.5
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (503, "POSITION_NOT_REACHED")
    assert response.headers["retry-after"] == "1"
    assert str(2**62) in error["message"]


def test_the_extensions_of_a_question_say_the_same(register: Served) -> None:
    written = establish(register.administrator, "另一学会", "SOCIETY")
    position = register.anybody.data("{ orgChart { position } }")["orgChart"]["position"]
    assert written
    for given in (position, str(position), 0, None):
        asked = {**_CHART, "extensions": {"minPosition": given}}
        answer = register.anybody.http.post("/graphql", json=asked).json()
        assert answer["data"]["orgChart"]["position"] >= position
    parameters = {**_CHART, "extensions": json.dumps({"minPosition": position})}
    answer = register.anybody.http.get("/graphql", params=parameters).json()
    assert answer["data"]["orgChart"]["position"] >= position


def test_by_extensions_it_does_not_wait_for_ever_either(hasty: Served) -> None:
    extensions = {"minPosition": 2**62}
    response = hasty.anybody.http.post("/graphql", json={**_CHART, "extensions": extensions})
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (503, "POSITION_NOT_REACHED")
    # A header that is met does not excuse it.
    asked = {**_CHART, "extensions": extensions}
    headers = {"kexie-min-position": "1"}
    assert hasty.anybody.http.post("/graphql", json=asked, headers=headers).status_code == 503
    with connected(hasty.anybody) as socket:
        payload = {**_CHART, "extensions": extensions}
        socket.send({"id": "late", "type": "subscribe", "payload": payload})
        message = socket.receive()
        assert (message["id"], message["type"]) == ("late", "error")
        assert message["payload"][0]["extensions"]["code"] == "POSITION_NOT_REACHED"
        # The id is free again, and the connection as good as before.
        socket.send(
            {"id": "late", "type": "subscribe", "payload": {**_CHART, "extensions": {"minPosition": 1}}}
        )
        assert socket.take(1)[0]["orgChart"]["position"] > 1


@pytest.mark.parametrize("given", [-1, 1.5, True, "x", "", [], {}, 10**20])
def test_what_is_no_position_in_extensions_is_refused(demo: Served, given: object) -> None:
    asked = {**_CHART, "extensions": {"minPosition": given}}
    response = demo.anybody.http.post("/graphql", json=asked)
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (400, "INVALID_INPUT")


@pytest.mark.parametrize("given", ["-1", "x", "", "1.5", "9" * 20, "٣"])
def test_what_is_no_position_is_refused(demo: Served, given: str) -> None:
    headers = {b"kexie-min-position": given.encode()}
    response = demo.anybody.http.post("/graphql", json=_CHART, headers=headers)
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (400, "INVALID_INPUT")
