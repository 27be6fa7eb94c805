"""A register whole, at a position: with the events after it, it is what a later one is."""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest

from graphql_api import snapshot as module
from tests.support.copying import snapshot
from tests.support.database import ask
from tests.support.processes import REPOSITORY
from tests.support.sending import establish, new_id, record, send
from tests.support.serving import Client, Served

_REGISTERS = ("organizations", "functions")


def _code(response: httpx2.Response) -> str:
    (error,) = response.json()["errors"]
    assert set(error["extensions"]) == {"code", "messageZh", "advice", "adviceZh"}
    return str(error["extensions"]["code"])


def test_a_snapshot_holds_the_register_and_says_its_position(demo: Served) -> None:
    chart = demo.anybody.data(
        "{ orgChart { position knownAt } organizations(first: 100) { totalCount nodes { id name kind"
        " history { name status code validFrom validTo recordedFrom } } } }"
    )
    response = demo.anybody.http.get("/snapshot?register=organizations")
    assert response.headers["content-type"] == "application/jsonl"
    assert response.headers["cache-control"] == "no-store"
    start = json.loads(response.text.splitlines()[0])
    assert start["position"] == chart["orgChart"]["position"]
    assert start["register"] == "organizations"
    _, found = snapshot(demo.anybody.http, "organizations")
    shown = chart["organizations"]["nodes"]
    assert len(found) >= len(shown) > 50
    for node in shown:
        told = [
            {
                name: period[name]
                for name in ("name", "status", "code", "validFrom", "validTo", "recordedFrom")
            }
            for period in found[node["id"]]["periods"]
        ]
        assert told == sorted(node["history"], key=lambda period: period["validFrom"])
        assert node["kind"] in {period["kind"] for period in found[node["id"]]["periods"]}


def test_entities_are_had_by_their_ids(demo: Served) -> None:
    _, everything = snapshot(demo.anybody.http, "functions")
    some = sorted(everything)[:3]
    _, found = snapshot(demo.anybody.http, "functions", ids=",".join([*some, new_id()]))
    assert found == {identity: everything[identity] for identity in some}


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 404, "NOT_FOUND"),
        ("register=people", 404, "NOT_FOUND"),
        ("register=organizations&ids=", 400, "INVALID_INPUT"),
        ("register=organizations&ids=x", 400, "INVALID_INPUT"),
        (f"register=organizations&ids={','.join([str(UUID(int=1))] * 101)}", 400, "INVALID_INPUT"),
    ],
)  # fmt: skip
def test_what_there_is_no_snapshot_of_is_refused(demo: Served, query: str, status: int, code: str) -> None:
    response = demo.anybody.http.get(f"/snapshot?{query}")
    assert (response.status_code, _code(response)) == (status, code)


def test_a_snapshot_stands_at_one_position_whatever_is_recorded_meanwhile(register: Served) -> None:
    writer = threading.Thread(target=_change, args=(register.administrator.token, register.url, 60))
    writer.start()
    try:
        _holds_together(register, writer)
    finally:
        writer.join()
    for name in _REGISTERS:
        assert snapshot(register.anybody.http, name)[0] == _head(register)


def _holds_together(register: Served, writer: threading.Thread) -> None:
    """Hold that in every snapshot there are as many organizations as the log says at its position."""
    while writer.is_alive():
        position, found = snapshot(register.anybody.http, "organizations")
        counted = ask(
            register.database_url,
            "SELECT count(*) FROM registry.event WHERE topic = 'organization.established'"  # noqa: S608 - a number of ours
            f" AND position <= {position}",
        )
        assert len(found) == counted


def _head(register: Served) -> int:
    position: int = register.anybody.data("{ orgChart { position } }")["orgChart"]["position"]
    return position


def _change(token: str | None, url: str, count: int) -> None:
    """Establish, rename, subordinate, correct, and give a function about."""
    client, draws = Client(url, token), random.Random(4)  # noqa: S311 - the same work every time
    try:
        top = establish(client, "某会", "ASSOCIATION")
        units = [establish(client, f"某部{number}", superior=top) for number in range(3)]
        function, days = new_id(), itertools.count(1)
        record(client, "defineFunction", function=function, name="某职能")
        record(client, "assignFunction", function=function, holder=units[0])
        for number in range(count):
            unit, day = draws.choice(units), str(date(2021, 1, 1) + timedelta(days=next(days)))
            match draws.randrange(4):
                case 0:
                    units.append(establish(client, f"新部{number}", superior=top))
                case 1:
                    send(
                        client, "renameOrganization", organization=unit, name=f"改名{number}", effectiveOn=day
                    )
                case 2:
                    led = {"hierarchy": "GUIDES", "superior": draws.choice(units)}
                    send(client, "openRelation", organization=unit, effectiveOn=day, **led)
                case _:
                    send(client, "transferFunction", function=function, target=unit, effectiveOn=day)
    finally:
        client.http.close()


@contextlib.contextmanager
def _copying(register: Served, name: str, file: Path) -> Iterator[subprocess.Popen[bytes]]:
    program = [sys.executable, "-m", "tests.support.copying", register.url]
    process = subprocess.Popen(
        [*program, str(register.administrator.token), name, file], cwd=REPOSITORY, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.kill()
        _, said = process.communicate()
        assert b"Error" not in said, said.decode()


@pytest.mark.parametrize("name", _REGISTERS)
def test_a_copy_whose_keeper_is_killed_again_and_again_is_a_fresh_snapshot(
    register: Served, tmp_path: Path, name: str
) -> None:
    file, draws = tmp_path / "copy.json", random.Random(7)  # noqa: S311 - the same moments every time
    writer = threading.Thread(target=_change, args=(register.administrator.token, register.url, 80))
    writer.start()
    kills = 0
    while writer.is_alive() or kills < 4:
        with _copying(register, name, file) as process:
            time.sleep(0.5 + draws.random() * 1.5)
            process.send_signal(signal.SIGKILL)
            assert process.wait(10) == -signal.SIGKILL
        kills += 1
    writer.join()
    position, fresh = snapshot(register.anybody.http, name)
    with _copying(register, name, file):
        deadline = time.monotonic() + 30
        while not file.exists() or json.loads(file.read_text(encoding="utf-8"))["position"] < position:
            assert time.monotonic() < deadline, "the copy does not catch up"
            time.sleep(0.1)
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert kept["position"] == position
    assert kept["entities"] == fresh


def test_a_snapshot_that_was_cut_off_is_known_by_its_end(
    demo: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PIECE_BYTES", 500)
    host, _, port = demo.url.removeprefix("http://").partition(":")
    with socket.socket() as plain:
        plain.connect((host, int(port)))
        plain.sendall(f"GET /snapshot?register=organizations HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        begun = b""
        while b"entities" not in begun and b'"register":"organizations"' not in begun:
            begun += plain.recv(300)
    assert b'"register":"organizations"' in begun
    assert b'"entities"' not in begun
    # Though the reader has gone in the middle, its turn is over: there are fewer turns than readers here.
    for _ in range(5):
        assert snapshot(demo.anybody.http, "organizations")[1]
