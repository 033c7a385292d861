"""All sampling policies that train one task per batch: drawn by their chances, every row in its turn, the same however cut."""

import numpy as np
import pytest
import torch
from scipy.stats import chisquare

from core.compare.part import Part, only, rows_of
from core.data.dataset import Dataset
from core.errors import UserError
from core.experiment import Experiment
from core.sampling import SAMPLING, Moment
from core.training.advance import Budget, advance
from core.training.batches import Batches
from core.training.checkpoint import start, unpack
from core.training.turns import Turns, drawn
from tests.making import dataset, experiment

MIXED = {"a": "multiclass", "b": "binary", "c": "regression"}
BY_TASK = [name for name, module in SAMPLING.items() if module.BY_TASK]


def document(policy: str = "uniform", tasks: dict[str, str] = MIXED, **changes: object) -> Experiment:
    params = changes.pop("params", {})
    return experiment(tasks, sampling={"name": policy, "params": params}, **changes)


def few(rows: int = 7) -> Dataset:
    """Of task a all labels, of b half of them, of c only `rows` training rows."""
    data = dataset(MIXED, inputs=12, rows=240)
    data.features[..., 0] = torch.arange(240)
    data.targets[1].labelled[data.train[0, ::2]] = False
    data.targets[2].labelled[data.train[0, rows:]] = False
    return data


def test_nine_policies_choose_a_task() -> None:
    assert len(BY_TASK) == 9
    assert list(SAMPLING)[0] == "all"


@pytest.mark.parametrize("policy", BY_TASK)
def test_tasks_come_by_their_chances(policy: str) -> None:
    module, params = SAMPLING.resolve(policy)
    losses, first = np.array([0.5, 1.0, 0.2]), np.array([1.0, 1.5, 0.4])
    moment = Moment(np.array([900.0, 90.0, 9.0]), losses, first, 0.3, 0, 6000)
    wanted = module.chances(params, moment)
    wanted = np.broadcast_to(wanted / wanted.sum(-1, keepdims=True), (6000, 3))
    found = drawn(wanted, 6000, torch.Generator().manual_seed(1))
    counts = np.bincount(found.numpy(), minlength=3)
    assert chisquare(counts, wanted.sum(0)).pvalue > 0.001
    other = np.roll(wanted.sum(0), 1)
    assert policy in ("uniform", "round-robin") or chisquare(counts, other).pvalue < 0.001


def test_no_task_without_a_chance_is_drawn_and_no_chances_are_equal_ones() -> None:
    draw = torch.Generator().manual_seed(0)
    assert set(drawn(np.array([0.0, 1.0, 0.0]), 500, draw).tolist()) == {1}
    assert set(drawn(np.zeros(3), 500, draw).tolist()) == {0, 1, 2}
    assert set(drawn(np.array([np.nan, 1.0]), 500, draw).tolist()) == {0, 1}


@pytest.mark.parametrize("policy", BY_TASK)
@pytest.mark.parametrize("size", [16, 1, None])
def test_a_batch_trains_one_task_on_rows_that_have_its_label(policy: str, size: int | None) -> None:
    data = few()
    made = Batches(document(policy, replicas=2, training__batch_size=size), data)
    made.turns.told(torch.tensor([[1.0, 2.0, 3.0], [0.3, 0.2, 0.1]]))
    found = list(made.epoch(1, 0))
    assert len(found) == made.per_epoch
    for batch in found:
        assert batch.present is not None
        assert batch.present.sum(1).tolist() == [1, 1]
        for task, target in enumerate(data.targets):
            counted = batch.labelled[task]
            for replica in range(2):
                rows = batch.features[replica, counted[replica], 0].long()
                assert target.labelled[rows].all()
                most = min(made.size, int(made.turns.counts[replica, task]))
                assert len(rows) == (most if batch.present[replica, task] else 0)
                assert torch.equal(batch.targets[task][replica, counted[replica]], target.values[0][rows])


@pytest.mark.parametrize("size", [16, 7, 5])
def test_every_labelled_row_comes_before_one_comes_again(size: int) -> None:
    data, told = few(), document(training__batch_size=size)
    turns = Turns(told, data, size, 40)
    seen: list[list[int]] = [[], [], []]
    for epoch in range(6):
        plan = turns.plan(epoch)
        rows, counted = turns.rows(plan)
        for task, chosen, count in zip(plan[0].tolist(), rows[0].view(40, size).tolist(), counted[0].tolist(), strict=True):
            seen[task] += chosen[:count]
        turns.over(epoch)
    for task, rows in enumerate(seen):
        own = set(data.train[0][data.targets[task].labelled[data.train[0]]].tolist())
        whole = len(rows) // len(own)
        assert set(rows) == own
        assert all(rows.count(row) in (whole, whole + 1) for row in own)
        for turn in range(whole):
            assert set(rows[turn * len(own) : (turn + 1) * len(own)]) == own
    assert len({tuple(seen[2][turn * 7 : turn * 7 + 7]) for turn in range(4)}) > 1, "shuffled anew each time"


def test_classes_come_equally_often_where_that_is_asked() -> None:
    data = dataset(MIXED)
    values = data.targets[1].values[0]
    values[data.train[0]] = 0.0
    values[data.train[0, :5]] = 1.0
    turns = Turns(document(params={"balanced": True}, training__batch_size=16), data, 16, 60)
    rows, counted = turns.rows(plan := turns.plan(0))
    assert bool((counted == 16).all())
    chosen = rows[0].view(60, 16)
    assert (values[chosen[plan[0] == 1]].sum(1) == 8).all()
    classes = data.targets[0].values[0][chosen[plan[0] == 0]].flatten().bincount()
    assert classes.max() - classes.min() <= 1
    ones = chosen[plan[0] == 1].flatten().bincount(minlength=240)[data.train[0, :5]]
    assert ones.max() - ones.min() <= 1
    plain = Turns(document(training__batch_size=16), data, 16, 60)
    rows, _ = plain.rows(plan)
    assert values[rows[0].view(60, 16)[plan[0] == 1]].mean() < 0.1


def test_a_task_without_a_label_to_learn_from_is_named() -> None:
    data = few(0)
    with pytest.raises(UserError, match="none of “c”"):
        Batches(document(), data)
    assert Batches(document("all"), data)


@pytest.mark.parametrize("policy", BY_TASK)
def test_one_task_trains_on_every_batch(policy: str) -> None:
    tasks = {"a": "binary"}
    data = dataset(tasks)
    _, records = advance(start(document(policy, tasks), data), data, Budget())
    assert [record["batches"] for record in records] == [[[5]]] * 5
    assert records[-1]["train"][0]["loss"][0] < records[0]["train"][0]["loss"][0]


@pytest.mark.parametrize("policy", BY_TASK)
@pytest.mark.parametrize("twin", [False, True])
def test_cut_anywhere_it_ends_in_the_same_bits(policy: str, twin: bool) -> None:
    made, data = document(policy, replicas=2, network__twin=twin, params={"balanced": True}), few()
    begin = start(made, data)
    whole, records = advance(begin, data, Budget())
    for size in (1, 7):
        point, pieces = begin, []
        while point.step < whole.step:
            point, more = advance(unpack(point.pack()), data, Budget(steps=size))
            pieces += more
        assert point.pack() == whole.pack()
        assert pieces == records
    blind, none = advance(begin, data, Budget(), looks=False)
    assert (blind.pack(), none) == (whole.pack(), [])


@pytest.mark.parametrize("policy", BY_TASK)
def test_a_replica_alone_takes_the_turns_it_takes_among_others(policy: str) -> None:
    data = few()
    many, alone = (advance(start(document(policy, replicas=count), data), data, Budget())[1] for count in (3, 1))
    assert [record["batches"][0] for record in many] == [record["batches"][0] for record in alone]
    for task in range(3):
        assert many[-1]["train"][task]["loss"][0] == pytest.approx(alone[-1]["train"][task]["loss"][0], rel=1e-4)
    if policy not in ("round-robin",):
        assert any(record["batches"][0] != record["batches"][1] for record in many)


def test_only_tasks_that_may_train_are_drawn() -> None:
    made = Batches(document("round-robin", replicas=2), few())
    trained = torch.tensor([[True, False, True], [False, False, False]])
    plan = made.turns.plan(0, trained)
    assert plan[0].tolist() == [0, 2, 0, 2, 0]
    assert plan[1].tolist() == [-1] * 5
    for batch in made.epoch(0, 0, trained):
        assert batch.present is not None
        assert not batch.present[1].any()
        assert not any(mask is not None and mask[1].any() for mask in batch.labelled)


def test_losses_are_those_when_the_epoch_began() -> None:
    made, data = document("by-loss"), few()
    point, records = advance(start(made, data), data, Budget(steps=5))
    told = point.sampling["losses"][0].tolist()
    assert told == [task["loss"][0] for task in records[-1]["train"]]
    later, _ = advance(point, data, Budget(steps=3))
    assert later.sampling["losses"][0].tolist() == told
    assert not torch.equal(later.sampling["first"], later.sampling["losses"])


@pytest.mark.parametrize("scheme", ["mgda", "pcgrad", "uncertainty", "dwa", "nash-mtl"])
def test_a_scheme_learns_from_one_task_at_a_time(scheme: str) -> None:
    made, data = document("round-robin", weighting={"name": scheme}, training__epochs=30), few(40)
    _, records = advance(start(made, data), data, Budget())
    for task in range(3):
        assert records[-1]["train"][task]["loss"][0] < records[0]["train"][task]["loss"][0]


@pytest.mark.parametrize("policy", BY_TASK)
def test_a_task_alone_has_the_batches_that_it_has_together(policy: str) -> None:
    """What a comparison rests on: as many batches of a task, in the same places, on the same rows."""
    made, data = document(policy, replicas=2), few()
    together = Turns(made, data, 32, 9)
    for column in ("a", "c"):
        part = Part((column,))
        alone = Turns(only(made, part.columns), rows_of(data, part, 0), 32, 9)
        for turns in (together, alone):
            turns.told(torch.full((2, len(turns.counts[0])), 0.7))
        place = made.columns.index(column)
        for epoch in (0, 3):
            whole, own = together.plan(epoch), alone.plan(epoch)
            assert torch.equal(whole == place, own == 0)
            assert set(own.unique().tolist()) <= {-1, 0}
            assert int((own == 0).sum()) < own.numel()
