"""The master key is rotated by a process of its own while a server runs, which goes on with the new one."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.store.master import MasterKeyError, add_master, make_master, masters_in
from registry.store.master_file import FileMaster
from registry.store.postgres import EmbeddedPostgres
from tests.support.database import ask, clone, drop
from tests.support.processes import REPOSITORY
from tests.support.sending import new_id, record
from tests.support.serving import Client, Served, served
from tests.support.witnessing import settings_of

_PROGRAM = "from graphql_api.cli import main; main()"
_DATA = "query ($id: ID!) { auditLog(first: 9, filter: { entity: $id }) { nodes { topic data } } }"


@pytest.fixture
def place(postgres: EmbeddedPostgres, database_template: str) -> Iterator[str]:
    """Give the address of a database whose secrets no master key has wrapped yet."""
    name = asyncio.run(clone(postgres, database_template))
    yield postgres.url(name)
    asyncio.run(drop(postgres, name))


def _kexie(*words: str, url: str, file: Path) -> str:
    environment = {**os.environ, "KEXIE_MASTER_KEY_FILE": str(file)}
    del environment["KEXIE_MASTER_KEY"]
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *words, "--database-url", url],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout.decode()


def _masters(url: str) -> set[str]:
    found = ask(
        url,
        "SELECT array_agg(DISTINCT k.master) FROM"
        " (SELECT master FROM registry.person_key UNION SELECT master FROM registry.secret) AS k"
        " WHERE k.master IS NOT NULL",
    )
    assert isinstance(found, list)
    return set(found)


def _told(client: Client, person: str) -> list[str]:
    nodes = client.data(_DATA, id=person)["auditLog"]["nodes"]
    return [node["data"]["personal"]["name"] for node in nodes]


def _registered(server: Served, name: str) -> str:
    person = new_id()
    record(server.administrator, "registerPerson", person=person, name=name)
    return person


def test_a_running_server_goes_on_with_the_new_key(place: str, tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    make_master(file)
    settings = settings_of(master_key=None, master_key_file=file, statement_seconds=2)
    with served(place, settings) as server:
        before = _registered(server, "轮换之前")
        (old,) = _masters(place)
        assert "restart" not in _kexie("keys", "rotate", url=place, file=file)
        (new,) = _masters(place)
        assert new != old
        # Read with a key that was wrapped anew, written with one that is made now.
        assert _told(server.administrator, before) == ["轮换之前"]
        after = _registered(server, "轮换之后")
        record(server.administrator, "renamePerson", person=before, name="改名", effectiveOn="2021-01-01")
        assert _masters(place) == {new}, "what is wrapped after the rotation is wrapped by the new key"
        assert "in use (当前主密钥): " + new in _kexie("keys", "status", url=place, file=file)
        # The earlier key is taken out of the file: nothing needs it any more.
        file.write_text(file.read_text(encoding="ascii").splitlines()[0] + "\n", encoding="ascii")
        assert _told(server.administrator, after) == ["轮换之后"]
        assert _told(server.administrator, before) == ["改名", "轮换之前"]
        last = _registered(server, "最后")
        # A process that starts now knows the new key alone; that it gave out a copy is recorded, too.
        assert "最后" in _kexie("person", "export", last, url=place, file=file)
        query = "query ($id: ID!) { accessLog(first: 9, filter: { person: $id }) { nodes { kind actor } } }"
        (entry,) = server.administrator.data(query, id=last)["accessLog"]["nodes"]
        assert entry["kind"] == "PERSON_EXPORT"
        assert entry["actor"].startswith("machine:")


def test_a_file_is_read_anew_when_it_changes_and_kept_when_it_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    make_master(file)
    running, other = FileMaster(file), FileMaster(file)
    early = running.wrap(b"early", b"a")
    first = running.id
    add_master(file)
    late = other.wrap(b"late", b"a")
    second = other.id
    assert second != first
    assert running.unwrap(second, late, b"a") == b"late"
    assert other.unwrap(first, early, b"a") == b"early"
    assert running.newest().id == running.id == second
    keys = masters_in(file)
    assert keys is not None
    file.write_text("no key at all", encoding="ascii")
    assert running.unwrap(second, running.wrap(b"still", b"a"), b"a") == b"still"
    file.unlink()
    assert running.holds(first)
    assert not running.holds("0" * 16)
    with pytest.raises(MasterKeyError):
        running.unwrap("0" * 16, late, b"a")
    with pytest.raises(MasterKeyError):
        FileMaster(file)
