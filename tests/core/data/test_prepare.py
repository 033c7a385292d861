from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from sklearn.preprocessing import StandardScaler

from core.data.columns import begin, mark
from core.data.dataset import Table
from core.data.prepare import prepare
from core.data.reading import read
from core.errors import UserError
from core.experiment import Data, Experiment, Source, Split, Task

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "heart.csv"
SOURCE = Source(kind="file", name="any.csv", sha256="0" * 64)


def frame_of(rows=100, seed=0):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"a": rng.normal(5, 3, rows), "b": rng.choice(["x", "y", "z"], rows), "c": rng.normal(size=rows)})
    return frame.assign(amount=frame["a"] * 2, kind=rng.choice(["p", "q", "r"], rows))


def experiment(inputs=None, tasks=None, split=None, **rest):
    inputs = {"a": "number", "b": "category", "c": "number"} if inputs is None else inputs
    tasks = {"amount": "regression", "kind": "multiclass"} if tasks is None else tasks
    return Experiment(
        data=Data(source=SOURCE, inputs=inputs, split=split or Split(), missing=rest.pop("missing", {})),
        tasks=tuple(Task(column=column, kind=kind) for column, kind in tasks.items()),
        **rest,
    )


def test_shapes_and_types():
    found = prepare(experiment(), Table("any", frame_of()))
    assert found.features.shape == (1, 100, 5)
    assert found.features.dtype == torch.float32
    assert found.features.is_contiguous()
    assert found.feature_names == ("a", "c", "b = x", "b = y", "b = z")
    assert [part.shape for part in (found.train, found.validation, found.test)] == [(1, 60), (1, 20), (1, 20)]
    assert found.train.dtype == torch.int64
    assert [target.values.shape for target in found.targets] == [(1, 100), (1, 100)]
    assert found.origin.tolist() == list(range(100))


def test_the_same_document_gives_the_same_tensors_and_another_seed_another_split():
    table = Table("any", frame_of())
    first, again, other = (prepare(experiment(seed=seed), table) for seed in (0, 0, 1))
    assert torch.equal(first.features, again.features)
    assert torch.equal(first.train, again.train)
    assert not torch.equal(first.train, other.train)


def test_replicas_share_a_split_or_have_their_own():
    table = Table("any", frame_of())
    shared = prepare(experiment(replicas=3), table)
    own = prepare(experiment(replicas=3, split=Split(vary=True)), table)
    assert (shared.splits, own.splits) == (1, 3)
    assert torch.equal(shared.train[0], own.train[0])
    assert not torch.equal(own.train[0], own.train[1])
    assert own.targets[0].values.shape == (3, 100)
    assert own.targets[0].mean.shape == (3,)
    for place in range(3):
        rows = own.train[place]
        assert torch.allclose(own.features[place, rows][:, :2].mean(dim=0), torch.zeros(2), atol=1e-5)
        assert torch.allclose(own.targets[0].values[place, rows].mean(), torch.zeros(()), atol=1e-5)


def test_scaling_agrees_with_scikit_learn_on_the_training_rows():
    frame = frame_of()
    found = prepare(experiment(), Table("any", frame))
    train = found.train[0].numpy()
    scaler = StandardScaler().fit(frame[["a", "c"]].to_numpy()[train])
    np.testing.assert_allclose(found.features[0, :, :2], scaler.transform(frame[["a", "c"]].to_numpy()), rtol=1e-5, atol=1e-6)


def test_no_leakage():
    """Whatever stands in the rows of validation and test changes nothing in how training rows look."""
    frame = frame_of()
    found = prepare(experiment(), Table("any", frame))
    held_out = torch.cat([found.validation[0], found.test[0]]).numpy()
    changed = frame.copy()
    changed.loc[held_out, ["a", "c", "amount"]] = 1e6 * changed.loc[held_out, ["a", "c", "amount"]] + 17
    other = prepare(experiment(), Table("any", changed))
    train = found.train[0]
    assert torch.equal(train, other.train[0])
    assert torch.equal(found.features[0, train], other.features[0, train])
    assert torch.equal(found.targets[0].values[0, train], other.targets[0].values[0, train])
    assert torch.equal(found.targets[0].mean, other.targets[0].mean)
    assert torch.equal(found.targets[0].scale, other.targets[0].scale)
    assert not torch.equal(found.features, other.features)


def test_rows_without_a_label_train_the_other_tasks_and_rows_without_any_are_left_out():
    frame = frame_of()
    frame.loc[:9, "amount"] = np.nan
    frame.loc[5:19, "kind"] = None
    found = prepare(experiment(), Table("any", frame))
    assert found.features.shape[1] == 95
    assert found.origin.tolist() == [*range(5), *range(10, 100)]
    amount, kind = found.targets
    assert (int((~amount.labelled).sum()), int((~kind.labelled).sum())) == (5, 10)
    assert (amount.values[0, ~amount.labelled] == 0).all()
    assert (kind.values[0, ~kind.labelled] == 0).all()
    np.testing.assert_allclose(amount.to_units(amount.values)[0, 5:], frame["amount"][10:], rtol=1e-5, atol=1e-5)


def test_labels_and_classes_are_shared_out_over_the_splits():
    frame = frame_of(400)
    frame.loc[40:, "amount"] = np.nan
    found = prepare(experiment(), Table("any", frame))
    amount, kind = found.targets
    counts = [int(amount.labelled[found.rows(part)[0]].sum()) for part in ("train", "validation", "test")]
    np.testing.assert_allclose(counts, [24, 8, 8], atol=2)
    whole = torch.bincount(kind.values[0]) / 400
    for part in ("train", "validation", "test"):
        share = torch.bincount(kind.values[0, found.rows(part)[0]]) / found.rows(part).shape[1]
        assert torch.allclose(share, whole, atol=0.04)


def test_new_rows_are_encoded_as_the_table_was():
    frame = frame_of()
    found = prepare(experiment(split=Split(vary=True), replicas=2), Table("any", frame))
    assert torch.equal(found.encode(frame), found.features)


def test_the_table_is_left_as_it_was():
    frame = frame_of()
    frame.loc[3, "a"] = np.inf
    before = frame.copy()
    prepare(experiment(), Table("any", frame))
    pd.testing.assert_frame_equal(frame, before)


def test_values_that_mean_missing_are_missing():
    frame = frame_of().assign(a=lambda f: f["a"].where(f.index != 4, -9.0), kind=lambda f: f["kind"].where(f.index != 6, "?"))
    found = prepare(experiment(missing={"a": (-9,), "kind": ("?",)}), Table("any", frame))
    assert found.targets[1].classes == ("p", "q", "r")
    assert not found.targets[1].labelled[6]
    assert found.feature_names[-1] == "a is missing"
    assert found.features[0, :, -1].nonzero().flatten().tolist() == [4]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tasks": {}}, "at least one task"),
        ({"inputs": {}}, "at least one input"),
        ({"inputs": {"nowhere": "number"}}, "nowhere"),
        ({"tasks": {"nowhere": "binary"}}, "nowhere"),
        ({"missing": {"nowhere": (0,)}}, "nowhere"),
        ({"inputs": {"b": "number"}}, "should hold numbers"),
        ({"tasks": {"kind": "regression"}}, "should hold numbers"),
        ({"tasks": {"kind": "binary"}}, "two classes"),
        ({"tasks": {"same": "binary"}}, "at least two classes"),
        ({"tasks": {"same": "regression"}}, "different values"),
    ],
)
def test_what_cannot_be_trained_on_is_refused(changes, words):
    with pytest.raises(UserError, match=words):
        prepare(experiment(**changes), Table("any", frame_of().assign(same=1)))


def test_too_few_rows_are_refused():
    with pytest.raises(UserError, match="at least 10 rows"):
        prepare(experiment(), Table("any", frame_of(9)))


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr("core.data.prepare.MAX_CELLS", 1000)
    with pytest.raises(UserError, match="100 rows x 5 features x 4 splits"):
        prepare(experiment(replicas=4, split=Split(vary=True)), Table("any", frame_of()))


def test_rows_are_encoded_in_parts_to_the_same_end(monkeypatch):
    whole = prepare(experiment(), Table("any", frame_of()))
    monkeypatch.setattr("core.data.prepare.CHUNK", 7)
    assert torch.equal(prepare(experiment(), Table("any", frame_of())).features, whole.features)


@pytest.mark.parametrize("split", [Split(validation=0, test=0), Split(validation=0.1, test=0.8)])
def test_any_split_will_do(split):
    found = prepare(experiment(split=split), Table("any", frame_of()))
    assert found.train.shape[1] == round(100 * (1 - split.validation - split.test))


@pytest.mark.skipif(not REAL.exists(), reason="the real heart table is not here")
def test_the_real_heart_table_in_three_clicks():
    table = read(REAL.read_bytes(), "heart.csv")
    found = begin(SOURCE, table)
    for column in ("thal", "target"):
        found = mark(found, table, column, "task")
    dataset = prepare(found, table)
    thal, target = dataset.targets
    assert (thal.kind, thal.classes, int(thal.labelled.sum())) == ("multiclass", ("1", "2", "3"), 301)
    assert (target.kind, target.classes, int(target.labelled.sum())) == ("binary", ("0", "1"), 303)
    assert dataset.features.shape[1] == 303
    assert "cp = 3" in dataset.feature_names
