"""An export from its statement to the finished file, from one snapshot (导出过程)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, closing
from functools import partial
from typing import Any, BinaryIO, Protocol

import orjson

from graphql_api.accesses import Access
from graphql_api.context import Accesses
from graphql_api.exports.question import Asked, Question
from graphql_api.exports.registers import REGISTERS, Row
from graphql_api.exports.writing import Format, Origin, Style, has_parquet, writer_of
from graphql_api.freshness import unbroken
from graphql_api.planner.compiler import Statement
from graphql_api.planner.head import head_statement, read_head
from graphql_api.problems import Problem, problem
from graphql_api.types.terms.access import AccessKind
from graphql_api.watching import Open, finished

_BATCH = 1000
"""Rows that are recorded, made and written together; of more than these no memory is taken."""

SNAPSHOT_SECONDS = 600
"""For so long a snapshot is kept: behind a longer one the database cannot tidy up."""


class Rows(Protocol):
    """Reads several statements from one snapshot, without holding what they give."""

    def rows(
        self, first: Statement, then: Statement, seconds: float | None = None
    ) -> AsyncGenerator[str, None]:
        """Yield the text of the first statement, and that of every row of the second.

        A fetch may take ``seconds``.
        """
        ...


class Exporter:
    """Writes registers to files; what they show that is restricted is recorded before it is written."""

    def __init__(
        self, rows: Rows, accesses: Accesses, envelopes: Open, seconds: float = SNAPSHOT_SECONDS
    ) -> None:
        """Read ``rows`` for ``seconds`` at most; record in ``accesses``."""
        self._seconds = seconds
        self._rows = rows
        self._accesses = accesses
        self._envelopes = envelopes

    async def write(
        self,
        asked: Asked,
        question: Question,
        form: Format,
        style: Style,
        target: BinaryIO,
    ) -> tuple[Origin, int]:
        """Write the file and return what it is and how many rows it has; raises GraphQLError.

        It is written anew when a copy of the database cuts it off, unless what is written cannot be undone.
        """
        if form is Format.PARQUET and not has_parquet():
            raise problem(Problem.EXTRA_MISSING, extra="parquet")
        # A pipe takes nothing back, and of a file that held something before, nobody knows where it began.
        is_new = target.seekable() and target.seek(0, os.SEEK_END) == 0

        async def attempt() -> tuple[Origin, int]:
            if is_new and target.seek(0, os.SEEK_END):
                target.seek(0)
                target.truncate()
            rows = self._rows.rows(head_statement(), question.statement, self._seconds)
            async with aclosing(rows) as texts:
                return await self._written(texts, asked, question, form, style, target)

        try:
            async with asyncio.timeout(self._seconds):
                return await (unbroken(attempt) if is_new else attempt())
        except TimeoutError as error:
            raise problem(Problem.TIMEOUT) from error

    async def _written(  # noqa: PLR0913, PLR0917 - what, as what, for whom and where to
        self,
        texts: AsyncGenerator[str, None],
        asked: Asked,
        question: Question,
        form: Format,
        style: Style,
        target: BinaryIO,
    ) -> tuple[Origin, int]:
        head = read_head(await anext(texts))
        known_at = head.recorded_at if asked.known_at is None else min(asked.known_at, head.recorded_at)
        withheld = tuple(column.name for column in question.withheld)
        origin = Origin(asked.kind, asked.as_of, known_at, head.position, withheld)
        count = 0
        with closing(writer_of(form, target, question.columns, origin, style)) as writer:
            async for batch in _batches(texts):
                rows = [row for found in await self._told(batch, asked, question) for row in found]
                await _in_thread(partial(writer.write, rows))
                count += len(rows)
            await _in_thread(writer.finish)
        return origin, count

    async def _told(self, batch: Sequence[str], asked: Asked, question: Question) -> list[list[Row]]:
        """Return the rows of a batch, once it is recorded whose restricted data they show."""
        reading = question.statement.reading
        lines = batch
        if reading is not None:
            named = reading._replace(kind=AccessKind.REPORT_FILE, operation=f"export {asked.kind}")
            text, access = await finished("\n".join(batch), named, self._envelopes)
            if access is not None:
                await self._accesses.record(access)
            lines = text.split("\n")
        rows = REGISTERS[asked.kind].rows
        day = asked.as_of.isoformat()
        found: list[dict[str, Any]] = [orjson.loads(line) for line in lines]
        return [list(rows({**one, "asOf": day})) for one in found]

    async def begun(self, actor: str, asked: Asked) -> None:
        """Record that somebody takes a file, whether or not it holds restricted data."""
        operation = f"export {asked.kind}"
        await self._accesses.record(Access(actor=actor, kind=AccessKind.REPORT_FILE, operation=operation))


async def _in_thread(work: Callable[[], None]) -> None:
    """Let a thread do ``work``, and wait for its end also when nobody wants it any more.

    A thread cannot be called off, and what it writes to must not be closed under it.
    """
    working = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.gather(working, return_exceptions=True)
        raise


async def _batches(texts: AsyncGenerator[str, None]) -> AsyncGenerator[list[str], None]:
    batch: list[str] = []
    async for text in texts:
        batch.append(text)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
