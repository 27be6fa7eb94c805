"""A workbook read in a process of its own, within bounded memory and time (工作簿解包).

Run as ``python unpacking.py BYTES MEMORY SECONDS`` with the file as standard input; it
writes frames, each its length in four bytes and then MessagePack, to standard output. A few kilobytes can
unpack to gigabytes, declare a cell in the last column of the last row, or repeat one long text a million
times: whatever a file asks for, only this process is ended by it.
"""

from __future__ import annotations

import contextlib
import io
import resource
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

import msgspec
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

_MEMBERS = 10_000
"""Parts of one workbook; one has some twenty, and three for each sheet."""

TOO_LARGE = "too large"
"""The problem of a workbook that says itself that it unpacks to more than it may."""

_encode = msgspec.msgpack.Encoder().encode


def frames(content: bytes, limit: int) -> Iterator[Sequence[Any]]:
    """Yield what the workbook holds: ``[sheet]`` before its rows, each ``[number, *cells]``; or a problem."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        yield ["problem", f"it is no workbook ({type(error).__name__})"]
        return
    if len(members) > _MEMBERS or sum(member.file_size for member in members) > limit:
        yield ["problem", TOO_LARGE]
        return
    try:
        yield from _sheets(CalamineWorkbook.from_filelike(io.BytesIO(content)))
    except MemoryError:
        yield ["problem", TOO_LARGE]
    except Exception as error:  # noqa: BLE001 - whatever the reader stumbles over is a problem of the file
        yield ["problem", f"{type(error).__name__}: {error}"[:200]]


def _sheets(workbook: CalamineWorkbook) -> Iterator[Sequence[Any]]:
    for place, shown in enumerate(workbook.sheets_metadata):
        if shown.visible is not SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_index(place)
        yield ["sheet", shown.name]
        yield from _rows(sheet)


def _rows(sheet: CalamineSheet) -> Iterator[Sequence[Any]]:
    merged = _merged(sheet)
    before = [None] * (0 if sheet.start is None else sheet.start[1])
    held: dict[tuple[int, int], Any] = {}
    for row, cells in enumerate(sheet.iter_rows()):
        values = [*before, *(_plain(cell) for cell in cells)]
        for top, left, bottom, right in merged:
            if top <= row <= bottom:
                if row == top:
                    held[top, left] = values[left] if left < len(values) else None
                for column in range(left, min(right + 1, len(values))):
                    values[column] = held.get((top, left))
        while values and values[-1] is None:
            values.pop()
        yield [row + 1, *values]


def _merged(sheet: CalamineSheet) -> list[tuple[int, int, int, int]]:
    """Return the merged cells below the header's row: what they say, they say for each of their rows."""
    with contextlib.suppress(Exception):
        return [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return []


def _plain(cell: object) -> object:
    """Return a cell as it is passed on: days as ISO 8601, an empty text as nothing."""
    match cell:
        case "":
            return None
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case time() | timedelta():
            return str(cell)
        case _:
            return cell


def _bounded(memory: int, seconds: int) -> None:
    """Take no more memory and no more time than that, where the system keeps a process to its word."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main(bounds: Sequence[int], source: BinaryIO, target: BinaryIO) -> None:
    """Write the frames of ``source`` to ``target``, within ``bounds``: bytes unpacked, memory, seconds."""
    limit, memory, seconds = bounds
    _bounded(memory, seconds)
    for frame in frames(source.read(), limit):
        encoded = _encode(frame)
        target.write(len(encoded).to_bytes(4, "big"))
        target.write(encoded)
    end = _encode(["end"])
    target.write(len(end).to_bytes(4, "big") + end)
    target.flush()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:4]], sys.stdin.buffer, sys.stdout.buffer)
