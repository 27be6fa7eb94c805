"""The whole application on a port of this machine, and a client that asks it as the world does."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

import asyncpg
import httpx2
import uvicorn

from graphql_api.access import Role
from graphql_api.app import Registry, build_app
from graphql_api.demo.loader import load
from graphql_api.keys import issue
from graphql_api.serving import options
from graphql_api.settings import Settings
from registry.commands import Command
from registry.store.postgres import EmbeddedPostgres
from tests.support.database import clone, drop
from tests.support.provider import free_port
from tests.support.witnessing import settings_of

Answer = dict[str, Any]

_PATIENCE_SECONDS = 30.0


class Client:
    """Asks questions over HTTP, with a token or as anybody; some have a colleague who may do the same."""

    def __init__(self, url: str, token: str | None = None, colleague: Client | None = None) -> None:
        self.url = url
        self.token = token
        self._colleague = colleague
        headers = {} if token is None else {"authorization": f"Bearer {token}"}
        self.http = httpx2.Client(base_url=url, headers=headers, timeout=_PATIENCE_SECONDS, trust_env=False)

    @property
    def colleague(self) -> Client:
        """Somebody else with the same rights."""
        assert self._colleague is not None
        return self._colleague

    def post(self, query: str, variables: Mapping[str, Any] | None = None, **more: object) -> httpx2.Response:
        """Send an operation, and return the response whatever it says."""
        body = {"query": query, "variables": variables, **more}
        return self.http.post("/graphql", json=body, headers={"accept": "application/graphql-response+json"})

    def ask(self, query: str, **variables: object) -> Answer:
        """Return the whole answer."""
        answer: Answer = self.post(query, variables).json()
        return answer

    def data(self, query: str, **variables: object) -> Answer:
        """Return the data of an answer without errors."""
        answer = self.ask(query, **variables)
        assert "errors" not in answer, answer["errors"]
        data: Answer = answer["data"]
        return data

    def problem(self, query: str, **variables: object) -> Answer:
        """Return the one error of an answer, which has words in both languages."""
        (error,) = self.ask(query, **variables)["errors"]
        assert set(error["extensions"]) == {"code", "messageZh", "advice", "adviceZh"}, error
        assert all(error["extensions"].values())
        found: Answer = error
        return found

    @property
    def socket_url(self) -> str:
        """Where the WebSocket is."""
        return self.url.replace("http", "ws") + "/graphql"


class Served:
    """A server under way: clients by role, and the address of its database."""

    def __init__(self, url: str, database_url: str, tokens: Mapping[Role, str], second: str) -> None:
        self.url = url
        self.database_url = database_url
        self.tokens = tokens
        self.anybody = Client(url)
        self.viewer = Client(url, tokens[Role.VIEWER])
        self.colleague = Client(url, second)
        self.administrator = Client(url, tokens[Role.ADMINISTRATOR], self.colleague)

    def close(self) -> None:
        """Hang up."""
        for client in (self.anybody, self.viewer, self.colleague, self.administrator):
            client.http.close()


@contextlib.contextmanager
def served(database_url: str, settings: Settings | None = None) -> Iterator[Served]:
    """Serve the register in a database from a thread of this process, for as long as the context lasts."""
    port = 0 if settings is None else settings.port
    settings = settings or settings_of(statement_seconds=2)
    config = uvicorn.Config(build_app(database_url, settings), **{**options(settings), "port": port})
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="served", daemon=True)
    thread.start()
    try:
        port = _port(server, thread)
        tokens, second = asyncio.run(_tokens(database_url))
        with contextlib.closing(Served(f"http://127.0.0.1:{port}", database_url, tokens, second)) as opened:
            yield opened
    finally:
        server.should_exit = True
        thread.join(_PATIENCE_SECONDS)
        assert not thread.is_alive(), f"the server does not stop: {_left(server)}"


@contextlib.contextmanager
def served_copy(postgres: EmbeddedPostgres, template: str, **settings: object) -> Iterator[Served]:
    """Serve a copy of a database by settings of one's own, which know the port that it is served on."""
    name = asyncio.run(clone(postgres, template))
    with served(postgres.url(name), settings_of(statement_seconds=2, port=free_port(), **settings)) as server:
        yield server
    asyncio.run(drop(postgres, name))


def _left(server: uvicorn.Server) -> str:
    """Say what a server still waits for."""
    loop = server.servers[0].get_loop()
    state = server.server_state
    return f"{state.connections}\n{state.tasks}\n" + "\n".join(map(str, asyncio.all_tasks(loop)))


def _port(server: uvicorn.Server, thread: threading.Thread) -> int:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < deadline, "the server takes too long to start"
        time.sleep(0.01)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port


async def _tokens(database_url: str) -> tuple[dict[Role, str], str]:
    connection = await asyncpg.connect(database_url)
    try:
        tokens = {
            role: await issue(connection, f"test {role.lower()}", role)
            for role in (Role.PUBLIC, Role.VIEWER, Role.ADMINISTRATOR)
        }
        return tokens, await issue(connection, "test colleague", Role.ADMINISTRATOR)
    finally:
        await connection.close()


def load_demo(database_url: str) -> None:
    """Load the Dalian register by ordinary commands."""

    async def run() -> None:
        registry = Registry(database_url, settings_of())
        await registry.open()
        try:
            services = registry.services

            async def preview(command: Command) -> str:
                digest: str = (await services.previewer.preview(command)).settlement.preview
                return digest

            await load(services.recorder.record, preview)
        finally:
            await registry.close()

    asyncio.run(run())
