"""Widgets show the document's value, tell a change once, and come from the plug-ins' own metadata."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field
from streamlit.testing.v1 import AppTest

from core.data.samples import SAMPLES
from core.experiment import Choice
from core.losses import LOSSES
from core.network.activations import ACTIVATIONS
from core.network.sharing import SHARING
from core.registry import Params, param
from core.sampling import SAMPLING
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES
from core.weighting import SCHEMES
from pages.parts import controls

PLUGINS = {
    f"{registry.what}: {name}": module
    for registry in (SAMPLES, LOSSES, ACTIVATIONS, SHARING, SAMPLING, OPTIMIZERS, SCHEDULES, SCHEMES)
    for name, module in registry.items()
}


def shown(draw: Callable[[Callable[[Any], None]], None]) -> tuple[AppTest, list]:
    """A page of what `draw(change)` draws, and the list of what `change` was told."""
    told: list = []

    def page(draw, told):
        draw(told.append)

    app = AppTest.from_function(page, default_timeout=30, args=(draw, told)).run()
    assert not app.exception
    return app, told


def onto(values: dict, change: Callable[[Any], None]) -> controls.Edit:
    """Tells all parameters after an edit of these."""
    return lambda make: change(make(values))


class Knobs(Params):
    rows: int = param(200, "How many.", title="Rows", step=10, ge=20, le=100_000)
    noise: float = param(0.1, "How far.", formula="s", step=0.05, ge=0.0, le=2.0)
    free: float = param(1.5, "Any number.", gt=0.0)
    balanced: bool = param(False, "Both count the same.", title="Balance")
    way: Literal["up", "down"] = param("up", "Which way.")
    text: str = param("1, 2", "A list.")


def knobs(app: AppTest) -> list:
    return [app.number_input("k.rows"), app.slider("k.noise"), app.number_input("k.free"), app.toggle("k.balanced"),
            app.selectbox("k.way"), app.text_input("k.text")]  # fmt: skip


def test_every_kind_of_parameter_has_its_widget_with_value_bounds_and_help() -> None:
    app, _ = shown(lambda change: controls.params("k", Knobs, {"rows": 50}, onto({"rows": 50}, change)))
    rows, noise, free, balanced, way, text = knobs(app)
    assert (rows.label, rows.value, rows.min, rows.max, rows.step) == ("Rows", 50, 20, 100_000, 10)
    assert (noise.label, noise.value, noise.min, noise.max, noise.step) == ("Noise", 0.1, 0.0, 2.0, 0.05)
    assert noise.help == "How far.\n\n$$s$$"
    assert (free.value, free.min, free.max) == (1.5, 0.0, None)
    assert (balanced.label, balanced.value) == ("Balance", False)
    assert (way.value, way.options) == ("up", ["up", "down"])
    assert (text.value, text.help) == ("1, 2", "A list.")


@pytest.mark.parametrize(
    ("number", "value"), [(0, 70), (1, 0.5), (2, 2.5), (3, True), (4, "down"), (5, "3")], ids=list(Knobs.model_fields)
)
def test_a_change_tells_all_parameters_once(number: int, value: object) -> None:
    app, told = shown(lambda change: controls.params("k", Knobs, {"rows": 50}, onto({"rows": 50}, change)))
    knobs(app)[number].set_value(value).run()
    assert told == [{"rows": 50} | {list(Knobs.model_fields)[number]: value}]


def test_two_widgets_that_are_turned_before_the_page_is_drawn_again_both_count() -> None:
    stands: dict = {"rows": 50, "noise": 0.5}

    def edit(make: controls.Make) -> None:
        made = make({**stands})
        stands.clear()
        stands.update(made)

    app, _ = shown(lambda _: controls.params("k", Knobs, {"rows": 50, "noise": 0.5}, edit))
    app.slider("k.noise").set_value(0.9)
    app.toggle("k.balanced").set_value(True)
    app.run()
    assert stands == {"rows": 50, "noise": 0.9, "balanced": True}


def test_two_items_of_a_list_that_are_turned_before_the_page_is_drawn_again_both_count() -> None:
    stands: dict = {"tasks": 3}
    app, _ = shown(lambda _: controls.params("k", Each, {"tasks": 3}, lambda make: stands.update(make({**stands}))))
    app.slider("k.noise.0").set_value(0.9)
    app.slider("k.noise.2").set_value(0.2)
    app.run()
    assert stands == {"tasks": 3, "noise": [0.9, 0.5, 0.2]}


def test_only_some_parameters_when_asked() -> None:
    app, _ = shown(lambda change: controls.params("k", Knobs, {}, onto({}, change), ("rows",)))
    assert (len(app.number_input), len(app.slider)) == (1, 0)


def test_a_whole_number_written_by_hand_where_a_fraction_is_meant() -> None:
    """Someone's JSON says 1 where the app would write 1.0."""
    app, _ = shown(lambda change: controls.params("k", Knobs, {"noise": 1, "free": 2}, onto({"noise": 1, "free": 2}, change)))
    assert (app.slider("k.noise").value, app.slider("k.noise").step) == (1.0, 0.05)
    assert isinstance(app.number_input("k.free").value, float)


@pytest.mark.parametrize("module", PLUGINS.values(), ids=PLUGINS)
def test_every_plugins_parameters_can_be_drawn(module: Any) -> None:
    shown(lambda change: controls.params("p", module.Params, {}, onto({}, change)))


def test_a_widget_shows_the_document_even_after_it_was_moved() -> None:
    """A change that is refused must not leave the widget at the value that was refused."""
    app, told = shown(lambda change: controls.number("Epochs", "e", 5, change, "help", 1, 100, 1))
    app.number_input("e").set_value(9).run()
    assert told == [9]
    assert app.number_input("e").value == 5


def test_a_slider_reaches_to_a_value_beyond_its_bounds() -> None:
    app, _ = shown(lambda change: controls.slider("Weight", "w", 7.5, change, "help", 0.0, 5.0, 0.1))
    assert (app.slider("w").value, app.slider("w").max) == (7.5, 7.5)


def test_a_value_that_is_none_of_the_steps_joins_them_in_its_place() -> None:
    app, told = shown(lambda change: controls.steps("Rate", "r", 0.02, [0.01, 0.1, 1.0], change, "help"))
    assert app.select_slider("r").options == ["0.01", "0.02", "0.1", "1.0"]
    app.select_slider("r").set_value(0.1).run()
    assert told == [0.1]


def test_all_stands_last_among_steps() -> None:
    app, _ = shown(lambda change: controls.steps("Rows", "r", 48, [32, 64, None], change, "help"))
    assert app.select_slider("r").options == ["32", "48", "64", "None"]


def test_a_value_that_is_no_option_is_shown_and_offered() -> None:
    app, _ = shown(lambda change: controls.select("Batch", "b", 48, {32: "32 rows"}, change, "help"))
    assert (app.selectbox("b").value, app.selectbox("b").options) == (48, ["32 rows", "48"])


def test_a_select_box_tells_the_value_and_not_its_title_and_none_is_a_value_too() -> None:
    app, told = shown(lambda change: controls.select("Clip", "c", None, {1.0: "1", None: "off"}, change, "help"))
    box = app.selectbox("c")
    assert (box.options, box.index) == (["1", "off"], 1)
    app.run()
    assert told == []
    app.selectbox("c").set_value(1.0).run()
    assert told == [1.0]
    app, told = shown(lambda change: controls.select("Clip", "c", 1.0, {1.0: "1", None: "off"}, change, "help"))
    app.selectbox("c").set_value("off").run()
    assert told == [None]


def test_steps_that_would_be_called_the_same_are_told_apart() -> None:
    """Streamlit goes by an option's text: of two that are called “0” it would take the last."""
    app, told = shown(lambda change: controls.steps("L2", "l", 0.0, [0.0, 1e-6], change, "help", lambda rate: f"{rate:.2f}"))
    app.run()
    assert told == []
    assert app.select_slider("l").options == ["0.0", "1e-06"]


def test_another_plugin_starts_with_its_own_defaults() -> None:
    choice = Choice(name="sgd", params={})
    app, told = shown(lambda change: controls.plugin("Optimizer", "o", choice, OPTIMIZERS, change, "What moves."))
    box = app.selectbox("o")
    assert box.options == [module.TITLE for module in OPTIMIZERS.values()]
    assert all(module.TITLE in box.help for module in OPTIMIZERS.values())
    box.set_value("adam").run()
    assert told == [{"name": "adam", "params": {}}]


class Each(Params):
    tasks: int = param(2, "How many.", step=1, ge=1, le=4)
    rows: int = param(100, "How many rows.", step=10, ge=10, le=10_000)
    noise: tuple[Annotated[float, Field(ge=0.0, le=2.0)], ...] = param((0.1, 0.5), "How far.", title="Noise", step=0.05)
    labels: tuple[Annotated[int, Field(ge=10, le=10_000)], ...] = param((1000, 60, 30), "So many.", step=10)

    def items(self, name: str) -> tuple[str, ...]:
        return tuple("ABCD"[: self.tasks]) if name in ("noise", "labels") else ()

    def most(self, name: str) -> float | None:
        return self.rows if name == "labels" else None


def test_a_list_has_a_slider_for_each_named_item() -> None:
    app, _ = shown(lambda change: controls.params("k", Each, {"tasks": 3}, onto({"tasks": 3}, change)))
    noise = [app.slider(f"k.noise.{place}") for place in range(3)]
    assert [(slider.label, slider.value) for slider in noise] == [("Noise: A", 0.1), ("Noise: B", 0.5), ("Noise: C", 0.5)]
    assert (noise[0].min, noise[0].max, noise[0].step, noise[0].help) == (0.0, 2.0, 0.05, "How far.")


def test_a_slider_ends_where_another_parameter_says() -> None:
    app, _ = shown(lambda change: controls.params("k", Each, {"rows": 50}, onto({"rows": 50}, change)))
    labels = [app.slider(f"k.labels.{place}") for place in range(2)]
    assert [(slider.value, slider.max, slider.step) for slider in labels] == [(50, 50, 10), (50, 50, 10)]


def test_a_changed_item_tells_the_whole_list_and_keeps_what_is_not_shown() -> None:
    given = {"noise": [1, 0.2, 0.3, 0.4], "labels": [20, 30, 40, 50]}
    app, told = shown(lambda change: controls.params("k", Each, given, onto(given, change)))
    app.slider("k.noise.0").set_value(0.9).run()
    app.slider("k.labels.1").set_value(80).run()
    assert told == [{**given, "noise": [0.9, 0.2, 0.3, 0.4]}, {**given, "labels": [20, 80, 40, 50]}]


def test_an_item_that_was_filled_in_becomes_one_of_its_own() -> None:
    given = {"tasks": 4, "noise": [0.2]}
    app, told = shown(lambda change: controls.params("k", Each, given, onto(given, change)))
    app.slider("k.noise.2").set_value(0.4).run()
    assert told == [{"tasks": 4, "noise": [0.2, 0.2, 0.4, 0.2]}]


def test_parameters_that_do_not_fit_show_the_defaults_of_lists() -> None:
    app, _ = shown(lambda change: controls.params("k", Each, {"noise": "0.1, 0.2"}, onto({"noise": "0.1, 0.2"}, change)))
    assert [app.slider(f"k.noise.{place}").value for place in range(2)] == [0.1, 0.5]


def test_related_or_not_has_a_slider_for_each_task() -> None:
    app, _ = shown(lambda change: controls.params("k", SAMPLES["related"].Params, {}, onto({}, change), ("noise", "labels")))
    assert [slider.label for slider in app.slider] == ["Noise: task A", "Noise: task B", "Labels: task A", "Labels: task B"]
