"""Files of exports: nothing is a formula, and they grow on disk, not in memory."""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLError, GraphQLSchema
from starlette.requests import ClientDisconnect
from starlette.types import Message

from graphql_api.access import Role, Viewer
from graphql_api.execution import core_of
from graphql_api.exports import writing
from graphql_api.exports.exporter import Exporter
from graphql_api.exports.question import Asked, Question, question_of
from graphql_api.exports.routes import FileAnswer
from graphql_api.exports.writing import Format, Language, Origin, Style, writer_of
from graphql_api.imports.cells import value_of
from graphql_api.imports.columns import COLUMNS, Kind
from graphql_api.imports.reading import Heading, Limits, lines_of
from graphql_api.imports.wrong import Wrong, WrongError
from graphql_api.planner.compiler import Statement
from graphql_api.schema import build_schema

TODAY = date(2026, 1, 1)
ORIGIN = Origin(Kind.FUNCTIONS, TODAY, datetime(2026, 1, 1, tzinfo=UTC), 7)
NAME = COLUMNS[Kind.FUNCTIONS][2]


def written(form: Format, name: str) -> bytes:
    target = io.BytesIO()
    with closing(writer_of(form, target, [NAME], ORIGIN, Style(Language.EN))) as writer:
        writer.write([{"name": name}])
        writer.finish()
    return target.getvalue()


@pytest.mark.parametrize("name", ["=1+1", "+8613800000001", "-5", "@SUM(A1)"])
def test_what_a_spreadsheet_would_calculate_is_marked_in_csv_and_read_as_it_was(name: str) -> None:
    cell = written(Format.CSV, name).decode().splitlines()[1]
    assert cell == f"'{name}"
    assert value_of(cell, NAME) == name


@pytest.mark.parametrize("name", ["=1+1", "+86", "'=1", "''-5", "'A1", "'", "''", "a'=1"])
@pytest.mark.parametrize("form", [Format.CSV, Format.XLSX, Format.JSONL])
def test_whatever_a_text_begins_with_it_is_read_as_it_was(form: Format, name: str) -> None:
    lines = list(lines_of(io.BytesIO(written(form, name)), f"functions.{form}", Kind.FUNCTIONS, Limits()))
    heading, line = lines[:2]
    assert isinstance(heading, Heading)
    place = next(n for n, cell in enumerate(heading.cells) if cell == "name")
    assert value_of(line.cells[place], NAME) == name


def test_one_mark_is_taken_off_and_no_other() -> None:
    read = {said: value_of(said, NAME) for said in ("'+1", "''+1", "'A1", "'")}
    assert read == {"'+1": "+1", "''+1": "'+1", "'A1": "'A1", "'": "'"}
    with pytest.raises(WrongError) as caught:
        value_of("=1", NAME)
    assert caught.value.wrong is Wrong.FORMULA


def test_rows_beyond_what_a_sheet_holds_stand_on_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "SHEET_ROWS", 2)
    target = io.BytesIO()
    with closing(writer_of(Format.XLSX, target, [NAME], ORIGIN, Style(Language.EN))) as writer:
        writer.write([{"name": str(n)} for n in range(3)])
        writer.finish()
    calamine: Any = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(target.getvalue()))
    assert book.sheet_names == ["functions", "#functions 2", "#出处"]
    assert book.get_sheet_by_name("#functions 2").to_python() == [["name"], ["2"]]


@pytest.mark.parametrize("form", list(Format))
def test_a_file_that_is_broken_off_leaves_nothing_on_the_disk(
    form: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form is Format.PARQUET:
        pytest.importorskip("pyarrow")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with closing(writer_of(form, io.BytesIO(), [NAME], ORIGIN, Style(Language.EN))) as writer:
        writer.write([{"name": "x"}])
    assert list(tmp_path.iterdir()) == []


async def test_whoever_hangs_up_before_the_first_piece_leaves_no_file_open(tmp_path: Path) -> None:
    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(_: Message) -> None:
        raise OSError

    with (tmp_path / "file").open("w+b") as file:
        with pytest.raises(ClientDisconnect):
            await FileAnswer(file, {}, "text/csv")(
                {"type": "http", "asgi": {"spec_version": "2.4"}}, receive, send
            )
        assert file.closed


_FAR = 3000


class Endless:
    """Rows without end, and whether whoever read them hung up."""

    def __init__(self) -> None:
        self.given = 0
        self.closed = False
        self.seconds: float | None = None
        self.far = asyncio.Event()

    async def rows(
        self, first: Statement, then: Statement, seconds: float | None = None
    ) -> AsyncGenerator[str, None]:
        del first, then
        self.seconds = seconds
        try:
            yield '[7, "2026-01-01T00:00:00+00:00"]'
            while True:
                self.given += 1
                if self.given == _FAR:
                    self.far.set()
                yield '{"id": "x", "name": "n", "validFrom": "2000-01-01", "holder": null}'
        finally:
            self.closed = True


async def _nothing(*_: object) -> tuple[list[str], set[Any]]:
    return [], set()


def asked_of(kind: Kind) -> tuple[Asked, Question]:
    schema: GraphQLSchema = core_of(build_schema())
    asked = Asked(kind, TODAY)
    return asked, question_of(schema, asked, Viewer.of(Role.AUDITOR, "a"), TODAY)


async def test_an_export_that_is_cancelled_frees_the_connection() -> None:
    rows = Endless()
    exporter = Exporter(rows, None, _nothing)  # type: ignore[arg-type]  # nothing restricted is recorded
    written = exporter.write(*asked_of(Kind.FUNCTIONS), Format.CSV, Style(), io.BytesIO())
    work = asyncio.create_task(written)
    await rows.far.wait()
    assert not work.done()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert rows.closed


class Ending(Endless):
    """The rows of an empty register."""

    async def rows(
        self, first: Statement, then: Statement, seconds: float | None = None
    ) -> AsyncGenerator[str, None]:
        del first, then, seconds
        yield '[7, "2026-01-01T00:00:00+00:00"]'


async def test_what_is_written_to_a_device_is_not_cut_first() -> None:
    exporter = Exporter(Ending(), None, _nothing)  # type: ignore[arg-type]  # nothing restricted is recorded
    with Path("/dev/null").open("wb") as target:  # noqa: ASYNC230 - it keeps nobody waiting
        _, count = await exporter.write(*asked_of(Kind.FUNCTIONS), Format.CSV, Style(), target)
    assert count == 0


async def test_an_export_that_takes_too_long_ends_and_says_so() -> None:
    rows = Endless()
    exporter = Exporter(rows, None, _nothing, 0.01)  # type: ignore[arg-type]  # nothing restricted is recorded
    with pytest.raises(GraphQLError) as caught:
        await exporter.write(*asked_of(Kind.FUNCTIONS), Format.CSV, Style(), io.BytesIO())
    assert (caught.value.extensions or {})["code"] == "TIMEOUT"
    assert (rows.closed, rows.seconds) == (True, 0.01)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_register_is_one_statement_with_the_headings_of_the_import(kind: Kind) -> None:
    _, question = asked_of(kind)
    names: Sequence[str] = [column.name for column in COLUMNS[kind]]
    shown = [column.name for column in question.columns]
    assert shown == [name for name in names if name in shown]
    assert {column.name for column in COLUMNS[kind] if column.required} <= set(shown)
