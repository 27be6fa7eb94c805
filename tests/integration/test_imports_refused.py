"""Files with errors: each told in its cell, nothing recorded; or what is sound, if the sender wants it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from graphql_api.imports.outcome import State
from tests.support.importing import (
    DISTRICT,
    Bench,
    annotated,
    changed,
    errors,
    open_bench,
    table,
    workbook,
)


@pytest.fixture
async def bench(database_url: str) -> AsyncIterator[Bench]:
    async with open_bench(database_url) as opened:
        yield opened


WRONG: dict[str, list[list[object]]] = {
    "组织": [
        ["代码", "名称", "类别", "上级代码", "生效日期", "终止日期"],
        ["A", "市科协", "科协", None, "1960", None],
        ["A2", "省科协", "科协", None, "1960", None],
        ["B", "甲" * 300, "内设机构", "A", "2000-01-01", None],
        ["C", "宣传部", "部门", "A", "2000-01-01", None],
        ["D", "组织部", "内设机构", "A", "2001-02-29", None],
        ["E", "=cmd()", "内设机构", "A", "2000-01-01", None],
        ["F", None, "内设机构", "A", "2000-01-01", None],
        ["G", "国际部", "内设机构", "Z", "2000-01-01", None],
        ["H", "甲学会", "学会", "I", "2000-01-01", None],
        ["I", "乙学会", "学会", "H", "2000-01-01", None],
        ["J", "丙学会", "学会", None, "2000-01-01", "2000-01-01"],
        ["K", "丁学会", "学会", None, "2000-01-01", "2005-01-01"],
        ["K", "丁学会", "学会", None, "2006-01-01", None],
        ["L", "无上级的部", "内设机构", None, "2000-01-01", None],
        [123456789012345678.0, "戊学会", "学会", None, "2000-01-01", None],
        ["N", "己学会", "学会", None, "1960", None],
        ["N", "庚学会", "学会", None, "1960", None],
    ],
    "人员": [
        ["代码", "姓名", "身份证号", "出生日期", "生效日期"],
        ["P1", "王建国", "110101194903070038", None, "2000-01-01"],
        ["P2", "李红", "110101194903070029", "1950-03-07", "2000-01-01"],
        ["P3", "张伟", "110101194903070049", None, "2000-01-01"],
        ["P4", "章伟", "110101194903070049", None, "2000-01-01"],
    ],
    "会员": [
        ["组织代码", "会员代码", "会员类别", "生效日期"],
        ["K", "P9", "个人会员", "2000-01-01"],
        ["M", "P3", "个人会员", "2000-01-01"],
    ],
}


async def test_every_error_is_told_in_its_cell_and_nothing_is_recorded(bench: Bench) -> None:
    outcome = await bench.take(workbook(WRONG))
    assert outcome.state is State.REFUSED
    assert errors(outcome) == {
        "组织!E17": "DUPLICATE_ROW",
        "组织!E18": "DUPLICATE_ROW",
        "组织!B4": "INVALID_INPUT",
        "组织!C5": "NOT_AN_OPTION",
        "组织!E6": "NOT_A_DATE",
        "组织!B7": "FORMULA",
        "组织!B8": "REQUIRED",
        "组织!D9": "NO_SUCH_ROW",
        "组织!D10": "CIRCLE",
        "组织!D11": "CIRCLE",
        "组织!F12": "ENDS_BEFORE_IT_BEGINS",
        "组织!F13": "GAP",
        "组织!D15": "MUST_BELONG",
        "组织!A16": "ROUNDED_NUMBER",
        "人员!C2": "INVALID_IDENTITY_NUMBER",
        "人员!C3": "IDENTITY_DISAGREES",
        "人员!C5": "IDENTITY_NUMBER_TAKEN",
        "会员!B2": "NO_SUCH_ROW",
        "会员!A3": "NO_SUCH_ROW",
    }
    assert await bench.desk.log() == []
    assert "110101194903070049" not in str(outcome.told)


async def test_the_copy_of_the_file_has_each_error_in_its_cell(bench: Bench) -> None:
    content = workbook(WRONG)
    outcome = await bench.take(content)
    copy = annotated(content, outcome)
    assert copy.sheet_names == ["组织", "人员", "会员", "说明"]
    sheet = copy.get_sheet_by_name("组织").to_python()
    assert sheet[0][-1] == "#错误 Errors"
    assert sheet[6][:2] == ["E", "=cmd()"]
    for row in (*range(3, 13), *range(14, 18)):
        told = str(sheet[row][-1])
        assert any("\u4e00" <= letter <= "\u9fff" for letter in told)
        assert any("a" <= letter <= "z" for letter in told), told
    assert sheet[14][:2] == ["L", "无上级的部"]
    only = annotated(content, outcome, wrong_rows_only=True).get_sheet_by_name("人员").to_python()
    assert [row[0] for row in only] == ["代码", "P1", "P2", "P4"]


async def test_the_annotated_copy_may_be_mended_and_imported(bench: Bench) -> None:
    content = workbook(changed("组织", 2, "类别", "公司"))
    outcome = await bench.take(content)
    copied = annotated(content, outcome).get_sheet_by_name("组织").to_python()
    rows: list[list[object]] = [list(row) for row in copied]
    rows[1][3] = "内设机构"
    mended = await bench.take(workbook({**DISTRICT, "组织": rows}))
    assert (mended.state, errors(mended)) == (State.RECORDED, {})


async def test_what_is_sound_is_recorded_if_the_sender_wants_it(bench: Bench) -> None:
    sheets = changed("人员", 4, "身份证号", "110101194903070040")
    outcome = await bench.take(workbook(sheets), skip_errors=True)
    assert outcome.state is State.RECORDED
    assert errors(outcome) == {"人员!C4": "INVALID_IDENTITY_NUMBER", "任职!A2": "NO_SUCH_ROW"}
    assert outcome.skipped == 2
    assert outcome.recorded == outcome.commands
    mended = await bench.take(workbook(DISTRICT))
    assert await bench.topics(outcome.last_position or 0) == ["person.registered", "appointment.made"]
    assert mended.state is State.RECORDED


async def test_a_row_is_taken_whole_or_not_at_all(bench: Bench) -> None:
    rows = [
        ["代码", "姓名", "职称", "职称级别", "生效日期"],
        ["P1", "王建国", "研究员" * 100, "正高级", "2000-01-01"],
    ]
    outcome = await bench.take(table(rows), "people.csv", skip_errors=True)
    assert (outcome.state, errors(outcome)) == (State.UNCHANGED, {"people!B2": "INVALID_INPUT"})
    assert await bench.desk.log() == []
