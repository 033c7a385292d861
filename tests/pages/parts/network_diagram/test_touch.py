"""The component in a real Chromium, mounted as Streamlit mounts it; a fake app applies every edit and draws again."""

import json
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from core.experiment import Experiment, parse
from core.network.edit import apply
from core.network.shapes import shapes
from pages.parts.bundle import bundle
from pages.parts.network_diagram import FOLDER, spec_of

pytestmark = pytest.mark.browser
NASTY = "<img src=x onerror=alert(1)>"
MOUNT = """
(() => {
  const root = document.querySelector('#host').attachShadow({ mode: 'open' });
  root.innerHTML = '<style>' + window.css + '</style>' + window.html;
  window.late = 0;
  const setTriggerValue = async (name, op) => {
    const spec = await window.edit(op);
    if (window.late) await new Promise((done) => setTimeout(done, window.late));
    window.rerun(spec, op.n);
  };
  window.component = { parentElement: root, setTriggerValue };
  window.rerun = (spec, heard) => {
    window.data = { spec, height: 430, heard };
    window.cleanup = window.diagram({ ...window.component, data: window.data });
  };
})()
"""


class App:
    def __init__(self, page: Page, document: Experiment) -> None:
        self.page, self.document = page, document
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(dialog.message))
        page.set_content('<body style="margin: 0"><div id="host" style="width: 560px"></div></body>')
        page.expose_function("edit", self.edit)
        code = bundle(FOLDER, "main.js").replace("export default function", "window.diagram = function")
        page.evaluate(
            "([css, html]) => Object.assign(window, { css, html })", [self.read("diagram.css"), self.read("diagram.html")]
        )
        page.add_script_tag(content=code, type="module")
        page.wait_for_function("Boolean(window.diagram)")
        page.evaluate(MOUNT)
        page.evaluate("spec => window.rerun(spec)", self.spec())

    def read(self, name: str) -> str:
        return (FOLDER / name).read_text(encoding="utf-8")

    def edit(self, op: dict) -> dict:
        self.document = apply(self.document, json.loads(json.dumps(op)))
        return self.spec()

    def spec(self) -> dict:
        columns = self.document.columns
        sizes = shapes(self.document, 12, dict.fromkeys(columns, 1))
        return spec_of(self.document, sizes, dict.fromkeys(columns, ("#114488", "#88bbff")), {"relu": "ReLU", "tanh": "Tanh"})

    def button(self, name: str):
        return self.page.get_by_role("button", name=name, exact=True)

    def settle(self) -> None:
        """Waits until every edit is in the document, and the picture shows it."""
        expect(self.page.locator(".counts.waiting")).to_have_count(0)

    def widths(self, where: str = "trunk") -> list[int]:
        self.settle()
        layers = self.document.network.trunk if where == "trunk" else self.document.tower(where)
        return [layer.width for layer in layers]

    def focused(self) -> str:
        return self.page.evaluate("document.querySelector('#host').shadowRoot.activeElement?.getAttribute('aria-label')")


@pytest.fixture
def app(page: Page):
    document = {
        "version": 1,
        "data": {"source": {"kind": "sample", "name": "x"}, "inputs": {}},
        "tasks": [{"column": "thal", "kind": "binary"}, {"column": NASTY, "kind": "regression"}],
        "network": {"trunk": [{"width": 32}, {"width": 64}], "towers": {"thal": [{"width": 32}], NASTY: [{"width": 16}]}},
    }
    started = App(page, parse(document))
    yield started
    assert not started.errors


def drawn(app: App) -> list[str]:
    return app.page.locator("svg .units").all_text_contents()


def test_plus_adds_a_layer_and_keeps_the_focus(app):
    plus = app.button("Add a layer to the shared layers, at place 2")
    plus.click()
    expect(app.page.locator("svg .units")).to_have_count(8)
    assert app.widths() == [32, 32, 64]
    assert app.focused() == "Add a layer to the shared layers, at place 2"


def test_steps_on_the_width_are_not_lost_when_they_come_fast(app):
    app.button("Layer 1 of the shared layers: 32 units. Edit").hover()
    app.page.evaluate(
        "() => { for (let i = 0; i < 3; i++) document.querySelector('#host').shadowRoot.querySelector('.more').click(); }"
    )
    expect(app.page.locator("svg .units").nth(1)).to_have_text("256")
    assert app.widths() == [256, 64]
    app.button("Fewer units in layer 1 of the shared layers: 256 units").click(modifiers=["Shift"])
    expect(app.page.locator("svg .units").nth(1)).to_have_text("255")


def test_the_editor_stays_open_on_its_layer_and_changes_everything(app):
    app.button("Layer 2 of the shared layers: 64 units. Edit").click()
    form = app.page.get_by_role("dialog")
    form.get_by_label("Units", exact=True).fill("100")
    form.get_by_label("Units", exact=True).press("Enter")
    expect(app.page.locator("svg .units").nth(2)).to_have_text("100")
    form.get_by_label("Activation").select_option("tanh")
    form.get_by_label("Batch norm").check()
    form.get_by_label("Dropout").fill("20")
    expect(app.page.locator("svg .badge-text")).to_have_text(["norm", "drop 20%"])
    form.get_by_role("button", name="← Earlier").click()
    expect(form.locator("strong")).to_have_text("Layer 1 of the shared layers")
    app.settle()
    layer = app.document.network.trunk[0]
    assert (layer.width, layer.activation.name, layer.batch_norm, layer.dropout) == (100, "tanh", True, 0.2)
    app.page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    assert app.focused() == "Layer 1 of the shared layers: 100 units. Edit"


def test_what_is_being_typed_is_not_taken_away_by_a_rerun(app):
    app.button("Layer 1 of the shared layers: 32 units. Edit").click()
    units = app.page.get_by_role("dialog").get_by_label("Units", exact=True)
    app.page.keyboard.type("7")
    app.page.evaluate("window.rerun(window.data.spec)")
    expect(units).to_have_value("7")


def test_the_editor_closes_when_its_layer_goes_or_one_clicks_elsewhere(app):
    form = app.page.get_by_role("dialog")
    app.button("Layer 1 of the layers of thal: 32 units. Edit").click()
    form.get_by_role("button", name="Remove").click()
    expect(form).to_be_hidden()
    assert app.widths("thal") == []
    app.button("Layer 1 of the shared layers: 32 units. Edit").click()
    app.page.mouse.click(5, 5)
    expect(form).to_be_hidden()


def test_the_branch_moves_both_ways(app):
    app.page.get_by_role("button", name="Share one layer less").click()
    expect(app.page.locator("svg .units")).to_have_count(8)
    assert (app.widths(), app.widths("thal")) == ([32], [64, 32])
    app.page.get_by_role("button", name="Share one layer more").click()
    expect(app.page.locator("svg .units")).to_have_count(7)
    assert app.widths() == [32, 64]


def test_a_button_that_can_do_nothing_does_nothing_and_says_why(app):
    for _ in range(2):
        app.page.get_by_role("button", name="Share one layer less").click()
        app.page.wait_for_timeout(50)
    off = app.page.get_by_role("button", name="Share one layer less: there is no shared layer left")
    before = app.document
    off.click(force=True)
    assert app.document == before


def test_everything_can_be_done_by_keyboard(app):
    seen = []
    for _ in range(32):
        app.page.keyboard.press("Tab")
        seen.append(app.focused())
    stops = app.page.locator(".buttons button, .buttons .grip, .tools button")
    assert stops.count() == len(set(seen) - {None})
    app.button("Layer 1 of the shared layers: 32 units. Edit").focus()
    app.page.keyboard.press("Enter")
    expect(app.page.get_by_role("dialog")).to_be_visible()
    assert app.focused() == "Units"


def test_names_are_text(app):
    expect(app.page.get_by_text(NASTY, exact=True)).to_be_visible()
    assert app.page.locator("img").count() == 0


def test_it_follows_its_width_scrolls_inside_and_leaves_nothing_behind(app):
    page = app.page
    page.evaluate("document.querySelector('#host').style.width = '240px'")
    page.wait_for_function("document.querySelector('#host').shadowRoot.querySelector('.stage').scrollWidth > 240")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("window.cleanup()")
    assert page.locator(".editor").count() == 0
    page.evaluate("window.rerun(window.data.spec)")
    assert len(drawn(app)) == 7
    assert page.locator(".editor").count() == 1


def test_switched_off_activations_are_struck_through(app):
    app.page.evaluate("window.component.setTriggerValue('edit', { op: 'nonlinear', on: false })")
    expect(app.page.locator("svg .word.struck")).to_have_count(4)


def test_an_edit_is_drawn_at_once_and_then_as_the_document_says(app):
    app.page.evaluate("window.late = 400")
    app.button("Add a layer to the shared layers, at place 2").click()
    expect(app.page.locator("svg .ghost")).to_have_count(1, timeout=300)
    expect(app.page.locator("svg .ghost")).to_have_count(0)
    assert app.widths() == [32, 32, 64]
    app.button("Layer 1 of the shared layers: 32 units. Edit").click()
    app.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(app.page.locator("svg .going")).to_have_count(1, timeout=300)
    expect(app.page.locator("svg .going")).to_have_count(0)
    assert app.widths() == [32, 64]
    assert len(drawn(app)) == 7


def test_edits_made_before_the_first_has_arrived_are_all_kept(app):
    app.page.evaluate("window.late = 200")
    for place in (1, 2, 3):
        app.button(f"Add a layer to the shared layers, at place {place}").click()
    app.button("Layer 1 of the shared layers: 32 units. Edit").hover()
    app.button("More units in layer 1 of the shared layers: 32 units").click()
    expect(app.page.locator("svg .ghost")).to_have_count(0, timeout=5000)
    assert app.widths() == [64, 32, 32, 32, 64]
    assert drawn(app)[1:6] == ["64", "32", "32", "32", "64"]


def test_an_edit_that_is_refused_leaves_the_document_as_it_was(app):
    refuse = "(name, op) => setTimeout(() => window.rerun(window.data.spec, op.n), 50)"
    app.page.evaluate(f"void (window.component.setTriggerValue = {refuse})")
    app.page.evaluate("window.rerun(window.data.spec)")
    app.button("Add a layer to the shared layers, at place 1").click()
    expect(app.page.locator("svg .ghost")).to_have_count(0)
    assert len(drawn(app)) == 7


def test_a_deep_network_shows_its_outputs_and_unfolds(app):
    for place in range(3, 13):
        app.button(f"Add a layer to the shared layers, at place {place}").click()
    assert len(app.widths()) == 12
    assert app.page.locator(".stage").evaluate("stage => stage.scrollWidth - stage.clientWidth") == 0
    folds = app.page.locator("button.fold")
    assert folds.count() >= 1
    folds.first.click()
    assert app.focused().startswith("Layer ")


def test_names_break_at_their_joints_and_the_legend_keeps_the_counts(app):
    spec = app.spec()
    spec["tasks"][0]["title"] = "the_outcome_that_is_measured_after_a_whole_year"
    app.page.evaluate("spec => window.rerun(spec)", spec)
    lines = app.page.locator(".names div").first.locator("b").all_text_contents()
    assert len(lines) == 2
    assert lines[0].endswith("_")
    assert lines[1].endswith("…")
    box = app.page.locator(".counts span", has_text="the_outcome").locator("b")
    assert box.evaluate("b => b.getBoundingClientRect().right <= b.parentElement.getBoundingClientRect().right + 1")


def test_every_control_of_the_editor_is_explained(app):
    app.button("Layer 1 of the shared layers: 32 units. Edit").click()
    form = app.page.get_by_role("dialog")
    for label in ("Units", "Activation", "Dropout", "Batch norm"):
        told = form.get_by_label(label, exact=label == "Units").first.get_attribute("aria-describedby")
        expect(form.locator(f"#{told}")).to_be_visible()


SHARED = "Layer 1 of the shared layers: {} units. Edit"
TOUCH = """
([selector, ways, last]) => {
  const element = document.querySelector("#host").shadowRoot.querySelector(selector), box = element.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const tell = (type, [dx, dy]) => element.dispatchEvent(new PointerEvent(type, {
    pointerId: 7, pointerType: "touch", isPrimary: true, button: 0, bubbles: true, composed: true,
    clientX: x + dx, clientY: y + dy,
  }));
  tell("pointerdown", [0, 0]);
  for (const way of ways) tell("pointermove", way);
  if (last) tell(last, ways.at(-1));
}
"""


def held(app: App, selector: str, dx: float, dy: float) -> None:
    """The mouse holds something and has moved it."""
    box = app.page.locator(selector).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    app.page.mouse.move(x, y)
    app.page.mouse.down()
    app.page.mouse.move(x + dx, y + dy, steps=4)


def test_the_number_follows_the_mouse_and_the_edit_is_sent_when_it_lets_go(app):
    held(app, ".body", 0, -56)
    expect(app.button(SHARED.format(64))).to_be_visible()
    assert app.widths()[0] == 32
    app.page.mouse.up()
    expect(app.page.locator(".said")).to_have_text("Layer 1 of the shared layers: 64 units.")
    assert app.widths() == [64, 64]
    expect(app.page.get_by_role("dialog")).to_be_hidden()


def test_escape_leaves_everything_as_it_was(app):
    held(app, ".body", 0, 80)
    expect(app.button(SHARED.format(12))).to_be_visible()
    app.page.keyboard.press("Escape")
    expect(app.button(SHARED.format(32))).to_be_visible()
    app.page.mouse.up()
    assert app.widths() == [32, 64]


def test_a_finger_drags_as_a_mouse_does(app):
    app.page.evaluate(TOUCH, [".body", [[0, -20], [0, -56]], "pointerup"])
    assert app.widths() == [64, 64]
    app.page.evaluate(TOUCH, [".body", [[0, -20], [0, -56]], "pointercancel"])
    assert app.widths() == [64, 64]
    actions = [app.page.locator(name).first.evaluate("it => getComputedStyle(it).touchAction") for name in (".body", ".grip")]
    assert actions == ["pan-x", "pan-y"]  # the page still scrolls the other way


def test_a_task_is_dragged_off_and_back(app):
    held(app, ".grip", -600, 0)
    expect(app.page.locator(".grip").first).to_have_attribute(
        "aria-valuetext", "thal is separate: it goes through none of the shared layers"
    )
    app.page.mouse.up()
    assert (app.widths(), app.widths("thal")) == ([32, 64], [32, 64, 32])
    assert app.document.network.sharing.params == {"branch": {"thal": 0}}
    held(app, ".grip", 600, 0)
    app.page.mouse.up()
    assert (app.widths("thal"), app.document.network.sharing.params) == ([32], {})


def test_the_line_where_tasks_part_is_dragged(app):
    held(app, ".divide", -600, 0)
    app.page.mouse.up()
    assert (app.widths(), app.widths("thal")) == ([], [32, 64, 32])
    held(app, ".divide", 600, 0)
    app.page.mouse.up()
    assert (app.widths(), app.widths("thal")) == ([32, 64, 32], [])


def test_what_cannot_be_dragged_says_so(app):
    app.document = app.document.changed("network.sharing", {"name": "mmoe", "params": {}})
    app.page.evaluate("spec => window.rerun(spec)", app.spec())
    before = app.document
    held(app, ".grip", -100, 0)
    app.page.mouse.up()
    expect(app.page.locator(".said.why")).to_contain_text("Choose hard sharing to let one task branch off by itself.")
    assert app.document == before


def test_keys_change_the_layer_that_has_the_focus(app):
    app.button(SHARED.format(32)).focus()
    press = app.page.keyboard.press
    press("ArrowUp")
    press("Shift+ArrowDown")
    press("Insert")
    assert app.focused() == "Layer 2 of the shared layers: 63 units. Edit"
    press("Delete")
    assert app.focused() == "Layer 2 of the shared layers: 64 units. Edit"
    press("Alt+ArrowLeft")
    assert (app.widths(), app.widths("thal")) == ([63], [64, 32])


def test_the_picture_is_saved_as_it_is_shown(app, tmp_path):
    files = {}
    for kind in ("svg", "png"):
        with app.page.expect_download() as download:
            app.page.locator(f".tool.{kind}").click()
        files[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[kind])
    assert [file.name for file in files.values()] == ["network-x-light.svg", "network-x-light.png"]
    written = files["svg"].read_text(encoding="utf-8")
    root = ElementTree.fromstring(written)  # noqa: S314 what we wrote ourselves just now
    text = " ".join(root.itertext())
    assert "Network: 12 inputs; shared layers 32 ReLU, 64 ReLU" in text
    assert {"thal", "32", "12 × 32"} <= {each.text for each in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "<img" not in written
    assert "class=" not in written  # no style sheet is needed
    assert "sans-serif" in root.get("font-family")
    raw = files["png"].read_bytes()
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(raw[16:20], "big") == 2 * int(root.get("width"))
