"""What a cell says: typed, or wrong (单元格). Pure.

A cell that is empty says nothing; one that says 无 or - says that there is none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple
from unicodedata import normalize

from graphql_api.imports.columns import Column, Sort
from graphql_api.imports.words import folded, options, shown
from graphql_api.imports.wrong import Wrong, WrongError
from registry.time import Precision

Cell = str | int | float | bool | None
"""What a reader gives; a day is given as ISO 8601."""

NONE = ("无", "-", "－", "—", "——")
"""What a cell says that says there is none."""

CALCULATED = "=+-@\uff1d\uff0b\uff0d\uff20"
"""How a text begins that a spreadsheet would calculate; in East Asia some take the full-width signs, too."""

MARK = "'"
"""What stands before such a text, so that it is none."""

_BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"
_SHOWN = 40
_EXACT = 10**15
"""From here on a spreadsheet's number may have lost its last digits."""

_MARKED = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[ T]?00:00(?::00)?)?)?")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号]?)?)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})?(\d{2})?")
_SERIAL = re.compile(r"\d{5}")
_EXCEL_EPOCH = date(1899, 12, 30)
_YES, _NO = (
    frozenset({"是", "yes", "y", "true", "1", "√", "对"}),
    frozenset({"否", "no", "n", "false", "0", "×"}),
)


class Day(NamedTuple):
    """A day as exactly as it is known (日期)."""

    on: date
    precision: Precision = Precision.DAY


def value_of(cell: Cell, column: Column) -> Any:  # noqa: ANN401 - what it is depends on the column
    """Return what ``cell`` says in ``column``; raises WrongError. An empty cell is not to be asked."""
    if isinstance(cell, str) and cell.lstrip(_BLANKS).startswith("="):
        raise WrongError(Wrong.FORMULA, column.name)
    return _READ[column.sort](cell, column)


def is_blank(cell: Cell) -> bool:
    """Say whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_BLANKS))


def is_none(cell: Cell) -> bool:
    """Say whether a cell says that there is none."""
    return isinstance(cell, str) and cell.strip(_BLANKS) in NONE


def text_of(cell: Cell, column: Column) -> str:
    """Return the text of a cell without blanks around it; a whole number is written without a fraction."""
    match cell:
        case bool() | None:
            raise WrongError(Wrong.NOT_TEXT, column.name, value=cell, name=column.chinese)
        case int() | float() if math.isfinite(cell):
            return _digits(cell, column)
        case int() | float():
            raise WrongError(Wrong.NOT_TEXT, column.name, value=cell, name=column.chinese)
        case _:
            return _bare(cell.strip(_BLANKS))


def is_calculated(text: str) -> bool:
    """Say whether a spreadsheet would calculate a text, or it looks like one that was kept from that."""
    return text.lstrip(MARK)[:1] in tuple(CALCULATED)


def _bare(text: str) -> str:
    """Return a text without the mark that keeps spreadsheets from calculating it, as exports write it.

    One mark is taken off, so a text that begins with such a mark of its own is written with two.
    """
    return text[1:] if text[:1] == MARK and is_calculated(text) else text


def _digits(number: float, column: Column) -> str:
    if abs(number) >= _EXACT:
        raise WrongError(Wrong.ROUNDED_NUMBER, column.name)
    return str(int(number)) if number == int(number) else repr(number)


def _name(cell: Cell, column: Column) -> str:
    return text_of(cell, column)


def _code(cell: Cell, column: Column) -> str:
    """Read a code: full-width letters and digits are the same as others, blanks inside are none."""
    return normalize("NFKC", text_of(cell, column)).strip(_BLANKS)


def _number(cell: Cell, column: Column) -> int:
    text = normalize("NFKC", text_of(cell, column))
    found = re.fullmatch(r"第?(\d{1,9})届?", text)
    if found is None:
        raise WrongError(Wrong.NOT_A_NUMBER, column.name, value=text[:_SHOWN])
    return int(found[1])


def _flag(cell: Cell, column: Column) -> bool:
    if isinstance(cell, bool):
        return cell
    word = folded(text_of(cell, column))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise WrongError(Wrong.NOT_A_FLAG, column.name, value=word[:_SHOWN])


def _chosen(cell: Cell, column: Column) -> Any:  # noqa: ANN401 - a value of the column's enumeration
    assert column.choices is not None
    text = text_of(cell, column)
    found = options(column.choices).get(folded(text))
    if found is None:
        words = "；".join(f"{shown(value)} {value}" for value in column.choices)
        details = {"value": text[:_SHOWN], "name": column.chinese, "options": words}
        raise WrongError(Wrong.NOT_AN_OPTION, column.name, **details)
    return found


def _day(cell: Cell, column: Column) -> Day:
    text = normalize("NFKC", text_of(cell, column))
    if isinstance(cell, float) and cell != int(cell):
        # A spreadsheet takes 2018.10 for the number 2018.1: nobody knows which month was meant.
        raise WrongError(Wrong.NOT_A_DATE, column.name, value=text[:_SHOWN])
    try:
        found = _day_of("".join(text.split()))
    except ValueError:
        found = None
    if found is None:
        raise WrongError(Wrong.NOT_A_DATE, column.name, value=text[:_SHOWN])
    return found


def _day_of(text: str) -> Day | None:
    """Return the day that ``text`` writes, or None; raises ValueError for 30 February."""
    if _SERIAL.fullmatch(text):
        # How a spreadsheet counts days, where the column lost its format.
        return Day(_EXCEL_EPOCH + timedelta(days=int(text)))
    found = _MARKED.fullmatch(text) or _CHINESE.fullmatch(text) or _DIGITS.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    precision = Precision.DAY if found[3] else Precision.MONTH if found[2] else Precision.YEAR
    return Day(date(year, month, day), precision)


_READ: dict[Sort, Callable[[Cell, Column], Any]] = {
    Sort.NAME: _name,
    Sort.CODE: _code,
    Sort.DAY: _day,
    Sort.NUMBER: _number,
    Sort.FLAG: _flag,
    Sort.CHOICE: _chosen,
}
