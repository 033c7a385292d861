import json
import math

import pandas as pd
import pytest
import torch

from core.data import values
from core.data.columns import begin, mark
from core.data.samples import SAMPLES
from core.data.source import load
from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment, Source
from core.network.layer import Pass
from core.predict import decide, example, form, heard, predict
from core.runs.slice import begin as begun
from core.runs.slice import go_on, prepared
from core.training.advance import parameters_of
from core.training.checkpoint import unpack

ROWS = 60


def document(name: str, **changes: object) -> Experiment:
    source = Source(kind="sample", name=name)
    made = begin(source, load(source), SAMPLES[name])
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def trained(made: Experiment, folder: str, steps: int = 30) -> bytes:
    return go_on(begun(made, folder).checkpoint, folder, steps, None).checkpoint


@pytest.fixture
def mixed(tmp_path) -> tuple[Experiment, str]:
    """Own file: a number with gaps, a yes-no, a category with gaps, a whole number; one task of each kind."""
    draw = torch.Generator().manual_seed(3)
    x = torch.randn(ROWS, generator=draw)
    frame = pd.DataFrame({
        "size": [None if i % 10 == 3 else round(float(v), 3) for i, v in enumerate(x)],
        "smoker": ["yes" if v > 0.2 else "no" for v in x],
        "place": [None if i % 9 == 4 else "abc"[i % 3] for i in range(ROWS)],
        "age": [20 + i % 40 for i in range(ROWS)],
        "ill": [int(v > 0) for v in x],
        "kind": [["low", "mid", "high"][i % 3] for i in range(ROWS)],
        "cost": [100.0 + 10 * float(v) for v in x],
    })  # fmt: skip
    folder = tmp_path / "store"
    source = Source(kind="file", name="mixed.csv", sha256=Store(folder).put(frame.to_csv(index=False).encode()))
    table = load(source, Store(folder))
    made = begin(source, table)
    for column in ("ill", "kind", "cost"):
        made = mark(made, table, column, "task")
    return made, str(folder)


@pytest.mark.parametrize("replicas", [1, 3])
@pytest.mark.parametrize("vary", [False, True])
def test_it_says_what_the_network_says_of_a_row_of_the_table(replicas, vary, tmp_path):
    made = document("heart", replicas=replicas, data__split__vary=vary)
    folder = str(tmp_path)
    checkpoint = trained(made, folder)
    dataset, _ = prepared(made, folder)
    point = unpack(checkpoint)
    network, parameters = parameters_of(point, dataset)
    number = 17
    place = int((dataset.origin == number).nonzero())
    features = dataset.features[:, place : place + 1].expand(replicas, -1, -1)
    with torch.inference_mode():
        direct, _ = network.forward(features, Pass(parameters, point.buffers))
    told = predict(checkpoint, folder, example(made, folder, number).values)
    assert [task["column"] for task in told] == list(made.columns)
    for task, output in zip(told, direct, strict=True):
        for band, logits in zip(task["logits"], output[:, 0].unbind(-1), strict=True):
            assert band["mean"] == pytest.approx(float(logits.mean()), abs=1e-5)
            assert (band["low"], band["high"]) == pytest.approx((float(logits.min()), float(logits.max())), abs=1e-5)
    thal = torch.softmax(direct[0][:, 0], -1).mean(0)
    assert [band["mean"] for band in told[0]["probabilities"]] == pytest.approx(thal.tolist(), abs=1e-5)
    assert told[0]["answer"] == int(thal.argmax())
    yes = float(torch.sigmoid(direct[1][:, 0]).mean())
    assert [band["mean"] for band in told[1]["probabilities"]] == pytest.approx([1 - yes, yes], abs=1e-5)


def test_probabilities_add_up_to_one_and_numbers_are_plain(mixed):
    made, folder = mixed
    told = predict(trained(made, folder), folder, form(made.data, folder).usual)
    assert {task["kind"] for task in told} == {"binary", "multiclass", "regression"}
    for task in told:
        if task["kind"] != "regression":
            assert sum(band["mean"] for band in task["probabilities"]) == pytest.approx(1.0, abs=1e-6)
    json.dumps(told, allow_nan=False)


def test_a_regression_answers_in_the_units_of_its_column(mixed):
    made, folder = mixed
    dataset, _ = prepared(made, folder)
    target = next(target for target in dataset.targets if target.column == "cost")
    told = next(
        task for task in predict(trained(made, folder), folder, form(made.data, folder).usual) if task["column"] == "cost"
    )
    assert told["value"]["mean"] == pytest.approx(
        told["standardised"]["mean"] * float(target.scale) + float(target.mean), rel=1e-5
    )
    assert 50 < told["value"]["mean"] < 150


def test_without_replicas_there_is_no_spread(mixed):
    made, folder = mixed
    for task in predict(trained(made, folder), folder, form(made.data, folder).usual):
        for band in task.get("probabilities", [task.get("value")]):
            assert band["low"] == band["high"] == pytest.approx(band["mean"])


def test_the_form_says_what_the_columns_are(mixed):
    made, folder = mixed
    wanted = form(made.data, folder)
    fields = {field.column: field for field in wanted.fields}
    assert wanted.rows == ROWS
    assert [field.column for field in wanted.fields] == list(made.data.inputs)
    assert fields["age"].whole
    assert (fields["age"].low, fields["age"].high, fields["age"].step) == (20, 59, 1)
    assert not fields["age"].gaps
    assert fields["size"].gaps
    assert not fields["size"].whole
    assert fields["size"].low < fields["size"].usual < fields["size"].high
    assert fields["smoker"].levels == ("no", "yes")
    assert fields["smoker"].usual in ("no", "yes")
    assert fields["place"].levels == ("a", "b", "c", "missing")


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "digits"])
def test_a_typical_row_of_every_sample_can_be_asked_about(name, tmp_path):
    made, folder = document(name), str(tmp_path)
    told = predict(begun(made, folder).checkpoint, folder, form(made.data, folder).usual)
    assert [task["column"] for task in told] == list(made.columns)


def test_what_is_not_known_may_stay_open_where_the_table_has_gaps(mixed):
    made, folder = mixed
    checkpoint, usual = trained(made, folder), form(made.data, folder).usual
    dataset, _ = prepared(made, folder)
    open_ = predict(checkpoint, folder, usual | {"size": None, "place": None})
    assert open_ == predict(checkpoint, folder, {key: value for key, value in usual.items() if key not in ("size", "place")})
    gap = next(i for i in range(ROWS) if i % 10 == 3 and i % 9 == 4)
    values = example(made, folder, gap).values
    assert values["size"] is None
    assert values["place"] == "missing"
    frame = pd.DataFrame([values], dtype=object)
    assert torch.allclose(dataset.encode(frame), dataset.features[:, [int((dataset.origin == gap).nonzero())]])
    with pytest.raises(UserError, match="“age” should have a value"):
        predict(checkpoint, folder, usual | {"age": None})


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("age", "old", "“age” should be a number"),
        ("age", math.inf, "“age” should be a number"),
        ("age", math.nan, "“age” should be a number"),
        ("smoker", "perhaps", "“smoker” should be no or yes"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_one_sentence(mixed, column, value, words):
    made, folder = mixed
    with pytest.raises(UserError, match=words):
        predict(begun(made, folder).checkpoint, folder, form(made.data, folder).usual | {column: value})


def test_a_category_that_was_never_seen_still_gets_an_answer(mixed):
    made, folder = mixed
    assert predict(begun(made, folder).checkpoint, folder, form(made.data, folder).usual | {"place": "elsewhere"})


def test_an_example_knows_its_part_and_its_answers(mixed):
    made, folder = mixed
    dataset, _ = prepared(made, folder)
    for part in ("train", "validation", "test"):
        number = int(dataset.origin[dataset.rows(part)[0][0]])
        found = example(made, folder, number)
        assert found.part == part
        assert found.answers["kind"] == ["low", "mid", "high"][number % 3]
        assert found.values["age"] == 20 + number % 40
    with pytest.raises(UserError, match="from 1 to 60"):
        example(made, folder, ROWS)


def test_a_threshold_decides_between_no_and_yes():
    task = {"kind": "binary", "classes": ["no", "yes"], "probabilities": [{"mean": 0.6}, {"mean": 0.4}], "answer": 0}
    assert decide(task) == "no"
    assert decide(task, 0.4) == "yes"
    assert decide({"kind": "multiclass", "classes": ["a", "b"], "answer": 1}) == "b"


def test_asking_changes_nothing(mixed):
    made, folder = mixed
    checkpoint, usual = trained(made, folder), form(made.data, folder).usual
    before = bytes(checkpoint)
    assert predict(checkpoint, folder, usual) == predict(checkpoint, folder, usual)
    assert checkpoint == before


def test_numbers_of_a_row_are_taken_as_they_are(tmp_path, monkeypatch):
    """A table may have two thousand of them; each as a text that is parsed again took a millisecond."""
    made, folder = document("two-waves"), str(tmp_path)
    checkpoint = begun(made, folder).checkpoint
    wanted = form(made.data, folder).usual
    monkeypatch.setattr(values, "texts", None)
    assert len(predict(checkpoint, folder, wanted)) == 2


def test_of_a_text_is_told_what_is_read_and_what_is_unknown() -> None:
    made = document("short-reviews", data__source__params={"rows": 200}, network__text__tokens=6)
    point = begun(made, "").checkpoint
    told = heard(point, "", {"text": "The zebra was great, blorp zebra! It really was."})
    assert told is not None
    assert (told.words, told.read, told.unknown) == (9, 6, ("zebra", "blorp"))
    nothing = heard(point, "", {"text": "?! ..."})
    assert nothing is not None
    assert (nothing.words, nothing.unknown) == (0, ())
    with pytest.raises(UserError, match="Type a sentence"):
        predict(point, "", {"text": ""})


def test_without_texts_there_is_nothing_to_hear(mixed) -> None:
    made, folder = mixed
    assert heard(begun(made, folder).checkpoint, folder, {}) is None
