"""Signing in on the page in a real browser, with a provider that others wrote: no part of it is ours."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from graphql_api.access import Role
from registry.store.postgres import EmbeddedPostgres
from tests.support.browsing import Page
from tests.support.database import ask, clone, drop
from tests.support.foreign_provider import foreign_provider
from tests.support.serving import Served, served
from tests.support.signing_in import settings_for

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Give the issuer of an oidc-provider-mock in a process of its own."""
    with foreign_provider() as url:
        yield url


@pytest.fixture
def register(postgres: EmbeddedPostgres, demo_template: str, issuer: str) -> Iterator[Served]:
    name = asyncio.run(clone(postgres, demo_template))
    with served(postgres.url(name), settings_for(issuer, trusted_proxies=None)) as server:
        yield server
    asyncio.run(drop(postgres, name))


@pytest.fixture
def signing(driver: Chrome, register: Served) -> Iterator[Page]:
    """Give a tab on the register; whatever happens in it, the console stays without errors."""
    page = Page(driver, register.url)
    page.open("/")
    page.run("sessionStorage.clear(); localStorage.clear()")
    page.complaints()
    yield page
    # The provider's own pages load styles from the internet, which is not there; ours complain of nothing.
    assert [line for line in page.complaints() if register.url in line] == []
    driver.delete_all_cookies()


def test_a_clerk_signs_in_with_the_provider_and_out_again(signing: Page, register: Served) -> None:
    page = signing
    page.open("/?view=reports&report=staffing&asOf=2018-12-31")
    page.until(lambda: page.displayed(".session button:last-child"))
    page.press(".session button:last-child")
    page.press("dialog .provider")
    page.type("input[name=sub]", "wang-7")
    page.press("form button[type=submit], form button:not([value=deny])")
    page.until(lambda: page.texts(".who") == ["王某某"])
    assert page.driver.current_url == f"{register.url}/?view=reports&report=staffing&asOf=2018-12-31"
    assert page.all(".who")[0].get_attribute("title") == "user:wang-7"
    assert page.run("return document.cookie") == "", "no script reads the session"
    assert page.run("return sessionStorage.length + localStorage.length") in {0, 1}
    assert ask(register.database_url, "SELECT subject FROM registry.session") == "wang-7"
    page.driver.refresh()
    page.until(lambda: page.texts(".who") == ["王某某"])
    page.press(".session button:last-child")
    page.until(lambda: page.driver.current_url.startswith(str(page.run("return location.origin"))))
    page.until(lambda: "/oauth2/end_session" in page.driver.current_url)
    assert ask(register.database_url, "SELECT count(*) FROM registry.session") == 0
    page.open("/")
    page.until(lambda: page.displayed(".session button:last-child"))
    assert page.texts(".who") == []


def test_a_key_that_is_pasted_works_beside_it(signing: Page, register: Served) -> None:
    page = signing
    page.open("/?view=audit")
    page.press(".session button:last-child")
    page.until(lambda: page.displayed("dialog[open] input"))
    page.type("dialog input", register.tokens[Role.ADMINISTRATOR])
    page.press("dialog button[type=submit]")
    page.until(lambda: page.settled("main table, main ol, main li"))
    assert page.texts(".who") == []


def test_a_clerk_who_does_not_consent_is_told(signing: Page, register: Served) -> None:
    page = signing
    page.driver.get(f"{register.url}/signin")
    page.press("form button[value=deny]")
    page.until(lambda: "SIGN_IN_FAILED" in page.texts("body")[0])
    assert "登录未完成" in page.texts("body")[0]
    # The browser reports the status, 403, as what it is; nothing else went wrong.
    assert all("403" in line for line in page.complaints() if register.url in line)
