"""Two servers on one database: one order of events, the same for both, and rules that hold between them."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from registry.events import Recorded
from registry.ids import stable_id
from tests.support.audit import audit
from tests.support.database import temporary_folder
from tests.support.load import CITY, Load, Mutation, RefusedError, founding, mutation
from tests.support.servers import ServerProcess

pytestmark = pytest.mark.slow

_COMMANDS = 400
_RACES = 12
_PATIENCE_SECONDS = 60
_EVENTS = "subscription ($after: Position!) { events(after: $after) { position stream version commandId } }"

Told = tuple[int, str, int, str]
"""What a subscriber is told of an event: its position, stream, version and command."""


class Pair(NamedTuple):
    """Two servers of one register, and clients of both."""

    servers: tuple[ServerProcess, ServerProcess]
    load: Load
    token: str
    database_url: str


@pytest.fixture
def pair(database_url: str) -> Iterator[Pair]:
    with temporary_folder() as folder:
        servers = ServerProcess(folder, database_url), ServerProcess(folder, database_url)
        try:
            token = servers[0].issue_token()
            for server in servers:
                server.start()
            yield Pair(servers, Load(token), token, database_url)
        finally:
            for server in servers:
                server.stop()


async def test_both_tell_one_order_and_nothing_is_lost(pair: Pair) -> None:
    load = pair.load
    await begin(pair)
    async with subscribed(pair, 0) as first, subscribed(pair, 1) as second:
        heard: tuple[list[Told], list[Told]] = ([], [])
        listening = list(zip((first, second), heard, strict=True))
        hearing = [asyncio.create_task(hear(socket, events, _COMMANDS)) for socket, events in listening]
        working = [
            asyncio.create_task(load.run(server.url, f"server {number}", 8))
            for number, server in enumerate(pair.servers)
        ]
        await load.told_more(_COMMANDS)
        load.stop()
        await asyncio.gather(*working)
        assert not load.untold
        log = await audit(pair.database_url, load)
        await asyncio.gather(*hearing)
        await asyncio.gather(*(hear(socket, events, len(log)) for socket, events in listening))
    expected = [told(record) for record in log]
    assert list(heard) == [expected, expected]
    assert turns(log, load) > 10


async def test_a_subscriber_that_changes_servers_misses_nothing(pair: Pair) -> None:
    load = pair.load
    await begin(pair)
    working = [asyncio.create_task(load.run(server.url, f"to {server.port}", 4)) for server in pair.servers]
    events: list[Told] = []
    for turn in range(6):
        async with subscribed(pair, turn % 2, after=len(events)) as socket:
            await hear(socket, events, len(events) + 40)
    load.stop()
    await asyncio.gather(*working)
    log = await audit(pair.database_url, load)
    assert events == [told(record) for record in log[: len(events)]]


async def test_a_rule_holds_between_processes(pair: Pair) -> None:
    """Each server is asked for one half of a cycle, and to give one identifier to another organization."""
    await begin(pair)
    for race in range(_RACES):
        one, other = (stable_id(f"race {race} {side}") for side in ("a", "b"))
        for server, who in zip(pair.servers, (one, other), strict=True):
            assert await sent(pair, server, established(who)) is None
        cycle = [opened(one, other), opened(other, one)]
        assert await raced(pair, cycle) == [None, "CYCLE"]
        identified = [identifier(one, race), identifier(other, race)]
        assert await raced(pair, identified) == [None, "IDENTIFIER_TAKEN"]
    await audit(pair.database_url, pair.load)


async def test_one_command_sent_to_both_is_carried_out_once(pair: Pair) -> None:
    load = pair.load
    await begin(pair)
    for race in range(_RACES):
        command = established(stable_id(f"twice {race}"))
        async with load.client(pair.servers[0].url) as one, load.client(pair.servers[1].url) as other:
            answers = await asyncio.gather(
                *(load.send(client, command) for client in (one, other, other, one))
            )
        assert len(set(answers)) == 1
        load.told[command.command_id] = (command, answers[0])
    await audit(pair.database_url, load)


async def begin(pair: Pair) -> None:
    """Establish what the clients build on."""
    async with pair.load.client(pair.servers[0].url) as client:
        places = await pair.load.send(client, founding())
    pair.load.told[founding().command_id] = (founding(), places)


def told(record: Recorded) -> Told:
    """Return what a subscriber is told of a record."""
    stream, command = str(record.originator_id), str(record.command_id)
    return record.position, stream, record.originator_version, command


def turns(log: list[Recorded], load: Load) -> int:
    """Return how often the log passes from what one server recorded to what the other did."""
    names = [
        load.told[record.command_id][0].key.split()[1]
        for record in log
        if record.command_id != founding().command_id
    ]
    return sum(a != b for a, b in itertools.pairwise(names))


@asynccontextmanager
async def subscribed(pair: Pair, server: int, after: int = 0) -> AsyncIterator[ClientConnection]:
    """Give a connection over which every event after a position comes."""
    url = pair.servers[server].url.replace("http", "ws", 1)
    protocol = [Subprotocol("graphql-transport-ws")]
    # Whoever leaves in the middle of a flood does not wait until all of it has come.
    async with connect(f"{url}/graphql", subprotocols=protocol, proxy=None, close_timeout=0.2) as socket:
        authorization = {"Authorization": f"Bearer {pair.token}"}
        await socket.send(json.dumps({"type": "connection_init", "payload": authorization}))
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        asked = {"query": _EVENTS, "variables": {"after": after}}
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": asked}))
        yield socket


async def hear(socket: ClientConnection, events: list[Told], enough: int) -> None:
    """Append what comes to ``events`` until there are so many."""
    while len(events) < enough:
        text = await asyncio.wait_for(socket.recv(), _PATIENCE_SECONDS)
        message: dict[str, Any] = json.loads(text)
        assert message["type"] == "next", message
        event = message["payload"]["data"]["events"]
        events.append((event["position"], event["stream"], event["version"], event["commandId"]))


async def sent(pair: Pair, server: ServerProcess, command: Mutation) -> str | None:
    """Send a command, and return why it was refused."""
    async with pair.load.client(server.url) as client:
        try:
            pair.load.told[command.command_id] = (command, await pair.load.send(client, command))
        except RefusedError as refused:
            return refused.code
    return None


async def raced(pair: Pair, commands: list[Mutation]) -> list[str | None]:
    """Send one command to each server at once, and return why they were refused, the one accepted first."""
    answers = await asyncio.gather(
        *(sent(pair, server, command) for server, command in zip(pair.servers, commands, strict=True))
    )
    return sorted(answers, key=lambda answer: answer or "")


def established(who: UUID) -> Mutation:
    """Return the command that establishes an organization of the association."""
    places = [{"hierarchy": "PART_OF", "superior": str(CITY)}]
    return mutation("establishOrganization", f"{who} a", who, 2, name="单位", kind="SOCIETY", places=places)


def opened(who: UUID, above: UUID) -> Mutation:
    """Return the command that puts an organization under the lead of another."""
    return mutation("openRelation", f"{who} b", who, 1, hierarchy="LEADS", superior=str(above))


def identifier(who: UUID, number: int) -> Mutation:
    """Return the command that gives an organization an identifier."""
    return mutation("assignIdentifier", f"{who} c", who, 1, scheme="RACE", value=str(number))
