"""The pages in a real browser: nothing axe finds, no breach of the policy, no sideways scrolling, nothing from outside."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, Request

from tests.acceptance.browser import Served, visiting
from tests.integration.test_web_pages import ADDRESSES, address_of

pytestmark = pytest.mark.browser

RULES = {
    "light": {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}},  # the same page in other colours
}
CAN_SCROLL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """
[...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')]
  .filter((control) => !control.closest('.unseen, .skip, p, li > .small, svg, label') && control.checkVisibility())
  .map((control) => [control.getBoundingClientRect(), control])
  .filter(([box]) => box.width > 0 && box.height < 43.5 && box.height > 0)
  .map(([box, control]) => `${control.tagName} "${control.textContent.trim().slice(0, 30)}" ${Math.round(box.height)}px`)
"""


only_full = pytest.mark.skipif(os.environ.get("PATHWAYS_TEST_FULL") != "1", reason="in ./test --full")
"""The narrow light pages are looked at in every run; the other three pairs of width and scheme in the long one."""


def looked_at(browser: Browser, served: Served, **settings: object) -> Iterator[tuple[str, Page]]:
    """Every page, each read by the person it is for."""
    by_person = defaultdict(list)
    for name, (who, _) in ADDRESSES.items():
        by_person[who].append(name)
    with ExitStack() as stack:
        for who, names in by_person.items():
            page = stack.enter_context(visiting(browser, served, who, **settings))
            for name in names:
                page.goto(served.address + address_of(served.town, name))
                yield name, page


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        pytest.param(390, "light"),
        pytest.param(1440, "dark", marks=only_full),
        pytest.param(1440, "light", marks=only_full),
        pytest.param(390, "dark", marks=only_full),
    ],
)
def test_axe_finds_nothing_on_any_page_and_fingers_find_every_target(
    browser: Browser, served: Served, scheme: str, width: int
) -> None:
    axe, found = Axe(), []
    narrow = width == 390
    size: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "has_touch": narrow}
    for name, page in looked_at(browser, served, **size):
        if narrow and (small := page.evaluate(SMALL_TARGETS)):
            found.append(f"{name}: too small for a finger: {small}")
        results = axe.run(page, options=RULES[scheme])
        found += [
            f"{name}: {violation['id']} {[node['target'] for node in violation['nodes']][:3]}"
            for violation in results.response["violations"]
        ]

    assert not found, "\n".join(found)


def test_no_page_breaks_its_policy_or_fetches_from_outside(browser: Browser, served: Served) -> None:
    complaints: list[str] = []
    watched: set[Page] = set()

    def note(request: Request) -> None:
        if not request.url.startswith(served.address):
            complaints.append(f"from outside: {request.url}")

    for name, page in looked_at(browser, served):
        if page not in watched:
            watched.add(page)
            page.on("request", note)
            page.on("pageerror", _as_complaint(complaints))
            page.reload()
        page.wait_for_load_state("load")
        complaints += [f"{name}: {violation}" for violation in page.evaluate("window.violations")]

    assert complaints == []


def _as_complaint(complaints: list[str]) -> Callable[[Error], None]:
    return lambda error: complaints.append(f"script: {error}")


def test_no_page_scrolls_sideways_at_320_pixels(browser: Browser, served: Served) -> None:
    wide = {
        name: over
        for name, page in looked_at(browser, served, viewport={"width": 320, "height": 700})
        if (over := page.evaluate(CAN_SCROLL)) > 0
    }

    assert wide == {}
