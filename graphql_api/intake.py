"""Where files come in (导入口): who may send one, one at a time in each process, whichever way it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

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


@asynccontextmanager
async def form_of(request: Request, fields: int) -> AsyncIterator[FormData]:
    """Give the form that a request carries, of ``fields`` texts and a file at most; raises GraphQLError.

    The file is on disk while it is looked at, and nowhere afterwards.
    """
    try:
        form = await request.form(max_files=1, max_fields=fields, max_part_size=BODY_BYTES)
    except HTTPException as error:
        told = error.detail.rstrip(".")
        raise problem(Problem.INVALID_UPLOAD, problem=told, chinese=f"表单有误（{told}）") from error
    try:
        yield form
    finally:
        await form.close()
