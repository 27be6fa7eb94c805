"""The clerk's page and the console in a real browser, against a server with the Dalian register."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium.webdriver import Keys

from tests.support.browsing import AFTER, BEFORE, NARROW, WIDE, Page

pytestmark = pytest.mark.browser

GREATEST_LAYOUT_SHIFT = 0.05


def test_chart_before_the_reform(page: Page) -> None:
    page.open(f"/?asOf={BEFORE}")
    units = page.units()
    assert "组织宣传部" in units
    assert "组织人才部" not in units


def test_chart_after_the_reform(page: Page) -> None:
    page.open(f"/?asOf={AFTER}")
    units = page.units()
    assert "组织人才部" in units
    assert "组织宣传部" not in units


def test_without_a_date_the_server_says_which_day_it_is(page: Page) -> None:
    page.open("/")
    page.units()
    shown = page.run("return document.querySelector('input[name=asOf]').value")
    assert shown in page.texts(".caption")[0]
    assert urlsplit(page.driver.current_url).query == ""


def test_choosing_another_day_changes_chart_and_address(page: Page) -> None:
    page.open(f"/?asOf={BEFORE}")
    page.units()
    page.run(
        "const field = document.querySelector('input[name=asOf]');"
        f"field.value = '{AFTER}'; field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    )
    page.until(lambda: "组织人才部" in page.units())
    assert f"asOf={AFTER}" in page.driver.current_url
    page.driver.back()
    page.until(lambda: "组织宣传部" in page.units())


def test_whole_system_holds_more_than_the_own_units(page: Page) -> None:
    page.open(f"/?asOf={BEFORE}")
    own = page.units()
    page.open(f"/?asOf={BEFORE}&scope=system")
    assert set(own) < set(page.units())


def test_search_keeps_the_match_and_what_is_above_it(page: Page) -> None:
    page.open(f"/?asOf={BEFORE}")
    root = page.units()[0]
    page.all("input[type=search]")[0].send_keys("组织宣传")
    page.until(lambda: page.units() == [root, "组织宣传部"])


def test_record_by_keyboard_and_again_by_its_link(page: Page) -> None:
    page.open(f"/?asOf={BEFORE}")
    place = page.units().index("组织宣传部")
    page.run("document.querySelector('[role=treeitem][tabindex=\"0\"]').focus()")
    for _ in range(place):
        page.driver.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    page.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert page.settled(".record h2") == ["组织宣传部"]
    assert any("宣传" in function for function in page.texts(".record h3 + .plain li span"))
    link = page.driver.current_url
    assert "unit=" in link
    page.driver.get(link)
    assert page.settled(".record h2") == ["组织宣传部"]
    assert page.settled("[aria-selected=true] .name") == ["组织宣传部"]


def test_arrows_fold_and_unfold(page: Page) -> None:
    page.open(f"/?asOf={BEFORE}")
    page.units()
    root = page.all("[role=treeitem]")[0]
    root.send_keys(Keys.ARROW_LEFT)
    page.until(lambda: root.get_attribute("aria-expanded") == "false")
    assert [row.is_displayed() for row in page.all(".line")].count(True) == 1
    root.send_keys(Keys.ARROW_RIGHT)
    page.until(lambda: root.get_attribute("aria-expanded") == "true")
    assert all(row.is_displayed() for row in page.all("[aria-level='2']"))


def test_unit_that_did_not_exist_then(page: Page) -> None:
    page.open(f"/?asOf={AFTER}")
    page.until(lambda: "组织人才部" in page.units())
    row = next(row for row in page.all(".line") if "组织人才部" in row.text)
    row.click()
    page.settled(".record h2")
    page.driver.get(page.driver.current_url.replace(AFTER, BEFORE))
    page.until(lambda: page.texts(".record .empty"))
    assert page.texts(".record h2") == []


def test_comparison_across_the_reform(page: Page) -> None:
    page.open(f"/?view=changes&from={BEFORE}&to={AFTER}")
    dissolved = page.settled("[data-change=dissolved] tbody td:first-child")
    assert sorted(dissolved) == sorted(["组织宣传部", "国际联络部"])
    established = page.texts("[data-change=established] tbody td:first-child")
    assert sorted(established) == sorted(["组织人才部", "调研宣传部"])
    transfers = page.texts("[data-change=functionsTransferred] tbody tr")
    assert any("组织宣传部" in row and "调研宣传部" in row for row in transfers)


def test_dissolved_unit_opens_on_the_day_when_it_lived(page: Page) -> None:
    page.open(f"/?view=changes&from={BEFORE}&to={AFTER}")
    page.settled("[data-change=dissolved]")
    page.press("[data-change=dissolved] tbody a")
    name = page.settled(".record h2")[0]
    assert name in page.units()
    assert f"asOf={BEFORE}" in page.driver.current_url


def test_english_keeps_names_chinese(page: Page) -> None:
    page.open(f"/?asOf={BEFORE}")
    page.units()
    page.press(".session button[lang=en]")
    page.until(lambda: page.run("return document.documentElement.lang") == "en")
    assert page.texts(".views a") == ["Chart", "Compare", "Rules", "Reports", "Audit trail"]
    assert page.texts(".line .name:not([lang=zh-CN])") == []
    page.driver.refresh()
    page.units()
    assert page.run("return document.documentElement.lang") == "en"


def test_audit_trail_asks_for_a_token_and_keeps_it_in_the_tab_only(page: Page) -> None:
    page.refusals_expected = True
    page.open("/?view=audit")
    page.press(".gate button")
    page.until(lambda: page.displayed("dialog[open] input"))
    page.all("dialog input")[0].send_keys("not-a-token-of-this-registry", Keys.ENTER)
    page.until(lambda: page.displayed(".problem .message"))
    assert page.texts(".trail") == []
    assert page.run("return sessionStorage.getItem('kexie.token')") == ("not-a-token-of-this-registry")
    assert page.run("return Object.values(localStorage).join() + document.cookie") == ""
    page.press(".session button:last-child")
    page.until(lambda: page.displayed(".gate"))
    assert page.run("return sessionStorage.getItem('kexie.token')") is None


def test_audit_trail_of_who_may_read_the_log(page: Page, token: str) -> None:
    page.open("/?view=audit")
    page.press(".gate button")
    page.until(lambda: page.displayed("dialog[open] input"))
    page.all("dialog input")[0].send_keys(token, Keys.ENTER)
    rows = page.settled(".trail tbody tr td.number")
    assert len(rows) == 50
    assert [int(row) for row in rows] == sorted(map(int, rows), reverse=True)
    page.press(".foot + button")
    page.until(lambda: len(page.settled(".trail tbody tr td.number")) == 100)
    page.press(".trail details summary")
    page.press(".trail details a")
    assert page.settled(".line .name")
    assert "knownAt=" in page.driver.current_url
    assert token not in page.driver.current_url
    page.press(".session button:last-child")
    page.until(lambda: page.run("return sessionStorage.getItem('kexie.token')") is None)


def _signed_in(page: Page, token: str) -> None:
    page.open("/?view=audit")
    page.press(".gate button")
    page.until(lambda: page.displayed("dialog[open] input"))
    page.all("dialog input")[0].send_keys(token, Keys.ENTER)
    page.settled(".trail tbody tr td.number")


def test_audit_trail_is_filtered_by_words_and_noun(page: Page, token: str) -> None:
    _signed_in(page, token)
    (words,) = page.all("[role=search] input[name=text]")
    words.send_keys("调研宣传部", Keys.ENTER)
    page.until(lambda: 0 < len(page.texts(".trail tbody tr td.number")) < 50)
    page.press(".trail details summary")
    assert "调研宣传部" in page.settled(".trail details pre")[0]
    page.run("document.querySelector('[role=search] select').value = 'rule'")
    page.press("[role=search] button")
    page.until(lambda: page.displayed(".foot") and page.texts(".trail tbody tr") == [])


def test_an_entry_shows_what_was_believed_before_and_after(page: Page, token: str) -> None:
    _signed_in(page, token)
    page.run("document.querySelector('[role=search] select').value = 'organization'")
    page.press("[role=search] button")
    page.until(lambda: all("organization." in t for t in page.texts(".trail tbody tr code")))
    page.press(".trail details summary")
    rows = page.settled(".beliefs tbody tr")
    assert rows
    assert page.texts(".beliefs caption") == ["这次登记前后，对生效当日的认知"]
    assert page.all(".trail td a[lang=zh-CN]")


def test_the_trail_is_narrowed_to_one_entity_and_shows_what_is_known_of_it(page: Page, token: str) -> None:
    _signed_in(page, token)
    (words,) = page.all("[role=search] input[name=text]")
    words.send_keys("调研宣传部", Keys.ENTER)
    page.until(lambda: 0 < len(page.texts(".trail tbody tr td.number")) < 50)
    (words,) = page.all("[role=search] input[name=text]")
    words.clear()
    page.press("[role=search] button")
    page.until(lambda: len(page.texts(".trail tbody tr td.number")) == 50)
    page.run("document.querySelector('[role=search] select').value = 'organization'")
    page.press("[role=search] button")
    page.until(lambda: all("organization." in t for t in page.texts(".trail tbody tr code")))
    page.press(".trail details summary")
    page.press(".trail .narrowings button")
    page.until(lambda: page.displayed(".knowledge details, .knowledge p"))
    assert page.texts(".knowledge h2")[0].startswith("关于今日的认知及其由来")
    subjects = page.settled(".trail tbody td a[lang=zh-CN]")
    assert len(set(subjects)) == 1
    page.press("p.narrowings[role=status] button")
    page.until(lambda: not page.displayed(".knowledge"))


def test_the_trail_is_filtered_by_when_things_took_effect(page: Page, token: str) -> None:
    _signed_in(page, token)
    days = page.settled(".trail tbody td:nth-child(3)")
    day = next(each for each in days if each != days[0])
    page.run(
        "for (const name of ['effectiveFrom', 'effectiveTo'])"
        f" document.querySelector(`[role=search] input[name=${{name}}]`).value = '{day}'"
    )
    page.press("[role=search] button")
    page.until(lambda: set(page.texts(".trail tbody td:nth-child(3)")) == {day})


def test_paper_shows_what_is_folded_and_hides_the_controls(page: Page) -> None:
    page.open(f"/?asOf={BEFORE}")
    count = len(page.units())
    page.all("[role=treeitem]")[0].send_keys(Keys.ARROW_LEFT)
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert [row.is_displayed() for row in page.all(".line")] == [True] * count
    assert not page.displayed(".controls, .search, .lookup, .views, .session")
    assert BEFORE in page.all(".caption")[0].text
    paper = page.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    assert base64.b64decode(paper["data"]).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "address",
    [
        f"/?asOf={BEFORE}&scope=system",
        f"/?view=changes&from={BEFORE}&to={AFTER}",
        f"/?view=rules&asOf={AFTER}",
        f"/?view=reports&asOf={AFTER}",
        f"/?view=reports&report=governance&asOf={AFTER}",
        f"/?view=reports&report=districts&asOf={AFTER}",
        "/?view=audit",
    ],
)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_fits_and_stays_and_can_be_read(
    page: Page, address: str, size: tuple[int, int], tmp_path: Path
) -> None:
    page.open(address, size)
    page.settled("h1")
    page.until(lambda: page.displayed(".tree, .change, .gate, .report, .reports:not(.with-report)"))
    width, _height = size
    assert page.run("return document.documentElement.scrollWidth") <= width
    assert page.layout_shift() < GREATEST_LAYOUT_SHIFT
    assert page.violations() == []
    picture = tmp_path / "page.png"
    page.driver.save_screenshot(str(picture))
    assert struct.unpack(">II", picture.read_bytes()[16:24]) == size


@pytest.mark.parametrize("address", ["/", "/graphiql"])
def test_everything_comes_from_this_server(page: Page, address: str) -> None:
    page.open(address)
    page.until(lambda: page.displayed(".tree, .graphiql-container"))
    script = "return performance.getEntriesByType('resource').map(({ name }) => name)"
    origins = {urlsplit(name).netloc for name in page.run(script) if not name.startswith("blob:")}
    assert origins == {urlsplit(page.server_url).netloc}
    assert page.run("return document.querySelectorAll('script:not([src])').length") == 0


def test_console_answers_and_edits_headers(page: Page) -> None:
    page.open("/graphiql")
    # The button shows before the editor has taken up its example.
    page.until(lambda: "orgChart" in "".join(page.texts(".graphiql-query-editor .view-line")))
    page.press(".graphiql-execute-button")
    page.until(lambda: BEFORE in "".join(page.texts(".graphiql-response .view-line")))
    assert page.displayed(".graphiql-editor-tool .monaco-editor")
    assert page.run("return localStorage.length") == 0
