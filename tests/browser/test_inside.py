"""“Look inside” in a real Chromium: what it shows of a trained network is what torch's own layers make of the same weights."""

import re
from typing import NamedTuple

import pytest
import torch
from playwright.sync_api import Locator, Page, expect
from torch import Tensor

from core.data.columns import begin
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Source
from core.network.parameters import views
from core.runs.slice import prepared
from core.training.advance import Budget, advance
from core.training.checkpoint import architecture, start
from tests.browser.seeing import Playground, number

CLOSE = {"rel": 1e-6, "abs": 1e-9}
ROWS = [2, 6, 7, 8]


class Torch(NamedTuple):
    """Values by what the page calls them, with gradients of the sum of both tasks' losses."""

    values: dict[str, Tensor]
    grads: dict[str, Tensor]
    losses: list[float]


def by_torch(steps: int) -> Torch:
    """The default scene after so many steps, its rows through `torch.nn` layers that are given its weights."""
    source = Source(kind="sample", name="two-waves")
    document = begin(source, load(source), SAMPLES["two-waves"])
    data, _ = prepared(document, "")
    point, _ = advance(start(document, data), data, Budget(steps, None))
    assert point.step == steps
    specs = architecture(document, data).specs
    at = {spec.name: block[0].double() for spec, block in zip(specs, views(point.parameters, specs, 1), strict=True)}

    def layer(name: str, x: Tensor) -> Tensor:
        made = torch.nn.Linear(*at[f"{name}.weight"].shape, dtype=torch.float64)
        with torch.no_grad():
            made.weight.copy_(at[f"{name}.weight"].T)
            made.bias.copy_(at[f"{name}.bias"][0])
        return made(x)

    values = {"x": data.features[0, ROWS].double()}
    values["trunk.0"] = layer("trunk.0", values["x"])
    values["first"] = torch.tanh(values["trunk.0"])
    values["trunk.1"] = layer("trunk.1", values["first"])
    values["shared"] = torch.tanh(values["trunk.1"])
    losses = []
    for task in range(2):
        values[f"tower{task}"] = layer(f"tower{task}.0", values["shared"])
        values[f"output{task}"] = layer(f"output{task}", torch.tanh(values[f"tower{task}"]))
        right = data.targets[task].values[0, ROWS].double()
        losses.append(torch.nn.functional.mse_loss(values[f"output{task}"][:, 0], right))
    wanted = [name for name in values if name != "x"]
    grads = torch.autograd.grad(sum(losses), [values[name] for name in wanted])
    detached = {name: value.detach() for name, value in values.items()}
    return Torch(detached, dict(zip(wanted, grads, strict=True)), [loss.item() for loss in losses])


def block(page: Page, name: str) -> Locator:
    return page.locator(f'.inside [data-block="{name}"]')


def shown(page: Page, name: str) -> dict[tuple[int, int], float]:
    """The numbers of a matrix by row and column, to the last digit: what is written is cut to three."""
    cells = (
        block(page, name)
        .locator("td[data-row]")
        .evaluate_all("all => all.map(each => [each.dataset.row, each.dataset.col, each.dataset.value, each.textContent])")
    )
    assert cells
    for _, _, value, text in cells:
        assert number(text.replace("\u2009", "")) == pytest.approx(float(value), rel=0.051, abs=6e-4)
    return {(int(row), int(col)): float(value) for row, col, value, _ in cells}


def same(page: Page, name: str, expected: Tensor) -> None:
    found = shown(page, name)
    assert {row for row, _ in found} == set(range(len(expected)))
    assert len({col for _, col in found}) == min(8, expected.shape[1])
    for (row, col), value in found.items():
        assert value == pytest.approx(float(expected[row, col]), **CLOSE)


def title(page: Page) -> str:
    return page.locator(".inside .title").inner_text()


def to(page: Page, wanted: str) -> None:
    """Goes on, step by step, to the step of this title."""
    for _ in range(40):
        if title(page) == wanted:
            return
        page.locator(".inside .next").click()
    raise AssertionError(f"No step is called {wanted}; the last is {title(page)}.")


@pytest.fixture
def inside(page: Page, app_url: str) -> Page:
    """A run of the default scene, paused after some steps, and the page."""
    playground = Playground(page, app_url)
    playground.press("toggle")
    playground.until(lambda: playground.step() > 40)
    playground.press("toggle")
    playground.until(lambda: playground.status() == "paused")
    page.get_by_role("link", name="Look inside").first.click()
    page.locator(".inside .title").filter(has_text="Inputs").wait_for()
    return page


def test_every_number_is_torchs_forward_and_back(inside: Page, console_errors: list[str]) -> None:
    page = inside
    field = page.get_by_label("Rows", exact=True)
    field.fill("3, 7-9")
    field.press("Enter")
    expect(block(page, "x").locator("tbody th").nth(1)).to_have_text("row 7")
    steps = int(re.sub(r"\D", "", page.locator(".inside .moment").inner_text()))
    torchs = by_torch(steps)
    same(page, "x", torchs.values["x"])
    for layer, product, bent in ((1, "trunk.0", "first"), (2, "trunk.1", "shared")):
        to(page, f"Shared layer {layer}: weights and bias")
        same(page, "z", torchs.values[product])
        hovered(page)
        to(page, f"Shared layer {layer}: activation")
        same(page, "z", torchs.values[bent])
    for task, name in enumerate(("sin(2x)", "cos(x)")):
        to(page, f"{name}: outputs: weights and bias")
        same(page, "z", torchs.values[f"output{task}"])
        to(page, f"{name}: loss")
        said = page.locator(".inside .ends").inner_text()
        assert number(said.rsplit("= ", 1)[1]) == pytest.approx(torchs.losses[task], rel=0.01)
        for row, (own,) in zip(
            page.locator(".inside .lines tbody tr").all(), torchs.values[f"output{task}"].tolist(), strict=True
        ):
            cells = row.locator("td").all_inner_texts()
            assert number(cells[2]) == pytest.approx(own, rel=0.01, abs=1e-3)
            assert re.fullmatch(r"\(\S+ − \S+\)² = \S+", cells[4])

    page.get_by_role("button", name="Back", exact=True).click()
    to(page, "cos(x): loss")
    block(page, "x").wait_for()
    same(page, "x", torchs.values["output1"])
    same(page, "z", torchs.grads["output1"])
    block(page, "z").locator("td[data-row]").first.hover()
    expect(page.locator(".inside .sum")).to_contain_text("/4 = ")
    expect(page.locator(".inside .note")).to_have_text("Gradient of cos(x)'s loss alone, before its weight of 1.")
    to(page, "Shared layer 2: where the tasks' gradients meet")
    same(page, "z", torchs.grads["shared"])
    pulls = [shown(page, f"t{task}") for task in range(2)]
    for place, value in shown(page, "z").items():
        assert pulls[0][place] + pulls[1][place] == pytest.approx(value, **CLOSE)
    to(page, "Shared layer 2: activation")
    same(page, "d", torchs.grads["trunk.1"])
    to(page, "Shared layer 2: weights and bias")
    same(page, "d", torchs.grads["first"])
    change = torchs.values["first"].T @ torchs.grads["trunk.1"]
    for (row, col), value in shown(page, "dw").items():
        assert value == pytest.approx(float(change[row, col]), **CLOSE)
    to(page, "Shared layer 1: weights and bias")
    change = torchs.values["x"].T @ torchs.grads["trunk.0"]
    for (row, col), value in shown(page, "dw").items():
        assert value == pytest.approx(float(change[row, col]), **CLOSE)
    assert console_errors == []


def hovered(page: Page) -> None:
    """Pointing at a result lights what it is made of, and its sum ends in what the cell says."""
    cell = block(page, "z").locator("td[data-row]").nth(9)
    cell.hover()
    row, col = (cell.get_attribute(name) for name in ("data-row", "data-col"))
    said = page.locator(".inside .sum").inner_text()
    assert "(bias)" in said
    assert number(said.rsplit("= ", 1)[1]) == pytest.approx(float(cell.get_attribute("data-value") or "nan"), rel=0.02)
    lit = {name: block(page, name).locator("td.lit") for name in ("x", "w", "b")}
    assert {each.get_attribute("data-row") for each in lit["x"].all()} == {row}
    assert {each.get_attribute("data-col") for each in lit["w"].all()} == {col}
    assert lit["b"].count() == 1
    expect(cell).to_have_class(re.compile("here"))


def test_it_is_driven_by_keys_follows_the_training_and_fits_800_pixels(inside: Page, console_errors: list[str]) -> None:
    page = inside
    page.set_viewport_size({"width": 800, "height": 900})
    step = lambda: page.locator(".transport .step dd").inner_text()  # noqa: E731
    before = step()
    expect(page.locator(".inside .slider")).to_be_focused()
    for key, wanted in (
        ("ArrowRight", "2 / 16"),
        ("ArrowRight", "3 / 16"),
        ("ArrowLeft", "2 / 16"),
        ("End", "16 / 16"),
        ("Home", "1 / 16"),
    ):
        page.keyboard.press(key)
        expect(page.locator(".inside .count")).to_have_text(wanted)
    assert step() == before  # the arrows trained nothing
    overflow = (
        "() => { const box = document.querySelector('.stMain') ?? document.scrollingElement;"
        " return box.scrollWidth - box.clientWidth }"
    )
    for at in range(2, 17):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".inside .count")).to_have_text(f"{at} / 16")
        assert page.evaluate(overflow) <= 0, title(page)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    block(page, "z").locator("td[data-row]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".inside .sum")).to_contain_text("row 2, number 2:")
    assert page.locator(".inside .count").inner_text() == "2 / 16"
    page.get_by_label("Rows", exact=True).fill("5-20")
    page.keyboard.press("Enter")
    expect(page.locator(".inside .limit")).to_have_text("At most 8 rows: 5–12 are shown.")
    expect(block(page, "z").locator("tbody th")).to_have_count(8)
    assert all(box.get_attribute("title") for box in page.locator(".inside .box").all())

    page.get_by_role("button", name="sin(2x)", exact=True).click()
    page.locator(".inside .last").click()
    assert page.locator(".inside .count").inner_text() == "11 / 11"
    moment = page.locator(".inside .moment").inner_text()
    page.locator("[data-command=toggle]").click()
    expect(page.locator(".inside .moment")).not_to_have_text(moment, timeout=10_000)
    page.locator("[data-command=toggle]").click()
    assert console_errors == []
