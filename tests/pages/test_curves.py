"""The page Curves as Streamlit runs it: a twin by itself, curves of every source, points by hand, a closer look."""

import time
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import presets
from core.data.columns import begin
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.network.activations import ACTIVATIONS
from core.runs import engine
from core.runs.run import Run
from pages.parts.curve_gallery import minus
from pages.parts.curve_target import plain_inputs
from tests.pages.test_playground import PAGE, document, fine, run_of

CURVES = PAGE.with_name("curves.py")
DRAWABLE = [name for name in SAMPLES if plain_inputs(name)]
TABLE = b"name,weight,height,age\n" + b"".join(b"n%d,%.1f,%.1f,%d\n" % (i, 50 + i / 3, 150 + i % 17, i % 60) for i in range(80))
BUTTON = "Start anew with a twin beside it"


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(CURVES), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@pytest.fixture
def app() -> AppTest:
    return opened()


def waves(**changes: object) -> Experiment:
    source = Source(kind="sample", name="two-waves")
    made = begin(source, load(source), SAMPLES["two-waves"])
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def learned(made: Experiment) -> Run:
    """A run that has learned for one step."""
    run = engine().create(made)
    engine().command(run, "step")
    ends = time.monotonic() + 30
    while run.step == 0 or run.status == "playing":
        assert time.monotonic() < ends
        time.sleep(0.01)
    return run


def labels(elements: Any) -> list[str]:
    return [each.label for each in elements]


# -- twins --------------------------------------------------------------------------------------------------------------


def test_it_opens_and_the_run_gets_a_twin_by_itself(app):
    fine(app)
    assert document(app).data.source.name == "two-waves"
    assert document(app).network.twin is True
    assert document(app) == waves(network__twin=True)
    assert run_of(app).status == "ready"
    assert "twin" in run_of(app).view
    assert BUTTON not in labels(app.button)


def test_drawing_it_again_changes_nothing(app):
    before, start = document(app), run_of(app).start
    app.run().run()
    fine(app)
    assert (document(app), run_of(app).start) == (before, start)


def test_a_run_that_has_learned_without_a_twin_is_not_thrown_away_unasked():
    run = learned(waves(training__epochs=500))
    app = opened(run=run.id)
    fine(app)
    assert (run.start, run.step, run.experiment.network.twin) == (1, 1, False)
    app.run()
    assert (run.start, run.step) == (1, 1)
    button = next(each for each in app.button if each.label == BUTTON)
    assert button.help
    button.click().run()
    fine(app)
    assert run.start == 2
    assert run.experiment.network.twin is True
    assert BUTTON not in labels(app.button)


def test_a_run_that_has_learned_with_a_twin_stays_as_it_is():
    run = learned(waves(training__epochs=500, network__twin=True))
    app = opened(run=run.id)
    fine(app)
    assert (run.start, run.step) == (1, 1)
    assert BUTTON not in labels(app.button)


# -- controls -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DRAWABLE)
def test_every_control_has_help(app, name):
    app.selectbox(key="curves.source").set_value(name).run()
    for look in ("health", "gallery"):
        app.segmented_control(key="curves.look").set_value(look).run()
        fine(app)
        kinds = (
            app.selectbox, app.toggle, app.slider, app.select_slider, app.number_input, app.text_input, app.multiselect,
            app.segmented_control, app.file_uploader,
        )  # fmt: skip
        assert [each.label for kind in kinds for each in kind if not each.help] == []
        assert [each.label for each in app.button if not each.help] == []


@pytest.mark.parametrize("name", DRAWABLE)
def test_another_sample_keeps_a_twin(app, name):
    app.selectbox(key="curves.source").set_value(name).run()
    fine(app)
    assert document(app).data.source.name == name
    assert document(app).network.twin is True
    assert "twin" in run_of(app).view
    assert run_of(app).draft is None


def test_only_samples_of_one_or_two_numbers_are_offered(app):
    assert "heart" not in DRAWABLE
    assert {"two-waves", "own-function", "own-points", "many-bends", "two-moons", "circle", "xor"} <= set(DRAWABLE)
    assert set(app.selectbox(key="curves.source").options) == {SAMPLES[name].TITLE for name in DRAWABLE}


def test_another_sample_keeps_a_twin_also_after_something_was_learned():
    run = learned(waves(training__epochs=500, network__twin=True))
    app = opened(run=run.id)
    app.selectbox(key="curves.source").set_value("many-bends").run()
    fine(app)
    assert (run.experiment.data.source.name, run.experiment.network.twin) == ("many-bends", True)


def test_the_activations_switch_and_the_learning_rate_keep_the_run(app):
    start = run_of(app).start
    app.toggle(key="curves.nonlinear").set_value(False).run()
    app.select_slider(key="rate").set_value(0.3).run()
    app.selectbox(key="curves.activation").set_value("sine").run()
    fine(app)
    made = document(app)
    assert (made.network.nonlinear, made.training.learning_rate) == (False, pytest.approx(0.3))
    assert {layer.activation.name for layer in made.network.trunk} == {"sine"}
    assert run_of(app).start == start


@pytest.mark.parametrize("name", ["many-bends", "dying-relu", "with-and-without"])
def test_presets_can_be_taken(app, name):
    app.selectbox(key="curves.preset").set_value(name).run()
    fine(app)
    assert document(app) == presets.load(name)


# -- a function of one's own --------------------------------------------------------------------------------------------


@pytest.fixture
def own(app) -> AppTest:
    app.selectbox(key="curves.source").set_value("own-function").run()
    fine(app)
    return app


def typed(app: AppTest, text: str) -> AppTest:
    return app.text_input(key="sample.own-function.function").set_value(text).run()


def test_a_typed_function_is_learned_by_the_same_network(own):
    before = document(own)
    typed(own, "abs(x) - x^2/5")
    fine(own)
    after = document(own)
    assert after.columns == ("abs(x) - x^2/5",)
    assert after.data.source.params["function"] == "abs(x) - x^2/5"
    assert after.network.twin is True
    assert after.network.trunk == before.network.trunk
    own.text_input(key="sample.own-function.second").set_value("cos(x)").run()
    fine(own)
    assert document(own).columns == ("abs(x) - x^2/5", "cos(x)")


@pytest.mark.parametrize(
    "text", ["__import__('os')", "1/x", "log(x)", "x" * 10_000, "1+" * 5_000 + "1", "x.real", "", "x**x**x", "sin(", "9**9**9"]
)
def test_what_is_no_function_is_said_in_one_sentence_and_the_document_stays(own, text):
    before, start = document(own), run_of(own).start
    typed(own, text)
    assert not own.exception
    assert len(own.error) == 1
    said = own.error[0].value
    assert 20 < len(said) < 500
    assert "\n" not in said
    assert "Traceback" not in said
    assert (document(own), run_of(own).start, run_of(own).draft) == (before, start, None)
    assert own.text_input(key="sample.own-function.function").value == text  # to be mended, as long as it is said
    own.run()
    fine(own)  # a fault is said once
    now = own.text_input(key="sample.own-function.function").value
    assert now == before.data.source.params.get("function", "sin(3*x) + x**2/4")


# -- the range it learns from -------------------------------------------------------------------------------------------


def test_the_range_it_learns_from_is_set_and_taken_away_and_keeps_the_run(app):
    start = run_of(app).start
    slider = app.slider(key="curves.range")
    full = (slider.min, slider.max)
    assert tuple(slider.value) == full
    slider.set_value((-1.0, 1.5)).run()
    fine(app)
    assert document(app).data.split.learn_from == (-1.0, 1.5)
    assert run_of(app).start == start
    slider = app.slider(key="curves.range")
    assert tuple(slider.value) == (-1.0, 1.5)
    assert (slider.min, slider.max) == full
    assert 2 in run_of(app).scene["points"][0]["part"]
    slider.set_value(full).run()
    fine(app)
    assert document(app).data.split.learn_from is None


def test_a_range_without_rows_is_said_and_is_not_trained_on(app):
    slider = app.slider(key="curves.range")
    slider.set_value((slider.max - 0.0001, slider.max)).run()
    assert not app.exception
    assert len(app.error) == 1
    assert "range" in app.error[0].value
    assert run_of(app).experiment.data.split.learn_from is None


def test_a_map_has_no_range(app):
    app.selectbox(key="curves.source").set_value("two-moons").run()
    fine(app)
    assert "Learn only from" not in labels(app.slider)


# -- points by hand -----------------------------------------------------------------------------------------------------


def told(run: Run, *points: Any) -> AppTest:
    """A script in which the picture reports each of `points` in turn."""

    def page(points):
        import streamlit as st

        from pages.parts import state
        from pages.parts.curve_points import on_point

        state.run()
        for point in points:
            st.session_state["picture"] = point
            on_point("picture")
        st.text(state.problem() or "")

    app = AppTest.from_function(page, default_timeout=60, args=(points,))
    app.query_params["run"] = run.id
    app.run()
    assert not app.exception
    return app


def at(point: Any) -> SimpleNamespace:
    return SimpleNamespace(point=point)


def test_a_point_from_the_picture_joins_the_rows_and_keeps_the_run():
    run = learned(waves(training__epochs=500, network__twin=True))
    app = told(run, at({"op": "add", "task": 1, "x": 0.5, "y": 2.0}))
    assert app.text[0].value == ""
    assert run.experiment.data.source.params["points"] == [[0.5, 1, 2.0]]
    assert (run.start, run.step) == (1, 1)


@pytest.mark.parametrize(
    "point",
    [
        {},
        {"op": "add"},
        {"op": "drop table", "task": 0, "x": 0, "y": 0},
        {"op": "add", "task": 9, "x": 0, "y": 0},
        {"op": "add", "task": 0, "x": "0", "y": 0},
        {"op": "add", "task": 0, "x": 10**400, "y": 0},
        {"op": "add", "task": 0, "x": 1e9, "y": 0},
        {"op": "move", "task": 0, "row": 10**6, "x": 0, "y": 0},
        {"op": "remove", "task": 0, "row": 0},
        {"op": {"op": "add"}, "task": [], "x": {}, "y": None},
    ],
)
def test_junk_from_the_picture_is_refused_in_a_sentence(point):
    run = engine().create(waves(network__twin=True))
    before = run.experiment
    assert 20 < len(told(run, at(point)).text[0].value) < 400
    assert (run.experiment, run.draft, run.start) == (before, None, 1)


@pytest.mark.parametrize("value", [None, "add", 3, at(None), at("add"), at([1, 2]), at(7), {"point": {"op": "add"}}])
def test_what_is_no_point_at_all_is_passed_over(value):
    run = engine().create(waves(network__twin=True))
    before = run.experiment
    assert told(run, value).text[0].value == ""
    assert (run.experiment, run.draft) == (before, None)


def test_points_can_be_taken_back(app):
    told(run_of(app), *(at({"op": "add", "task": 0, "x": x, "y": 1.0}) for x in (0.5, 1.0)))
    start = run_of(app).start
    app.run()
    button = next(each for each in app.button if each.label.startswith("Take back"))
    assert button.label == "Take back 2 points of yours"
    button.click().run()
    fine(app)
    assert document(app).data.source.params["points"] == []
    assert run_of(app).start == start
    assert not [each for each in app.button if each.label.startswith("Take back")]


# -- a file -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def file(app) -> AppTest:
    app.file_uploader(key="upload.0").set_value(("own.csv", TABLE, "text/csv")).run()
    assert not app.exception
    return app


def test_a_files_columns_of_numbers_are_drawn_against_each_other(file):
    fine(file)
    run = run_of(file)
    assert run.draft is None  # something is drawn at once
    assert (list(document(file).data.inputs), document(file).columns) == (["weight"], ("age",))
    across = file.selectbox(key="curves.x")
    assert across.options == ["choose a column", "weight", "height", "age"]
    across.set_value("age").run()
    fine(file)  # what lay across goes up in its place
    assert (list(document(file).data.inputs), document(file).columns) == (["age"], ("weight",))
    up = file.multiselect(key="curves.y")
    assert "age" not in up.options
    up.set_value(["height", "weight"]).run()
    file.run()
    fine(file)
    assert run.draft is None
    made = document(file)
    assert made.data.inputs == {"age": "number"}
    assert {task.column: task.kind for task in made.tasks} == {"height": "regression", "weight": "regression"}
    assert made.network.twin is True
    assert run.scene["kind"] == "curve"
    assert set(file.multiselect(key="curves.y").value) == {"height", "weight"}


def test_another_column_across_keeps_what_goes_up(file):
    file.selectbox(key="curves.x").set_value("age").run()
    file.multiselect(key="curves.y").set_value(["height", "weight"]).run()
    file.selectbox(key="curves.x").set_value("weight").run()
    fine(file)
    assert (list(document(file).data.inputs), document(file).columns) == (["weight"], ("height",))
    file.multiselect(key="curves.y").set_value(["height", "name"]).run()
    assert not file.exception
    file.multiselect(key="curves.y").set_value([]).run()
    assert not file.exception
    assert run_of(file).draft is not None
    assert run_of(file).experiment.columns  # what was trained on stays


def test_a_file_has_a_range_to_learn_from_too(file):
    file.selectbox(key="curves.x").set_value("age").run()
    file.multiselect(key="curves.y").set_value(["height"]).run()
    file.run()
    slider = file.slider(key="curves.range")
    assert (slider.min, slider.max) == (0, 59)
    slider.set_value((10.0, 40.0)).run()
    fine(file)
    assert document(file).data.split.learn_from == (10.0, 40.0)


def test_a_file_of_words_is_said_to_be_none(app):
    words = b"a,b\n" + b"".join(b"w%d,v%d\n" % (i % 7, i % 5) for i in range(40))
    app.file_uploader(key="upload.0").set_value(("words.csv", words, "text/csv")).run()
    assert not app.exception
    assert any("two columns of numbers" in each.value for each in app.info)


def test_what_goes_up_may_be_a_class(app):
    rows = b"".join(b"%.2f,%s,%.1f\n" % (i / 7, b"yes" if i % 3 else b"no", i / 3) for i in range(60))
    app.file_uploader(key="upload.0").set_value(("own.csv", b"dose,ill,age\n" + rows, "text/csv")).run()
    app.selectbox(key="curves.x").set_value("dose").run()
    app.multiselect(key="curves.y").set_value(["ill"]).run()
    app.run()
    fine(app)
    assert {task.column: task.kind for task in document(app).tasks} == {"ill": "binary"}
    assert list(document(app).data.inputs) == ["dose"]


# -- a closer look ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ["units", "health", "gallery"])
def test_every_look_opens(app, look):
    app.segmented_control(key="curves.look").set_value(look).run()
    fine(app)


def test_units_have_curves_only_over_one_input(app):
    assert len(app.segmented_control(key="curves.look").options) == 3
    app.selectbox(key="curves.source").set_value("circle").run()
    fine(app)
    assert len(app.segmented_control(key="curves.look").options) == 2


@pytest.fixture
def gallery(app) -> AppTest:
    app.segmented_control(key="curves.look").set_value("gallery").run()
    fine(app)
    return app


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_shows_its_formula_when_it_fails_and_where_it_comes_from(gallery, name):
    before = document(gallery)
    gallery.selectbox(key="gallery.name").set_value(name).run()
    fine(gallery)
    module = ACTIVATIONS[name]
    said = "\n".join(each.value for each in gallery.markdown)
    for text in (module.FORMULA, module.DERIVATIVE, minus(module.FAILS), minus(module.HELP)):
        assert text in said
    assert f"**{minus(module.HELP)}" not in said
    assert module.REFERENCE in [each.value for each in gallery.caption]
    assert document(gallery) == before  # looking changes nothing


def test_the_one_that_is_looked_at_first_is_the_networks(gallery):
    assert gallery.selectbox(key="gallery.name").value == "tanh"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gelu", "Φ(z)$ is the share of the bell curve (the standard normal distribution) below $z$, and $φ(z)$ is the height"),
        ("silu", "is the sigmoid."),
        ("softplus", "is the sigmoid."),
        ("mish", "is the sigmoid."),
        ("gelu", "**Range** −0.17 to ∞ ·"),
        ("gelu", "below −0.75 a larger"),
        ("leaky-relu", "**Range** −∞ to ∞ ·"),
        ("hard-tanh", "between −1 and 1"),
    ],
)
def test_letters_are_explained_and_minus_signs_are_minus_signs(gallery, name, text):
    gallery.selectbox(key="gallery.name").set_value(name).run()
    said = "\n".join(each.value for each in gallery.markdown)
    assert text in said.replace(r"\Phi", "Φ").replace(r"\varphi", "φ")


def test_only_numbers_are_given_a_minus_sign():
    assert minus("from -3 to 3, -0.5, -∞, two-way 1-2 --3") == "from −3 to 3, −0.5, −∞, two-way 1-2 --3"


def dialled(run: Run, param: Any) -> AppTest:
    """The gallery after its picture has reported `param`."""

    def page(param):
        from types import SimpleNamespace

        import streamlit as st

        from pages.parts import state
        from pages.parts.curve_gallery import gallery, on_param

        state.run()
        st.session_state["picture"] = SimpleNamespace(param=param)
        on_param("picture")
        gallery()

    app = AppTest.from_function(page, default_timeout=60, args=(param,))
    app.query_params["run"] = run.id
    app.session_state["gallery.name"] = "elu"
    app.run()
    assert not app.exception
    return app


def used(app: AppTest, run: Run) -> set[tuple[str, float | None]]:
    """The activations of all layers, with their alpha, once the one that is looked at is used everywhere."""
    next(each for each in app.button if each.label == "Use it in every layer").click().run()
    assert not app.exception
    made = run.experiment
    layers = (*made.network.trunk, *(layer for column in made.columns for layer in made.tower(column)))
    return {(layer.activation.name, layer.activation.params.get("alpha")) for layer in layers}


def test_use_it_in_every_layer_takes_the_sliders_value_along_and_keeps_the_run():
    run = learned(waves())
    start = run.start
    app = dialled(run, {"activation": "elu", "name": "alpha", "value": 0.7})
    assert "**Range** −0.7 to ∞" in "\n".join(each.value for each in app.markdown)
    assert not app.slider  # it is in the picture
    assert run.experiment.network.trunk[0].activation.name == "tanh"
    assert used(app, run) == {("elu", 0.7)}
    assert run.start == start


@pytest.mark.parametrize(
    "param",
    [
        None, 3, "elu", {}, {"activation": "elu"}, {"activation": "elo", "name": "alpha", "value": 1},
        {"activation": ["elu"], "name": "alpha", "value": 1}, {"activation": "elu", "name": 3, "value": 1},
        {"activation": "elu", "name": "beta", "value": 1}, {"activation": "elu", "name": "alpha", "value": -1},
        {"activation": "elu", "name": "alpha", "value": None}, {"activation": "elu", "name": "alpha", "value": True},
        {"activation": "elu", "name": "alpha", "value": float("nan")}, {"activation": "sine", "name": "frequency", "value": 2},
    ],
)  # fmt: skip
def test_what_is_no_value_of_it_changes_nothing(param):
    run = learned(waves())
    assert used(dialled(run, param), run) <= {("elu", None), ("elu", 1.0)}


def test_the_activation_that_is_used_everywhere_is_the_one_that_is_looked_at(gallery):
    gallery.selectbox(key="gallery.name").set_value("softplus").run()
    next(each for each in gallery.button if each.label == "Use it in every layer").click().run()
    fine(gallery)
    assert document(gallery).network.trunk[0].activation.name == "softplus"
    assert gallery.selectbox(key="curves.activation").value == "softplus"
