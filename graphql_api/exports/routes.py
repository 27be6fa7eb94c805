"""Registers as files over HTTP (登记导出): ``GET /export/registers/<kind>.<format>``.

A file is finished before its first byte is sent, in a temporary file without a name: however slowly it is
read, no snapshot is kept for it, and it is either whole or an error.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any, BinaryIO, TypeVar
from urllib.parse import quote
from uuid import UUID

from graphql import GraphQLError, GraphQLSchema
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from graphql_api.access import ANYBODY
from graphql_api.asked import MIN_POSITION
from graphql_api.body import refused
from graphql_api.budget import Budget
from graphql_api.callers import Front, context_of
from graphql_api.context import Context, Services
from graphql_api.exports.exporter import Exporter
from graphql_api.exports.question import Asked, Question, question_of
from graphql_api.exports.writing import ENCODINGS, MEDIA_TYPES, Format, Language, Origin, Style
from graphql_api.imports.columns import CHINESE, Kind
from graphql_api.masking import told_errors
from graphql_api.position import awaited
from graphql_api.problems import Problem, invalid, problem
from graphql_api.streams import Patience
from registry.time import civil_date

_T = TypeVar("_T")

_AT_ONCE = 2
"""Files under way in a process: each keeps a connection for as long as it is written."""

_PIECE_BYTES = 64_000
_GONE = 499
_PARAMETERS = ("asOf", "knownAt", "root", "language", "encoding", "ids", MIN_POSITION)


class _GoneError(Exception):
    """Whoever asked does not wait any more."""


class RegisterFiles:
    """Serves registers as files, by the rights of queries."""

    def __init__(  # noqa: PLR0913, PLR0917 - what to ask, and all that guards it
        self,
        schema: GraphQLSchema,
        services: Callable[[], Services],
        exporter: Callable[[], Exporter],
        front: Front,
        budget: Budget,
        patience: Patience,
    ) -> None:
        """Ask of ``schema``; ``services`` and ``exporter`` are there once the application has started."""
        self._schema = schema
        self._services = services
        self._exporter = exporter
        self._front = front
        self._budget = budget
        self._patience = patience
        self._turns = asyncio.Semaphore(_AT_ONCE)

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes."""
        return [Route("/export/registers/{kind}.{format}", self.serve, methods=["GET"])]

    async def serve(self, request: Request) -> Response:
        """Answer with a file."""
        try:
            return await self._served(request)
        except GraphQLError as error:
            (told,) = told_errors([error])
            return refused(told)
        except _GoneError:
            return Response(status_code=_GONE)

    async def _served(self, request: Request) -> Response:
        if self._front.is_elsewhere(request):
            raise problem(Problem.CROSS_SITE)
        context = await context_of(request, self._services, self._front)
        self._budget.check(context.caller)
        if context.authorization is not None and context.viewer is ANYBODY:
            raise problem(Problem.UNAUTHENTICATED)
        kind, form = _named(request.path_params["kind"], request.path_params["format"])
        today = civil_date(context.services.clock.now())
        asked, style = _asked(kind, request, today)
        await awaited(request, context.services, self._patience, self._front)
        question = question_of(self._schema, asked, context.viewer, today)
        if context.viewer is not ANYBODY:
            await self._exporter().begun(context.viewer.name, asked)
        target: Any = TemporaryFile()  # noqa: SIM115 - closed when it has been sent
        try:
            written = self._written(asked, question, form, style, target)
            origin, count = await _while_waited_for(request, written)
        except BaseException:
            target.close()
            raise
        self._charge(context, count)
        size = target.seek(0, os.SEEK_END)
        headers = {
            "cache-control": "no-store",
            "content-length": str(size),
            "content-disposition": _disposition(kind, asked.as_of, form),
            "kexie-rows": str(count),
            **origin.told,
        }
        return FileAnswer(target, headers, MEDIA_TYPES[form])

    async def _written(
        self, asked: Asked, question: Question, form: Format, style: Style, target: BinaryIO
    ) -> tuple[Origin, int]:
        async with self._turns:
            return await self._exporter().write(asked, question, form, style, target)

    def _charge(self, context: Context, count: int) -> None:
        self._budget.charge(context.caller, 1 + count * 10)


async def _while_waited_for(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """Return what ``work`` comes to, unless whoever asked hangs up, which ends it; raises _GoneError.

    The database may sort for minutes before there is a row between which one could look.
    """
    working, gone = asyncio.create_task(work), asyncio.create_task(_hung_up(request))
    try:
        await asyncio.wait((working, gone), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise _GoneError
        return working.result()
    finally:
        working.cancel()
        gone.cancel()
        await asyncio.wait((working, gone))


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class FileAnswer(StreamingResponse):
    """An open file as an answer, closed when it is sent or when nobody takes it any more (文件应答)."""

    def __init__(self, file: BinaryIO, headers: Mapping[str, str], media_type: str) -> None:
        """Answer with ``file`` from its beginning."""
        super().__init__(_pieces(file), headers=headers, media_type=media_type)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it: whoever hangs up before the first piece has left an iterator that never began."""
        with self._file:
            await super().__call__(scope, receive, send)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE_BYTES):
        yield piece


def _named(kind: str, form: str) -> tuple[Kind, Format]:
    try:
        return Kind(kind), Format(form)
    except ValueError:
        name = f"{kind[:40]}.{form[:10]}"
        raise problem(Problem.NOT_FOUND, english=f"register {name}", chinese=f"登记 {name}") from None


def _asked(kind: Kind, request: Request, today: date) -> tuple[Asked, Style]:
    """Return what the address asks for; raises GraphQLError."""
    given = request.query_params
    for name in given:
        if name not in _PARAMETERS:
            known = ", ".join(_PARAMETERS)
            raise invalid(name[:50], f"there are {known}", f"可用的参数为 {known}")
    ids = given.get("ids", "true")
    if ids not in {"true", "false"}:
        raise invalid("ids", "it is true or false", "须为 true 或 false")
    encoding = given.get("encoding", "utf-8")
    if encoding not in ENCODINGS:
        raise invalid("encoding", f"it is one of {', '.join(ENCODINGS)}", f"须为 {'、'.join(ENCODINGS)}")
    language = given.get("language", "zh")
    if language not in set(Language):
        raise invalid("language", "it is zh or en", "须为 zh 或 en")
    asked = Asked(
        kind,
        day_of(given.get("asOf")) or today,
        instant_of(given.get("knownAt")),
        _root(given.get("root")),
        ids == "true",
    )
    return asked, Style(Language(language), encoding)


def day_of(text: str | None) -> date | None:
    """Return the day that is given; raises GraphQLError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise invalid("asOf", "give a day such as 2018-05-01", "须为日期，如 2018-05-01") from None


def instant_of(text: str | None) -> datetime | None:
    """Return the instant that is given, with its zone; raises GraphQLError."""
    if not text:
        return None
    try:
        # A plus sign that was not escaped arrives as a space.
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        example = "2024-05-01T12:00:00+08:00"
        raise invalid("knownAt", f"give an instant such as {example}", f"须为带时区的时刻，如 {example}")
    return found


def _root(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise invalid("root", "it is the id of an organization", "须为组织的系统编号") from None


def _disposition(kind: Kind, day: date, form: Format) -> str:
    plain, chinese = f"{kind}-{day}.{form}", quote(f"{CHINESE[kind]}-{day}.{form}")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{chinese}"
