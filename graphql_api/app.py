"""The composition root: the one place that knows log, projections and API (组装)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

from graphql_api.body import BodyLimit
from graphql_api.context import Services
from graphql_api.http import Endpoint
from graphql_api.logs import RequestLog, configure_logs
from graphql_api.master import open_master
from graphql_api.pages import page_routes
from graphql_api.person_data import PersonData
from graphql_api.reader import Connections, PoolReader, open_pool
from graphql_api.reports.export import Exports
from graphql_api.schema import build_schema
from graphql_api.serving import quiet_collector
from graphql_api.settings import Settings
from graphql_api.tokens import Tokens
from projections.inline import InlineProjections
from projections.rebuild import prepare
from registry.nouns import EVENTS
from registry.router import decide, draft
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.committer import Committer, Limits
from registry.store.connection import TROUBLE, connect
from registry.store.feed import Feed
from registry.store.migrations import load_migrations, migrate, pending
from registry.store.previewer import Previewer
from registry.store.simulator import Simulator

_log = structlog.get_logger(__name__)
_READINESS = statement("graphql_api", "readiness")


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current instant."""
        return datetime.now(UTC)


class Registry:
    """Everything a process runs: the committer, the readers, the feed. Open it, use it, close it."""

    def __init__(self, url: str, settings: Settings) -> None:
        """Serve the register in the database at ``url``; nothing happens before :meth:`open`."""
        self._url = url
        self._settings = settings
        self.mapper = EventMapper(EVENTS)

    async def open(self) -> None:
        """Migrate, prepare the projections, and start."""
        self.projections = await self._prepare()
        limits = Limits(
            queue=self._settings.queue, clock_jump=timedelta(seconds=self._settings.clock_jump_seconds)
        )
        self.pool = await open_pool(
            self._url, self.projections, self._settings.readers, self._settings.statement_seconds
        )
        connections = Connections(self.pool)
        inline = InlineProjections(self.projections, self.mapper.master)
        self.committer = Committer(
            lambda: connect(self._url, self.projections, writer=True), self.mapper, inline, decide, limits
        )
        self._feed = Feed(lambda: connect(self._url), connections, self.mapper)
        previewer = Previewer(connections, self.mapper, inline, draft)
        simulator = Simulator(lambda: connect(self._url, self.projections), self.mapper, inline, draft)
        self.services = Services(
            reader=PoolReader(self.pool, self._settings.statement_seconds),
            recorder=self.committer,
            previewer=previewer,
            simulator=simulator,
            news=self._feed,
            sign_in=Tokens(self.pool),
            clock=SystemClock(),
            person_data=PersonData(connections, self.mapper, self._settings.retention_years),
        )
        await self.committer.start()
        await self._feed.start()

    async def close(self) -> None:
        """Finish the commands that wait, and stop."""
        await self.committer.stop()
        await self._feed.stop()
        await self.pool.close()

    async def _prepare(self) -> str:
        connection = await connect(self._url)
        try:
            await migrate(connection, load_migrations())
            self.mapper = EventMapper(EVENTS, await open_master(connection, self._settings))
            return await prepare(connection, self.mapper)
        finally:
            await connection.close()

    async def problems(self) -> list[str]:
        """Return what keeps the process from serving right answers; nothing when it is ready."""
        try:
            async with asyncio.timeout(5), Connections(self.pool)() as connection:
                row = await connection.fetchrow(_READINESS, self.projections)
                todo = await pending(connection, load_migrations())
        except (*TROUBLE, TimeoutError) as error:
            return [f"the database is out of reach: {error}"]
        problems = [f"migration {migration.name} is not applied" for migration in todo]
        if row is None or not row["projections_active"]:
            problems.append("the projections have moved: restart this process")
        if not self.committer.running:
            problems.append("the committer has stopped")
        return problems


def build_app(url: str, settings: Settings) -> Starlette:
    """Return the application over the register in the database at ``url``."""
    registry = Registry(url, settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await registry.open()
        _log.info("serving", projections=registry.projections)
        try:
            yield
        finally:
            await registry.close()

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def readyz(_: Request) -> Response:
        problems = await registry.problems()
        body = {"status": "not ready" if problems else "ready", "problems": problems}
        return JSONResponse(body, status_code=503 if problems else 200)

    schema = build_schema()
    endpoint = Endpoint(schema, lambda: registry.services)
    exports = Exports(schema, lambda: registry.services)
    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/graphql", endpoint, methods=["POST"]),
            WebSocketRoute("/graphql", endpoint),
            Route("/export/reports/{name}.xlsx", exports.report),
            *page_routes(),
        ],
        middleware=[Middleware(RequestLog), Middleware(BodyLimit)],
        lifespan=lifespan,
    )


def from_environment() -> Starlette:
    """Return the application as the environment says; for server processes that are started by name."""
    settings = Settings()
    configure_logs(settings)
    if settings.database_url is None:
        message = "KEXIE_DATABASE_URL is not set"
        raise RuntimeError(message)
    quiet_collector()
    return build_app(settings.database_url, settings)
