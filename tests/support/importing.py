"""Files to import, and an importer over a real database."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from graphql_api.imports.importer import Asked, Importer
from graphql_api.imports.outcome import Outcome
from graphql_api.imports.progress import Progress
from graphql_api.imports.reading import Limits, lines_of
from graphql_api.imports.report import annotate
from projections.inline import InlineProjections
from registry.answers import Accepted
from registry.commands import Command
from registry.foregone import Foregone
from registry.router import decide
from registry.store.connection import connect, lent
from registry.store.imports import ImportJournal
from registry.store.staging import Stager
from tests.support.desk import Desk, open_desk
from tests.support.sealing import MAPPER, MASTER

Sheets = Mapping[str, Sequence[Sequence[object]]]

CHAIR, VICE, CLERK, LINE = (
    "110101194903070039",
    "110101194903070029",
    "110101194903070049",
    "110101194903070069",
)


def _rows(rows: Iterable[Sequence[object]]) -> list[list[object]]:
    return [list(row) for row in rows]


DISTRICT: dict[str, list[list[object]]] = {
    "组织": [
        [
            "代码",
            "名称",
            "简称",
            "类别",
            "上级代码",
            "层级",
            "统一社会信用代码",
            "生效日期",
            "终止日期",
            "备注",
        ],
        ["ZS-01", "办公室", None, "内设机构", "ZS", None, None, "2000-01-01", None, None],
        ["ZS", "中山区科学技术协会", "中山区科协", "科协", None, "区市县", None, "1984", None, None],
        ["ZS-02", "学会部", None, "内设机构", "ZS", None, None, "2000年1月1日", None, None],
        ["ZS-02", "学会学术部", None, "内设机构", "ZS", None, None, "2006/5/1", None, None],
        ["ZS-02", "学会工作部", None, "内设机构", "ZS", None, None, "2012-03", None, "机构更名"],
        ["ZS-02", "学会服务部", None, "内设机构", "ZS", None, None, "２０１９年３月１日", None, None],
        ["ZS-03", "科普部", None, "内设机构", "ZS", None, None, "2000-01-01", "2019-03-01", None],
        [
            "ZS-CM",
            "委员会",
            None,
            "代表大会、全委会、常委会、理事会、监事会、秘书处",
            "ZS",
            None,
            None,
            2000,
            None,
            None,
        ],
        ["XH-01", "中山区化学学会", None, "SOCIETY", None, None, None, "1990-06", None, None],
        ["XH-02", "中山区物理学会", None, "学会", None, None, None, "1991-06-01", None, None],
        ["XH-03", "中山区农技协", None, "农村专业技术协会", None, None, None, "1995-06-01", None, None],
        [2101.0, "中山高新企业", None, "系统外单位", None, None, None, "1990", None, None],
    ],
    "人员": [
        ["代码", "姓名", "身份证号", "电话", "单位代码", "所在领域", "职位", "职称", "职称级别", "生效日期"],
        ["P1", "王建国", CHAIR, "13800000001", "ZS", "科协系统", "主席", None, None, "2000-01-01"],
        ["P2", "李 红", VICE, None, "2101", "企业", "总工程师", "高级工程师", "副高级", "2000-01-01"],
        ["P3", "张伟", CLERK, None, None, None, None, None, None, "2000-01-01"],
        ["P4", "赵敏", None, None, None, None, None, "研究员", "正高级", "2000-01-01"],
        *_rows(
            [f"M{n}", f"会员{n}", None, None, None, None, None, None, None, "2001-01-01"]
            for n in range(1, 11)
        ),
    ],
    "关系": [
        ["组织代码", "关系类型", "上级代码", "生效日期", "终止日期"],
        ["XH-01", "业务主管", "ZS", "1990-06", None],
        ["XH-02", "业务主管", "ZS", "1991-06-01", "2015-01-01"],
        ["XH-03", "SUPERVISES", "ZS", "1995-06-01", None],
    ],
    "标识": [
        ["组织代码", "标识类型", "标识号", "生效日期", "终止日期"],
        ["XH-01", "LOCAL", "A-1", "1990-06-01", "2016-01-01"],
        ["XH-02", "LOCAL", "A-2", "1991-06-01", None],
    ],
    "职能": [
        ["代码", "名称", "承担单位代码", "生效日期"],
        ["F1", "学会服务", "ZS-02", "2000-01-01"],
        ["F2", "科学普及", "ZS-03", "2000-01-01"],
        ["F2", "科学普及", "ZS-02", "2019-03-01"],
    ],
    "职务": [
        ["代码", "组织代码", "职务", "席位", "选任", "生效日期"],
        ["J1", "ZS-CM", "主席", 1, "是", "2000-01-01"],
        ["J2", "ZS-CM", "副主席", 2.0, "是", "2000-01-01"],
        ["J3", "ZS-CM", "委员", None, "是", "2000-01-01"],
    ],
    "届次": [
        ["代码", "机构代码", "届数", "计划届满日期", "生效日期", "终止日期"],
        ["T2", "ZS-CM", "第2届", "2010-01-01", "2005-01-01", None],
        ["T1", "ZS-CM", 1, "2005-01-01", "2000-01-01", "2005-01-01"],
    ],
    "会员": [
        ["组织代码", "会员代码", "会员类别", "会员号", "生效日期", "终止日期", "终止原因"],
        ["XH-01", "P2", "个人会员", "001", "2001-01-01", None, None],
        ["XH-01", "P2", "资深学术专家", "001", "2011-01-01", None, None],
        ["ZS", "XH-01", "团体会员", None, "2001-01-01", None, None],
        *_rows(["XH-02", f"M{n}", "个人会员", n, "2001-01-01", None, None] for n in range(1, 10)),
        ["XH-02", "M10", "个人会员", "10", "2001-01-01", "2009-01-01", "退会"],
    ],
    "任职": [
        [
            "人员代码",
            "职务代码",
            "届次代码",
            "任职方式",
            "任职依据",
            "代表单位",
            "生效日期",
            "终止日期",
            "离任原因",
        ],
        ["P3", "J1", "T2", "专职", "选举", None, "2005-01-01", None, None],
        ["P1", "J1", "T1", "专职", "选举", None, "2000-01-01", "2005-01-01", "届满"],
        ["P2", "J2", "T2", "兼职", "选举", "2101", "2005-01-01", None, None],
        ["P4", "J3", "T2", "兼职", "选举", None, "2005-01-01", None, None],
    ],
}
"""A district's association with everything that can be imported, its rows in no particular order."""


def workbook(sheets: Sheets) -> bytes:
    """Return a workbook with these sheets."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC)})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, place, cell)
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return target.getvalue()


def table(rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> bytes:
    """Return the rows as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode(encoding)


def changed(sheet: str, number: int, column: str, value: object, sheets: Sheets = DISTRICT) -> Sheets:
    """Return the sheets with one cell changed, of the row ``number`` as the sheet counts."""
    rows = [list(row) for row in sheets[sheet]]
    rows[number - 1][rows[0].index(column)] = value
    return {**sheets, sheet: rows}


class Bench:
    """An importer, and a desk to look at what it did."""

    def __init__(self, importer: Importer, stager: Stager, desk: Desk, begun: asyncio.Event) -> None:
        self.importer = importer
        self.stager = stager
        self.desk = desk
        self.begun = begun

    async def take(self, content: bytes, name: str = "register.xlsx", **asked: Any) -> Outcome:  # noqa: ANN401 - what a sender may want
        """Import a file."""
        asking = Asked(name=name, actor="tester", **asked)
        return await self.importer.run(io.BytesIO(content), asking, Progress())

    async def topics(self, after: int = 0) -> list[str]:
        """Return the topics of the log after a position."""
        return [record.event.topic for record in (await self.desk.log())[after:]]


Record = Callable[[Command], Awaitable[Accepted]]
"""Stands between an importer and the committer; what it passes on is decided again."""


@asynccontextmanager
async def open_bench(
    url: str, record: Record | None = None, before: Callable[[Desk], None] | None = None
) -> AsyncIterator[Bench]:
    """Give an importer over the database at ``url``; ``before`` is called before each command goes out."""
    async with open_desk(url) as desk:
        inline = InlineProjections(desk.projections, MASTER)
        stager = Stager(lambda: connect(url, desk.projections), MAPPER, inline, decide)
        journal = ImportJournal(lambda: lent(url))
        begun = asyncio.Event()

        async def recording(command: Command, foregone: Foregone | None) -> Accepted:
            if before is not None:
                before(desk)
            accepted = await (desk.committer.submit(command, foregone) if record is None else record(command))
            begun.set()
            return accepted

        yield Bench(Importer(stager.open, recording, journal, Limits()), stager, desk, begun)


def errors(outcome: Outcome) -> dict[str, str]:
    """Return the code of each error by its cell, such as 人员!C3."""
    return {f"{error['sheet']}!{error['cell']}": error["code"] for error in outcome.told["errors"]}


def annotated(
    content: bytes, outcome: Outcome, name: str = "register.xlsx", **options: bool
) -> CalamineWorkbook:
    """Return the copy of a file with its errors, as a spreadsheet program reads it."""
    target = io.BytesIO()
    annotate(lines_of(io.BytesIO(content), name, None, Limits()), outcome, target, **options)
    target.seek(0)
    return CalamineWorkbook.from_filelike(target)
