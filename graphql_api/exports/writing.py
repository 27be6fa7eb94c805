"""Rows as files: CSV, JSON lines, Excel workbooks and Parquet, row by row (写出). Pure but for the file.

No cell is ever a formula: in workbooks texts are texts, in CSV a mark stands before what a spreadsheet would
calculate, which the import takes off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, NamedTuple, Protocol

import orjson
import xlsxwriter

from graphql_api.exports.registers import Row
from graphql_api.imports.cells import MARK, is_calculated
from graphql_api.imports.columns import CHINESE, Column, Kind, Sort
from graphql_api.imports.words import shown

SHEET_ROWS = 1_048_575
"""Rows below the heading that a sheet holds; what is beyond stands on further sheets."""

_CELL_CHARACTERS = 32_767
_ENCODINGS = {"utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "gb18030": "gb18030"}
ENCODINGS = tuple(_ENCODINGS)


class Format(StrEnum):
    """In what an export is written (格式)."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    PARQUET = "parquet"


MEDIA_TYPES = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSONL: "application/jsonl",
    Format.PARQUET: "application/vnd.apache.parquet",
}


class Language(StrEnum):
    """In which language headings and words are (语言)."""

    ZH = "zh"
    EN = "en"


class Origin(NamedTuple):
    """Of what day, by what belief and as of which position of the log a file is (出处)."""

    kind: Kind
    as_of: date
    known_at: datetime
    position: int
    withheld: tuple[str, ...] = ()

    @property
    def told(self) -> dict[str, str]:
        """The same as names and texts."""
        return {
            "kexie-register": str(self.kind),
            "kexie-as-of": self.as_of.isoformat(),
            "kexie-known-at": self.known_at.isoformat(),
            "kexie-position": str(self.position),
            "kexie-withheld": ",".join(self.withheld),
        }


class Style(NamedTuple):
    """How values are written (写法)."""

    language: Language = Language.ZH
    encoding: str = "utf-8"


class Writer(Protocol):
    """Writes rows to a file as they come."""

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        ...

    def finish(self) -> None:
        """Write what stands at the end of the file, which stays open."""
        ...

    def close(self) -> None:
        """Let go of whatever the writing needed, also of a file that was never finished."""
        ...


def writer_of(
    form: Format, target: BinaryIO, columns: Sequence[Column], origin: Origin, style: Style
) -> Writer:
    """Return what writes rows of these columns to ``target`` in the format."""
    return _WRITERS[form](target, columns, origin, style)


def has_parquet() -> bool:
    """Say whether the library for Parquet, an extra, is installed."""
    return find_spec("pyarrow") is not None


def _heading(column: Column, language: Language) -> str:
    return column.chinese if language is Language.ZH else column.name


def _word(column: Column, value: Any, language: Language) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return the value of a cell as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("是" if value else "否") if language is Language.ZH else ("yes" if value else "no")
    if column.choices is not None and language is Language.ZH:
        return shown(column.choices(value))
    return str(value)


class _Csv:
    def __init__(self, target: BinaryIO, columns: Sequence[Column], _: Origin, style: Style) -> None:
        self._text = io.TextIOWrapper(
            target, encoding=_ENCODINGS[style.encoding], newline="", write_through=True
        )
        self._writer = csv.writer(self._text, lineterminator="\r\n")
        self._columns, self._language = columns, style.language
        self._writer.writerow([_heading(column, style.language) for column in columns])

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        self._writer.writerows(
            [_unformed(_word(c, row.get(c.name), self._language)) for c in self._columns] for row in rows
        )

    def finish(self) -> None:
        """Write what is left."""
        self._text.flush()

    def close(self) -> None:
        """Leave the file alone."""
        self._text.detach()


def _unformed(text: str) -> str:
    """Return a text that no spreadsheet calculates."""
    return f"{MARK}{text}" if is_calculated(text) or text[:1] in ("\t", "\r") else text


def _literal(text: str) -> str:
    """Return a text of a format that calculates nothing, so that the import takes it as it is.

    The import refuses what begins with an equals sign, and takes a mark off wherever it finds one.
    """
    return f"{MARK}{text}" if text[:1] in ("=", MARK) and is_calculated(text) else text


class _Lines:
    def __init__(self, target: BinaryIO, columns: Sequence[Column], origin: Origin, _: Style) -> None:
        self._target, self._columns, self._kind = target, columns, str(origin.kind)

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        for row in rows:
            said = {_key(c): _said(row[c.name]) for c in self._columns if row.get(c.name) is not None}
            self._target.write(orjson.dumps({"kind": self._kind, **said}) + b"\n")

    def finish(self) -> None:
        """Nothing stands at the end."""

    def close(self) -> None:
        """Nothing was needed."""


def _said(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    return _literal(value) if isinstance(value, str) else value


def _key(column: Column) -> str:
    """Return a column's key: "kind" says which register a line is of."""
    return column.chinese if column.name == "kind" else column.name


class _Book:
    def __init__(self, target: BinaryIO, columns: Sequence[Column], origin: Origin, style: Style) -> None:
        self._folder = TemporaryDirectory(prefix="kexie-export-")
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(target, {**options, "tmpdir": self._folder.name})
        self._columns, self._style, self._origin = columns, style, origin
        self._head = self._book.add_format({"bold": True, "bg_color": "#DDEBF7", "num_format": "@"})
        self._text = self._book.add_format({"num_format": "@"})
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        chinese = self._style.language is Language.ZH
        name = CHINESE[self._origin.kind] if chinese else str(self._origin.kind)
        # A further sheet is passed over by the import, unless it is given the name of a kind.
        self._sheet = self._book.add_worksheet(name if self._sheets == 1 else f"#{name} {self._sheets}")
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, 18)
            self._sheet.write_string(0, place, _heading(column, self._style.language), self._head)
        self._next = 1

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        for row in rows:
            if self._next > SHEET_ROWS:
                self._begin()
            for place, column in enumerate(self._columns):
                text = _literal(_word(column, row.get(column.name), self._style.language))
                if text:
                    self._sheet.write_string(self._next, place, text[:_CELL_CHARACTERS], self._text)
            self._next += 1

    def finish(self) -> None:
        """Say on a last sheet what the file is, and put it together."""
        sheet = self._book.add_worksheet("#出处")
        for number, (name, text) in enumerate(self._origin.told.items()):
            sheet.write_string(number, 0, name)
            sheet.write_string(number, 1, text)
        self._book.close()

    def close(self) -> None:
        """Remove the rows that lie on disk until the file is put together."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()
        self._folder.cleanup()


class _Parquet:
    def __init__(self, target: BinaryIO, columns: Sequence[Column], origin: Origin, _: Style) -> None:
        self._arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
        types = {Sort.NUMBER: self._arrow.int64(), Sort.FLAG: self._arrow.bool_()}
        fields = [(column.name, types.get(column.sort, self._arrow.string())) for column in columns]
        self._schema = self._arrow.schema(fields, metadata=origin.told)
        self._writer = parquet.ParquetWriter(target, self._schema, compression="zstd")
        self._columns = columns

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows as a group."""
        found = {column.name: [row.get(column.name) for row in rows] for column in self._columns}
        self._writer.write_table(self._arrow.table(found, schema=self._schema))

    def finish(self) -> None:
        """Write the footer."""
        self._writer.close()

    def close(self) -> None:
        """Write the footer, if that was not done."""
        self._writer.close()


_WRITERS: Mapping[Format, Callable[[BinaryIO, Sequence[Column], Origin, Style], Writer]] = {
    Format.CSV: _Csv,
    Format.JSONL: _Lines,
    Format.XLSX: _Book,
    Format.PARQUET: _Parquet,
}
