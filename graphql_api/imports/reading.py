"""From the bytes of a file to the lines of its sheets: CSV, JSON lines, workbooks (读取文件).

Nothing is kept: a line is read when it is asked for. Workbooks are unpacked by a process of their own.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any, BinaryIO, NamedTuple

import msgspec

from graphql_api.imports import unpacking
from graphql_api.imports.cells import Cell, is_blank
from graphql_api.imports.columns import COLUMNS, Kind
from graphql_api.imports.headers import header_of, is_passed_over, kind_of
from graphql_api.imports.unpacking import TOO_LARGE
from graphql_api.imports.wrong import Wrong, WrongError

MEGABYTE = 1_000_000
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CHUNK = 1 << 20
_UNPACKED = 10
"""How many times its size a workbook may unpack to: spreadsheets come to seven."""

_MEMORY = 1500 * MEGABYTE
_SECONDS = 120
_LENGTH = 4
"""Bytes that say how long a frame is."""

_UNWRITTEN = {"utf-8": re.compile("\x00"), "gb18030": re.compile("[\x00\ue000-\uf8ff]")}
"""What no text holds that was meant to be read so."""

_TEXTS = frozenset({".csv", ".txt", ".tsv"})
_LINES = frozenset({".jsonl", ".ndjson", ".jsonlines"})


class Heading(NamedTuple):
    """The line of a sheet that names its columns (表头行)."""

    sheet: str
    kind: Kind
    number: int
    cells: Sequence[Cell]


class Line(NamedTuple):
    """A line below it; ``wrong`` when it cannot be read (数据行)."""

    sheet: str
    number: int
    cells: Sequence[Cell]
    wrong: WrongError | None = None


class Limits(NamedTuple):
    """How much a file may hold (文件上限)."""

    megabytes: int = 100
    rows: int = 2_000_000


def lines_of(file: BinaryIO, name: str, kind: Kind | None, limits: Limits) -> Iterator[Heading | Line]:
    """Yield the lines of ``file`` called ``name``; raises WrongError for a file that cannot be read."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > limits.megabytes * MEGABYTE:
        raise WrongError(Wrong.FILE_TOO_LARGE, megabytes=limits.megabytes)
    begin = file.read(8)
    file.seek(0)
    suffix = PurePath(name).suffix.lower()
    if begin.startswith(_ZIP):
        yield from _counted(_workbook(file, name, kind, size), limits)
    elif begin == _OLE:
        raise WrongError(
            Wrong.UNREADABLE_FILE, problem="it is an old .xls, or has a password (旧格式或有密码)"
        )
    elif suffix in _LINES:
        yield from _counted(_json_lines(_text(file), kind), limits)
    elif suffix in _TEXTS:
        of = kind or _kind_of_file(name)
        yield from _counted(_table(_text(file), of), limits)
    else:
        raise WrongError(Wrong.UNKNOWN_FORMAT, name=PurePath(name).name[:80])


def _counted(lines: Iterator[Heading | Line], limits: Limits) -> Iterator[Heading | Line]:
    for count, line in enumerate(lines):
        if count > limits.rows:
            raise WrongError(Wrong.TOO_MANY_ROWS, rows=limits.rows)
        yield line


def _kind_of_file(name: str) -> Kind:
    return kind_of(PurePath(name).stem)


def encoding_of(file: BinaryIO) -> str:
    """Return how the text of ``file`` is encoded, having read all of it; raises WrongError."""
    begin = file.read(4)
    file.seek(0)
    if begin[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise WrongError(Wrong.UNKNOWN_ENCODING, byte=0)
    broken = _first_unreadable(file, "utf-8")
    if broken is None:
        return "utf-8-sig"
    file.seek(0)
    # Nearly every byte after another is GB18030 of something: what nobody writes gives a foreign file away.
    broken = _first_unreadable(file, "gb18030")
    file.seek(0)
    if broken is not None:
        raise WrongError(Wrong.UNKNOWN_ENCODING, byte=broken)
    return "gb18030"


def _first_unreadable(file: BinaryIO, encoding: str) -> int | None:
    """Return the byte at about which ``file`` is no text of ``encoding``, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    while True:
        chunk = file.read(_CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return read + error.start
        if _UNWRITTEN[encoding].search(text):
            return read
        if not chunk:
            return None
        read += len(chunk)


def _text(file: BinaryIO) -> io.TextIOWrapper:
    encoding = encoding_of(file)
    file.seek(0)
    return io.TextIOWrapper(file, encoding, newline="")


def _table(text: io.TextIOWrapper, kind: Kind) -> Iterator[Heading | Line]:
    sheet = str(kind)
    heading = False
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=_delimiter(text)), 1):
            if not heading:
                heading = any(not is_blank(cell) for cell in cells)
                if heading:
                    yield Heading(sheet, kind, number, cells)
            elif cells:
                yield Line(sheet, number, cells)
    except csv.Error as error:
        raise WrongError(Wrong.UNREADABLE_FILE, problem=str(error)) from error
    finally:
        with contextlib.suppress(ValueError):  # whoever stopped reading may have closed the file
            text.detach()


def _delimiter(text: io.TextIOWrapper) -> str:
    """Return what stands between the columns: comma, tab or semicolon, whichever the first line has most."""
    first = text.readline()
    text.seek(0)
    return max(",\t;", key=first.count)


def _json_lines(text: io.TextIOWrapper, kind: Kind | None) -> Iterator[Heading | Line]:
    seen: set[Kind] = set()
    try:
        for number, line in enumerate(text, 1):
            if not line.strip():
                continue
            try:
                said = msgspec.json.decode(line)
                assert isinstance(said, dict)
                named = said.pop("kind", None) if kind is None else None
                of = kind or kind_of(str(named))
            except (msgspec.DecodeError, AssertionError):
                problem = f"line {number} is no JSON object (第 {number} 行不是 JSON 对象)"
                raise WrongError(Wrong.UNREADABLE_FILE, problem=problem) from None
            if of not in seen:
                seen.add(of)
                yield Heading(str(of), of, 0, [column.name for column in COLUMNS[of]])
            yield _object(of, number, said)
    finally:
        with contextlib.suppress(ValueError):  # whoever stopped reading may have closed the file
            text.detach()


def _object(kind: Kind, number: int, said: dict[str, Any]) -> Line:
    """Return the cells of an object in the order of the columns; what it calls otherwise is wrong."""
    names = list(said)
    header = header_of(kind, names)
    values = {
        column.name: said[name]
        for name, column in zip(names, header.columns, strict=True)
        if column is not None
    }
    cells = [values.get(column.name) for column in COLUMNS[kind]]
    odd = next((cell for cell in cells if isinstance(cell, dict | list)), None)
    wrong = next((w for _, w in header.wrong if w.wrong is not Wrong.MISSING_COLUMN), None)
    if odd is not None:
        wrong = WrongError(Wrong.NOT_TEXT, value=str(odd)[:40], name="JSON")
    return Line(str(kind), number, cells, wrong)


def _workbook(file: BinaryIO, name: str, kind: Kind | None, size: int) -> Iterator[Heading | Line]:
    sheet, of, heading, found = "", None, False, 0
    for first, *cells in _frames(file, max(size * _UNPACKED, 50 * MEGABYTE)):
        if first == "sheet":
            sheet, of, heading = cells[0], None, False
        elif all(is_blank(cell) for cell in cells) or is_passed_over(sheet):
            continue
        elif not heading:
            heading = True
            of = kind if kind is not None and found == 0 else kind_of(sheet)
            found += 1
            yield Heading(sheet, of, first, cells)
        else:
            yield Line(sheet, first, cells)
    if not found:
        raise WrongError(Wrong.NO_ROWS, name=name)


def _frames(file: BinaryIO, limit: int) -> Iterator[list[Any]]:
    """Yield what the process that unpacks the workbook tells; raises WrongError when it does not end well."""
    # By its path, and with nothing of this folder on the path of modules: it is alone in there.
    bounds = map(str, (limit, _MEMORY, _SECONDS))
    command = [sys.executable, "-P", unpacking.__file__, *bounds]
    file.seek(0)
    content = file.read()
    with subprocess.Popen(  # noqa: S603 - this interpreter, and numbers
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(content)
            process.stdin.close()
            del content
            yield from _told(process.stdout, limit)
        except (BrokenPipeError, EOFError):
            if process.wait() >= 0:
                raise  # it was not ended for what it took: that is a defect of ours
            raise WrongError(Wrong.UNPACKS_TOO_LARGE, megabytes=limit // MEGABYTE) from None
        finally:
            process.kill()


def _told(pipe: Any, limit: int) -> Iterator[list[Any]]:  # noqa: ANN401 - a pipe has no public type
    while True:
        length = pipe.read(4)
        content = pipe.read(int.from_bytes(length, "big"))
        if len(length) < _LENGTH or len(content) < int.from_bytes(length, "big"):
            raise EOFError
        frame = msgspec.msgpack.decode(content)
        if frame == ["problem", TOO_LARGE]:
            raise WrongError(Wrong.UNPACKS_TOO_LARGE, megabytes=limit // MEGABYTE)
        if frame[0] == "end":
            return
        if frame[0] == "problem":
            raise WrongError(Wrong.UNREADABLE_FILE, problem=frame[1])
        yield frame
