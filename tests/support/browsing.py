"""A browser that looks at the page as a clerk does, headless (浏览器)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

T = TypeVar("T")

BEFORE = "2018-05-01"
AFTER = "2018-12-31"
WIDE = (1600, 950)
NARROW = (360, 740)
PATIENCE_SECONDS = 20

CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

LAYOUT_SHIFT_SCRIPT = """
const done = arguments[arguments.length - 1];
let sum = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
}).observe({ type: 'layout-shift', buffered: true });
setTimeout(() => done(sum), 200);
"""

AXE_SCRIPT = """
const done = arguments[arguments.length - 1];
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] };
axe.run(document, rules).then(({ violations }) =>
  done(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)));
"""


@dataclass
class Page:
    """One browser tab and what a reader can see in it."""

    driver: Chrome
    server_url: str
    refusals_expected: bool = field(default=False)

    def open(self, address: str, size: tuple[int, int] = WIDE) -> None:
        """Load an address of the server at a size of width and height in pixels."""
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.get(self.server_url.rstrip("/") + address)

    def until(self, condition: Callable[[], T | Literal[False]]) -> T:
        """Wait for a condition to be true and give its value; fail when patience ends."""
        # What is looked at may be drawn anew in the middle of the look.
        ignored = (StaleElementReferenceException,)
        wait = WebDriverWait(self.driver, PATIENCE_SECONDS, 0.1, ignored)
        return wait.until(lambda _driver: condition())

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """Give the texts of all that match, folded or hidden ones included."""
        script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)"
        texts: list[str] = self.driver.execute_script(script, selector)
        return texts

    def type(self, selector: str, *keys: str) -> None:
        self.until(lambda: self.all(selector))[0].send_keys(*keys)

    def press(self, selector: str) -> None:
        self.until(lambda: self.all(selector))[0].click()

    def settled(self, selector: str) -> list[str]:
        """Give the texts that match once nothing is being read any more."""
        return self.until(lambda: not self.all("[aria-busy=true]") and self.texts(selector))

    def units(self) -> list[str]:
        return self.settled(".line .name")

    def displayed(self, selector: str) -> bool:
        return any(element.is_displayed() for element in self.all(selector))

    def run(self, script: str) -> Any:  # noqa: ANN401 - the script decides what it returns
        return self.driver.execute_script(script)

    def complaints(self) -> list[str]:
        """Give the errors in the console since the last call, policy violations among them."""
        # Selenium leaves this one method untyped; its entries are flat JSON objects.
        log: list[dict[str, str]] = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        entries = [entry for entry in log if entry["level"] == "SEVERE"]
        if self.refusals_expected:
            entries = [entry for entry in entries if entry["source"] != "network"]
        return [entry["message"] for entry in entries]

    def layout_shift(self) -> float:
        """Give how far things moved by themselves since the page was loaded."""
        sum_of_shifts: float = self.driver.execute_async_script(LAYOUT_SHIFT_SCRIPT)
        return sum_of_shifts

    def violations(self) -> list[str]:
        """Give what axe finds wrong by WCAG 2.1, levels A and AA."""
        assert AXE.is_file(), "axe-core is missing: run npm ci in web/"
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        found: list[str] = self.driver.execute_async_script(AXE_SCRIPT)
        return found

    def sign_in(self, token: str) -> None:
        """Keep a token in the tab as the sign-in box does, and load the page anew."""
        self.driver.execute_script("sessionStorage.setItem('kexie.token', arguments[0])", token)
        self.driver.refresh()


def program(name: str) -> str:
    found = shutil.which(name)
    assert found is not None, f"{name} is missing: apt-get install chromium chromium-driver"
    return found


def started(folder: Path) -> Chrome:
    """Start a browser whose profile and downloads are in ``folder``."""
    options = ChromeOptions()
    options.binary_location = program("chromium")
    for flag in CHROMIUM_FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={folder / 'profile'}")
    options.add_experimental_option("prefs", {"download.default_directory": str(folder / "downloads")})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return Chrome(options=options, service=Service(program("chromedriver")))
