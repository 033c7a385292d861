"""The network designed in its picture in a real Chromium, with the mouse, and with the keyboard alone: the document follows.

What the document is, is read from the code beside the picture, as a person would.
"""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seeing import Playground

LINE = re.compile(r"nn\.Linear\((\d+), (\d+)\)")


class Network:
    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(f"{url}/network")
        self.layer("shared", 1).wait_for(timeout=60_000)
        expect(page.locator('[data-testid="stCode"]').first).to_be_visible(timeout=30_000)

    def layer(self, owner: str, place: int):
        whose = "the shared layers" if owner == "shared" else f"the layers of {owner}"
        return self.page.get_by_role("button", name=re.compile(rf"^Layer {place} of {re.escape(whose)}: \d+ units?\. Edit$"))

    def grip(self, task: str):
        return self.page.get_by_role("slider", name=f"Where {task} branches off")

    def button(self, start: str):
        return self.page.get_by_role("button", name=re.compile(f"^{re.escape(start)}"))

    def sees(self, *matrices: str) -> None:
        """Waits until the picture and the code have these matrices, and no others, in this order."""
        told = self.page.locator(".network .said").inner_text
        code = self.page.locator('[data-testid="stCode"]').first
        found: list[str] = []
        for _ in range(300):
            found = [f"{a}-{b}" for a, b in LINE.findall(code.inner_text())]
            if found == list(matrices):
                break
            self.page.wait_for_timeout(50)
        assert found == list(matrices), f"The picture says: {told()}"
        expect(self.page.locator(".network .counts.waiting")).to_have_count(0)
        drawn = self.page.locator(".network .layer").count() + self.page.locator(".network .is-output").count()
        assert drawn == len(matrices)

    def says(self, text: str) -> None:
        expect(self.page.locator(".network .said")).to_contain_text(text)

    def drag(self, what, dx: float, dy: float) -> None:
        """Takes something by its middle and lets go of it elsewhere; a look on the way, as a hand does."""
        box = what.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx / 2, y + dy / 2, steps=3)
        self.page.mouse.move(x + dx, y + dy, steps=3)


FIRST = ("1-16", "16-16", "16-8", "8-1", "16-8", "8-1")


@pytest.fixture
def network(page: Page, app_url: str, console_errors: list[str]):
    yield Network(page, app_url)
    assert console_errors == []


def test_designed_with_the_mouse(network: Network) -> None:
    page = network.page
    network.sees(*FIRST)
    network.button("Add a layer to the shared layers, at place 2").click()
    network.sees("1-16", "16-16", "16-16", *FIRST[2:])

    network.drag(network.layer("shared", 2), 0, -56)  # twice as many
    expect(network.layer("shared", 2)).to_have_accessible_name("Layer 2 of the shared layers: 32 units. Edit")
    assert "nn.Linear(16, 32)" not in page.locator('[data-testid="stCode"]').first.inner_text()  # not before it lets go
    page.mouse.up()
    network.sees("1-16", "16-32", "32-16", *FIRST[2:])
    expect(page.get_by_role("dialog")).to_be_hidden()
    network.layer("shared", 2).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    pitch = network.layer("shared", 2).bounding_box()["x"] - network.layer("shared", 1).bounding_box()["x"]
    network.drag(page.locator(".network .divide"), -pitch, 0)  # share one layer less
    page.mouse.up()
    network.sees("1-16", "16-32", *("32-16", "16-8", "8-1") * 2)

    network.drag(network.grip("cos(x)"), -3 * pitch, 0)
    page.mouse.up()
    network.says("cos(x) is separate")
    network.sees("1-16", "16-32", "32-16", "16-8", "8-1", "1-16", "16-32", "32-16", "16-8", "8-1")
    network.drag(network.grip("cos(x)"), 3 * pitch, 0)
    page.mouse.up()
    network.sees("1-16", "16-32", *("32-16", "16-8", "8-1") * 2)

    for _ in range(5):
        network.button("Undo").click()
    network.sees(*FIRST)
    network.button("Redo").click()
    network.sees("1-16", "16-16", "16-16", *FIRST[2:])


def test_a_slow_browser_changes_nothing_by_itself(network: Network) -> None:
    """It says what the forms' sliders show before it has heard of what the picture has changed."""
    page, press = network.page, network.page.keyboard.press
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    network.grip("cos(x)").focus()
    press("ArrowLeft")
    network.says("cos(x) goes through 1 of 2 shared layers")
    press("Home")
    network.says("cos(x) is separate")
    apart = ("1-16", "16-16", "16-8", "8-1", "1-16", "16-16", "16-8", "8-1")
    network.sees(*apart)
    for _ in range(12):
        page.wait_for_timeout(250)
        network.sees(*apart)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    for _ in range(2):
        network.button("Undo").click()
    network.sees(*FIRST)
    expect(network.button("Undo: nothing was changed yet")).to_be_visible()


def test_designed_with_the_keyboard_alone(network: Network) -> None:
    page, press = network.page, network.page.keyboard.press
    page.locator(".network").evaluate("network => network.querySelector('.buttons button').focus()")
    press("Tab")
    press("Tab")
    expect(network.layer("shared", 1)).to_be_focused()
    outline = network.layer("shared", 1).evaluate("button => getComputedStyle(button).outlineStyle")
    assert outline == "solid"  # the focus is seen

    press("+")
    network.says("A new layer 2 in the shared layers, 16 units.")
    expect(network.layer("shared", 2)).to_be_focused()
    press("ArrowUp")
    press("Shift+ArrowDown")
    network.says("Layer 2 of the shared layers: 31 units.")
    network.sees("1-16", "16-31", "31-16", *FIRST[2:])

    press("Alt+ArrowLeft")
    network.sees("1-16", "16-31", *("31-16", "16-8", "8-1") * 2)
    press("Alt+ArrowRight")
    network.sees("1-16", "16-31", "31-16", *FIRST[2:])

    network.grip("sin(2x)").focus()
    press("Home")
    network.says("sin(2x) is separate")
    network.sees("1-16", "16-31", "31-16", "1-16", "16-31", "31-16", "16-8", "8-1", "16-8", "8-1")
    press("End")
    network.sees("1-16", "16-31", "31-16", *FIRST[2:])

    network.layer("shared", 2).focus()
    press("Delete")
    network.sees(*FIRST)
    expect(network.layer("shared", 2)).to_be_focused()
    press("Control+z")
    network.sees("1-16", "16-31", "31-16", *FIRST[2:])
    press("Control+y")
    network.sees(*FIRST)
    press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    press("Escape")
    expect(network.layer("shared", 2)).to_be_focused()


def test_what_was_changed_on_another_page_is_undone_too(network: Network) -> None:
    page = network.page
    network.button("Add a layer to the shared layers, at place 1").click()
    network.sees("1-16", "16-16", *FIRST[1:])
    page.get_by_role("link", name="Data", exact=True).click()
    rows = page.get_by_role("spinbutton", name="Rows").first
    rows.fill("40")
    rows.press("Enter")
    expect(page.get_by_text("40 rows, 3 columns")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=False).first.click()
    expect(page.get_by_text("200 rows, 3 columns")).to_be_visible()
    page.get_by_role("button", name="Redo", exact=False).first.click()
    expect(page.get_by_text("40 rows, 3 columns")).to_be_visible()
    page.get_by_role("link", name="Playground", exact=True).click()
    network.button("Undo").click()  # the rows
    network.button("Undo").click()  # the layer
    expect(network.button("Undo")).to_have_accessible_name("Undo: nothing was changed yet")
    expect(page.locator(".network .layer")).to_have_count(4)
    expect(page.get_by_role("spinbutton", name="Rows").first).to_have_value("200")


def test_what_is_alive_is_saved_as_lines(page: Page, app_url: str, tmp_path: Path) -> None:
    """The weights of a network that has trained are strokes in the file, no photograph of them; what they mean stands below."""
    playground = Playground(page, app_url)
    playground.press("toggle")
    playground.until(lambda: playground.step() > 60)
    playground.press("toggle")
    with page.expect_download() as download:
        page.locator(".tool.svg").click()
    download.value.save_as(tmp_path / "network.svg")
    root = ElementTree.parse(tmp_path / "network.svg").getroot()  # noqa: S314 what we wrote ourselves just now
    kinds = [each.tag.rpartition("}")[2] for each in root.iter()]
    assert "image" not in kinds
    weights = [each for each in root.iter() if each.get("stroke-linecap") == "butt" and "C" in each.get("d", "")]
    assert len({each.get("stroke") for each in weights}) >= 2  # both signs
    assert len({each.get("stroke-width") for each in weights}) > 5
    assert {"weight + / −", "who pulls (left) and uses (right)"} <= {each.text for each in root.iter()}
