"""A report written as a spreadsheet (电子表格): typed cells, nothing that a spreadsheet would calculate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any, NamedTuple
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

import xlsxwriter

from graphql_api.reports.declare import Report
from graphql_api.reports.question import Column, Sheet, Sort

_CHINA = ZoneInfo("Asia/Shanghai")
_FONT = "宋体"
_A4 = 9
_HEAD = 2
"""The row of the columns' heads, below the title and the line that says of when the report is."""

_CELL_CHARACTERS = 32_767
_EXACT_DIGITS = 10**15
_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets number days from 1900, and take that year for a leap year: earlier days are text."""

_NARROWEST, _WIDEST = 6, 40
_NARROWED = "只列查询人授权范围内的条目；范围外的不列出、不计入，不能完整显示的数值留空"
_LOOKED_AT = 500
"""Rows whose texts decide how wide a column is."""


class Origin(NamedTuple):
    """Who asked for a report and when; said on the last sheet."""

    actor: str
    at: datetime


def written(report: Report, sheets: Sequence[Sheet], answer: Mapping[str, Any], origin: Origin) -> bytes:
    """Return the workbook that shows ``answer``: a sheet for each table, and one that says what it is."""
    buffer = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": report.title, "author": origin.actor, "created": _naive(origin.at)})
        formats = _formats(book)
        for sheet in sheets:
            _Page(book, formats, report, sheet).write(answer)
        _write_origin(book, formats, _origin(report, sheets, answer, origin))
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:  # noqa: ANN401 - the library has no types
    cell = {"font_name": _FONT, "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "bold": True, "valign": "vcenter"}),
        "line": book.add_format({"font_name": _FONT, "font_size": 10}),
        "head": book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#DDEBF7"}),
        "text": book.add_format({**cell, "num_format": "@"}),
        "number": book.add_format({**cell, "num_format": "0"}),
        "share": book.add_format({**cell, "num_format": "0.0000"}),
        "date": book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "center"}),
    }


class _Page:
    """One sheet while it is written, row by row: the library keeps no row that is done."""

    def __init__(self, book: Any, formats: Mapping[str, Any], report: Report, sheet: Sheet) -> None:  # noqa: ANN401 - the library has no types
        self._sheet = book.add_worksheet(sheet.table.title)
        self._formats = formats
        self._report = report
        self._columns = sheet.columns
        self._table = sheet.table

    def write(self, answer: Mapping[str, Any]) -> None:
        """Write the whole sheet."""
        rows = answer.get(self._table.field) or []
        self._set_up(answer)
        self._set_widths(rows)
        title = self._report.title
        if len(self._report.tables) > 1:
            title = f"{title}：{self._table.title}"
        self._sheet.set_row(0, 28)
        self._sheet.write_string(0, 0, title, self._formats["title"])
        self._sheet.write_string(1, 0, _dated(self._report, answer), self._formats["line"])
        place = 0
        for column in self._columns:
            self._sheet.write_string(_HEAD, place, column.header, self._formats["head"])
            place += 1
            if column.sort is Sort.FRACTION:
                self._sheet.write_string(_HEAD, place, f"{column.header}（小数）", self._formats["head"])
                place += 1
        for number, row in enumerate(rows, start=_HEAD + 1):
            self._write_row(number, row)
        if rows:
            self._sheet.autofilter(_HEAD, 0, _HEAD + len(rows), place - 1)

    def _set_up(self, answer: Mapping[str, Any]) -> None:
        sheet = self._sheet
        sheet.freeze_panes(_HEAD + 1, 0)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.repeat_rows(_HEAD)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer(f"&L{self._report.title}&C第 &P 页，共 &N 页&R{_days(self._report, answer)}")

    def _set_widths(self, rows: Sequence[Mapping[str, Any]]) -> None:
        place = 0
        for column in self._columns:
            texts = [column.header, *(_text(column, row[column.key]) for row in rows[:_LOOKED_AT])]
            width = min(max(_NARROWEST, *map(_width, texts)), _WIDEST) + 2
            places = 2 if column.sort is Sort.FRACTION else 1
            self._sheet.set_column(place, place + places - 1, width)
            place += places

    def _write_row(self, number: int, row: Mapping[str, Any]) -> None:
        place = 0
        for column in self._columns:
            value = row[column.key]
            self._write_cell(number, place, column, value)
            place += 1
            if column.sort is Sort.FRACTION:
                self._write_share(number, place, value)
                place += 1

    def _write_cell(self, number: int, place: int, column: Column, value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        if isinstance(value, list):
            # Several values share a cell, whatever each of them is.
            column = column._replace(sort=Sort.TEXT)
        if value is None:
            self._sheet.write_blank(number, place, None, self._formats["text"])
        elif column.sort is Sort.NUMBER and abs(value) < _EXACT_DIGITS:
            self._sheet.write_number(number, place, value, self._formats["number"])
        elif column.sort is Sort.DATE and date.fromisoformat(value) >= _FIRST_DAY:
            day = date.fromisoformat(value)
            self._sheet.write_datetime(number, place, day, self._formats["date"])
        else:
            text = _text(column, value)
            if len(text) > _CELL_CHARACTERS:
                text = text[: _CELL_CHARACTERS - 1] + "…"
            # Written as a string whatever it begins with: a name such as "=1+1" stays a name.
            self._sheet.write_string(number, place, text, self._formats["text"])

    def _write_share(self, number: int, place: int, value: str | None) -> None:
        if value is None:
            self._sheet.write_blank(number, place, None, self._formats["share"])
        else:
            self._sheet.write_number(number, place, float(Fraction(value)), self._formats["share"])


def _text(column: Column, value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return a value in words."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(_text(column, item) for item in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return column.terms.get(value, str(value))


def _width(text: str) -> int:
    """Return how wide a text is, in digits: Chinese characters count twice."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text[: _WIDEST * 2])


def _naive(at: datetime) -> datetime:
    return at.astimezone(_CHINA).replace(tzinfo=None)


def _instant(text: str) -> str:
    return f"{_naive(datetime.fromisoformat(text)):%Y-%m-%d %H:%M:%S.%f}（北京时间）"


def _days(report: Report, answer: Mapping[str, Any]) -> str:
    if report.between:
        return f"{answer['from']} 至 {answer['to']}"
    return f"基准日期 {answer['asOf']}"


def _dated(report: Report, answer: Mapping[str, Any]) -> str:
    root = answer.get("root")
    whose = "" if root is None else f"    根组织：{root['name']}"
    return f"{_days(report, answer)}    认知时刻：{_instant(answer['knownAt'])}{whose}"


def _origin(
    report: Report, sheets: Sequence[Sheet], answer: Mapping[str, Any], origin: Origin
) -> list[tuple[str, str]]:
    """Return what a reader of the printed report has to know, line by line."""
    root = answer.get("root")
    if report.between:
        days = [("起始日期", answer["from"]), ("终止日期", answer["to"])]
    else:
        days = [("基准日期", answer["asOf"])]
    withheld = [f"{sheet.table.title}：{'、'.join(sheet.withheld)}" for sheet in sheets if sheet.withheld]
    return [
        ("报表", report.title),
        *days,
        ("认知时刻", _instant(answer["knownAt"])),
        ("日志位置", str(answer["position"])),
        ("检查点", answer["checkpoint"]),
        ("根组织", "" if root is None else root["name"]),
        ("查询人", origin.actor),
        ("导出时间", _instant(origin.at.isoformat())),
        ("统计口径", report.counting),
        ("可见范围", _NARROWED if any(sheet.narrowed for sheet in sheets) else "全部"),
        ("未提供的栏目", "；".join(withheld) or "无"),
    ]


def _write_origin(book: Any, formats: Mapping[str, Any], lines: Sequence[tuple[str, str]]) -> None:  # noqa: ANN401 - the library has no types
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, formats["head"])
        sheet.write_string(number, 1, text, formats["text"])
