"""What clerks do on the page, in a real browser: take a register out, take a file in, decide on proposals."""

from __future__ import annotations

import asyncio
import contextlib
import io
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from python_calamine import CalamineWorkbook
from selenium.webdriver import Chrome, Keys

from graphql_api.access import Role
from graphql_api.keys import issue
from tests.support.browsing import AFTER, BEFORE, NARROW, WIDE, Page
from tests.support.sending import new_id
from tests.support.serving import Served

pytestmark = pytest.mark.browser

GREATEST_LAYOUT_SHIFT = 0.05
GOOD = "代码,名称,类别,上级代码,生效日期\nXF-1,数字科普部（虚构）,内设机构,DLKX,2020-03-01\n"
WRONG = "代码,名称,类别,上级代码,生效日期\nXF-1,,内设机构,DLKX,2026-13-01\n"
FACTS = ".import-report .facts dd"


@pytest.fixture
def desk(driver: Chrome, register: Served) -> Iterator[Page]:
    """Give a tab on a register of the test's own, which may be written."""
    page = Page(driver, register.url)
    page.open("/")
    page.run("sessionStorage.clear(); localStorage.clear()")
    page.complaints()
    yield page
    assert page.complaints() == []


def _choose(page: Page, selector: str, value: str) -> None:
    script = (
        "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
        "field.dispatchEvent(new Event('change', { bubbles: true }))"
    )
    page.driver.execute_script(script, selector, value)


def _try(page: Page, file: Path) -> str:
    """Have a file tried, and return how that ended."""
    page.until(lambda: page.all("input[type=file]"))
    _choose(page, "select[name=kind]", "organizations")
    page.all("input[type=file]")[0].send_keys(str(file))
    page.press(".import-form button[type=submit]")
    return _ended(page)


def _ended(page: Page) -> str:
    said = page.until(
        lambda: not page.displayed("progress") and page.texts(".import-report h2, .problem .message")
    )
    return said[0]


def _find(served: Served, name: str) -> str:
    query = (
        "query ($text: String!) { search(text: $text, first: 9, nouns: [ORGANIZATION])"
        " { node { ... on Organization { id name } } } }"
    )
    hits = served.anybody.data(query, text=name)["search"]
    found: str = next(hit["node"]["id"] for hit in hits if hit["node"]["name"] == name)
    return found


def test_a_register_is_exported_at_the_day_and_belief_that_are_shown(
    page: Page, demo: Served, browser_folder: Path
) -> None:
    known_at = demo.anybody.data("{ orgChart(hierarchies: [PART_OF]) { knownAt } }")["orgChart"]["knownAt"]
    unit = _find(demo, "大连市科学技术协会")
    page.open(f"/?asOf={BEFORE}&knownAt={known_at.replace('+', '%2B')}&unit={unit}")
    page.units()
    page.press(".export-button")
    page.press("dialog label:nth-of-type(2) input[name=format]")
    page.press("dialog label:nth-of-type(2) input[name=range]")
    page.press("dialog .primary")
    assert "组织-2018-05-01.csv" in page.until(lambda: page.texts("dialog .done"))[0]
    file = browser_folder / "downloads" / f"组织-{BEFORE}.csv"
    page.until(file.is_file)
    given = {"asOf": BEFORE, "knownAt": known_at, "root": unit, "encoding": "utf-8-bom", "language": "zh"}
    answer = demo.anybody.http.get("/export/registers/organizations.csv", params=given)
    assert file.read_bytes() == answer.content
    assert answer.headers["kexie-rows"] in page.texts("dialog .done")[0]
    assert page.violations() == []
    page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    page.until(lambda: not page.displayed("dialog"))
    assert page.run("return document.activeElement.className") == "export-button"


def test_an_export_says_what_is_withheld_and_needs_the_right(page: Page, demo: Served) -> None:
    page.refusals_expected = True
    page.open(f"/?asOf={AFTER}", NARROW)
    page.units()
    page.press(".export-button")
    _choose(page, "dialog select", "people")
    page.press("dialog .primary")
    page.until(lambda: page.texts("dialog .problem code") == ["UNAUTHENTICATED"])
    page.sign_in(demo.tokens[Role.VIEWER])
    page.units()
    page.press(".export-button")
    _choose(page, "dialog select", "people")
    page.press("dialog .primary")
    (withheld,) = page.until(lambda: page.texts("dialog .withheld"))
    assert all(column in withheld for column in ("性别", "出生日期", "身份证号", "电话", "电子邮箱"))


def test_a_file_is_tried_mended_recorded_and_taken_back(
    desk: Page, register: Served, browser_folder: Path, tmp_path: Path
) -> None:
    page = desk
    page.refusals_expected = True
    wrong, good = tmp_path / "甲.csv", tmp_path / "乙.csv"
    wrong.write_text(WRONG, encoding="utf-8")
    good.write_text(GOOD, encoding="gb18030")
    page.open("/?view=import")
    page.sign_in(register.tokens[Role.ADMINISTRATOR])
    assert _try(page, wrong) == "文件有误，未作任何记录。"
    assert page.texts(".faults td:nth-child(2)") == ["B2", "E2"]
    assert page.texts(".faults td:first-child") == ["组织 第 2 行"] * 2
    assert "缺少" in page.texts(".faults td:nth-child(3)")[0]
    assert page.violations() == []
    page.press(".import-report .buttons button")
    copy = browser_folder / "downloads" / "甲-批注.xlsx"
    page.until(copy.is_file)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(copy.read_bytes())).get_sheet_by_name("组织").to_python()
    assert rows[0][-1] == "#错误 Errors"
    assert "缺少" in str(rows[1][-1])
    assert _try(page, good) == "试算通过，可以入账。"
    head = register.administrator.data("{ auditLog(first: 1) { edges { node { position } } } }")
    page.press(".import-report .primary")
    page.until(lambda: page.texts(".import-report h2") == ["已入账。"])
    assert _find(register, "数字科普部（虚构）")
    assert register.administrator.data("{ auditLog(first: 1) { edges { node { position } } } }") != head
    page.press(".import-report .buttons button")
    page.press(".reversal .primary")
    page.until(lambda: page.texts(".import-report h2") == ["已撤回。"])
    assert _try(page, good) == "试算通过，可以入账。"


def test_what_cannot_be_taken_in_is_told_with_what_to_do(page: Page, demo: Served, tmp_path: Path) -> None:
    page.refusals_expected = True
    page.open("/?view=import")
    page.until(lambda: page.displayed(".gate"))
    page.sign_in(demo.tokens[Role.VIEWER])
    page.until(lambda: page.texts(".problem code") == ["FORBIDDEN"])
    assert "登记员" in page.texts(".problem")[0]
    assert page.all("input[type=file]") == []
    page.sign_in(demo.tokens[Role.ADMINISTRATOR])
    odd = tmp_path / "丙.csv"
    odd.write_bytes("代码,名称\n".encode("utf-16"))
    assert "UTF-8" in _try(page, odd)
    assert page.texts(".problem code") == ["UNKNOWN_ENCODING"]
    assert "另存为" in page.texts(".problem")[0]


@contextlib.contextmanager
def _under_way(served: Served) -> Iterator[None]:
    """Keep the one place where files come in, by a file whose sender does not go on."""
    place = urlsplit(served.url)
    assert place.hostname is not None
    with socket.create_connection((place.hostname, place.port or 80)) as held:
        held.sendall(
            b"POST /import HTTP/1.1\r\nHost: " + place.netloc.encode() + b"\r\nContent-Length: 9000\r\n"
            b"Authorization: Bearer " + served.tokens[Role.ADMINISTRATOR].encode() + b"\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
        )
        yield


def test_while_another_file_is_imported_one_is_told_and_goes_on_later(
    page: Page, demo: Served, tmp_path: Path
) -> None:
    page.refusals_expected = True
    good = tmp_path / "丁.csv"
    good.write_text(GOOD, encoding="utf-8")
    page.open("/?view=import")
    page.sign_in(demo.tokens[Role.ADMINISTRATOR])
    with _under_way(demo):
        _try(page, good)
        # The other file may come a moment after this one: then this one is tried once more.
        again = "document.querySelector('.import-form button[type=submit]').click()"
        page.until(lambda: page.texts(".problem code") == ["IMPORT_UNDER_WAY"] or bool(page.run(again)))
        assert "请待其完成后再提交" in page.texts(".problem")[0]
    # Its sender has hung up; pressing "try again" is all that is asked of this one.
    again = "document.querySelector('.problem .buttons button:last-child')?.click()"
    page.until(lambda: page.texts(".import-report h2") or bool(page.run(again)))
    assert page.texts(".import-report h2") == ["试算通过，可以入账。"]


def _propose(served: Served, token: str, name: str) -> str:
    proposal = new_id()
    unit = _find(served, "调研宣传部")
    command = {"commandId": new_id(), "effectiveOn": "2026-12-01", "organization": unit, "name": name}
    answer = served.anybody.http.post(
        "/graphql",
        headers={"authorization": f"Bearer {token}"},
        json={
            "query": "mutation ($input: ProposeInput!) { propose(input: $input) { __typename } }",
            "variables": {
                "input": {
                    "commandId": new_id(),
                    "effectiveOn": "2026-11-20",
                    "proposal": proposal,
                    "command": {"renameOrganization": command},
                    "reason": "名称对调（虚构）",
                }
            },
        },
    )
    assert answer.json()["data"]["propose"]["__typename"] == "ProposalRecorded", answer.text
    return proposal


async def _token(served: Served, role: Role) -> str:
    connection = await asyncpg.connect(served.database_url)
    try:
        return await issue(connection, f"desk {role.lower()}", role)
    finally:
        await connection.close()


def test_proposals_are_looked_at_and_decided_by_others(desk: Page, register: Served) -> None:
    page = desk
    page.refusals_expected = True
    submitter = asyncio.run(_token(register, Role.SUBMITTER))
    for name in ("甲部（虚构）", "乙部（虚构）", "丙部（虚构）"):
        _propose(register, submitter, name)
    page.open("/?view=proposals", NARROW)
    page.sign_in(register.tokens[Role.ADMINISTRATOR])
    page.until(lambda: len(page.texts(".proposal h2")) == 3)
    assert page.texts(".proposal h2")[0].startswith("组织更名 · 调研宣传部")
    page.press(".proposal summary")
    (events,) = page.until(lambda: page.texts(".events"))
    assert "组织更名" in events
    assert "甲部（虚构）" in events
    assert page.violations() == []
    page.press(".approve")
    page.until(lambda: page.texts(".done-said") == ["已批准：组织更名 · 调研宣传部。"])
    page.until(lambda: len(page.texts(".proposal h2")) == 2)
    page.press(".proposal summary")
    page.until(lambda: page.displayed(".reject"))
    page.press(".reject")
    page.type(".verdicts form:last-child textarea", "依据不足（虚构）")
    page.press(".reject")
    page.until(lambda: page.texts(".done-said") == ["已退回：组织更名 · 调研宣传部。"])
    page.sign_in(submitter)
    page.until(lambda: len(page.texts(".proposal h2")) == 1)
    page.press(".proposal summary")
    page.press(".withdraw")
    page.until(lambda: page.texts(".done-said") and page.texts(".proposal h2") == [])
    _choose(page, "select[name=status]", "REJECTED")
    page.until(lambda: "依据不足（虚构）" in "".join(page.texts(".proposal")))
    statuses = register.administrator.data("{ proposals(first: 9) { nodes { status } } }")["proposals"]
    assert sorted(each["status"] for each in statuses["nodes"]) == ["APPROVED", "REJECTED", "WITHDRAWN"]


@pytest.mark.parametrize("address", ["/?view=import", "/?view=proposals"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_fits_and_stays_and_can_be_read(
    page: Page, demo: Served, address: str, size: tuple[int, int]
) -> None:
    page.open(address, size)
    page.sign_in(demo.tokens[Role.ADMINISTRATOR])
    page.until(lambda: page.displayed(".import, .proposals .foot") and not page.all("[aria-busy=true]"))
    assert page.run("return document.documentElement.scrollWidth") <= size[0]
    assert page.layout_shift() < GREATEST_LAYOUT_SHIFT
    assert page.violations() == []
