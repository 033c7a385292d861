"""The Network page as Streamlit runs it: forms that change the document, sizes, code, training, files in and out."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import presets
from core.data.columns import begin, mark
from core.data.samples import SAMPLES
from core.data.source import load as load_table
from core.experiment import Experiment, Source, parse
from core.runs import engine, store
from pages.parts.presets_box import chosen_preset

PAGE = Path(__file__).parents[2] / "pages" / "network.py"
LAYER = "layer.trunk.0"
CLEAN = b"age,dose,ill\n" + b"".join(b"%d,%.1f,%d\n" % (40 + i % 9, i / 3, i % 2) for i in range(60))


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=60).run()


def document(app: AppTest) -> Experiment:
    return engine().runs[app.session_state["mtl.run"]].experiment


def widths(app: AppTest) -> list[int]:
    return [layer.width for layer in document(app).network.trunk]


def button(app: AppTest, label: str):
    return next(each for each in app.button if each.label == label)


def load(app: AppTest, raw: bytes) -> AppTest:
    next(each for each in app.file_uploader if each.key.startswith("experiment.file")).set_value(
        ("experiment.json", raw, "application/json")
    )
    return app.run()


def give(app: AppTest, experiment: Experiment) -> AppTest:
    """The page with another document, as another page would have left it."""
    engine().change(engine().runs[app.session_state["mtl.run"]], experiment)
    return app.run()


def test_it_shows_the_document_without_a_fault(app):
    assert not app.exception
    assert not app.error
    assert app.number_input(key=f"{LAYER}.width").value == 16
    assert [tab.label for tab in app.tabs][:3] == ["Layers", "Matrices", "Training"]


def test_every_control_has_help(app):
    give(app, document(app).changed("weighting", {"name": "fixed", "params": {}}))
    controls = [
        *app.number_input,
        *app.selectbox,
        *app.toggle,
        *app.slider,
        *app.select_slider,
        *app.button,
        *app.file_uploader,
    ]
    assert len(controls) > 25
    assert [each.label or each.key for each in controls if not each.help] == []


def test_layers_are_added_changed_moved_and_removed(app):
    app.button(key="layers.add").click().run()
    assert widths(app) == [16, 16, 16]
    app.number_input(key=f"{LAYER}.width").set_value(5).run()
    assert widths(app) == [5, 16, 16]
    app.button(key=f"{LAYER}.down").click().run()
    assert widths(app) == [16, 5, 16]
    app.button(key="layer.trunk.2.up").click().run()
    assert widths(app) == [16, 16, 5]
    app.button(key="layer.trunk.2.remove").click().run()
    assert widths(app) == [16, 16]
    assert not app.exception


def test_a_layer_s_settings(app):
    app.selectbox(key=f"{LAYER}.activation").set_value("leaky-relu").run()
    app.slider(key=f"{LAYER}.params.slope").set_value(0.2).run()
    app.selectbox(key=f"{LAYER}.norm").set_value("before").run()
    app.number_input(key=f"{LAYER}.dropout").set_value(0.25).run()
    layer = document(app).network.trunk[0]
    assert (layer.activation.name, layer.activation.params) == ("leaky-relu", {"slope": 0.2})
    assert (layer.batch_norm, layer.dropout) == (True, 0.25)


def test_a_task_s_own_layers(app):
    app.segmented_control(key="layers.where").set_value("cos(x)").run()
    app.number_input(key="layer.cos(x).0.width").set_value(3).run()
    app.button(key="layers.add").click().run()
    assert [layer.width for layer in document(app).tower("cos(x)")] == [3, 3]
    assert [layer.width for layer in document(app).tower("sin(2x)")] == [8]


def test_the_large_switch_takes_activations_out_and_puts_them_back(app):
    assert app.toggle(key="network.nonlinear").label == "Activations"
    app.toggle(key="network.nonlinear").set_value(False).run()
    assert not document(app).network.nonlinear
    assert "Tanh" not in app.code[0].value
    app.toggle(key="network.nonlinear").set_value(True).run()
    assert document(app).network.nonlinear
    assert document(app).network.trunk[0].activation.name == "tanh"


def test_where_the_tasks_part(app):
    button(app, "Share one layer less").click().run()
    assert (len(widths(app)), len(document(app).tower("cos(x)"))) == (1, 2)
    button(app, "Share one layer more").click().run()
    assert (len(widths(app)), len(document(app).tower("cos(x)"))) == (2, 1)


def test_a_preset_on_a_sample_replaces_it_says_so_and_can_be_undone(app):
    before, box = document(app), "network.preset"
    app.selectbox(key=box).set_value("heart").run()
    assert document(app) == presets.load("heart")
    assert app.selectbox(key=box).value == "heart"
    assert any("Heart disease (made-up rows)" in each.value for each in app.caption)
    app.button(key=f"{box}.undo").click().run()
    assert document(app) == before
    assert app.selectbox(key=box).value is None
    assert not [each for each in app.button if each.label == "Undo"]


def test_a_preset_is_named_only_while_nothing_is_changed(app):
    app.selectbox(key="network.preset").set_value("heart").run()
    app.number_input(key=f"{LAYER}.width").set_value(5).run()
    assert app.selectbox(key="network.preset").value is None
    assert not [each for each in app.button if each.label == "Undo"]


def test_a_preset_on_an_own_table_keeps_rows_and_tasks(app):
    source = Source(kind="file", name="own.csv", sha256=store(app.session_state["mtl.run"]).put(CLEAN))
    own = mark(
        begin(source, load_table(source, store(app.session_state["mtl.run"]))),
        load_table(source, store(app.session_state["mtl.run"])),
        "ill",
        "task",
    )
    give(app, own)
    app.selectbox(key="network.preset").set_value("heart").run()
    assert (document(app).data.source, document(app).columns) == (source, ("ill",))
    assert document(app).network.trunk == presets.load("heart").network.trunk
    assert chosen_preset(document(app)) == app.selectbox(key="network.preset").value == "heart"
    assert any("Your rows and tasks are kept" in each.value for each in app.caption)
    assert chosen_preset(document(app).changed("seed", 77)) is None
    app.button(key="network.preset.undo").click().run()
    assert document(app) == own


def test_a_single_task_shares_with_nobody(app):
    alone = document(app).changed("network.towers", {"cos(x)": [{"width": 8}]}).model_dump(mode="json")
    alone["tasks"] = [task for task in alone["tasks"] if task["column"] == "cos(x)"]
    give(app, parse(alone))
    assert not app.exception
    words = " ".join([*(each.label for each in (*app.tabs, *app.button, *app.slider, *app.selectbox)),
                      *(each.value for each in (*app.markdown, *app.caption))])  # fmt: skip
    assert not [
        word for word in ("Share one", "hared by", "Equal", "What each", "all tasks", "Task weighting") if word in words
    ]
    assert "What the task is judged by" in words


def test_every_matrix_and_all_parameters_are_shown(app):
    matrices, counts = app.dataframe[0].value, app.dataframe[1].value
    assert list(matrices["Matrix"]) == ["1 × 16", "16 × 16", "16 × 8", "8 × 1", "16 × 8", "8 × 1"]
    assert list(matrices["Batch after it"])[:2] == ["32 × 16", "32 × 16"]
    assert list(counts["Parameters"]) == [304, 145, 145, 594]


def test_the_code_is_the_network_s(app):
    assert "torch.nn.Linear(16, 8)" in app.code[0].value
    app.number_input(key=f"{LAYER}.width").set_value(7).run()
    assert "torch.nn.Linear(1, 7)" in app.code[0].value
    compile(app.code[0].value, "network.py", "exec")


def test_training_settings_change_the_document(app):
    app.number_input(key="rate.exact").set_value(0.02).run()
    app.selectbox(key="batch").select("all rows").run()
    app.number_input(key="epochs").set_value(7).run()
    app.number_input(key="replicas").set_value(3).run()
    app.number_input(key="seed").set_value(11).run()
    app.selectbox(key="optimizer").set_value("momentum").run()
    app.slider(key="optimizer.momentum.momentum").set_value(0.5).run()
    app.selectbox(key="schedule").set_value("cosine").run()
    app.select_slider(key="l2").set_value(0.001).run()
    app.select_slider(key="l1").set_value(0.0001).run()
    app.select_slider(key="clip").set_value(1.0).run()
    assert not app.exception
    made = document(app)
    training = made.training
    assert (training.learning_rate, training.batch_size, training.epochs, made.replicas, made.seed) == (0.02, None, 7, 3, 11)
    assert (training.optimizer.name, training.optimizer.params) == ("momentum", {"momentum": 0.5})
    assert (training.schedule.name, training.l2, training.l1, training.clip) == ("cosine", 0.001, 0.0001, 1.0)


def test_losses_and_weights_per_task(app):
    app.selectbox(key="loss.cos(x)").set_value("huber").run()
    assert [task.loss.name if task.loss else None for task in document(app).tasks] == [None, "huber"]
    app.selectbox(key="scheme").set_value("fixed").run()
    app.slider(key="weights.cos(x)").set_value(2.5).run()
    assert document(app).weighting.params["weights"]["cos(x)"] == 2.5
    assert not app.exception


def test_a_number_is_offered_losses_of_numbers_and_the_published_keras_example_is_among_the_presets(app):
    offered = app.selectbox(key="loss.cos(x)").options
    assert {"Quantile", "Log-cosh", "Poisson"} <= set(offered)
    assert not {"Hinge", "Ordinal"} & set(offered)
    assert presets.about()["keras-example"]["title"] in app.selectbox(key="network.preset").options


def test_classes_in_an_order_are_put_in_theirs_by_clicking(app):
    wine = Source(kind="sample", name="wine")
    give(app, begin(wine, load_table(wine), SAMPLES["wine"]))
    app.selectbox(key="loss.grower").set_value("ordinal").run()
    first, *others = app.multiselect(key="order.grower").value
    app.multiselect(key="order.grower").set_value(others).run()
    run = engine().runs[app.session_state["mtl.run"]]
    assert document(app).tasks[0].order == (*others, first)
    assert run.facts["classes"]["grower"] == app.multiselect(key="order.grower").value == [*others, first]
    assert not app.exception


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rate.exact", 0.0), ("rate.exact", 1e9), (f"{LAYER}.width", 0), (f"{LAYER}.width", 100_000), (f"{LAYER}.dropout", 1.0),
        ("epochs", 0), ("replicas", 1000), ("seed", 2**40),
    ],
)  # fmt: skip
def test_a_value_out_of_bounds_is_said_in_one_sentence_and_changes_nothing(app, key, value):
    before = document(app)
    app.number_input(key=key).set_value(value).run()
    assert len(app.error) == 1
    assert document(app) == before
    assert not app.exception
    assert app.number_input(key=key).value != value
    assert not app.run().error


def test_the_file_that_is_saved_can_be_loaded(app):
    saved = document(app).changed("seed", 5).changed("training.epochs", 9)
    load(app, saved.to_json().encode())
    assert not app.error
    assert document(app) == saved


@pytest.mark.parametrize(
    "name", ["cut", "old", "unknown", "not JSON", "a plug-in that is not there", "a file that is not here"]
)
def test_a_file_that_does_not_fit_is_said_in_one_sentence_and_changes_nothing(app, name):
    before = document(app)
    whole = json.loads(before.to_json())
    gone = {**whole["data"], "source": {"kind": "file", "name": "gone.csv", "sha256": "0" * 64}}
    raw = {
        "cut": before.to_json()[:200],
        "old": json.dumps(whole | {"version": 0}),
        "unknown": json.dumps(whole | {"colour": "green"}),
        "not JSON": "\x89PNG",
        "a plug-in that is not there": json.dumps(whole | {"weighting": {"name": "magic"}}),
        "a file that is not here": json.dumps(whole | {"data": gone}),
    }[name].encode()
    load(app, raw)
    assert len(app.error) == 1
    assert "\n" not in app.error[0].value
    assert not app.exception
    assert document(app) == before
    assert engine().runs[app.session_state["mtl.run"]].draft is None


def test_a_draft_that_fits_no_data_can_be_taken_back(app):
    run = engine().runs[app.session_state["mtl.run"]]
    run.draft = document(app).changed("network.towers", {}).changed("tasks", [])
    app.session_state["mtl.memory"]["problem"] = "There should be at least one task."
    app.run()
    assert not app.exception
    assert len(app.error) == 1
    assert not app.code
    button(app, "Take it back").click().run()
    assert not app.error
    assert app.code
