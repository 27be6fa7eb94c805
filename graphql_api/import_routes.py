"""Files imported over HTTP (网页导入): ``POST /import``, ``GET /import/template.xlsx``, and taking back."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import orjson
from graphql import GraphQLError
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from graphql_api.access import Right
from graphql_api.body import refused
from graphql_api.callers import Front, context_of
from graphql_api.context import Context, Services
from graphql_api.freshness import begin, wrote
from graphql_api.imports.headers import kind_of
from graphql_api.imports.importer import Asked, Importer
from graphql_api.imports.outcome import Outcome, State
from graphql_api.imports.progress import Progress
from graphql_api.imports.reading import Limits, lines_of
from graphql_api.imports.report import annotate
from graphql_api.imports.rows import default_day
from graphql_api.imports.template import write_template
from graphql_api.imports.wrong import WrongError
from graphql_api.intake import Intake, admit, form_of
from graphql_api.position import remember
from graphql_api.problems import invalid

PATH = "/import"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEADERS = {"cache-control": "no-store"}
_STATUS = {State.REFUSED: 422, State.STOPPED: 409}
_FIELDS = 10


class ImportRoutes:
    """Takes files in from whoever may write everywhere; one at a time in each process."""

    def __init__(
        self,
        front: Front,
        services: Callable[[], Services],
        intake: Intake,
        limits: Limits,
    ) -> None:
        """Serve; ``services`` are there once the application has started."""
        self._front = front
        self._services = services
        self._intake = intake
        self._limits = limits

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes."""
        return [
            Route(PATH, self.take, methods=["POST"]),
            Route("/import/template.xlsx", self.template),
            Route("/import/{import_id:uuid}/reversal", self.reverse, methods=["POST"]),
        ]

    async def template(self, request: Request) -> Response:
        """Answer with the workbook to begin with."""
        try:
            await self._admitted(request)
        except GraphQLError as error:
            return refused(error)
        target = io.BytesIO()
        await asyncio.to_thread(write_template, target)
        return _workbook(target.getvalue(), "template.xlsx")

    async def take(self, request: Request) -> Response:
        """Take a file in, or only decide it; nobody's file is read who may not write."""
        try:
            context = await self._admitted(request)
            async with self._intake.alone() as importer, form_of(request, _FIELDS) as form:
                return await self._taken(request, form, context, importer)
        except GraphQLError as error:
            return refused(error)
        except WrongError as wrong:
            return _unread(wrong)

    async def _taken(
        self, request: Request, form: FormData, context: Context, importer: Importer
    ) -> Response:
        upload = form.get("file")
        if not isinstance(upload, UploadFile):
            raise invalid(
                "file", "no file is sent as multipart/form-data", "请以 multipart/form-data 上传文件"
            )
        asked = _asked(upload.filename or "", form, context)
        file: Any = upload.file
        outcome = await importer.run(file, asked, Progress())
        if WORKBOOK in request.headers.get("accept", ""):
            content = await asyncio.to_thread(self._annotated, file, asked, outcome)
            answer = _workbook(content, "import.xlsx", _STATUS.get(outcome.state, 200), outcome)
        else:
            answer = _answer(outcome)
        return self._remembered(request, outcome, answer)

    def _annotated(self, file: Any, asked: Asked, outcome: Outcome) -> bytes:  # noqa: ANN401 - a spooled file
        target = io.BytesIO()
        annotate(lines_of(file, asked.name, asked.kind, self._limits), outcome, target)
        return target.getvalue()

    async def reverse(self, request: Request) -> Response:
        """Retract everything that was recorded under an import."""
        try:
            context = await self._admitted(request)
            import_id: UUID = request.path_params["import_id"]
            dry_run = _flag(request.query_params.get("dryRun"), "dryRun")
            async with self._intake.alone() as importer:
                outcome = await importer.reverse(
                    import_id, context.viewer.name, context.today, Progress(), dry_run=dry_run
                )
        except GraphQLError as error:
            return refused(error)
        return self._remembered(request, outcome, _answer(outcome))

    def _remembered(self, request: Request, outcome: Outcome, answer: Response) -> Response:
        """Return the answer by which a browser remembers how far it wrote."""
        wrote(outcome.last_position)
        remember(request, answer, self._front)
        return answer

    async def _admitted(self, request: Request) -> Context:
        """Say who asks; raises GraphQLError for whoever may not write everywhere, as a file does."""
        begin()
        context = await context_of(request, self._services, self._front)
        admit(context, PATH)
        return context


def _asked(name: str, form: FormData, context: Context) -> Asked:
    """Return what the form asks for; raises GraphQLError or WrongError for what it may not."""
    kind, day = _text(form, "kind"), _text(form, "effectiveOn")
    return Asked(
        name=name,
        actor=context.viewer.name,
        kind=None if kind is None else kind_of(kind),
        day=None if day is None else default_day(day),
        source=_text(form, "source") or "import",
        dry_run=_flag(_text(form, "dryRun"), "dryRun"),
        skip_errors=_flag(_text(form, "skipErrors"), "skipErrors"),
        may_grant=context.viewer.everywhere(Right.GRANT),
    )


def _text(form: FormData, name: str) -> str | None:
    value = form.get(name)
    if value is not None and not isinstance(value, str):
        raise invalid(name, "a file, where a text is expected", "应为文本")
    return value or None


def _flag(value: str | None, name: str) -> bool:
    if value not in (None, "", "true", "false"):
        raise invalid(name, "neither true nor false", "应为 true 或 false")
    return value == "true"


def _answer(outcome: Outcome) -> Response:
    content = orjson.dumps(outcome.told)
    return Response(content, _STATUS.get(outcome.state, 200), _HEADERS, "application/json")


def _unread(wrong: WrongError) -> Response:
    """Return the response for a file that cannot be read at all."""
    words = wrong.words
    extensions = {
        "code": str(wrong.wrong),
        "messageZh": words.chinese,
        "advice": words.advice_english,
        "adviceZh": words.advice_chinese,
    }
    content = orjson.dumps({"errors": [{"message": words.english, "extensions": extensions}]})
    return Response(content, 422, _HEADERS, "application/json")


def _workbook(content: bytes, name: str, status: int = 200, outcome: Outcome | None = None) -> Response:
    headers = {**_HEADERS, "content-disposition": f'attachment; filename="{name}"'}
    if outcome is not None:
        headers |= {"x-import-id": str(outcome.import_id), "x-import-state": str(outcome.state)}
    return Response(content, status, headers, WORKBOOK)
