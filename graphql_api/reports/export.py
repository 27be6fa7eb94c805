"""Reports as spreadsheets over HTTP (报表导出): ``GET /export/reports/<name>.xlsx``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import orjson
import strawberry
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response

from graphql_api.access import ANYBODY
from graphql_api.accesses import Access
from graphql_api.asked import MIN_POSITION
from graphql_api.body import refused
from graphql_api.callers import Front, context_of
from graphql_api.context import Context, Services
from graphql_api.execution import core_of
from graphql_api.masking import told_errors
from graphql_api.planner.decisions import Decision, decision
from graphql_api.position import awaited
from graphql_api.problems import Problem, problem
from graphql_api.reports.catalog import REPORTS
from graphql_api.reports.declare import Report
from graphql_api.reports.question import Asked, asked_of
from graphql_api.reports.workbook import Origin, written
from graphql_api.streams import Patience
from graphql_api.types.terms.access import AccessKind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEADERS = {"cache-control": "no-store"}
_AT_ONCE = 2
"""Workbooks written at a time: each keeps a thread, and the interpreter, busy."""


class Exports:
    """Serves every report as a spreadsheet, by the statement that answers its query."""

    def __init__(
        self,
        schema: strawberry.Schema,
        services: Callable[[], Services],
        front: Front,
        patience: Patience,
    ) -> None:
        """Ask of ``schema``; ``services`` are there once the application has started."""
        self._schema = schema
        self._core = core_of(schema)
        self._services = services
        self._front = front
        self._patience = patience
        self._writing = asyncio.Semaphore(_AT_ONCE)

    async def report(self, request: Request) -> Response:
        """Answer one request."""
        try:
            return await self._report(request)
        except GraphQLError as error:
            (told,) = told_errors([error])
            return refused(told)

    async def _report(self, request: Request) -> Response:
        report = REPORTS.get(request.path_params["name"])
        if report is None:
            name = request.path_params["name"][:50]
            raise problem(Problem.NOT_FOUND, english=f"report {name!r}", chinese=f"报表 {name}")
        context = await self._context(request)
        self._admit(report, context)
        given = [each for each in request.query_params.multi_items() if each[0] != MIN_POSITION]
        asked = asked_of(self._core, report, given, context.viewer)
        await awaited(request, context.services, self._patience, self._front)
        answer = await self._answer(asked, context)
        if "root" in asked.variables and answer["root"] is None:
            root = str(asked.variables["root"])
            raise problem(Problem.NOT_FOUND, english=f"organization {root} then", chinese=f"组织 {root}")
        if context.viewer is not ANYBODY:
            access = Access(
                actor=context.viewer.name, kind=AccessKind.REPORT_FILE, operation=report.root_field
            )
            await context.services.accesses.record(access)
        origin = Origin(context.viewer.name, context.services.clock.now())
        async with self._writing:
            content = await asyncio.to_thread(written, report, asked.sheets, answer, origin)
        day = answer["to"] if report.between else answer["asOf"]
        headers = {**_HEADERS, "content-disposition": _disposition(report, day)}
        return Response(content, headers=headers, media_type=MEDIA_TYPE)

    async def _context(self, request: Request) -> Context:
        context = await context_of(request, self._services, self._front)
        context.own = True
        if context.authorization is not None and context.viewer is ANYBODY:
            raise problem(Problem.UNAUTHENTICATED)
        return context

    def _admit(self, report: Report, context: Context) -> None:
        """Refuse who may not ask the report's query; whoever has not signed in may do so."""
        query = self._core.query_type
        assert query is not None
        if decision(context.viewer, query, report.root_field) is not Decision.REFUSED:
            return
        if context.viewer is ANYBODY:
            raise problem(Problem.UNAUTHENTICATED)
        raise problem(Problem.FORBIDDEN, field=f"Query.{report.root_field}")

    async def _answer(self, asked: Asked, context: Context) -> dict[str, Any]:
        result = await self._schema.execute(asked.text, dict(asked.variables), context)
        for error in result.errors or ():
            raise error
        # What the database wrote is passed on as text, and is read only here.
        answer: dict[str, Any] = orjson.loads(orjson.dumps(result.data))["report"]
        return answer


def _disposition(report: Report, day: object) -> str:
    """Return the header that names the file: in Chinese, and in ASCII for whoever cannot read that."""
    plain, chinese = f"{report.name}-{day}.xlsx", quote(f"{report.title}-{day}.xlsx")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{chinese}"
