"""Files to import are read whatever they are: encodings, dates, merged cells, bombs; or refused in words."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from graphql_api.imports.cells import Cell, Day, value_of
from graphql_api.imports.columns import CHINESE, COLUMNS, FROM, KEYS, Column, Kind, Sort
from graphql_api.imports.headers import header_of, kind_of
from graphql_api.imports.outcome import Outcome, State, letters
from graphql_api.imports.progress import line_of
from graphql_api.imports.reading import Heading, Limits, Line, lines_of
from graphql_api.imports.report import annotate
from graphql_api.imports.rows import Contents, contents_of
from graphql_api.imports.template import write_template
from graphql_api.imports.words import options, shown
from graphql_api.imports.wrong import WORDS, Wrong, WrongError, code_of
from registry.ids import stable_id
from registry.organization.kinds import Kind as OrganizationKind
from registry.time import Precision
from tests.support.importing import table, workbook

HEAD = ["代码", "姓名", "生效日期"]
NAME, CODE = Column("name", "名称"), Column("code", "代码", Sort.CODE)


def lines(content: bytes, name: str, kind: Kind | None = None, limits: Limits | None = None) -> list[Any]:
    return list(lines_of(io.BytesIO(content), name, kind, limits or Limits()))


def contents(content: bytes, name: str, kind: Kind | None = None) -> Contents:
    return contents_of(lines(content, name, kind))


def refusal(content: bytes, name: str = "people.csv", limits: Limits | None = None) -> WrongError:
    with pytest.raises(WrongError) as caught:
        contents_of(lines(content, name, limits=limits))
    words = caught.value.words
    assert all(words)
    assert not any("{" in text for text in words)
    return caught.value


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("2018-05-01", date(2018, 5, 1), Precision.DAY),
        ("2018/5/1", date(2018, 5, 1), Precision.DAY),
        ("2018.5.1", date(2018, 5, 1), Precision.DAY),
        ("2018年5月1日", date(2018, 5, 1), Precision.DAY),
        ("\u3000\uff12\uff10\uff11\uff18 年 \uff15 月 ", date(2018, 5, 1), Precision.MONTH),
        ("2018-05", date(2018, 5, 1), Precision.MONTH),
        (201805, date(2018, 5, 1), Precision.MONTH),
        (2018, date(2018, 1, 1), Precision.YEAR),
        (2018.0, date(2018, 1, 1), Precision.YEAR),
        ("2018年", date(2018, 1, 1), Precision.YEAR),
        (43221.0, date(2018, 5, 1), Precision.DAY),
        (20180501, date(2018, 5, 1), Precision.DAY),
        ("2018-05-01 00:00:00", date(2018, 5, 1), Precision.DAY),
        ("2020-02-29", date(2020, 2, 29), Precision.DAY),
    ],
)
def test_a_day_is_understood_as_exactly_as_it_is_written(cell: Cell, day: date, precision: Precision) -> None:
    assert value_of(cell, FROM) == Day(day, precision)


@pytest.mark.parametrize(
    "cell", ["2019-02-29", "2018-13", "18-05-01", "去年", 2018.1, "2018-05-01 12:30", "0"]
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(WrongError) as caught:
        value_of(cell, FROM)
    assert caught.value.wrong is Wrong.NOT_A_DATE


def test_codes_are_the_same_however_wide_they_are_typed() -> None:
    assert value_of("　\uff3a\uff33\uff0d\uff10\uff11 ", CODE) == "ZS-01"
    assert value_of(2102.0, CODE) == "2102"
    assert value_of(2102, CODE) == "2102"
    assert value_of("大连市科协（本级）", NAME) == "大连市科协（本级）"


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("=cmd()", Wrong.FORMULA),
        ("  =1+1", Wrong.FORMULA),
        (True, Wrong.NOT_TEXT),
        (110101194903070049.0, Wrong.ROUNDED_NUMBER),
    ],
)
def test_a_cell_that_is_no_text_is_refused(cell: Cell, wrong: Wrong) -> None:
    with pytest.raises(WrongError) as caught:
        value_of(cell, CODE)
    assert caught.value.wrong is wrong


def test_every_option_is_understood_by_its_code_its_term_and_the_parts_of_that() -> None:
    for columns in COLUMNS.values():
        for column in columns:
            for value in column.choices or ():
                for word in (str(value), str(value).lower(), shown(value)):
                    assert value_of(word, column) is value
    assert (
        value_of("学会", Column("kind", "类别", Sort.CHOICE, choices=OrganizationKind))
        is OrganizationKind.SOCIETY
    )
    assert len(options(OrganizationKind)) > len(OrganizationKind)


def test_every_column_is_found_by_each_of_its_names_and_no_name_is_of_two() -> None:
    for kind, columns in COLUMNS.items():
        names = [(name, c) for c in columns for name in (c.name, c.chinese, *c.also)]
        for name, column in names:
            assert header_of(kind, [name]).columns == (column,), (kind, name)
        assert {column.name for column in columns} >= {*KEYS[kind], "from"}


def test_every_kind_is_found_in_both_languages() -> None:
    for kind in Kind:
        assert kind_of(CHINESE[kind]) is kind_of(str(kind)) is kind_of(f"{CHINESE[kind]} {kind}") is kind


def test_headers_that_are_unknown_or_doubled_or_missing_are_named() -> None:
    header = header_of(Kind.PEOPLE, ["代码", "姓名", "name", "薪酬", "#备忘", None])
    assert [(place, wrong.wrong) for place, wrong in header.wrong] == [
        (2, Wrong.DUPLICATE_COLUMN),
        (3, Wrong.UNKNOWN_COLUMN),
        (0, Wrong.MISSING_COLUMN),
    ]
    assert header_of(Kind.PEOPLE, ["代码", "姓名"], dated=True).wrong == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_each_encoding(encoding: str, delimiter: str) -> None:
    text = delimiter.join(HEAD) + "\r\n" + delimiter.join(["P1", "王建国𠮷", "2000"]) + "\r\n\r\n"
    (found,) = contents(text.encode(encoding), "people.csv").tables
    assert found.row(0).values["name"] == "王建国𠮷"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_text_of_another_encoding_is_refused_with_what_to_do(encoding: str) -> None:
    wrong = refusal(table([HEAD, ["P1", "王建国", "2000"]]).decode().encode(encoding))
    assert wrong.wrong is Wrong.UNKNOWN_ENCODING
    assert "UTF-8" in wrong.words.advice_english


def test_text_that_only_looks_like_gb18030_has_no_header_that_is_known() -> None:
    found = contents("Code,Préfet,Date\nP1,Éléonore,2000\n".encode("latin-1"), "people.csv")
    assert {code_of(fault.problem) for fault in found.faults} == {Wrong.UNKNOWN_COLUMN, Wrong.MISSING_COLUMN}


def test_a_byte_that_is_no_text_is_named() -> None:
    content = table([HEAD, ["P1", "王建国", "2000"]]) + b"\xff\xff\xff"
    assert refusal(content).wrong is Wrong.UNKNOWN_ENCODING


def test_lines_of_json_are_rows_of_whichever_kind_they_say() -> None:
    content = (
        '{"kind": "people", "代码": "P1", "name": "王建国", "生效日期": 2000}\n\n'
        '{"kind": "会员", "organization": "S", "member": "P1", "会员类别": "个人会员", "from": "2001"}\n'
        '{"kind": "people", "code": "P2", "name": "李红", "from": "2000", "salary": 3}\n'
    ).encode()
    found = contents(content, "all.jsonl")
    assert [(t.kind, len(t)) for t in found.tables] == [(Kind.PEOPLE, 1), (Kind.MEMBERSHIPS, 1)]
    (fault,) = found.faults
    assert (fault.place.row, code_of(fault.problem)) == (4, Wrong.UNKNOWN_COLUMN)


@pytest.mark.parametrize("content", [b"[]", b"{", b'"x"', b"{}", b'{"kind": "x"}'])
def test_a_line_that_is_no_object_of_a_kind_is_refused(content: bytes) -> None:
    assert refusal(content, "a.jsonl").wrong in {Wrong.UNREADABLE_FILE, Wrong.UNKNOWN_KIND}


@pytest.mark.parametrize(
    ("content", "name", "wrong"),
    [
        (b"", "people.csv", Wrong.NO_ROWS),
        (table([HEAD]), "people.csv", Wrong.NO_ROWS),
        (b"x", "people.doc", Wrong.UNKNOWN_FORMAT),
        (b"x,y", "stuff.csv", Wrong.UNKNOWN_KIND),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "a.xls", Wrong.UNREADABLE_FILE),
        (b"PK\x03\x04" + b"x" * 600, "a.xlsx", Wrong.UNREADABLE_FILE),
        (workbook({"薪酬": [["代码"], ["1"]]}), "a.xlsx", Wrong.UNKNOWN_KIND),
        (workbook({"#薪酬": [["代码"], ["1"]]}), "a.xlsx", Wrong.NO_ROWS),
    ],
)
def test_a_file_that_is_none_is_refused(content: bytes, name: str, wrong: Wrong) -> None:
    assert refusal(content, name).wrong is wrong


def test_a_file_is_refused_by_its_size_and_by_its_rows() -> None:
    assert refusal(b"x" * 1_000_001, limits=Limits(megabytes=1)).wrong is Wrong.FILE_TOO_LARGE
    content = table([HEAD, *([["P", "王", "2000"]] * 11)])
    assert refusal(content, limits=Limits(rows=10)).wrong is Wrong.TOO_MANY_ROWS


def test_a_workbook_is_read_with_merged_cells_and_numbers_and_empty_rows() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("职务")
        for place, name in enumerate(["代码", "组织代码", "职务", "生效日期", "席位"]):
            sheet.write_string(1, place + 1, name)
        sheet.merge_range(2, 2, 4, 2, "S")
        for row in range(2, 5):
            sheet.write_number(row, 1, row)
            sheet.write_string(row, 3, "理事")
            sheet.write_datetime(
                row,
                4,
                datetime(2018, 5, row, tzinfo=UTC).replace(tzinfo=None),
                book.add_format({"num_format": "yyyy/m/d"}),
            )
        sheet.write_formula(2, 5, "=40+2", None, 42)
        sheet.write_string(8, 1, " ")
    (found,) = contents(target.getvalue(), "a.xlsx").tables
    rows = [found.row(index) for index in range(len(found))]
    assert [row.values["organization"] for row in rows] == ["S", "S", "S"]
    assert [row.values["code"] for row in rows] == ["2", "3", "4"]
    assert [row.number for row in rows] == [3, 4, 5]
    assert rows[0].values["seats"] == 42
    assert rows[2].day == Day(date(2018, 5, 4))


def _bomb(sheet: bytes) -> bytes:
    """Return a workbook whose one sheet is this XML."""
    content = workbook({"组织": [["代码"], ["1"]]})
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return target.getvalue()


_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused() -> None:
    content = _bomb(_SHEET % (b" " * 60_000_000))
    assert len(content) < 100_000
    assert refusal(content, "a.xlsx").wrong is Wrong.UNPACKS_TOO_LARGE


def test_a_workbook_with_a_cell_in_the_last_corner_ends_only_the_process_that_reads_it() -> None:
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
    last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refusal(_bomb(_SHEET % (first + last)), "a.xlsx").wrong is Wrong.UNPACKS_TOO_LARGE


def test_what_is_written_is_never_a_formula() -> None:
    rows = [["代码", "姓名", "生效日期"], ["P1", "=cmd|' /C calc'!A0", "2000"], ["P2", "@SUM(1)", "2000-13"]]
    content = workbook({"人员": rows})
    found = contents(content, "a.xlsx")
    outcome = Outcome(import_id=stable_id("x"), state=State.REFUSED, faults=tuple(found.faults))
    target = io.BytesIO()
    annotate(lines(content, "a.xlsx"), outcome, target)
    with zipfile.ZipFile(io.BytesIO(target.getvalue())) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


def test_lines_of_json_are_given_back_under_their_columns() -> None:
    content = (
        '{"kind": "people", "code": "P1", "name": "王建国", "from": "2000-13"}\n'
        '{"kind": "people", "code": "P2", "name": "李红", "from": "2000"}\n'
    ).encode()
    found = contents(content, "a.jsonl")
    outcome = Outcome(import_id=stable_id("x"), state=State.REFUSED, faults=tuple(found.faults))
    target = io.BytesIO()
    annotate(lines(content, "a.jsonl"), outcome, target)
    target.seek(0)
    rows = CalamineWorkbook.from_filelike(target).get_sheet_by_name("人员").to_python()
    assert [row[0] for row in rows] == ["code", "P1", "P2"]
    assert "2000-13" in rows[1]
    assert [bool(row[-1]) for row in rows] == [True, True, False]


def test_the_template_is_read_by_the_importer_itself() -> None:
    target = io.BytesIO()
    write_template(target)
    read = lines(target.getvalue(), "template.xlsx")
    assert [line.kind for line in read if isinstance(line, Heading)] == list(Kind)
    assert not any(isinstance(line, Line) for line in read)
    for heading in read:
        assert header_of(heading.kind, heading.cells).columns == COLUMNS[heading.kind]


def test_columns_have_letters_as_in_spreadsheets() -> None:
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_progress_says_rate_and_what_remains() -> None:
    assert line_of("x", 500, 1000, 5.0).endswith("500/1,000 rows 行, 100/s, 5 s left 剩余")
    assert line_of("x", 0, 1000, 0.0).endswith("0/s, ? left 剩余")
    assert line_of("x", 7, 0, 1.0) == "x: 7 rows, 7/s"


def test_everything_that_can_be_wrong_has_words() -> None:
    assert set(WORDS) == set(Wrong)
