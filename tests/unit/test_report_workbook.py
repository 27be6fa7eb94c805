"""Cells of a report: typed, exact, and never a formula."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from graphql_api.reports.declare import Report, Table
from graphql_api.reports.question import Column, Sheet, Sort
from graphql_api.reports.workbook import Origin, written

_TABLE = Table("rows", "表", "Row", "none")
_REPORT = Report(name="trial", title="试验表", kind="TrialReport", counting="口径", tables=(_TABLE,))
_ORIGIN = Origin("张三", datetime(2026, 6, 30, 20, tzinfo=UTC))
_ANSWER = {
    "asOf": "2026-06-30",
    "knownAt": "2026-06-30T16:00:00+00:00",
    "position": 220,
    "checkpoint": "220 3q2+7w==",
    "root": {"name": "市科协"},
}


def _book(sort: Sort, values: list[Any], terms: dict[str, str] | None = None, withheld: str = "") -> bytes:
    column = Column("value", "值", sort, terms or {})
    sheet = Sheet(_TABLE, (column,), (withheld,) if withheld else ())
    return written(_REPORT, [sheet], {**_ANSWER, "rows": [{"value": value} for value in values]}, _ORIGIN)


def _cells(content: bytes, sheet: str = "表") -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python()


def _column(sort: Sort, values: list[Any], terms: dict[str, str] | None = None) -> list[Any]:
    return [row[0] for row in _cells(_book(sort, values, terms))[3:]]


@pytest.mark.parametrize("text", ["=1+1", "+86 411", "-5", "@SUM(A1)", '=HYPERLINK("http://a")', "{=1}"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    content = _book(Sort.TEXT, [text])
    assert _cells(content)[3] == [text]
    with ZipFile(BytesIO(content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_text_that_looks_like_an_address_is_no_link() -> None:
    with ZipFile(BytesIO(_book(Sort.TEXT, ["https://example.org/"]))) as book:
        assert not any("rels" in name and "sheet1" in name for name in book.namelist())


def test_numbers_are_numbers_as_long_as_they_are_exact() -> None:
    assert _column(Sort.NUMBER, [0, None, 12, -3, 10**15]) == [0.0, "", 12.0, -3.0, str(10**15)]


def test_days_are_days_unless_spreadsheets_do_not_know_them() -> None:
    values = ["2018-02-28", "1900-03-01", "1900-02-28", None, "0001-01-01", "9999-12-31"]
    assert _column(Sort.DATE, values) == [
        date(2018, 2, 28),
        date(1900, 3, 1),
        "1900-02-28",
        "",
        "0001-01-01",
        date(9999, 12, 31),
    ]


def test_truths_terms_and_lists_are_in_chinese() -> None:
    assert _column(Sort.TRUTH, [True, None, False]) == ["是", "", "否"]
    assert _column(Sort.TEXT, ["A", ["A", "B"], []], {"A": "甲"}) == ["甲", "甲、B", ""]


def test_a_share_is_an_exact_text_and_a_number_beside_it() -> None:
    rows = _cells(_book(Sort.FRACTION, ["209/300", None, "1/3", "1"]))
    assert rows[2] == ["值", "值（小数）"]
    assert rows[3:] == [["209/300", 209 / 300], ["", ""], ["1/3", 1 / 3], ["1", 1.0]]


def test_what_does_not_fit_into_a_cell_is_cut_visibly() -> None:
    (text,) = _column(Sort.TEXT, ["长" * 40_000])
    assert (len(text), text[-2:]) == (32_767, "长…")


def test_control_characters_and_line_ends_do_not_break_the_file() -> None:
    assert _column(Sort.TEXT, ["甲\n乙", "a\x01b"]) == ["甲\n乙", "a\x01b"]


def test_an_empty_report_has_heads_alone() -> None:
    assert _cells(_book(Sort.TEXT, []))[2:] == [["值"]]


def test_the_last_sheet_says_what_was_withheld() -> None:
    said = dict(_cells(_book(Sort.TEXT, [], withheld="责任人"), "说明"))
    assert said["未提供的栏目"] == "表：责任人"
    assert said["查询人"] == "张三"
    assert said["导出时间"] == "2026-07-01 04:00:00.000000（北京时间）"
    assert said["根组织"] == "市科协"


def test_several_numbers_or_days_share_a_cell() -> None:
    assert _column(Sort.NUMBER, [[2019, 2020], []]) == ["2019、2020", ""]
    assert _column(Sort.DATE, [["2019-01-01", "2020-01-01"]]) == ["2019-01-01、2020-01-01"]
