"""Files imported into a real register: whole, again, changed, wrong, dry, interrupted, taken back."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from graphql_api.imports.outcome import State
from graphql_api.imports.progress import Progress
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.organization.kinds import Kind
from tests.support.dalian import CITY, established
from tests.support.importing import (
    CHAIR,
    DISTRICT,
    Bench,
    Sheets,
    annotated,
    changed,
    errors,
    open_bench,
    table,
    workbook,
)

TODAY = date(2026, 6, 1)


@pytest.fixture
async def bench(database_url: str) -> AsyncIterator[Bench]:
    async with open_bench(database_url) as opened:
        yield opened


async def test_a_district_is_imported_with_everything_it_has(bench: Bench) -> None:
    outcome = await bench.take(workbook(DISTRICT))
    assert errors(outcome) == {}
    assert outcome.state is State.RECORDED
    assert outcome.rows == sum(len(rows) - 1 for rows in DISTRICT.values())
    assert outcome.recorded == outcome.commands
    log = await bench.desk.log()
    assert (outcome.first_position, outcome.last_position) == (1, len(log))
    tables = await bench.desk.tables()
    counts = {
        name: len({dict(row)["id"] for row in tables[name]})
        for name in ("organization", "person", "membership", "post", "term", "appointment", "function")
    }
    assert counts == {
        "organization": 9,
        "person": 14,
        "membership": 12,
        "post": 3,
        "term": 2,
        "appointment": 4,
        "function": 2,
    }


async def test_many_versions_of_one_row_are_one_timeline(bench: Bench) -> None:
    await bench.take(workbook(DISTRICT))
    rows = [dict(row) for row in (await bench.desk.tables())["organization"]]
    named = [(row["valid"].lower, row["valid"].upper, row["name"]) for row in rows if row["code"] == "ZS-02"]
    assert sorted(named) == [
        (date(2000, 1, 1), date(2006, 5, 1), "学会部"),
        (date(2006, 5, 1), date(2012, 3, 1), "学会学术部"),
        (date(2012, 3, 1), date(2019, 3, 1), "学会工作部"),
        (date(2019, 3, 1), None, "学会服务部"),
    ]


async def test_the_same_file_again_changes_nothing(bench: Bench) -> None:
    first = await bench.take(workbook(DISTRICT))
    before = await bench.desk.tables()
    again = await bench.take(workbook(DISTRICT))
    assert (again.state, again.commands, errors(again)) == (State.UNCHANGED, 0, {})
    assert again.import_id == first.import_id
    assert await bench.desk.tables() == before


async def test_a_dry_run_decides_all_and_leaves_nothing(bench: Bench) -> None:
    outcome = await bench.take(workbook(DISTRICT), dry_run=True)
    assert (outcome.state, outcome.recorded) == (State.DECIDED, 0)
    assert outcome.commands > 50
    assert await bench.desk.log() == []
    assert not any((await bench.desk.tables()).values())
    assert await bench.desk.connection.fetchval("SELECT count(*) FROM registry.command") == 0
    assert await bench.desk.connection.fetchval("SELECT count(*) FROM registry.import_batch") == 0


CHANGES: list[tuple[str, int, str, object, list[str]]] = [
    ("组织", 7, "名称", "学会与会员服务部", ["correction.amended"]),
    ("组织", 7, "生效日期", "2019-04-01", []),
    ("组织", 2, "名称", "综合办公室", ["correction.amended"]),
    ("组织", 3, "简称", "中科协", ["correction.amended"]),
    ("组织", 2, "生效日期", "1999-01-01", ["correction.amended", "correction.amended"]),
    ("组织", 2, "上级代码", "ZS-CM", ["correction.amended"]),
    ("组织", 2, "终止日期", "2024-01-01", ["organization.dissolved"]),
    ("组织", 8, "终止日期", "2020-03-01", ["correction.amended"]),
    ("人员", 2, "电话", "13900000000", ["correction.amended"]),
    ("人员", 2, "职位", "副主席", ["person.employed"]),
    ("人员", 5, "姓名", "赵敏敏", ["correction.amended"]),
    ("人员", 5, "生效日期", "2003-01-01", []),
    ("关系", 3, "终止日期", "2016-01-01", ["correction.amended"]),
    ("关系", 2, "终止日期", "2016-01-01", ["organization.relation_closed"]),
    ("标识", 2, "终止日期", "2017-01-01", ["correction.amended"]),
    ("标识", 3, "终止日期", "2020-01-01", ["organization.identifier_withdrawn"]),
    ("职能", 2, "名称", "会员服务", ["correction.amended"]),
    ("职务", 3, "席位", 3, ["correction.amended"]),
    ("届次", 2, "终止日期", "2010-01-01", ["term.ended", *["appointment.ended"] * 3]),
    ("届次", 2, "计划届满日期", "2010-06-01", ["correction.amended"]),
    ("会员", 3, "会员类别", "学科带头人", ["correction.amended"]),
    ("会员", 3, "终止日期", "2020-01-01", ["membership.ended"]),
    ("会员", 14, "终止日期", "2010-01-01", ["correction.amended"]),
    ("任职", 4, "代表单位", "XH-01", ["correction.amended"]),
    ("任职", 5, "终止日期", "2008-01-01", ["appointment.ended"]),
    ("任职", 3, "终止日期", "2004-06-01", ["correction.amended"]),
]


@pytest.mark.parametrize(("sheet", "row", "column", "value", "expected"), CHANGES)
async def test_a_changed_row_becomes_the_right_events(  # noqa: PLR0913, PLR0917 - a change, and what it comes to
    bench: Bench, sheet: str, row: int, column: str, value: object, expected: list[str]
) -> None:
    before = await bench.take(workbook(DISTRICT))
    other = changed(sheet, row, column, value)
    outcome = await bench.take(workbook(other))
    assert errors(outcome) == {}
    assert await bench.topics(before.last_position or 0) == expected
    assert (await bench.take(workbook(other))).state is State.UNCHANGED


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


class Meddler:
    """Lets somebody else change the register in the middle of an import."""

    def __init__(self, bench: Bench, after: int, *, crash: bool = False) -> None:
        self._bench = bench
        self._left = after
        self._crash = crash

    async def record(self, command: Command) -> Accepted:
        self._left -= 1
        if self._left < 0 and self._crash:
            raise ConnectionError
        if self._left == 0:
            raise Refusal(Code.NOT_ALIVE, id=command.command_id, date=TODAY)
        return await self._bench.desk.committer.record(command)


async def test_a_late_refusal_stops_the_import_and_the_same_file_goes_on(
    bench: Bench, database_url: str
) -> None:
    meddler = Meddler(bench, 30)
    async with open_bench(database_url, meddler.record) as other:
        stopped = await other.take(workbook(DISTRICT))
    assert stopped.state is State.STOPPED
    assert set(errors(stopped).values()) >= {"NOT_ALIVE"}
    assert 0 < stopped.recorded < stopped.commands
    finished = await bench.take(workbook(DISTRICT))
    assert (finished.state, errors(finished)) == (State.RECORDED, {})
    assert finished.import_id == stopped.import_id
    assert finished.recorded == finished.commands == stopped.commands - stopped.recorded
    assert (await bench.take(workbook(DISTRICT))).state is State.UNCHANGED


async def test_everything_of_an_import_is_taken_back_as_one_act(bench: Bench, database_url: str) -> None:
    meddler = Meddler(bench, 30)
    async with open_bench(database_url, meddler.record) as other:
        await other.take(workbook(DISTRICT))
    outcome = await bench.take(workbook(DISTRICT))
    await bench.take(table([["代码", "姓名", "生效日期"], ["X", "周明", "2000-01-01"]]), "people.csv")
    dry = await bench.importer.reverse(outcome.import_id, "tester", TODAY, Progress(), dry_run=True)
    assert dry.state is State.DECIDED
    back = await bench.importer.reverse(outcome.import_id, "tester", TODAY, Progress())
    assert (back.state, errors(back)) == (State.REVERSED, {})
    tables = await bench.desk.tables()
    assert not tables["organization"]
    assert not tables["membership"]
    assert len(tables["person"]) == 1
    again = await bench.importer.reverse(outcome.import_id, "tester", TODAY, Progress())
    assert again.state is State.UNCHANGED
    assert (await bench.take(workbook(DISTRICT))).state is State.RECORDED


async def test_what_others_built_on_an_import_keeps_it_from_being_taken_back(bench: Bench) -> None:
    people = await bench.take(
        table([["代码", "姓名", "生效日期"], ["P", "周明", "2000-01-01"]]), "people.csv"
    )
    rows = {
        "组织": [["代码", "名称", "类别", "生效日期"], ["S", "化学会", "学会", "1990"]],
        "会员": [["组织代码", "会员代码", "会员类别", "生效日期"], ["S", "P", "个人会员", "2001-01-01"]],
    }
    assert (await bench.take(workbook(rows))).state is State.RECORDED
    before = await bench.desk.tables()
    back = await bench.importer.reverse(people.import_id, "tester", TODAY, Progress())
    assert back.state is State.REFUSED
    assert {error["code"] for error in back.told["errors"]} == {"DANGLING"}
    assert await bench.desk.tables() == before


async def test_somebody_known_by_the_identity_number_is_not_registered_again(bench: Bench) -> None:
    head = ["代码", "姓名", "身份证号", "电话", "生效日期"]
    first = table([head, ["A1", "王建国", CHAIR, None, "2000-01-01"]])
    await bench.take(first, "people.csv", source="one")
    second = table([head, ["77", "王建国", CHAIR, "13800000000", "2005-01-01"]])
    await bench.take(second, "people.csv", source="other")
    assert await bench.topics() == ["person.registered", "person.particulars_changed"]
    rows = {
        "组织": [["代码", "名称", "类别", "生效日期"], ["S", "化学会", "学会", "1990"]],
        "会员": [["组织代码", "会员", "会员类别", "生效日期"], ["S", CHAIR, "个人会员", "2001-01-01"]],
    }
    assert errors(await bench.take(workbook(rows))) == {}


async def test_codes_of_the_register_itself_are_understood(bench: Bench) -> None:
    await bench.desk.record(replace(established(CITY, "市科协", Kind.ASSOCIATION), code="CITY"))
    rows: list[list[object]] = [
        ["代码", "名称", "类别", "上级代码", "生效日期"],
        ["CITY", "市科学技术协会", "科协", None, "2015-01-01"],
        ["D1", "办公室", "内设机构", str(CITY), "2015-01-01"],
    ]
    outcome = await bench.take(table(rows), "organizations.csv")
    assert errors(outcome) == {}
    assert await bench.topics(1) == [
        "organization.renamed",
        "organization.established",
        "organization.relation_opened",
    ]


async def test_members_in_two_files_and_a_rejoining_are_two_memberships(bench: Bench) -> None:
    rows: Sheets = {
        "组织": [["代码", "名称", "类别", "生效日期"], ["S", "化学会", "学会", "1990"]],
        "人员": [["代码", "姓名", "生效日期"], ["P", "周明", "2000-01-01"]],
        "会员": [
            ["组织代码", "会员代码", "会员类别", "会员号", "生效日期", "终止日期"],
            ["S", "P", "个人会员", "1", "2001-01-01", "2005-01-01"],
            ["S", "P", "个人会员", "1", "2008-01-01", None],
        ],
    }
    assert errors(await bench.take(workbook(rows))) == {}
    assert len({dict(row)["id"] for row in (await bench.desk.tables())["membership"]}) == 2
    assert (await bench.take(workbook(rows))).state is State.UNCHANGED


async def test_two_importers_at_once_double_nothing(bench: Bench, database_url: str) -> None:
    people = [["代码", "姓名", "生效日期"], *([f"P{n}", f"会员{n}", "2000-01-01"] for n in range(300))]
    async with open_bench(database_url) as other:
        outcomes = await asyncio.gather(
            bench.take(table(people), "people.csv"), other.take(table(people), "people.csv")
        )
    assert {outcome.state for outcome in outcomes} <= {State.RECORDED, State.STOPPED, State.UNCHANGED}
    assert (await bench.take(table(people), "people.csv")).state in {State.RECORDED, State.UNCHANGED}
    tables = await bench.desk.tables()
    assert len({dict(row)["id"] for row in tables["person"]}) == len(tables["person"]) == 300


async def test_an_import_that_is_killed_goes_on_where_it_was(
    bench: Bench, database_url: str, tmp_path: Path
) -> None:
    count = 2_000
    people = [["代码", "姓名", "生效日期"], *([f"P{n}", f"会员{n}", "2000-01-01"] for n in range(count))]
    file = tmp_path / "people.csv"
    file.write_bytes(table(people))
    command = [sys.executable, "-m", "graphql_api.cli", "import", str(file), "--database-url", database_url]
    process = await asyncio.create_subprocess_exec(*command, "--data-dir", str(tmp_path / "data"))
    while (await bench.desk.connection.fetchval("SELECT position FROM registry.head")) < 300:
        assert process.returncode is None, "it was done before it could be killed"
        await asyncio.sleep(0.01)
    process.kill()
    await process.wait()
    recorded = await bench.desk.connection.fetchval("SELECT position FROM registry.head")
    assert 0 < recorded < count
    again = await asyncio.create_subprocess_exec(
        *command, "--data-dir", str(tmp_path / "data"), "--json", "-", stdout=asyncio.subprocess.PIPE
    )
    told = json.loads((await again.communicate())[0])
    assert (told["state"], told["recorded"]) == ("RECORDED", count - recorded)
    assert await bench.desk.connection.fetchval("SELECT position FROM registry.head") == count
    back = await bench.importer.reverse(UUID(told["importId"]), "tester", TODAY, Progress())
    assert (back.state, back.recorded) == (State.REVERSED, count)


async def test_whoever_writes_beside_an_import_does_not_wait_for_its_end(bench: Bench) -> None:
    people = [["代码", "姓名", "生效日期"], *([f"P{n}", f"会员{n}", "2000-01-01"] for n in range(1_000))]
    importing = asyncio.create_task(bench.take(table(people), "people.csv"))
    async with asyncio.timeout(60):
        await bench.begun.wait()
    accepted = await bench.desk.record(established(CITY, "市科协", Kind.ASSOCIATION))
    assert isinstance(accepted, Accepted)
    assert not importing.done()
    outcome = await importing
    assert outcome.state is State.RECORDED
    assert accepted.first_position is not None
    assert 100 <= accepted.first_position < 900


async def test_nothing_personal_is_logged(bench: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    await bench.take(workbook(DISTRICT))
    await bench.take(workbook(changed("人员", 2, "身份证号", "110101194903070030")))
    told = "".join(capfd.readouterr())
    assert "王建国" not in told
    assert "11010119490307" not in told
    sent = await bench.desk.connection.fetchval("SELECT json_agg(c)::text FROM registry.command c")
    assert "王建国" not in sent
    assert "13800000001" not in sent
