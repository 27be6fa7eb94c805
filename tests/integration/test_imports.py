"""Files imported into a real register: whole, again, changed, dry, beside others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
from msgspec.structs import replace

from graphql_api.imports.outcome import State
from registry.answers import Accepted
from registry.organization.kinds import Kind
from tests.support.dalian import CITY, established
from tests.support.importing import (
    CHAIR,
    DISTRICT,
    Bench,
    Sheets,
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


async def test_versions_of_one_person_in_a_file_of_people_are_one_person(bench: Bench) -> None:
    rows: list[list[object]] = [
        ["代码", "姓名", "电话", "生效日期"],
        ["P-1", "王建国", "1", "2000-01-01"],
        ["P1", "另一人", None, "2000-01-01"],
        ["P-1", "王建国", "2", "2010-01-01"],
        ["P-1", "王建军", "2", "2005-01-01"],
    ]
    outcome = await bench.take(table(rows), "people.csv")
    assert (outcome.state, errors(outcome)) == (State.RECORDED, {})
    assert await bench.topics() == [
        "person.registered",
        "person.renamed",
        "person.particulars_changed",
        "person.renamed",
        "person.registered",
    ]
    assert (await bench.take(table(rows), "people.csv")).state is State.UNCHANGED
