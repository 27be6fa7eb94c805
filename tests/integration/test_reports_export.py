"""Reports as spreadsheets: the rows of the query, typed, under a name and with a sheet that says of when."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from tests.support.serving import Served
from tests.support.sheets import download, table

_DAYS = {"from": "2018-04-30", "to": "2018-12-31"}


def test_a_spreadsheet_shows_the_rows_of_the_query(demo: Served) -> None:
    units = demo.anybody.data(
        '{ reformReport(from: "2018-04-30", to: "2018-12-31")'
        " { units { nameBefore nameAfter successors changedOn } } }"
    )["reformReport"]["units"]
    shown = table(download(demo.anybody, "reform", **_DAYS)["机构变动"])
    assert len(units) == len(shown) > 10
    for unit, row in zip(units, shown, strict=True):
        changed = unit["changedOn"]
        assert (row["原名称"] or None, row["现名称"] or None) == (unit["nameBefore"], unit["nameAfter"])
        assert row["由谁承继"] == "、".join(unit["successors"])
        assert row["变动日期"] == ("" if changed is None else date.fromisoformat(changed))


def test_a_spreadsheet_says_of_when_it_is_and_who_asked(demo: Served) -> None:
    sheets = download(demo.viewer, "reform", **_DAYS, knownAt="2026-01-01T08:00:00+08:00")
    said = {str(name): str(text) for name, text in sheets["说明"]}
    assert (said["报表"], said["起始日期"], said["终止日期"]) == (
        "机构改革对照表",
        "2018-04-30",
        "2018-12-31",
    )
    assert said["认知时刻"] == "2026-01-01 08:00:00.000000（北京时间）"
    checkpoint = demo.anybody.data("{ checkpoint { size rootHash } }")["checkpoint"]
    assert said["检查点"] == f"{checkpoint['size']} {checkpoint['rootHash']}"
    assert said["查询人"] == "key:test viewer"
    assert said["日志位置"].isdecimal()
    assert said["未提供的栏目"] == "无"
    assert sheets["机构变动"][3:] == [], "nothing was known then"


def test_a_plus_sign_that_was_not_escaped_is_understood(demo: Served) -> None:
    address = "/export/reports/reform.xlsx?from=2018-04-30&to=2018-12-31&knownAt=2026-01-01T08:00:00+08:00"
    assert demo.anybody.http.get(address).status_code == 200


def test_the_file_has_a_chinese_name_and_is_not_kept(demo: Served) -> None:
    response = demo.anybody.http.get("/export/reports/reform.xlsx", params=_DAYS)
    named = response.headers["content-disposition"]
    plain, encoded = named.removeprefix('attachment; filename="').split("\"; filename*=UTF-8''")
    assert plain == "reform-2018-12-31.xlsx"
    assert unquote(encoded) == "机构改革对照表-2018-12-31.xlsx"
    assert response.headers["cache-control"] == "no-store"


def test_pages_are_printed_across_a4_with_their_heads(demo: Served) -> None:
    response = demo.anybody.http.get("/export/reports/reform.xlsx", params=_DAYS)
    with ZipFile(BytesIO(response.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        workbook = book.read("xl/workbook.xml").decode()
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'state="frozen"' in sheet
    assert "_xlnm.Print_Titles" in workbook
    assert "<f>" not in sheet


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("nothing.xlsx", 404, "NOT_FOUND"),
        ("reform.xlsx?from=2018-04-30&to=2018-02-30", 400, "INVALID_INPUT"),
        ("reform.xlsx?from=2018-04-30", 400, "INVALID_INPUT"),
        ("reform.xlsx?from=2018-04-30&to=2018-12-31&to=2019-12-31", 400, "INVALID_INPUT"),
        ("reform.xlsx?from=2018-04-30&to=2018-12-31&since=2018-01-01", 400, "INVALID_INPUT"),
        ("reform.xlsx?from=2018-04-30&to=2018-12-31&knownAt=2018-01-01", 400, "INVALID_INPUT"),
        ("reform.xlsx?from=2018-04-30&to=2018-12-31&root=nobody", 400, "INVALID_INPUT"),
        (
            "reform.xlsx?from=2018-04-30&to=2018-12-31&root=00000000-0000-0000-0000-000000000000",
            404,
            "NOT_FOUND",
        ),
    ],
)
def test_what_is_wrong_with_an_address_is_told(demo: Served, address: str, status: int, code: str) -> None:
    response = demo.administrator.http.get(f"/export/reports/{address}")
    assert response.status_code == status
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == code
    assert error["message"]
    assert all(error["extensions"][word] for word in ("messageZh", "advice", "adviceZh"))


def test_a_token_that_is_nobodys_is_refused(demo: Served) -> None:
    response = demo.anybody.http.get(
        "/export/reports/reform.xlsx", params=_DAYS, headers={"authorization": "Bearer kexie_nobody"}
    )
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
