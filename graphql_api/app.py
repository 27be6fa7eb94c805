"""The composition root: the one place that knows log, projections and API (组装)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

from graphql_api.accesses import AccessLog
from graphql_api.attempts import Attempts
from graphql_api.authority import Grants
from graphql_api.body import BODY_BYTES, BodyLimit, refusal
from graphql_api.callers import Front
from graphql_api.context import Services
from graphql_api.credentials import Credentials
from graphql_api.doors import doors_of, patience_of
from graphql_api.execution import core_of
from graphql_api.exports.exporter import Exporter
from graphql_api.exports.routes import RegisterFiles
from graphql_api.feed import ChangeFeed, Waiting
from graphql_api.fetching import Fetcher
from graphql_api.headers import SecurityHeaders, security_headers
from graphql_api.http import PATH as GRAPHQL
from graphql_api.http import Endpoint
from graphql_api.import_routes import PATH as IMPORT
from graphql_api.import_routes import ImportRoutes
from graphql_api.imports.importer import Importer
from graphql_api.imports.reading import MEGABYTE
from graphql_api.imports.reading import Limits as FileLimits
from graphql_api.intake import Intake
from graphql_api.keys import Keys
from graphql_api.log_routes import LogFiles
from graphql_api.logs import RequestLog, configure_logs
from graphql_api.master import open_master
from graphql_api.oidc import BearerTokens, Verifier
from graphql_api.pages import page_routes
from graphql_api.person_data import PersonData
from graphql_api.problems import Problem
from graphql_api.provider import Provider
from graphql_api.reader import (
    Connections,
    PoolReader,
    Snapshots,
    close_pool,
    open_access_pool,
    open_pool,
    open_sign_in_pool,
)
from graphql_api.replica import ReplicaReader, Source
from graphql_api.reports.export import Exports
from graphql_api.schema import build_schema
from graphql_api.serving import quiet_collector
from graphql_api.sessions import Sessions
from graphql_api.settings import Settings
from graphql_api.signin import Client, Desk, SignInRoutes
from graphql_api.snapshot import Registers
from graphql_api.standing import Standing
from graphql_api.watching import Envelopes, WatchedReader
from projections.caretaker import Caretaker
from projections.catalog import fingerprint
from projections.inline import InlineProjections
from projections.rebuild import prepare
from registry.nouns import EVENTS
from registry.router import decide, draft
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.committer import DEFAULT_LIMITS, Committer, Limits
from registry.store.connection import TROUBLE, connect, lent
from registry.store.feed import Feed
from registry.store.imports import ImportJournal
from registry.store.log_key import log_key
from registry.store.migrations import load_migrations, migrate, pending
from registry.store.notary import Notary
from registry.store.notes import Verifier as NoteVerifier
from registry.store.previewer import Previewer
from registry.store.served import ServedLog
from registry.store.simulator import Simulator
from registry.store.staging import Stager

_log = structlog.get_logger(__name__)
_READINESS = statement("graphql_api", "readiness")


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current instant."""
        return datetime.now(UTC)


class Registry:
    """Everything a process runs: the committer, the readers, the feed. Open it, use it, close it."""

    def __init__(
        self, url: str, settings: Settings, *, cached_events: int = DEFAULT_LIMITS.cached_events
    ) -> None:
        """Serve the register in the database at ``url``; nothing happens before :meth:`open`.

        Whoever records once what is not asked for again keeps fewer ``cached_events`` in memory.
        """
        self._url = url
        self._settings = settings
        self._cached_events = cached_events
        self.standing: Standing | None = None
        self.mapper = EventMapper(EVENTS)

    async def open(self) -> None:
        """Migrate, prepare the projections, and start."""
        self.projections = await self._prepare()
        limits = Limits(
            queue=self._settings.queue,
            cached_events=self._cached_events,
            clock_jump=timedelta(seconds=self._settings.clock_jump_seconds),
        )
        self.pool = await open_pool(
            self._url, self.projections, self._settings.readers, self._settings.statement_seconds
        )
        self.sign_in_pool = await open_sign_in_pool(self._url, self._settings.statement_seconds)
        self.access_pool = await open_access_pool(self._url, self._settings.statement_seconds)
        self.desk = self._open_desk()
        connections, snapshots = Connections(self.pool), Snapshots(self.pool)
        beside = Connections(self.access_pool)
        self._accesses = AccessLog(self.access_pool, beside, SystemClock(), self._settings.access_log_days)
        inline = InlineProjections(self.projections, self.mapper.master)
        self.committer = Committer(
            lambda: connect(self._url, self.projections, writer=True), self.mapper, inline, decide, limits
        )
        self._feed = Feed(lambda: connect(self._url), connections, self.mapper)
        self._notary = Notary(
            lambda: lent(self._url),
            log_key(self._settings.log_key_file, self._settings.data_dir, self._settings.log_origin),
            [NoteVerifier.of(key) for key in self._settings.witness_keys],
        )
        previewer = Previewer(snapshots, self.mapper, inline, draft)
        simulator = Simulator(lambda: connect(self._url), self.mapper, inline, draft)
        self.reader = await self._open_reader()
        self.services = Services(
            reader=WatchedReader(self.reader, self._accesses, Envelopes(beside, self.mapper)),
            recorder=self.committer,
            previewer=previewer,
            simulator=simulator,
            news=self._feed,
            sign_in=self._credentials(),
            authority=Grants(snapshots),
            clock=SystemClock(),
            proofs=ServedLog(connections, self._notary),
            person_data=PersonData(snapshots, self.mapper, self._settings.retention_years),
            accesses=self._accesses,
        )
        self.exporter = Exporter(self.reader, self._accesses, Envelopes(beside, self.mapper))
        self.importer = Importer(
            Stager(lambda: connect(self._url, self.projections), self.mapper, inline, decide).open,
            self.committer.submit,
            ImportJournal(Connections(self.sign_in_pool)),
            FileLimits(self._settings.import_megabytes, self._settings.import_rows),
        )
        await self.committer.start()
        await self._feed.start()
        await self._notary.start()
        await self._accesses.start()
        self._caretaker = Caretaker(lambda: lent(self._url))
        await self._caretaker.start()

    async def close(self) -> None:
        """Finish the commands that wait, and stop."""
        await self.committer.stop()
        await self._caretaker.stop()
        await self._notary.stop()
        await self._feed.stop()
        if self.desk.verifier is not None:
            await self.desk.verifier.provider.fetcher.close()
        await self._accesses.stop()
        await close_pool(self.sign_in_pool)
        await close_pool(self.access_pool)
        if self.standing is not None:
            await self.standing.stop()
            self.replica_pool.terminate()
        await close_pool(self.pool)

    async def _open_reader(self) -> Source:
        """Return what answers questions: a replica where there is one, else the primary."""
        settings = self._settings
        primary = PoolReader(self.pool, settings.statement_seconds)
        url = settings.replica_url
        if url is None:
            return primary
        self.replica_pool = await open_pool(
            url, self.projections, settings.readers, settings.statement_seconds, lazy=True
        )
        self.standing = Standing(
            lambda: connect(self._url), lambda: connect(url), settings.replica_lag_seconds
        )
        await self.standing.start()
        return ReplicaReader(
            primary, PoolReader(self.replica_pool, settings.statement_seconds), self.standing
        )

    def _open_desk(self) -> Desk:
        settings = self._settings
        issuer, client = settings.oidc_issuer, settings.oidc_client_id
        secret = settings.oidc_client_secret
        return Desk(
            sessions=Sessions(
                self.sign_in_pool,
                timedelta(minutes=settings.session_idle_minutes),
                timedelta(hours=settings.session_hours),
            ),
            attempts=Attempts(),
            beginnings=Attempts(failures=100, every_seconds=2.0),
            verifier=None if issuer is None else Verifier(Provider(issuer, Fetcher(issuer))),
            client=None
            if issuer is None or client is None
            else Client(client, None if secret is None else secret.get_secret_value()),
        )

    def _credentials(self) -> Credentials:
        verifier, audience = self.desk.verifier, self._settings.oidc_audience
        bearer = None if verifier is None or audience is None else BearerTokens(verifier, audience)
        return Credentials(Keys(self.sign_in_pool), self.desk.sessions, self.desk.attempts, bearer)

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
                row = await connection.fetchrow(_READINESS)
                todo = await pending(connection, load_migrations())
        except (*TROUBLE, TimeoutError) as error:
            return [f"the database is out of reach: {error}"]
        problems = [f"migration {migration.name} is not applied" for migration in todo]
        if row is None or row["fingerprint"] != fingerprint():
            problems.append("the projections are of another version: run that version of the program")
        if not self.committer.running:
            problems.append("the committer has stopped")
        return problems

    def warnings(self) -> list[str]:
        """Return what whoever runs the register should know although it answers."""
        problem = None if self.standing is None else self.standing.problem
        return [] if problem is None else [problem]


def _broken(front: Front) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return what answers when the program is at fault."""

    async def broken(_: Request, error: Exception) -> Response:
        # Answered outside of the middleware, so it brings its headers itself.
        identity = str(uuid4())
        _log.error("internal error", error_id=identity, exc_info=error)
        response = refusal(Problem.INTERNAL, 500, id=identity)
        response.headers.update(security_headers(secure=front.secure))
        return response

    return broken


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
            await endpoint.reservations.close()
            await registry.close()

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def readyz(_: Request) -> Response:
        problems = await registry.problems()
        body = {"status": "not ready" if problems else "ready", "problems": problems}
        if warnings := registry.warnings():
            body["warnings"] = warnings
        return JSONResponse(body, status_code=503 if problems else 200)

    front = Front.of(settings)

    doors, patience = doors_of(settings), patience_of(settings)
    schema = build_schema(doors=doors)
    intake = Intake(lambda: registry.importer)
    endpoint = Endpoint(schema, lambda: registry.services, front, patience, intake)
    changes = ChangeFeed(
        core_of(schema), lambda: registry.services, front, doors.budget, Waiting(patience, endpoint.streams)
    )
    registers = Registers(lambda: registry.reader, lambda: registry.services, front, doors.budget, patience)
    files = FileLimits(settings.import_megabytes, settings.import_rows)
    form_bytes = files.megabytes * MEGABYTE + BODY_BYTES
    exports = Exports(schema, lambda: registry.services, front, patience)
    register_files = RegisterFiles(
        core_of(schema), lambda: registry.services, lambda: registry.exporter, front, doors.budget, patience
    )
    return Starlette(
        routes=[
            Route(GRAPHQL, endpoint),
            WebSocketRoute(GRAPHQL, endpoint),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/export/reports/{name}.xlsx", exports.report),
            *register_files.routes(),
            *changes.routes(),
            *registers.routes(),
            *LogFiles(lambda: registry.services).routes(),
            *SignInRoutes(front, lambda: registry.desk).routes(),
            *ImportRoutes(front, lambda: registry.services, intake, files).routes(),
            *page_routes(),
        ],
        middleware=[
            Middleware(SecurityHeaders, secure=front.secure),
            Middleware(RequestLog),
            Middleware(BodyLimit, longer={IMPORT: form_bytes, GRAPHQL: form_bytes}),
        ],
        exception_handlers={Exception: _broken(front)},
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
