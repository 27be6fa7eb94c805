"""The search, the rules, the reports and the records of the clerk's page in a real browser."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from graphql_api.access import ANYBODY, Role, Viewer
from graphql_api.execution import core_of
from graphql_api.reports.catalog import REPORTS
from graphql_api.reports.question import asked_of
from graphql_api.schema import build_schema
from tests.support.browsing import AFTER, BEFORE, NARROW, Page
from tests.support.serving import Answer, Served

pytestmark = pytest.mark.browser

BOX = "input[role=combobox]"
FOUND = "[role=option] .hit"


def _unit(demo: Served, name: str) -> str:
    hits = demo.anybody.data(
        "query ($text: String!, $asOf: Date) { search(text: $text, first: 50, asOf: $asOf,"
        " nouns: [ORGANIZATION]) { node { ... on Organization { id name } } } }",
        text=name,
        asOf=AFTER,
    )["search"]
    found: str = next(hit["node"]["id"] for hit in hits if hit["node"]["name"] == name)
    return found


def _results(demo: Served, *rules: str) -> list[Answer]:
    """Return what rules come to, by default all."""
    found: list[Answer] = demo.anybody.data(
        "query ($rules: [String!], $asOf: Date) { compliance(rules: $rules, asOf: $asOf) {"
        " rule { code form } subject { name } outcome share counted notCounted } }",
        rules=list(rules) or None,
        asOf=AFTER,
    )["compliance"]
    return found


def _count(results: list[Answer], code: str) -> int:
    return sum(result["rule"]["code"] == code for result in results)


def _written(share: str) -> str:
    """Write a share as the page must, its percentage cut off after two places."""
    hundredths = int(Fraction(share) * 10_000)
    percent = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    return f"{share}（{percent}%）"


def _rule(page: Page, code: str) -> WebElement:
    return page.until(lambda: page.all(f"[data-rule='{code}']"))[0]


@pytest.mark.parametrize("text", ["人才", "zzrcb", "zuzhi"])
def test_search_finds_by_characters_initials_and_pinyin(page: Page, text: str) -> None:
    page.open(f"/?asOf={AFTER}")
    page.units()
    page.type(BOX, text)
    page.until(lambda: page.texts(FOUND)[:1] == ["组织人才部"])
    page.type(BOX, Keys.ENTER)
    page.until(lambda: page.texts(".record h2") == ["组织人才部"])
    assert page.texts("[aria-selected=true] .name") == ["组织人才部"]
    assert f"asOf={AFTER}" in page.driver.current_url
    assert page.all(BOX)[0].get_attribute("aria-expanded") == "false"


def test_search_is_of_the_day_that_is_shown(page: Page) -> None:
    page.open(f"/?asOf={BEFORE}")
    page.units()
    page.type(BOX, "zzrcb")
    page.until(lambda: page.displayed(".found"))
    page.until(lambda: page.texts(".found > .aside") or page.texts(FOUND))
    assert "组织人才部" not in page.texts(FOUND)


def test_search_by_keyboard_goes_round_and_closes(page: Page) -> None:
    page.open(f"/?view=rules&asOf={AFTER}")
    page.type(BOX, "协会")
    names = page.until(lambda: page.texts(FOUND))

    def active() -> int:
        chosen = page.all(BOX)[0].get_attribute("aria-activedescendant")
        return [option.get_attribute("id") for option in page.all("[role=option]")].index(chosen)

    assert active() == 0
    page.type(BOX, Keys.ARROW_DOWN)
    page.until(lambda: active() == 1)
    page.type(BOX, Keys.ARROW_UP)
    page.type(BOX, Keys.ARROW_UP)
    page.until(lambda: active() == len(names) - 1)
    page.type(BOX, Keys.ESCAPE)
    page.until(lambda: not page.displayed(".found"))
    assert page.all(BOX)[0].get_attribute("value") == "协会"
    page.type(BOX, Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    page.until(lambda: page.displayed(".found") and active() == 0)
    page.type(BOX, Keys.ENTER)
    assert page.settled(".record h2") == [names[0]]
    assert "view=" not in page.driver.current_url


def test_enter_before_the_answer_takes_the_best_match(page: Page) -> None:
    page.open(f"/?asOf={AFTER}")
    page.units()
    page.type(BOX, "zzrcb", Keys.ENTER)
    page.until(lambda: page.texts(".record h2") == ["组织人才部"])


def test_unit_outside_of_the_scope_is_one_press_away(page: Page, demo: Served) -> None:
    unit = _unit(demo, "大连市医学会（示例）")
    page.open(f"/?asOf={AFTER}&unit={unit}")
    assert page.settled(".record h2") == ["大连市医学会（示例）"]
    page.press(".outside a")
    page.until(lambda: page.texts("[aria-selected=true] .name") == ["大连市医学会（示例）"])
    assert page.texts(".outside") == []


def test_rules_say_what_they_come_to_exactly(page: Page, demo: Served) -> None:
    results = _results(demo)
    alone = [result for result in results if _count(results, result["rule"]["code"]) == 1]
    shares = {
        result["rule"]["code"]: _written(result["share"])
        for result in alone
        if result["rule"]["form"] == "SHARE" and result["share"]
    }
    # 23/33 is 69.696… %: rounded, it would read as more than it is.
    assert _written("23/33") == "23/33（69.69%）"
    assert len(shares) > 3
    page.open(f"/?view=rules&asOf={AFTER}")
    for code, share in shares.items():
        assert _rule(page, code).find_element(By.CSS_SELECTOR, ".share").text == share


def test_outcomes_are_words_with_signs(page: Page, demo: Served) -> None:
    page.open(f"/?view=rules&asOf={AFTER}")
    results = _results(demo)
    signs = {"MET": "✓ 达标", "UNMET": "✗ 未达标", "UNDETERMINED": "? 待定", "QUALITATIVE": "≈ 定性"}
    for result in results:
        code, outcome = result["rule"]["code"], result["outcome"]
        if _count(results, code) == 1 and outcome in signs:
            shown = _rule(page, code).find_element(By.CSS_SELECTOR, "h2 .outcome").text
            assert shown.split() == signs[outcome].split(), code


def test_several_subjects_are_folded_and_counted_by_outcome(page: Page, demo: Served) -> None:
    results = _results(demo, "R-06")
    page.open(f"/?view=rules&asOf={AFTER}")
    rule = _rule(page, "R-06")
    counts = [each.text for each in rule.find_elements(By.CSS_SELECTOR, ".subjects > summary .times")]
    assert sum(map(int, counts)) == len(results)
    rows = rule.find_elements(By.CSS_SELECTOR, "tbody tr")
    assert not any(row.is_displayed() for row in rows)
    rule.find_element(By.CSS_SELECTOR, ".subjects > summary").click()
    page.until(lambda: all(row.is_displayed() for row in rows))
    shown = {row.find_element(By.CSS_SELECTOR, "td").text for row in rows}
    assert shown == {result["subject"]["name"] for result in results}
    outcomes = {result["outcome"] for result in results}
    assert len(counts) == len(outcomes)
    assert "UNMET" not in outcomes or "未达标" in rows[0].text


def test_names_behind_a_rule_are_for_staff_on_demand(page: Page, demo: Served) -> None:
    (result,) = _results(demo, "R-04")
    page.open(f"/?view=rules&asOf={AFTER}")
    _rule(page, "R-04").find_element(By.CSS_SELECTOR, ".names summary").click()
    page.until(lambda: "登录" in "".join(page.texts(".names[open]")))
    assert page.texts(".judged li") == []
    page.sign_in(demo.tokens[Role.VIEWER])
    rule = _rule(page, "R-04")
    assert page.texts(".judged") == []
    rule.find_element(By.CSS_SELECTOR, ".names summary").click()
    page.until(lambda: len(page.texts(".judged li")) == result["counted"] > 0)
    page.press(".ways button:nth-child(2)")
    page.until(lambda: len(page.texts(".judged li")) == result["notCounted"] > 0)
    assert "" not in page.texts(".judged li")


def test_long_lists_of_names_come_a_page_at_a_time(page: Page, demo: Served) -> None:
    (result,) = _results(demo, "R-01")
    page.open(f"/?view=rules&asOf={AFTER}")
    page.sign_in(demo.tokens[Role.VIEWER])
    rule = _rule(page, "R-01")
    rule.find_element(By.CSS_SELECTOR, ".names summary").click()
    page.until(lambda: len(page.texts(".judged li")) == 100)
    page.press(".judged + button")
    page.until(lambda: len(page.texts(".judged li")) == result["counted"] > 100)
    assert len(page.all(".judged + button")) == 0


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.VIEWER])
def test_reports_have_the_titles_and_columns_of_their_spreadsheets(
    page: Page, demo: Served, role: Role
) -> None:
    schema = core_of(build_schema())
    viewer = ANYBODY if role is Role.PUBLIC else Viewer.of(role, "clerk")
    page.open(f"/?view=reports&asOf={AFTER}&from={BEFORE}&to={AFTER}")
    if role is not Role.PUBLIC:
        page.sign_in(demo.tokens[role])
    titles = page.until(lambda: page.texts(".report-list a"))
    assert [title.removesuffix("登录后可看") for title in titles] == [r.title for r in REPORTS.values()]
    for report in REPORTS.values():
        page.open(f"/?view=reports&report={report.name}&asOf={AFTER}&from={BEFORE}&to={AFTER}")
        page.until(lambda: page.displayed(".report, .gate"))
        given = [("from", BEFORE), ("to", AFTER)] if report.between else []
        sheets = asked_of(schema, report, given, viewer).sheets
        if page.displayed(".gate"):
            assert not any(sheet.columns for sheet in sheets)
            continue
        for sheet in sheets:
            heads = page.texts(f"[data-table='{sheet.table.field}'] th")
            assert heads == [column.header for column in sheet.columns] or (
                heads == [] and page.texts(f"[data-table='{sheet.table.field}'] .aside") == ["没有任何一行。"]
            )


def test_report_rows_are_those_of_the_query(page: Page, demo: Served) -> None:
    rows = demo.anybody.data(f'{{ governanceReport(asOf: "{AFTER}") {{ rows {{ name missing }} }} }}')[
        "governanceReport"
    ]["rows"]
    page.open(f"/?view=reports&report=governance&asOf={AFTER}")
    names = page.settled(".report tbody td:first-child")
    assert names == [row["name"] for row in rows]
    assert page.texts(".report td[data-label='缺项']") == ["、".join(row["missing"]) for row in rows]
    page.press(".report tbody a")
    assert page.settled(".record h2") == [names[0]]


def test_report_that_compares_days_asks_for_both(page: Page) -> None:
    page.open(f"/?view=reports&asOf={AFTER}")
    page.press(".report-list a")
    page.until(lambda: page.texts("input[name=from]") and page.texts(".report") == [])
    assert f"to={AFTER}" in page.driver.current_url
    page.open(f"/?view=reports&report=reform&from={BEFORE}&to={AFTER}")
    fates = page.settled("[data-table=units] tbody td:first-child")
    assert {"新设", "撤销"} <= set(fates)


def test_spreadsheet_is_fetched_as_who_is_signed_in(page: Page, demo: Served, browser_folder: Path) -> None:
    page.open(f"/?view=reports&report=staffing&asOf={AFTER}")
    assert page.until(lambda: page.displayed(".gate"))
    assert not page.displayed(".download")
    page.sign_in(demo.tokens[Role.VIEWER])
    page.until(lambda: page.displayed(".report"))
    page.press(".download")
    file = browser_folder / "downloads" / f"编制与实有人员情况表-{AFTER}.xlsx"
    page.until(file.is_file)
    assert file.read_bytes().startswith(b"PK")
    assert demo.tokens[Role.VIEWER] not in page.driver.current_url


def test_token_that_is_no_good_is_refused_where_it_was_needed(page: Page, demo: Served) -> None:
    page.refusals_expected = True
    page.open("/?view=reports&report=staffing")
    page.sign_in("not-a-token-of-this-registry")
    page.until(lambda: page.displayed(".problem .message"))
    assert page.texts(".problem code") == ["FORBIDDEN"]
    page.press(".problem .primary")
    page.until(lambda: page.displayed("dialog[open] input"))
    page.all("dialog input")[0].send_keys(demo.tokens[Role.VIEWER], Keys.ENTER)
    page.until(lambda: page.displayed(".report"))


def test_record_of_a_token_that_is_no_good_is_the_public_one(page: Page, demo: Served) -> None:
    page.refusals_expected = True
    unit = _unit(demo, "大连市医学会（示例）")
    page.open(f"/?asOf={AFTER}&unit={unit}")
    page.sign_in("not-a-token-of-this-registry")
    assert page.settled(".record h2") == ["大连市医学会（示例）"]
    assert page.texts(".record .problem") == []


def test_download_that_is_refused_says_why(page: Page, demo: Served) -> None:
    page.refusals_expected = True
    page.open(f"/?view=reports&report=governance&asOf={AFTER}")
    page.sign_in(demo.tokens[Role.VIEWER])
    page.until(lambda: page.displayed(".download"))
    page.run("sessionStorage.setItem('kexie.token', 'not-a-token-of-this-registry')")
    page.press(".download")
    page.until(lambda: page.texts(".problem code") == ["UNAUTHENTICATED"])
    assert page.displayed(".report")


def test_record_shows_posts_term_and_papers(page: Page, demo: Served) -> None:
    unit = _unit(demo, "大连市医学会（示例）")
    query = (
        "query ($id: ID!, $asOf: Date) { organization(id: $id, asOf: $asOf) { memberCount charter { title }"
        " registration { representativeName } posts { seats vacancies holders { holderName } } } }"
    )
    record = demo.viewer.data(query, id=unit, asOf=AFTER)["organization"]
    page.open(f"/?asOf={AFTER}&unit={unit}")
    text = "".join(page.settled(".record"))
    assert "社会团体法人" in text
    assert record["charter"]["title"] in text
    assert "法定代表人" not in text
    assert len(page.texts(".post")) == len(record["posts"]) > 0
    vacant = [post for post in record["posts"] if post["vacancies"]]
    assert page.texts(".post .tag") == [f"{post['seats']} 席，空缺 {post['vacancies']}" for post in vacant]
    holders = [holder["holderName"] for post in record["posts"] for holder in post["holders"]]
    assert page.texts(".holders li > span:first-child") == holders
    page.sign_in(demo.tokens[Role.VIEWER])
    page.until(lambda: "法定代表人" in page.settled(".record")[0])
    text = page.texts(".record")[0]
    assert record["registration"]["representativeName"] in text
    assert f"会员{record['memberCount']} 个" in text


def test_record_marks_a_term_that_is_overdue(page: Page, demo: Served) -> None:
    unit = _unit(demo, "大连市海洋学会理事会（示例）")
    page.open(f"/?asOf={AFTER}&unit={unit}")
    assert page.settled(".term")
    assert "逾期未换届" not in page.texts(".term")[0]
    page.open(f"/?asOf=2024-12-31&unit={unit}")
    assert "逾期未换届" in page.settled(".term")[0]


def test_record_of_a_unit_without_such_things_has_no_empty_headings(page: Page, demo: Served) -> None:
    page.open(f"/?asOf={AFTER}&unit={_unit(demo, '大连市医学会秘书处（示例）')}", NARROW)
    page.settled(".record h2")
    assert page.texts(".record h3") == ["承担的职能", "上级单位", "沿革"]
