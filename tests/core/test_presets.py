"""Presets: each is a document that trains, and lends all but the data to somebody's own table."""

import json

import pytest

from core import presets
from core.data.columns import begin
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.errors import UserError
from core.experiment import Choice, Experiment, Source, parse
from core.network.sharing import shared
from core.training.advance import Budget, advance
from core.training.checkpoint import architecture, start
from core.training.outcome import train

TRUNK, TALL, FLAT = [{"width": 7}], [{"width": 5}, {"width": 3}], [{"width": 2}]


def document(tasks: dict[str, str], inputs: dict[str, str] | None = None, **changes: object) -> Experiment:
    made = parse(
        {
            "version": 1,
            "data": {"source": {"kind": "sample", "name": "made"}, "inputs": inputs or {"x": "number"}},
            "tasks": [{"column": column, "kind": kind} for column, kind in tasks.items()],
        }
    )
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def preset(**changes: object) -> Experiment:
    made = document(
        {"which": "multiclass", "really": "binary"},
        tasks__which__loss={"name": "focal"},
        network__trunk=TRUNK,
        network__towers={"which": TALL, "really": FLAT},
        training__learning_rate=0.05,
        training__epochs=9,
        seed=4,
        replicas=2,
    )
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def widths(made: Experiment, column: str) -> list[int]:
    return [layer.width for layer in made.tower(column)]


@pytest.mark.parametrize("name", presets.about())
def test_every_preset_trains(name: str) -> None:
    made = presets.load(name).changed("training.epochs", 2)
    data = prepare(made, load(made.data.source))
    point, records = advance(start(made, data), data, Budget())
    assert point.failure is None
    assert [record["epoch"] for record in records] == [1, 2]


@pytest.mark.parametrize("name", presets.about())
def test_every_preset_says_what_it_is_and_what_to_look_for(name: str) -> None:
    words = presets.about()[name]
    assert set(words) == {"title", "look"}
    assert all(words.values())


def test_every_file_is_listed() -> None:
    assert {path.stem for path in presets.FOLDER.glob("*.json") if path.name != presets.ABOUT} == set(presets.about())


def test_the_heart_network_is_the_well_known_one() -> None:
    made = presets.load("heart")
    assert [layer.width for layer in made.network.trunk] == [32, 64]
    assert (widths(made, "thal"), widths(made, "target")) == ([32], [16])
    layers = (*made.network.trunk, *made.tower("thal"), *made.tower("target"))
    assert {layer.activation.name for layer in layers} == {"relu"}
    training = made.training
    assert (training.optimizer.name, training.learning_rate, training.batch_size, training.epochs) == ("adam", 0.001, 32, 50)
    assert [task.loss and task.loss.name for task in made.tasks] == ["cross-entropy", "bce"]
    data = prepare(made, load(made.data.source))
    assert data.features.shape[-1] == 12
    assert [target.outputs for target in data.targets] == [3, 1]


def test_an_unknown_preset_names_those_that_exist() -> None:
    with pytest.raises(UserError, match="heart"):
        presets.load("../secrets")


def test_own_data_and_tasks_stay() -> None:
    own = document({"mine": "regression"}, {"a": "number", "b": "category"}, data__split__test=0.1, data__missing={"a": [-9]})
    after = presets.onto(preset(), own)
    assert after.data == own.data
    assert after.columns == ("mine",)
    assert after.tasks[0].kind == "regression"


def test_network_and_training_come_from_the_preset() -> None:
    lent = preset(network__nonlinear=False, training__optimizer={"name": "sgd"})
    after = presets.onto(lent, document({"mine": "binary"}))
    assert after.network.trunk == lent.network.trunk
    assert after.network.nonlinear is False
    assert after.training == lent.training
    assert (after.seed, after.replicas, after.sampling) == (4, 2, lent.sampling)


def test_a_task_takes_the_layers_and_loss_of_its_namesake_first() -> None:
    lent = document(
        {"first": "binary", "same": "binary"},
        network__towers={"first": TALL, "same": FLAT},
        tasks__same__loss={"name": "focal"},
    )
    after = presets.onto(lent, document({"same": "binary", "new": "binary"}))
    assert (widths(after, "same"), widths(after, "new")) == ([2], [5, 3])
    assert after.tasks[0].loss == Choice(name="focal")
    assert after.tasks[1].loss is None


def test_else_those_of_the_first_task_of_its_kind() -> None:
    after = presets.onto(preset(), document({"b": "binary", "m": "multiclass", "other": "multiclass"}))
    assert (widths(after, "b"), widths(after, "m"), widths(after, "other")) == ([2], [5, 3], [5, 3])
    assert [task.loss for task in after.tasks] == [None, Choice(name="focal"), Choice(name="focal")]


def test_else_the_last_layers_and_its_own_kinds_usual_loss() -> None:
    after = presets.onto(preset(), document({"amount": "regression"}))
    assert widths(after, "amount") == [2]
    assert after.tasks[0].loss is None


def test_a_namesake_of_another_kind_is_none() -> None:
    after = presets.onto(preset(), document({"which": "binary"}))
    assert widths(after, "which") == [2]
    assert after.tasks[0].loss is None


def test_inputs_of_the_same_name_take_the_kind_they_have_there() -> None:
    lent = preset(data__inputs={"x": "category", "elsewhere": "number"})
    after = presets.onto(lent, document({"mine": "binary"}, {"x": "number", "y": "yes-no"}))
    assert after.data.inputs == {"x": "category", "y": "yes-no"}


def test_task_weights_are_lent_to_the_same_tasks_only() -> None:
    lent = preset(weighting={"name": "fixed", "params": {"weights": {"which": 3.0}}})
    same = document({"which": "multiclass", "really": "binary"})
    assert presets.onto(lent, same).weighting == lent.weighting
    other = document({"mine": "binary"})
    assert presets.onto(lent, other).weighting == other.weighting


def test_without_a_task_chosen_yet_the_network_comes_all_the_same() -> None:
    after = presets.onto(preset(), document({}))
    assert after.tasks == ()
    assert after.network.towers == {}
    assert len(after.network.trunk) == 1


def test_what_comes_out_is_a_document() -> None:
    after = presets.onto(preset(), document({"mine": "binary"}))
    assert parse(json.loads(after.to_json())) == after


def test_a_preset_whose_file_is_gone_is_said(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(presets, "FOLDER", tmp_path)
    with pytest.raises(UserError, match="none of “heart”"):
        presets.load("heart")


def right(name: str, **changes: object) -> dict[str, float]:
    """Accuracy on the test rows, by task."""
    return scores(name, "accuracy", **changes)


def scores(name: str, metric: str = "r2", **changes: object) -> dict[str, float]:
    """R², or another metric, on the test rows, by task."""
    made = presets.load(name)
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    found = train(made, prepare(made, load(made.data.source)))["test"]
    return {task: sum(metrics[metric]) / len(metrics[metric]) for task, metrics in found.items()}


@pytest.mark.slow
def test_without_activations_two_waves_stay_straight() -> None:
    assert max(scores("two-waves-linear").values()) < 0.4
    assert min(scores("two-waves-linear", network__nonlinear=True).values()) > 0.9


@pytest.mark.parametrize(
    ("name", "sample"),
    [
        ("one-loss-dominates", "one-loss-larger"),
        ("tug-of-war", "opposite-slopes"),
        ("noise-shakes", "noisy-task"),
        ("tiny-trunk-unrelated", "unrelated-tasks"),
    ],
)
def test_a_lesson_is_what_its_sample_opens_with(name: str, sample: str) -> None:
    """What it shows is proved where the sample is tested."""
    source = Source(kind="sample", name=sample)
    assert presets.load(name) == begin(source, load(source), SAMPLES[sample])


def test_label_rescue_is_what_its_sample_opens_with_but_for_weights_and_networks() -> None:
    source = Source(kind="sample", name="few-labels")
    made, opened = presets.load("label-rescue"), begin(source, load(source), SAMPLES["few-labels"])
    assert (made.weighting.name, made.replicas, made.data.split.vary) == ("fixed", 5, True)
    changes = {"weighting": opened.weighting.model_dump(), "replicas": 1, "data.split.vary": False}
    for path, value in changes.items():
        made = made.changed(path, value)
    assert made == opened


def test_the_keras_example_is_the_published_network() -> None:
    """Ten inputs, two outputs with a weight and a bias each: `Dense(1, activation="sigmoid")` twice."""
    made = presets.load("keras-example")
    network = architecture(made, prepare(made, load(made.data.source)))
    assert sum(spec.size for spec in network.specs) == 2 * (10 + 1)
    assert shared(network.specs) == 0
    assert [task.loss and task.loss.name for task in made.tasks] == ["bce", "bce"]
    weights = {"first answer": 0.7, "second answer": 0.3}
    assert (made.weighting.name, made.weighting.params) == ("fixed", {"weights": weights})
    assert (made.training.optimizer.name, made.training.learning_rate, made.training.batch_size) == ("adam", 0.001, 32)


def test_the_keras_example_learns_both_and_its_weights_matter_without_adam_only() -> None:
    sgd = {"training__optimizer": {"name": "sgd"}, "training__learning_rate": 0.01}
    little = {"weighting__params": {"weights": {"first answer": 0.7, "second answer": 0.03}}}
    adam, weighed, plain, slow = (right("keras-example", **changes) for changes in ({}, little, sgd, sgd | little))
    assert min(adam.values()) > 0.85
    assert weighed == pytest.approx(adam, abs=0.02)
    assert slow["first answer"] == plain["first answer"]
    assert slow["second answer"] < plain["second answer"] - 0.1


@pytest.mark.slow
def test_many_labels_rescue_few() -> None:
    alone = scores("label-rescue", weighting__params={"weights": {"many labels": 0.0}})
    assert scores("label-rescue")["few labels"] > alone["few labels"] + 0.4
