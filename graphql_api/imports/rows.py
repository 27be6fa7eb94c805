"""The rows of a file: read cell by cell, kept small, and given back typed (数据行)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from graphql_api.imports.cells import Cell, Day, is_blank, is_none, value_of
from graphql_api.imports.columns import COLUMNS, FROM, KEYS, Column, Kind
from graphql_api.imports.headers import Header, header_of
from graphql_api.imports.reading import Heading, Line
from graphql_api.imports.wrong import Wrong, WrongError
from registry.errors import Refusal

FAULT_LIMIT = 10_000
"""So many errors are told; a file with more is given back without looking further."""

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(list).decode


class Place(NamedTuple):
    """Where a cell stands: sheet, row from 1, column from 0 or None for the whole row (位置)."""

    sheet: str
    row: int
    column: int | None = None


class Fault(NamedTuple):
    """What is wrong at a place (错误)."""

    place: Place
    problem: WrongError | Refusal


class Row(Struct, frozen=True, gc=False):
    """A row, typed (行). A column that is not in ``values`` says nothing; one that is None says: none."""

    sheet: str
    number: int
    values: Mapping[str, Any]

    def get(self, name: str) -> Any:  # noqa: ANN401 - what it is depends on the column
        """Return what the column says; None when that is nothing, or none."""
        return self.values.get(name)

    def says(self, name: str) -> bool:
        """Say whether the column says anything, be it that there is none."""
        return name in self.values

    @property
    def day(self) -> Day:
        """The day from which it is so."""
        day: Day = self.values["from"]
        return day

    @property
    def end(self) -> Day | None:
        """The first day on which it is no longer so."""
        day: Day | None = self.values.get("to")
        return day


class Table:
    """The rows of one kind on one sheet, packed: a million of them have to fit into memory (表)."""

    def __init__(self, sheet: str, kind: Kind, columns: Sequence[Column | None], default: Day | None) -> None:
        """Take rows whose cells stand under ``columns``; ``default`` is the day of those that give none."""
        self.sheet = sheet
        self.kind = kind
        self.columns = columns
        self.keys: list[str] = []
        self.days = array("i")
        self._default = default
        self._packed: list[bytes] = []
        self._places = {column.name: place for place, column in enumerate(columns) if column is not None}
        self._required = [column for column in COLUMNS[kind] if column.required]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._packed)

    def take(self, line: Line) -> list[Fault]:
        """Keep the row of ``line`` if every cell can be read, else return what is wrong with it."""
        row, faults = self._read(line.number, line.cells)
        if line.wrong is not None:
            faults.append(Fault(self.place(line.number, line.wrong.column), line.wrong))
        if not faults:
            self.keys.append("\x1f".join(str(row.get(name)) for name in KEYS[self.kind]))
            self.days.append(row.day.on.toordinal())
            self._packed.append(_pack([line.number, *line.cells]))
        return faults

    def row(self, index: int) -> Row:
        """Return a row that was kept."""
        number, *cells = _unpack(self._packed[index])
        return self._read(number, cells)[0]

    def number(self, index: int) -> int:
        """Return where a row that was kept stands on its sheet."""
        number: int = _unpack(self._packed[index])[0]
        return number

    def place(self, number: int, column: str | None) -> Place:
        """Return the place of a cell."""
        return Place(self.sheet, number, None if column is None else self._places.get(column))

    def _read(self, number: int, cells: Sequence[Cell]) -> tuple[Row, list[Fault]]:
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for place, cell in enumerate(cells):
            if is_blank(cell):
                continue
            column = self.columns[place] if place < len(self.columns) else None
            try:
                if column is not None:
                    none = is_none(cell) and not column.required
                    values[column.name] = None if none else value_of(cell, column)
                elif place >= len(self.columns):
                    faults.append(Fault(Place(self.sheet, number, place), WrongError(Wrong.STRAY_CELL)))
            except WrongError as wrong:
                faults.append(Fault(Place(self.sheet, number, place), wrong))
        if self._default is not None:
            values.setdefault("from", self._default)
        wrong_places = {fault.place.column for fault in faults}
        for column in self._required:
            if column.name not in values and self._places.get(column.name) not in wrong_places:
                missing = WrongError(Wrong.REQUIRED, column.name, name=f"{column.chinese} {column.name}")
                faults.append(Fault(self.place(number, column.name), missing))
        return Row(self.sheet, number, values), faults


class Contents(NamedTuple):
    """All that a file holds (文件内容)."""

    tables: list[Table]
    faults: list[Fault]

    @property
    def sound(self) -> int:
        """How many rows can be read."""
        return sum(map(len, self.tables))


def contents_of(lines: Iterable[Heading | Line], default: Day | None = None) -> Contents:
    """Return the rows of ``lines`` and what is wrong with them; raises WrongError for the whole file."""
    tables: dict[str, Table | None] = {}
    faults: list[Fault] = []
    for line in lines:
        if len(faults) >= FAULT_LIMIT:
            break
        if isinstance(line, Heading):
            header = header_of(line.kind, line.cells, dated=default is not None)
            faults.extend(_of_heading(line, header))
            # Without its columns nothing of a sheet can be told: it is enough to say what is wrong with them.
            sound = not header.wrong
            tables[line.sheet] = Table(line.sheet, line.kind, header.columns, default) if sound else None
            continue
        table = tables[line.sheet]
        if table is not None and not all(is_blank(cell) for cell in line.cells):
            faults.extend(table.take(line))
    kept = sorted((table for table in tables.values() if table is not None), key=_order)
    if not faults and not any(map(len, kept)):
        raise WrongError(Wrong.NO_ROWS)
    return Contents(kept, faults)


def _order(table: Table) -> int:
    return list(Kind).index(table.kind)


def _of_heading(line: Heading, header: Header) -> Iterator[Fault]:
    for place, wrong in header.wrong:
        column = None if wrong.wrong is Wrong.MISSING_COLUMN else place
        yield Fault(Place(line.sheet, max(line.number, 1), column), wrong)


def default_day(text: str) -> Day:
    """Return the day that ``--effective-on`` gives; raises WrongError."""
    day: Day = value_of(text, FROM)
    return day
