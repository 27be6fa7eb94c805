"""The server that browsers look at: the Dalian register, an administrator's token, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from graphql_api.access import Role
from tests.support.browsing import Page, started
from tests.support.serving import Served


@pytest.fixture(scope="session")
def server_url(demo: Served) -> str:
    """Give the address of a server with the Dalian register."""
    return demo.url


@pytest.fixture(scope="session")
def token(demo: Served) -> str:
    """Give a token that may read the log of that server."""
    return demo.tokens[Role.ADMINISTRATOR]


@pytest.fixture(scope="session")
def browser_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the browser; what it saves is below it in ``downloads``."""
    return tmp_path_factory.mktemp("chromium")


@pytest.fixture(scope="session")
def driver(browser_folder: Path) -> Iterator[Chrome]:
    """Give a browser that lives as long as the session."""
    chrome = started(browser_folder)
    yield chrome
    chrome.quit()


@pytest.fixture
def page(driver: Chrome, server_url: str) -> Iterator[Page]:
    """Give a tab without memory; whatever a test does in it, the console stays without errors."""
    page = Page(driver, server_url)
    page.open("/")
    page.run("sessionStorage.clear(); localStorage.clear()")
    page.complaints()
    yield page
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert page.complaints() == []
