"""Servers and databases die in the middle of their work: what was acknowledged is there, all else whole.

``KEXIE_CRASH_ROUNDS`` says how often each of them dies; more take longer and find more.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.store.postgres import EmbeddedPostgres, create_database
from tests.support.audit import audit
from tests.support.database import temporary_folder
from tests.support.load import Load, Places, founding
from tests.support.servers import ServerProcess, kill_postmaster, server_with_its_own_database

pytestmark = pytest.mark.slow

ROUNDS = int(os.environ.get("KEXIE_CRASH_ROUNDS", "3"))
_BATCHES_SECONDS = 0.1
"""About as long as some batches take."""

_CHANCE = random.Random(20180601)  # noqa: S311 - the moments of death need to be many, not secret


@pytest.fixture
def folder() -> Iterator[Path]:
    with temporary_folder() as made:
        yield made


def some() -> int:
    """Return how many commands are acknowledged before something dies, or after it came back."""
    return _CHANCE.randint(20, 200)


async def test_a_killed_server_has_kept_what_it_acknowledged(folder: Path) -> None:
    """Every second time its database dies with it."""
    with server_with_its_own_database(folder) as server:
        load = Load(server.issue_token())
        server.start()
        await found(load, server.url)
        for number in range(ROUNDS):
            working = asyncio.create_task(load.run(server.url, f"round {number}"))
            await load.told_more(some())
            # Answers come batch by batch: death comes anywhere between two of them.
            await asyncio.sleep(_CHANCE.uniform(0, _BATCHES_SECONDS))
            if number % 2:
                kill_postmaster(folder / "postgres")
            server.kill()
            await working
            assert load.untold
            server.start()
            with EmbeddedPostgres(folder / "postgres") as postgres:
                await audit(postgres.url("kexie"), load)
                await load.settle(server.url)
                await audit(postgres.url("kexie"), load)


async def test_a_server_outlives_the_death_of_its_database(folder: Path) -> None:
    with EmbeddedPostgres(folder / "postgres") as postgres:
        await create_database(postgres.url("postgres"), "kexie")
        server = ServerProcess(folder, postgres.url("kexie"))
        load = Load(server.issue_token())
        server.start()
        try:
            await found(load, server.url)
            for number in range(ROUNDS):
                working = asyncio.create_task(load.run(server.url, f"round {number}", patient=True))
                await load.told_more(some())
                await asyncio.sleep(_CHANCE.uniform(0, _BATCHES_SECONDS))
                kill_postmaster(folder / "postgres")
                known = len(load.told)
                await asyncio.to_thread(postgres.stop)
                await asyncio.to_thread(postgres.start)
                await load.told_more(some())
                load.stop()
                await working
                assert len(load.told) > known
                assert not load.untold
                await audit(postgres.url("kexie"), load)
        finally:
            server.stop()


async def found(load: Load, url: str) -> None:
    """Establish what the clients build on."""
    async with load.client(url) as client:
        mutation = founding()
        places = await load.send(client, mutation)
        assert places == Places(1, 1)
        load.told[mutation.command_id] = (mutation, places)
