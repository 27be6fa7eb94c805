"""The file given back with every error in its cell, in Chinese and English (批注报告).

Whatever a cell held is written as what it was, a text always as a text: nothing in it is ever a formula.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from graphql_api.imports.cells import Cell
from graphql_api.imports.columns import CHINESE, Kind
from graphql_api.imports.outcome import Outcome, cell_name
from graphql_api.imports.reading import Heading, Line
from graphql_api.imports.rows import Fault
from graphql_api.imports.wrong import words_of

ERRORS = "#错误 Errors"
"""The column that says all that is wrong with a row; a file with it may be imported again as it is."""

_LONGEST = 32_000
_NOTES = 5_000
_WHOLE = 100_000
"""Of a file with more rows only the wrong ones are given back."""

_ODD = re.compile(r"[\[\]:*?/\\']")
_KINDS: Mapping[str, str] = {str(kind): CHINESE[kind] for kind in Kind}


def annotate(
    lines: Iterable[Heading | Line], outcome: Outcome, target: BinaryIO, *, wrong_rows_only: bool = False
) -> None:
    """Write the workbook that holds ``lines`` with the faults of ``outcome`` to ``target``."""
    by_row: dict[tuple[str, int], list[Fault]] = {}
    for fault in outcome.faults:
        by_row.setdefault((fault.place.sheet, fault.place.row), []).append(fault)
    only = wrong_rows_only or outcome.rows > _WHOLE
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        copy = _Copy(book, by_row, compact=only)
        for line in lines:
            copy.take(line)
        copy.explain(outcome)


class _Copy:
    """The sheets of the copy, written line by line."""

    def __init__(
        self,
        book: Any,  # noqa: ANN401 - the library has no types
        faults: Mapping[tuple[str, int], Sequence[Fault]],
        *,
        compact: bool,
    ) -> None:
        self._book = book
        self._faults = faults
        self._compact = compact
        self._sheets: dict[str, tuple[Any, int]] = {}
        self._next: dict[str, int] = {}
        self._headless: set[str] = set()
        self._notes = 0
        self._bold = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
        self._text = book.add_format({"num_format": "@"})
        self._wrong = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006", "num_format": "@"})

    def take(self, line: Heading | Line) -> None:
        faults = self._faults.get((line.sheet, line.number), ())
        if isinstance(line, Heading):
            if line.sheet not in self._sheets:
                self._begin(line)
            return
        if self._compact and not faults:
            return
        sheet, width = self._sheets[line.sheet]
        # Lines of JSON have no line that names the columns: theirs is put before them.
        row = line.number if line.sheet in self._headless else line.number - 1
        if self._compact:
            row = self._next[line.sheet]
            self._next[line.sheet] = row + 1
        self._write(sheet, row, line.cells, faults, width)

    def _begin(self, line: Heading) -> None:
        name = _ODD.sub("", _KINDS.get(line.sheet, line.sheet))[:31] or "sheet"
        sheet = self._book.add_worksheet(name)
        width = len(line.cells)
        row = 0 if self._compact else max(line.number - 1, 0)
        self._sheets[line.sheet] = (sheet, width)
        if line.number == 0:
            self._headless.add(line.sheet)
        self._next[line.sheet] = row + 1
        sheet.set_column(0, width, 16)
        sheet.set_column(width, width, 80)
        faults = self._faults.get((line.sheet, max(line.number, 1)), ())
        self._write(sheet, row, line.cells, faults, width, head=True)

    def _write(  # noqa: PLR0913 - a row, and how it is shown
        self,
        sheet: Any,  # noqa: ANN401 - the library has no types
        row: int,
        cells: Sequence[Cell],
        faults: Sequence[Fault],
        width: int,
        *,
        head: bool = False,
    ) -> None:
        wrong = {fault.place.column: fault for fault in reversed(faults)}
        plain = self._bold if head else self._text
        for column in range(max(width, len(cells), *(c + 1 for c in wrong if c is not None), 0)):
            cell = cells[column] if column < len(cells) else None
            _put(sheet, row, column, cell, self._wrong if column in wrong else plain)
        errors = "\n".join(_said(fault) for fault in faults)
        _put(
            sheet,
            row,
            max(width, len(cells)),
            errors or (ERRORS if head else None),
            self._bold if head else self._text,
        )
        for place, fault in wrong.items():
            if place is not None and self._notes < _NOTES:
                self._notes += 1
                sheet.write_comment(row, place, _said(fault), {"x_scale": 2, "y_scale": 1.5})

    def explain(self, outcome: Outcome) -> None:
        """Write the sheet that says what came of the import, and every error once more, in a list."""
        sheet = self._book.add_worksheet("说明")
        told = outcome.told
        for row, name in enumerate(("importId", "state", "rows", "commands", "recorded", "skipped")):
            _put(sheet, row, 0, name, self._bold)
            _put(sheet, row, 1, str(told[name]), self._text)
        for number, fault in enumerate(outcome.faults[:_WHOLE], start=8):
            for column, text in enumerate((fault.place.sheet, cell_name(fault), _said(fault))):
                _put(sheet, number, column, text, self._text)


def _said(fault: Fault) -> str:
    words = words_of(fault.problem)
    return f"{words.chinese}{words.advice_chinese}\n{words.english} {words.advice_english}"


def _put(sheet: Any, row: int, column: int, cell: Cell, form: Any) -> None:  # noqa: ANN401 - the library has no types
    match cell:
        case None:
            sheet.write_blank(row, column, None, form)
        case bool():
            sheet.write_boolean(row, column, cell, form)
        case int() | float() if math.isfinite(cell):
            sheet.write_number(row, column, cell, form)
        case _:
            # As a string whatever it begins with: "=cmd()" stays five letters and two marks.
            sheet.write_string(row, column, str(cell)[:_LONGEST], form)
