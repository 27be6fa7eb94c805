"""``kexie projections rebuild`` beside two servers that are asked and told things all the time over HTTP."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import httpx2
import pytest

from tests.support.audit import audit
from tests.support.committing import until
from tests.support.database import query, temporary_folder
from tests.support.load import Load, Mutation, UnansweredError, founding, work
from tests.support.processes import REPOSITORY
from tests.support.servers import PROGRAM, ServerProcess

pytestmark = pytest.mark.slow

_CHANCE = random.Random(20180601)  # noqa: S311 - the moments of death need to be many, not secret
_ASKED = (
    "query { organizations(first: 3, orderBy: NAME) { totalCount nodes { name superiors { hierarchy } } } }"
)
_BUILDERS = """
    SELECT count(*) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
    WHERE l.locktype = 'advisory' AND d.datname = current_database()
"""
_DEATHS = 2
_PATIENCE_SECONDS = 120


class Pair(NamedTuple):
    """Two servers of one register, and what they are told."""

    servers: tuple[ServerProcess, ServerProcess]
    load: Load
    database_url: str


@pytest.fixture
def pair(database_url: str) -> Iterator[Pair]:
    with temporary_folder() as folder:
        servers = ServerProcess(folder, database_url), ServerProcess(folder, database_url)
        try:
            load = Load(servers[0].issue_token())
            for server in servers:
                server.start()
            yield Pair(servers, load, database_url)
        finally:
            for server in servers:
                server.stop()


def command(database_url: str, *words: str) -> subprocess.Popen[str]:
    """Run ``kexie projections`` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "projections", *words, "--database-url", database_url],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


async def finished(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Return what a process said when it has ended as it should."""
    said = await asyncio.to_thread(process.communicate, timeout=_PATIENCE_SECONDS)
    assert process.returncode == 0, said
    return said


async def killed_while_building(pair: Pair) -> None:
    """Kill a rebuild somewhere between its beginning and its end."""
    process = command(pair.database_url, "rebuild", "--helpers", "0")

    async def builds() -> object:
        return process.poll() is not None or await query(pair.database_url, _BUILDERS)

    await until(builds, _PATIENCE_SECONDS)
    await asyncio.sleep(_CHANCE.uniform(0, 0.3))
    process.send_signal(signal.SIGKILL)
    await asyncio.to_thread(process.communicate, timeout=_PATIENCE_SECONDS)
    assert process.returncode == -signal.SIGKILL


async def ask(client: httpx2.AsyncClient, stop: asyncio.Event) -> int:
    """Ask until told to stop, and return how often; no answer has less than the one before."""
    count, least = 0, 1
    while not stop.is_set():
        answer = (await client.post("/graphql", json={"query": _ASKED})).json()
        assert "errors" not in answer, answer
        found = answer["data"]["organizations"]
        assert found["totalCount"] >= least
        assert len(found["nodes"]) == min(3, found["totalCount"])
        count, least = count + 1, found["totalCount"]
    return count


async def test_servers_go_on_and_go_over_by_themselves(pair: Pair) -> None:
    """No question is answered with an error, no command refused, nothing lost; the tables are the log's."""
    load, stop = pair.load, asyncio.Event()
    async with load.client(pair.servers[0].url) as one, load.client(pair.servers[1].url) as other:
        load.told[founding().command_id] = (founding(), await load.send(one, founding()))
        telling = [
            asyncio.create_task(load.run(server.url, f"server {number}", 3))
            for number, server in enumerate(pair.servers)
        ]
        asking = [asyncio.create_task(ask(client, stop)) for client in (one, other)]
        for _ in range(_DEATHS):
            await load.told_more(20)
            await killed_while_building(pair)
        _, told = await finished(command(pair.database_url, "rebuild", "--helpers", "1"))
        assert "events (事件)" in told
        assert "\r" not in told, "a bar is drawn where nobody looks"
        await load.told_more(50)
        load.stop()
        await asyncio.gather(*telling)
        stop.set()
        assert min(await asyncio.gather(*asking)) > 10
        for client in (one, other):
            assert (await client.get("/readyz")).status_code == 200
    assert not load.untold
    await audit(pair.database_url, load)
    said, _ = await finished(command(pair.database_url, "status"))
    assert [line.split(";")[0].split(", at")[0] for line in said.splitlines()][-1].endswith("in use")
    assert "being built" not in said
    await finished(command(pair.database_url, "drop"))
    assert await query(pair.database_url, "SELECT count(*) FROM registry.projection") == 1


_OLD_PROGRAM = f"from projections import catalog; catalog.FOLD_VERSION = -1; {PROGRAM}"
"""The program of before a fold was changed."""


async def test_a_server_of_the_old_version_goes_on_until_the_new_one_has_switched(database_url: str) -> None:
    """It then answers and records nothing, rather than something old or empty, and is not ready."""
    with temporary_folder() as folder:
        old, new = ServerProcess(folder, database_url, _OLD_PROGRAM), ServerProcess(folder, database_url)
        load = Load(old.issue_token())
        try:
            old.start()
            async with load.client(old.url) as before, load.client(new.url) as after:
                load.told[founding().command_id] = (founding(), await load.send(before, founding()))
                working = asyncio.create_task(load.run(old.url, "old", 2, patient=True))
                asking = asyncio.create_task(ask_until_moved(before))
                await load.told_more(20)
                new.start()
                await asyncio.gather(working, return_exceptions=True)
                assert await asking > 10
                # What was recorded just before may not be told any more: whoever comes now is refused, by
                # the writer, or by the reader that was to say what the sender may do.
                with pytest.raises(UnansweredError) as refused:
                    await load.send(before, next(work("late")))
                assert refused.value.code == "PROJECTIONS_MOVED"
                assert (await before.get("/readyz")).status_code == 503
                assert (await after.get("/readyz")).status_code == 200
                await load.send(after, established_last())
                answer = (await after.post("/graphql", json={"query": _ASKED})).json()
                assert len(answer["data"]["organizations"]["nodes"]) == 3
        finally:
            old.stop()
            new.stop()


async def ask_until_moved(client: httpx2.AsyncClient) -> int:
    """Ask until the projections moved; every answer before is whole. Return how many there were."""
    count = 0
    while True:
        response = await client.post("/graphql", json={"query": _ASKED})
        answer = response.json()
        if "errors" in answer:
            assert answer["errors"][0]["extensions"]["code"] == "PROJECTIONS_MOVED"
            return count
        assert answer["data"]["organizations"]["totalCount"] >= 1
        count += 1


def established_last() -> Mutation:
    """Return a command that comes to an event."""
    return next(work("last"))
