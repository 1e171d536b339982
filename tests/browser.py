"""Pages in a real Chromium. Tests that need one are skipped where there is none, or no selenium to drive it."""

from __future__ import annotations

import base64
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

LOADING = 60  # seconds
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


@dataclass(frozen=True)
class Browser:
    """A Chromium with one window."""

    driver: Any

    def open(self, page: Path, name: str = "") -> None:
        """Opens a file, at an address inside of it."""
        self.driver.get("about:blank")  # else a new address in the same file is no new page
        self.driver.get(page.as_uri() + (f"#{name}" if name else ""))
        # A driver under load comes back from the second `get` with the load of the first page, in the middle of ours.
        ended = time.monotonic() + LOADING
        while self.run("return location.href === 'about:blank' || document.readyState !== 'complete'"):
            assert time.monotonic() < ended, f"{page.name} does not load"
            time.sleep(0.05)

    def run(self, script: str, *arguments: object) -> Any:
        """What a function body gives in the page."""
        return self.driver.execute_script(script, *arguments)

    def command(self, name: str, **parameters: object) -> Any:
        """A command of the protocol of its developer tools."""
        return self.driver.execute_cdp_cmd(name, parameters)

    def window(self, width: int, height: int, dark: bool = False, phone: bool = False) -> None:
        """The size of the window, and whether its reader likes it dark."""
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", features=[scheme])

    def scripts(self, on: bool) -> None:
        """Whether scripts run; from the next page on."""
        self.command("Emulation.setScriptExecutionDisabled", value=not on)

    def press(self, *keys: str) -> None:
        """Keys, one after another, for whatever has the focus."""
        from selenium.webdriver.common.action_chains import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def complaints(self) -> list[str]:
        """What the console said since the last time: errors, and whatever the policy refused."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses that the page asked for, beside itself."""
        return self.run("return performance.getEntriesByType('resource').map((entry) => entry.name)")

    def printed(self) -> bytes:
        """The page as a PDF."""
        return base64.b64decode(self.command("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"])


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A Chromium of its own; skips where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="the page is driven with selenium")
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("no chromium with its chromedriver to show the page in")
    options = Options()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    environment = {**os.environ, "HOME": str(profile)}
    found = webdriver.Chrome(options=options, service=Service(driver, env=environment))
    try:
        yield Browser(found)
    finally:
        found.quit()
