"""The Playground as Streamlit runs it: every control changes the one document, and the run goes on where it can."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import presets
from core.data.columns import begin, mark
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.runs import engine, store
from core.runs.run import Run

PAGE = Path(__file__).parents[2] / "pages" / "playground.py"
CLEAN = b"age,dose,ill\n" + b"".join(b"%d,%.1f,%d\n" % (40 + i % 9, i / 3, i % 2) for i in range(60))


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=60).run()


def run_of(app: AppTest) -> Run:
    return engine().runs[app.session_state["mtl.run"]]


def document(app: AppTest) -> Experiment:
    return run_of(app).experiment


def fine(app: AppTest) -> None:
    assert not app.exception
    assert not app.error


def test_it_opens_on_the_first_sample_with_nothing_wrong(app):
    fine(app)
    assert document(app).data.source.name == "two-waves"
    assert app.selectbox(key="source").value == "two-waves"
    assert run_of(app).status == "ready"
    assert "made up" in "".join(each.value for each in app.caption)


def test_drawing_it_again_changes_nothing(app):
    before, start = document(app), run_of(app).start
    app.run().run()
    fine(app)
    assert (document(app), run_of(app).start) == (before, start)


@pytest.mark.parametrize("name", SAMPLES)
def test_another_sample_is_another_document(app, name):
    app.selectbox(key="source").set_value(name).run()
    fine(app)
    assert document(app).data.source.name == name
    assert set(run_of(app).facts["outputs"]) == set(document(app).columns)


def test_the_activations_switch_keeps_the_run(app):
    start = run_of(app).start
    app.toggle(key="nonlinear").set_value(False).run()
    fine(app)
    assert document(app).network.nonlinear is False
    assert run_of(app).start == start
    assert document(app).network.trunk[0].activation.name == "tanh"
    app.toggle(key="nonlinear").set_value(True).run()
    assert document(app).network.nonlinear is True
    assert run_of(app).start == start


def test_the_learning_rate_keeps_the_run(app):
    start = run_of(app).start
    app.select_slider(key="rate").set_value(0.3).run()
    fine(app)
    assert document(app).training.learning_rate == pytest.approx(0.3)
    assert run_of(app).start == start
    assert app.select_slider(key="rate").value == pytest.approx(0.3)


def test_the_batch_size_starts_anew_and_may_be_all_rows(app):
    start = run_of(app).start
    app.selectbox(key="batch").set_value("all rows").run().run()
    fine(app)
    assert document(app).training.batch_size is None
    assert run_of(app).start == start + 1
    assert run_of(app).per_epoch == 1
    assert app.selectbox(key="batch").index is not None


def test_one_activation_for_every_layer(app):
    app.selectbox(key="activation").set_value("relu").run()
    fine(app)
    layers = (
        *document(app).network.trunk,
        *(layer for column in document(app).columns for layer in document(app).tower(column)),
    )
    assert {layer.activation.name for layer in layers} == {"relu"}


def test_a_task_weight_makes_the_weighting_a_fixed_one_and_keeps_the_run(app):
    start = run_of(app).start
    app.slider(key="weight.cos(x)").set_value(0.5).run()
    fine(app)
    assert document(app).weighting.name == "fixed"
    assert document(app).weighting.params["weights"]["cos(x)"] == 0.5
    assert run_of(app).start == start


def test_the_noise_changes_the_data_and_nothing_else(app):
    before, points = document(app), run_of(app).scene["points"]
    app.slider(key="sample.two-waves.noise").set_value(0.5).run()
    fine(app)
    after = document(app)
    assert after.data.source.params["noise"] == 0.5
    assert after.changed("data.source.params", {}) == before
    assert run_of(app).scene["points"] != points


def test_a_preset_is_a_whole_experiment(app):
    app.selectbox(key="preset").set_value("heart").run()
    fine(app)
    assert document(app) == presets.load("heart")
    assert app.selectbox(key="source").value == "heart"


def test_a_file_waits_to_be_marked_while_the_run_stays(app):
    before = document(app)
    app.file_uploader(key="upload.0").set_value(("own.csv", CLEAN, "text/csv")).run()
    assert not app.exception
    assert document(app) == before
    draft = run_of(app).draft
    assert (draft.data.source.name, list(draft.data.inputs), draft.tasks) == ("own.csv", ["age", "dose", "ill"], ())


def test_what_was_guessed_of_a_fresh_file_is_said_below_its_table(app):
    raw = b"id,dose,ill\n" + b"".join(b"%d,%.1f,%d\n" % (i, i / 3, i % 2) for i in range(60))
    app.file_uploader(key="upload.0").set_value(("own.csv", raw, "text/csv")).run()
    assert any("“id” only counts the 60 rows: left out." in each.value for each in app.caption)


@pytest.mark.parametrize("marked", [False, True])
def test_a_file_dropped_by_mistake_can_be_put_back(app, marked):
    app.selectbox(key="source").set_value("wine").run()
    before = document(app)
    app.file_uploader(key="upload.0").set_value(("own.csv", CLEAN, "text/csv")).run()
    if marked:
        run = run_of(app)
        engine().change(run, mark(run.draft, load(run.draft.data.source, store(run.id)), "ill", "task"))
        run.draft = None
        app.run()
        assert document(app).columns == ("ill",)
    next(each for each in app.button if each.label == "Not this file").click().run()
    fine(app)
    assert (document(app), run_of(app).draft) == (before, None)
    assert not [each for each in app.button if each.label in ("Done", "Not this file")]


def test_a_preset_lends_its_network_to_an_own_table(app):
    source = Source(kind="file", name="own.csv", sha256=store(run_of(app).id).put(CLEAN))
    table = load(source, store(run_of(app).id))
    own = mark(begin(source, table), table, "ill", "task")
    engine().change(run_of(app), own)
    app.run()
    app.selectbox(key="preset").set_value("heart").run()
    fine(app)
    after = document(app)
    assert (after.data.source, list(after.data.inputs), after.columns) == (source, ["age", "dose"], ("ill",))
    assert after.network.trunk == presets.load("heart").network.trunk
    assert after.training == presets.load("heart").training


def test_more_settings_change_the_document(app):
    assert "epochs" not in {each.key for each in app.number_input}, "what is folded up costs a click nothing"
    app.session_state["more"] = True
    app.run()
    app.number_input(key="epochs").set_value(7).run()
    app.number_input(key="replicas").set_value(3).run()
    app.number_input(key="seed").set_value(11).run()
    app.selectbox(key="optimizer").set_value("sgd").run()
    app.selectbox(key="loss.cos(x)").set_value("mae").run()
    fine(app)
    made = document(app)
    assert (made.training.epochs, made.replicas, made.seed, made.training.optimizer.name) == (7, 3, 11, "sgd")
    assert made.tasks[1].loss.name == "mae"


def test_every_control_has_help(app):
    kinds = (app.selectbox, app.toggle, app.slider, app.select_slider, app.number_input)
    assert [each.label for kind in kinds for each in kind if not each.help] == []


def test_a_change_that_another_tab_made_is_seen(app):
    engine().change(run_of(app), document(app).changed("training.learning_rate", 0.1))
    app.run()
    assert app.select_slider(key="rate").value == pytest.approx(0.1)
