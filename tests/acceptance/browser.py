"""A real Chromium at a real server, for what only a browser can tell. Skips, and says so, where there is none."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.integration.web_town import WebTown, copied
from tests.youth_team import PASSWORD, YouthTeam

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
  `${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


def chromium() -> str | None:
    """Where a Chromium is: named by PATHWAYS_TEST_CHROMIUM, or one this machine has."""
    named = os.environ.get("PATHWAYS_TEST_CHROMIUM")
    found = [named] if named else [shutil.which(name) for name in NAMES]
    return next((path for path in found if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: the browser tests did not run (PATHWAYS_TEST_CHROMIUM names one)")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


class Served:
    """The town on a port of this machine."""

    def __init__(self, town: WebTown, address: str) -> None:
        self.town = town
        self.address = address


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def served(lived: tuple[YouthTeam, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A town for every browser to look at and nobody to change."""
    with (
        copied(*lived, tmp_path_factory.mktemp("served") / "town.db") as settled,
        serving(settled.app) as address,
    ):
        yield Served(settled, address)


@pytest.fixture
def served_alone(lived: tuple[YouthTeam, Path], tmp_path: Path) -> Iterator[Served]:
    """A town of the test's own."""
    with copied(*lived, tmp_path / "town.db") as settled, serving(settled.app) as address:
        yield Served(settled, address)


@contextmanager
def visiting(browser: Browser, served: Served, name: str, **settings: Any) -> Iterator[Page]:
    """A page of somebody signed in; it remembers every breach of the content security policy."""
    with browsing(browser, **settings) as context:
        page = context.new_page()
        page.goto(f"{served.address}/sign-in")
        page.fill("[name=username]", name)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{served.address}/")
        yield page


@contextmanager
def browsing(browser: Browser, **settings: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "fi-FI"} | settings)
    context.set_default_timeout(20_000)
    context.add_init_script(WATCH)
    try:
        yield context
    finally:
        context.close()
