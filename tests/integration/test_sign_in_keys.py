"""API keys: shown once, kept as a hash, used, expired, revoked; nothing tells which ids there are."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from graphql_api import keys as keys_module
from graphql_api.access import Role
from graphql_api.cli import app
from graphql_api.keys import Keys, LabelError, are_issued, issue, listed, revoke
from graphql_api.principal import Principal, PrincipalKind
from registry.store.connection import Connection
from tests.support.database import ask
from tests.support.serving import Client, Served, served


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[Connection]:
    opened = await asyncpg.connect(database_url)
    yield opened
    await opened.close()


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the database each time."""
    monkeypatch.setattr(keys_module, "REMEMBERED_SECONDS", 0.0)


async def test_a_key_is_its_holders_and_says_no_more(connection: Connection) -> None:
    assert not await are_issued(connection)
    key = await issue(connection, "registrar-li", Role.ADMINISTRATOR)
    found = await Keys(connection).principal(key)
    assert found == Principal("key:registrar-li", PrincipalKind.KEY, Role.ADMINISTRATOR)
    assert await are_issued(connection)


async def test_the_database_never_has_the_key(connection: Connection) -> None:
    key = await issue(connection, "registrar-li", Role.VIEWER)
    secret = key.split("_", 2)[2]
    held = str(await connection.fetchval("SELECT json_agg(k)::text FROM registry.api_key k"))
    assert key.split("_")[1] in held
    assert secret not in held
    assert secret.encode().hex() not in held


async def test_every_other_text_is_nobodys(connection: Connection) -> None:
    key = await issue(connection, "registrar-li", Role.VIEWER)
    other = await issue(connection, "auditor-wang", Role.VIEWER)
    known = Keys(connection)
    identity, secret = key.split("_", 2)[1:]
    last = "A" if secret[-1] != "A" else "B"
    for text in (
        "",
        "kexie_",
        f"kexie_{identity}",
        f"kexie_{identity}_",
        f"kexie_{identity}_{secret[:-1]}",
        f"kexie_{identity}_{secret[:-1]}{last}",
        f"kexie_{identity}_{secret}x",
        f"kexie_{identity}_{other.split('_', 2)[2]}",
        f"kexie_{'0' * 12}_{secret}",
        f"kexie_{identity.upper()}_{secret}x",
        f"{key} ",
        f"kexie_{identity}_{'é' * 43}",
        "kexie_' OR true --_x",
        key.replace("kexie_", "KEXIE_"),
    ):
        assert await known.principal(text) is None, text


async def test_an_expired_key_is_nobodys(connection: Connection) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    key = await issue(connection, "guest", Role.VIEWER, past)
    assert await Keys(connection).principal(key) is None


async def test_a_revoked_key_is_nobodys_and_its_label_is_free_again(connection: Connection) -> None:
    key = await issue(connection, "guest", Role.VIEWER)
    with pytest.raises(LabelError, match="revoke it first"):
        await issue(connection, "guest", Role.ADMINISTRATOR)
    assert await revoke(connection, "guest") == 1
    assert await revoke(connection, "guest") == 0
    assert await Keys(connection).principal(key) is None
    again = await issue(connection, "guest", Role.VIEWER)
    assert await Keys(connection).principal(again) is not None
    assert [row["revoked_at"] is None for row in await listed(connection)] == [False, True]


@pytest.mark.parametrize("label", ["", " ", " x", "x ", "a\nb", "x" * 101, "a\x00b", "\u202egnp"])
async def test_a_label_that_cannot_be_read_is_refused(connection: Connection, label: str) -> None:
    with pytest.raises(LabelError):
        await issue(connection, label, Role.VIEWER)


async def test_the_last_use_is_written_once_a_minute(connection: Connection) -> None:
    key = await issue(connection, "program", Role.VIEWER)
    known = Keys(connection)
    used = "SELECT last_used_at FROM registry.api_key"
    assert await connection.fetchval(used) is None
    await known.principal(key)
    first = await connection.fetchval(used)
    assert first is not None
    await known.principal(key)
    assert await connection.fetchval(used) == first
    await connection.execute(
        "UPDATE registry.api_key SET last_used_at = last_used_at - interval '61 seconds'"
    )
    await known.principal(key)
    assert await connection.fetchval(used) >= first


async def test_a_wrong_secret_does_not_count_as_use(connection: Connection) -> None:
    key = await issue(connection, "program", Role.VIEWER)
    await Keys(connection).principal(f"{key[:-43]}{'x' * 43}")
    assert await connection.fetchval("SELECT last_used_at FROM registry.api_key") is None


async def test_an_id_that_exists_is_looked_up_as_one_that_does_not(connection: Connection) -> None:
    """Existence is not to be had from timing: the same statements, in the same number, for either."""
    key = await issue(connection, "program", Role.VIEWER)
    asked: list[str] = []

    class Watched:
        async def fetchrow(self, query: str, *args: Any) -> asyncpg.Record | None:  # noqa: ANN401 - as asyncpg has it
            asked.append(query)
            return await connection.fetchrow(query, *args)

        async def fetch(self, query: str, *args: Any) -> list[asyncpg.Record]:  # noqa: ANN401 - as asyncpg has it
            raise AssertionError(query, args)

        async def execute(self, query: str, *args: Any) -> str:  # noqa: ANN401 - as asyncpg has it
            raise AssertionError(query, args)

    known = Keys(Watched())
    await known.principal(f"kexie_{'0' * 12}_{'x' * 43}")
    first = len(asked)
    await known.principal(f"kexie_{'1' * 12}_{'x' * 43}")
    unknown = asked[first:]
    before = len(asked)
    await known.principal(f"{key[:-43]}{'x' * 43}")
    assert asked[before:] == unknown
    assert len(unknown) == 1


@pytest.fixture
def command_line(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("KEXIE_DATABASE_URL", database_url)
    return database_url


def run(*words: str) -> None:
    app(list(words), exit_on_error=False, result_action="return_value")


@pytest.mark.usefixtures("command_line")
def test_keys_by_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    day = (datetime.now(UTC) + timedelta(days=30)).date()
    run("token", "issue", "registrar-li", "--role", "administrator", "--expires", day.isoformat())
    key = capsys.readouterr().out.strip()
    assert key.startswith("kexie_")
    run("token", "list")
    shown = capsys.readouterr().out
    assert "administrator 'registrar-li'" in shown
    assert f"expires={day + timedelta(days=1)}" in shown
    assert key not in shown
    assert key.split("_", 2)[2] not in shown
    with pytest.raises(SystemExit, match="revoke it first"):
        run("token", "issue", "registrar-li")
    run("token", "revoke", "registrar-li")
    assert "1 key(s)" in capsys.readouterr().out
    run("token", "list")
    assert "revoked=" in capsys.readouterr().out
    run("session", "end", "nobody")
    assert "0 session(s)" in capsys.readouterr().out


@pytest.mark.parametrize("more", [("--expires", "2020-01-01"), ("--days", "0"), ("--days", "-3")])
def test_a_key_that_could_never_be_used_is_not_made(command_line: str, more: tuple[str, str]) -> None:
    with pytest.raises(SystemExit):
        run("token", "issue", "guest", *more)

    async def made() -> bool:
        connection = await asyncpg.connect(command_line)
        try:
            return await are_issued(connection)
        finally:
            await connection.close()

    assert asyncio.run(made()) is False


_ESTABLISH = (
    "mutation ($input: EstablishOrganizationInput!) { establishOrganization(input: $input) { __typename } }"
)
_SOCIETY = {
    "commandId": "00000000-0000-4000-8000-000000000001",
    "effectiveOn": "2020-01-01",
    "organization": "00000000-0000-4000-8000-000000000002",
    "name": "某学会",
    "kind": "SOCIETY",
    "places": [],
}


def test_nobody_administers_a_register_without_a_key_that_somebody_made(database_url: str) -> None:
    """No default password, no open administrator: a register just made takes no command from anybody."""
    counts = (
        "SELECT (SELECT count(*) FROM registry.api_key) + (SELECT count(*) FROM registry.session)"
        " + (SELECT count(*) FROM registry.event)"
    )
    assert ask(database_url, counts) == 0
    with served(database_url) as register:
        # Those that the test has made itself, once the server had started.
        assert ask(database_url, "SELECT count(*) FROM registry.api_key WHERE label NOT LIKE 'test %'") == 0
        assert register.administrator.data("{ grants(first: 1) { totalCount } }")["grants"]["totalCount"] == 0
        for text in (None, "x", "administrator", "admin", "kexie", "password"):
            with contextlib.closing(Client(register.url, text).http) as http:
                answer = http.post("/graphql", json={"query": _ESTABLISH, "variables": {"input": _SOCIETY}})
            (error,) = answer.json()["errors"]
            assert error["extensions"]["code"] == "FORBIDDEN", text
        assert ask(database_url, "SELECT count(*) FROM registry.event") == 0


def test_what_is_recorded_names_the_key_that_sent_it(register: Served) -> None:
    register.administrator.data(_ESTABLISH, input=_SOCIETY)
    found = register.administrator.data("{ auditLog(first: 1) { nodes { actor } } }")
    assert found["auditLog"]["nodes"] == [{"actor": "key:test administrator"}]
