"""Every page as axe judges it, for people who cannot see, or not well: nothing serious, in light and in dark.

One visit to each page, by its link in the navigation, so that a new page is judged too. All rules are tried in light; in dark
those of colour, which are all that the scheme changes.
"""

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

from tests.browser.seeing import drawn

MAIN = (Path(__file__).parents[2] / "pages" / "_main.py").read_text(encoding="utf-8")
ALL = sum("hidden" not in line for line in MAIN.splitlines() if "st.Page(" in line)
LINKS = '[data-testid="stTopNavLink"]'
EXCUSED = {
    ("scrollable-region-focusable", '[data-testid="stCode"]'): (
        "Streamlit's own box of code. Browsers let the Tab key into whatever scrolls by themselves; axe asks for a tabindex."
    ),
}
LIGHT = {"rules": {"region": {"enabled": False}}}  # slow, and never more than moderate
DARK = {"runOnly": ["color-contrast", "link-in-text-block"]}
JUDGE = """
async ([options, excused]) => {
  const { violations } = await axe.run(document, { elementRef: true, preload: false, resultTypes: ["violations"], ...options });
  const found = [], used = [];
  for (const { id, impact, nodes } of violations) {
    if (!["serious", "critical"].includes(impact)) continue;
    for (const { element, target, html, any } of nodes) {
      const reason = excused.findIndex(([rule, selector]) => rule === id && element.closest(selector));
      if (reason >= 0) used.push(reason);
      else found.push(`${id} at ${target.flat().at(-1)}: ${html.slice(0, 160)} (${any[0]?.message ?? ""})`);
    }
  }
  return { found, used };
}
"""
NOW = """() => {
  const app = document.querySelector(".stApp");
  return [app.dataset.testScriptState, app.querySelectorAll("*").length];
}"""
STILL = """
* { transition: none !important; }
[data-testid="stElementContainer"] { opacity: 1 !important; }
"""  # no colour is on its way to another, and nothing fades while it is being drawn anew
SCHEME = "getComputedStyle(document.querySelector('.stApp')).colorScheme"
PLANT = """() => {
  const made = document.createElement("p");
  made.id = "planted";
  made.textContent = "hardly to be read";
  made.style.cssText = "position: fixed; inset: 200px auto auto 300px; z-index: 9999; color: #aaa; background: #fff";
  document.querySelector(".stApp").append(made, document.createElement("img"));
}"""


def visit(page: Page, link: Locator) -> None:
    """Goes to a page, if it is another one, and waits until it is there and nothing more comes."""
    left = None
    if link.get_attribute("aria-current") != "page":
        left = page.evaluate(NOW)[1]
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
    alike, before = 0, None
    for _ in range(300):
        now = page.evaluate(NOW)
        alike, before = alike + 1 if now == before else 0, now
        if alike > 4 and now[0] == "notRunning" and now[1] != left:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.url} was not drawn in 30 s: {before}")


def put_on(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    for _ in range(100):
        if page.evaluate(SCHEME) == scheme:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"The page is still not {scheme}.")


def judged(page: Page, options: dict) -> dict[str, list]:
    return page.evaluate(JUDGE, [options, list(EXCUSED)])


def test_no_page_keeps_anybody_out(page: Page, app_url: str) -> None:
    page.goto(app_url)
    page.locator("[data-command=epoch]").click(timeout=60_000)  # so that there are curves and results to be judged
    page.evaluate(AXE_SCRIPT)
    page.add_style_tag(content=STILL)
    expect(page.locator(LINKS)).to_have_count(ALL)
    faults, used = [], set()
    for link in page.locator(LINKS).all():
        put_on(page, "light")
        visit(page, link)
        for scheme, options in (("light", LIGHT), ("dark", DARK)):
            put_on(page, scheme)
            told = judged(page, options)
            faults += [f"{page.url}, {scheme}: {fault}" for fault in told["found"]]
            used |= set(told["used"])
    assert not faults, "\n".join(faults)
    assert len(used) == len(EXCUSED), "An excuse is not needed any more."
    page.evaluate(PLANT)
    found = " ".join(judged(page, LIGHT)["found"])
    assert "color-contrast at #planted" in found
    assert "image-alt" in found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_above_the_page_can_be_read_too(page: Page, app_url: str, scheme: Literal["light", "dark"]) -> None:
    """Streamlit hangs it beside the page, where its colour scheme does not reach."""
    page.emulate_media(color_scheme=scheme)
    page.goto(app_url)
    page.locator("[data-command=toggle]").wait_for(timeout=60_000)
    page.evaluate(AXE_SCRIPT)
    page.add_style_tag(content=STILL)
    for name in ("More settings", "When is which task trained"):
        drawn(page)
        page.get_by_role("button", name=name).click()
        above = page.locator("[data-testid=stPopoverBody]")
        above.locator("[data-testid=stWidgetLabel]").first.wait_for()
        drawn(page)
        assert page.evaluate("getComputedStyle(document.querySelector('[data-testid=stPopoverBody]')).colorScheme") == scheme
        assert judged(page, DARK)["found"] == []
        page.get_by_role("button", name=name).click()
        expect(above).to_have_count(0)
