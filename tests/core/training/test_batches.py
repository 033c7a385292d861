"""Every training row once an epoch, in an order that any process can make again."""

import pytest
import torch

from core.experiment import Experiment
from core.training import batches as room
from core.training.batches import Batch, Batches, pick
from tests.making import dataset, experiment

TASKS = {"a": "multiclass", "b": "regression"}
ROWS = 100


def document(**changes: object) -> Experiment:
    return experiment(TASKS, inputs=3, **{"training__batch_size": 16, **changes})


def numbered(splits: int = 1, **more: object):
    """Data whose first feature is the row's number, plus a thousand for each split."""
    data = dataset(TASKS, inputs=3, rows=ROWS, splits=splits, **more)
    data.features[..., 0] = torch.arange(ROWS) + 1000 * torch.arange(splits)[:, None]
    return data


def rows_of(found: list[Batch]) -> torch.Tensor:
    """Row numbers `[replica, row]`, in the order in which they came."""
    return torch.cat([batch.features[..., 0] for batch in found], 1).long()


@pytest.mark.parametrize("size", [1, 7, 16, 59, 60, 1000, None])
def test_every_training_row_comes_exactly_once_an_epoch_and_no_other(size: int | None) -> None:
    data = numbered()
    made = Batches(document(training__batch_size=size, replicas=2), data)
    for epoch in (0, 1):
        found = list(made.epoch(epoch, 0))
        assert len(found) == made.per_epoch
        for replica in rows_of(found):
            assert sorted(replica.tolist()) == sorted(data.train[0].tolist())


def test_all_batches_but_the_last_are_full() -> None:
    assert [batch.features.shape[1] for batch in Batches(document(), numbered()).epoch(0, 0)] == [16, 16, 16, 12]


def test_the_order_differs_by_epoch_replica_and_seed_and_by_nothing_else() -> None:
    data = numbered()

    def order(epoch: int = 0, seed: int = 0, replica: int = 0, **changes: object) -> list[int]:
        made = Batches(document(seed=seed, replicas=3, **changes), data)
        return rows_of(list(made.epoch(epoch, 0)))[replica].tolist()

    orders = [order(), order(epoch=1), order(seed=1), order(replica=1)]
    assert len({tuple(each) for each in orders}) == 4
    assert order() == order(training__learning_rate=1.0, training__batch_size=9)


def test_a_replica_has_its_order_however_many_there_are() -> None:
    data = numbered()
    few, many = (rows_of(list(Batches(document(replicas=count), data).epoch(2, 0))) for count in (1, 4))
    assert torch.equal(few[0], many[0])


@pytest.mark.parametrize("first", [1, 2, 3])
@pytest.mark.parametrize("chunk", [1, 200, 4_000_000])
def test_going_on_within_an_epoch_gives_the_rest_of_it(first: int, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = numbered(missing=0.3)
    whole = list(Batches(document(), data).epoch(4, 0))
    monkeypatch.setattr(room, "CHUNK", chunk)
    rest = list(Batches(document(), data).epoch(4, first))
    same(rest, whole[first:])


@pytest.mark.parametrize("chunk", [1, 150, 500])
@pytest.mark.parametrize("splits", [1, 3])
def test_rows_gathered_in_small_chunks_are_the_same_rows(chunk: int, splits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    changed, data = document(replicas=3, data__split__vary=splits > 1), numbered(splits, missing=0.4)
    whole = list(Batches(changed, data).epoch(0, 0))
    monkeypatch.setattr(room, "CHUNK", chunk)
    same(list(Batches(changed, data).epoch(0, 0)), whole)


def same(first: list[Batch], second: list[Batch]) -> None:
    assert len(first) == len(second)
    for one, other in zip(first, second, strict=True):
        assert torch.equal(one.features, other.features)
        for mine, theirs in zip((*one.targets, *one.labelled), (*other.targets, *other.labelled), strict=True):
            assert (mine is theirs is None) or torch.equal(mine, theirs)


@pytest.mark.parametrize("size", [16, None])
def test_answers_and_masks_belong_to_their_rows(size: int | None) -> None:
    data = numbered(missing=0.4)
    for batch in Batches(document(replicas=2, training__batch_size=size), data).epoch(1, 0):
        rows = batch.features[..., 0].long()
        for target, values, labelled in zip(data.targets, batch.targets, batch.labelled, strict=True):
            assert torch.equal(values, target.values[0][rows])
            assert values.dtype == target.values.dtype
            assert torch.equal(labelled, target.labelled[rows])


def test_a_task_that_has_all_its_training_labels_needs_no_mask() -> None:
    data = numbered()
    data.targets[1].labelled[data.test[0, 0]] = False
    assert Batches(document(), data).complete == [True, True]
    data.targets[1].labelled[data.train[0, 0]] = False
    assert [mask is None for mask in next(Batches(document(), data).epoch(0, 0)).labelled] == [True, False]


@pytest.mark.parametrize("size", [16, None])
def test_replicas_with_splits_of_their_own_see_their_own_rows_scaled_their_own_way(size: int | None) -> None:
    data = numbered(splits=3)
    found = rows_of(list(Batches(document(replicas=3, data__split__vary=True, training__batch_size=size), data).epoch(0, 0)))
    for replica in range(3):
        assert sorted((found[replica] - 1000 * replica).tolist()) == sorted(data.train[replica].tolist())


def test_pick_takes_each_replica_its_rows() -> None:
    values = torch.arange(12).view(2, 6)
    rows = torch.tensor([[0, 5], [1, 2]])
    assert pick(values, rows).tolist() == [[0, 5], [7, 8]]
    assert pick(values[:1], rows).tolist() == [[0, 5], [1, 2]]
    assert pick(values[:1].unsqueeze(-1), rows).shape == (2, 2, 1)
