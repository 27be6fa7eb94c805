"""The workbook to begin with: a sheet for each kind of row, its columns, notes and options (导入模板)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, BinaryIO

import xlsxwriter

from graphql_api.imports.columns import CHINESE, COLUMNS, Column, Kind
from graphql_api.imports.headers import NOTES
from graphql_api.imports.outcome import letters
from graphql_api.imports.words import shown

_ROWS = 10_000
"""Rows of a sheet that offer the options."""

_OPTIONS = "#选项"
_EXPLAINED = (
    "每类一张工作表；不用的工作表可删除。首行为栏名，深色栏必填。",
    "One sheet for each kind; delete those you do not need. The dark columns are required.",
    "单元格留空表示不作说明；填“无”表示没有。空行会被忽略。",
    "An empty cell says nothing; 无 says that there is none. Empty rows are passed over.",
    "同一代码可有多行，每行自其生效日期起有效：历次名称、上级等构成一条时间线。",
    "A code may have several rows, each valid from its day: they make one timeline of names and superiors.",
    "日期写作 2018-05-01；只知年月或年份时写作 2018-05 或 2018。终止日期是不再有效的第一天。",
    "Write days as 2018-05-01, or 2018-05 or 2018 where no more is known. The end is the first day after.",
    "行可按任意次序填写，并可引用本文件或登记系统中的代码。",
    "Rows may stand in any order, and name codes of this file or of the register.",
    "先试算：kexie import FILE --dry-run。同一文件重复导入不会产生重复记录。",
    "Try first: kexie import FILE --dry-run. The same file again changes nothing.",
)


def write_template(target: BinaryIO) -> None:
    """Write the template to ``target``."""
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        _explain(book)
        sheets = {kind: book.add_worksheet(CHINESE[kind]) for kind in Kind}
        options = _Options(book)
        for kind, sheet in sheets.items():
            _fill(book, sheet, kind, options)


def _explain(book: Any) -> None:  # noqa: ANN401 - the library has no types
    sheet = book.add_worksheet(NOTES)
    sheet.set_column(0, 0, 110)
    for row, text in enumerate(_EXPLAINED):
        sheet.write_string(row, 0, text)


class _Options:
    """The options of every enumeration, on a sheet of their own: a list in a cell may have 255 characters."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library has no types
        self._sheet = book.add_worksheet(_OPTIONS)
        self._sheet.hide()
        self._ranges: dict[type[StrEnum], str] = {}

    def range_of(self, choices: type[StrEnum]) -> str:
        """Return where the options stand, writing them the first time."""
        if choices not in self._ranges:
            column = len(self._ranges)
            for row, value in enumerate(choices):
                self._sheet.write_string(row, column, shown(value))
            name = letters(column)
            self._ranges[choices] = f"='{_OPTIONS}'!${name}$1:${name}${len(choices)}"
        return self._ranges[choices]


def _fill(book: Any, sheet: Any, kind: Kind, options: _Options) -> None:  # noqa: ANN401 - the library has no types
    required = book.add_format({"bold": True, "bg_color": "#9BC2E6", "border": 1})
    optional = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(COLUMNS[kind]):
        # As text: a spreadsheet would take a code for a number, and 2018-05 for the first of May.
        sheet.set_column(place, place, 18, text)
        heading = f"{column.chinese} {column.name}"
        sheet.write_string(0, place, heading, required if column.required else optional)
        sheet.write_comment(0, place, _note(column), {"x_scale": 2})
        if column.choices is not None:
            source = options.range_of(column.choices)
            sheet.data_validation(1, place, _ROWS, place, {"validate": "list", "source": source})


def _note(column: Column) -> str:
    must = "必填。Required." if column.required else "可留空。May be empty."
    return f"{must}\n{column.note}" if column.note else must
