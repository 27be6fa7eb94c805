"""Where files come in (导入口): who may send one, one at a time in each process, whichever way it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from graphql_api.accepted import FORM, media_of
from graphql_api.access import ANYBODY, Right
from graphql_api.body import BODY_BYTES
from graphql_api.context import Context
from graphql_api.imports.importer import Importer
from graphql_api.problems import Problem, problem


class Intake:
    """The gate that every file passes."""

    def __init__(self, importer: Callable[[], Importer]) -> None:
        """Let files in to ``importer``, which is there once the application has started."""
        self._importer = importer
        self._under_way = asyncio.Lock()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[Importer]:
        """Give what takes files in, to one caller at a time; raises GraphQLError for any other."""
        if self._under_way.locked():
            raise problem(Problem.IMPORT_UNDER_WAY)
        async with self._under_way:
            yield self._importer()


def admit(context: Context, field: str) -> None:
    """Raise GraphQLError for whoever may not write everywhere, as a file does; ``field`` is what they ask."""
    if context.viewer is ANYBODY:
        raise problem(Problem.UNAUTHENTICATED)
    if not context.viewer.everywhere(Right.WRITE):
        raise problem(Problem.FORBIDDEN, field=field)


class _Parser(MultiPartParser):
    """Reads a form, and refuses one that ends before its last boundary: its file may be cut short."""

    _ended = False

    def on_end(self) -> None:
        """Note that the last boundary is there."""
        self._ended = True

    async def parse(self) -> FormData:
        """Return the form; raises MultiPartException."""
        form = await super().parse()
        if self._ended:
            return form
        for file in self._files_to_close_on_error:
            file.close()
        message = "The form is cut short."
        raise MultiPartException(message)


@asynccontextmanager
async def form_of(request: Request, fields: int) -> AsyncIterator[FormData]:
    """Give the form that a request carries, of ``fields`` texts and a file at most; raises GraphQLError.

    What is no multipart/form-data is a form without anything. The file is kept for as long as it is looked
    at.
    """
    form = FormData()
    if media_of(request.headers.get("content-type", "")) == FORM:
        parser = _Parser(
            request.headers, request.stream(), max_files=1, max_fields=fields, max_part_size=BODY_BYTES
        )
        try:
            form = await parser.parse()
        except MultiPartException as error:
            told = error.message.rstrip(".")
            raise problem(Problem.INVALID_UPLOAD, problem=told, chinese=f"表单有误（{told}）") from error
    try:
        yield form
    finally:
        await form.close()
