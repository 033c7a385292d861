"""`advance` against the plain loop, against itself cut into slices, and against its promises."""

import pytest
import torch

from benchmarks.plain_loop import HeartNet, train
from core.experiment import Experiment
from core.network.parameters import SHARED, views
from core.training.advance import Budget, Checkpoint, advance, look
from core.training.batches import Batches
from core.training.checkpoint import adopt, architecture, start, unpack
from core.training.step import Stepper
from tests.making import HEART, dataset, experiment, heart

MIXED = {"a": "multiclass", "b": "binary", "c": "regression"}
EVERYTHING = {
    "network__trunk": [{"width": 8, "batch_norm": True, "dropout": 0.3}, {"width": 6, "activation": {"name": "tanh"}}],
    "training__l1": 0.001,
    "training__l2": 0.01,
    "training__clip": 0.5,
}


def same(first: Checkpoint, second: Checkpoint) -> bool:
    return first.pack() == second.pack()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        EVERYTHING,
        {"training__batch_size": None},
        {"replicas": 3, "data__split__vary": True},
        EVERYTHING | {"network__twin": True},
    ],
)
def test_one_slice_of_five_epochs_is_any_number_of_slices(changes: dict) -> None:
    document = experiment(MIXED, **changes)
    data = dataset(MIXED, missing=0.3, splits=3 if "replicas" in changes else 1)
    begin = start(document, data)
    whole, records = advance(begin, data, Budget())
    for size in (1, 3, 7):
        point, pieces = begin, []
        while point.step < whole.step:
            point, more = advance(unpack(point.pack()), data, Budget(steps=size))
            pieces += more
        assert same(point, whole)
        assert pieces == records


def test_a_slice_cut_by_the_clock_changes_nothing() -> None:
    document, data = experiment(MIXED, training__epochs=20), dataset(MIXED)
    whole, records = advance(start(document, data), data, Budget())
    point, pieces = start(document, data), []
    while point.step < whole.step:
        point, more = advance(point, data, Budget(seconds=0.002))
        pieces += more
    assert same(point, whole)
    assert pieces == records


def test_advance_leaves_its_checkpoint_as_it_was() -> None:
    document, data = experiment(MIXED, **EVERYTHING), dataset(MIXED)
    begin = start(document, data)
    before = begin.pack()
    advance(begin, data, Budget(steps=5))
    assert begin.pack() == before


def test_the_same_document_gives_the_same_curves_and_another_seed_others() -> None:
    data = dataset(MIXED)
    runs = [advance(start(experiment(MIXED, seed=seed), data), data, Budget())[1] for seed in (1, 1, 2)]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_the_plain_loop_has_the_same_losses() -> None:
    document, data = heart(training__epochs=10), dataset(HEART, rows=300)
    begin = start(document, data)
    batches = Batches(document, data)
    stepper = Stepper(begin, data, 1000)
    model = HeartNet(12)
    with torch.no_grad():
        blocks = views(begin.parameters, stepper.network.specs, 1)
        for parameter, block in zip(model.parameters(), blocks, strict=True):
            parameter.copy_(block[0].T if parameter.dim() == 2 else block[0, 0])
    train_rows = data.train[0]
    place = {int(row): i for i, row in enumerate(train_rows)}
    orders = [torch.tensor([place[int(row)] for row in batches._order(epoch)[0]]) for epoch in range(10)]
    answers = [target.values[0][train_rows] for target in data.targets]
    plain = train(model, data.features[0][train_rows], *answers, epochs=10, orders=orders)
    with torch.inference_mode():
        ours = [stepper.take(batch, epoch)[0] for epoch in range(10) for batch in batches.epoch(epoch, 0)]
    assert len(ours) == len(plain)
    torch.testing.assert_close(torch.stack(ours), torch.tensor(plain), atol=1e-5, rtol=1e-5)


def test_a_replica_trains_as_it_would_alone() -> None:
    data = dataset(MIXED)
    many = advance(start(experiment(MIXED, replicas=4), data), data, Budget())[1]
    alone = advance(start(experiment(MIXED), data), data, Budget())[1]
    for task in range(3):
        assert many[-1]["train"][task]["loss"][0] == pytest.approx(alone[-1]["train"][task]["loss"][0], rel=1e-4)
    assert len(set(many[-1]["train"][0]["loss"])) == 4


def test_rows_without_a_label_train_the_other_task() -> None:
    tasks = {"a": "binary", "b": "regression"}
    full, data = dataset(tasks), dataset(tasks, missing=0.5)
    document = experiment(tasks, training__epochs=20)
    _, records = advance(start(document, data), data, Budget())
    first = look(start(document, data), data)
    assert records[-1]["train"][0]["loss"][0] < first["train"][0]["loss"][0]
    assert records[-1]["train"][1]["loss"][0] < first["train"][1]["loss"][0]
    assert records != advance(start(document, full), full, Budget())[1]


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_an_explosion_stops_the_run_and_names_the_task(name: str) -> None:
    document = experiment(
        {name: "regression"}, training__learning_rate=100.0, training__optimizer={"name": "sgd"}, training__epochs=50
    )
    data = dataset({name: "regression"})
    stopped, records = advance(start(document, data), data, Budget())
    assert stopped.failure is not None
    assert stopped.failure.task == name
    assert stopped.step < 250
    assert all(record["step"] < stopped.failure.step for record in records)
    again, none = advance(stopped, data, Budget())
    assert (again.step, none) == (stopped.step, [])


def changed(document: Experiment, path: str, value: object) -> Experiment:
    return document.changed(path, value)


def test_learning_rate_weights_and_nonlinearity_change_on_the_way() -> None:
    document, data = experiment(MIXED), dataset(MIXED)
    point, _ = advance(start(document, data), data, Budget(steps=7))
    for path, value in {
        "training.learning_rate": 0.1,
        "weighting": {"name": "fixed", "params": {"weights": {"a": 0.0}}},
        "network.nonlinear": False,
        "training.epochs": 9,
    }.items():
        going_on = adopt(point, document.changed(path, value))
        assert going_on is not None
        assert going_on.step == 7
        assert torch.equal(going_on.parameters, point.parameters)
        assert not same(advance(going_on, data, Budget(steps=3))[0], advance(point, data, Budget(steps=3))[0])


@pytest.mark.parametrize(("path", "value"), [("network.trunk", []), ("seed", 5), ("training.batch_size", 8), ("replicas", 2)])
def test_other_changes_need_a_new_start(path: str, value: object) -> None:
    document, data = experiment(MIXED), dataset(MIXED)
    assert adopt(start(document, data), document.changed(path, value)) is None


def test_a_weight_of_zero_leaves_a_task_untrained() -> None:
    document = experiment(MIXED, weighting={"name": "fixed", "params": {"weights": {"b": 0.0}}})
    data = dataset(MIXED)
    begin = start(document, data)
    end, _ = advance(begin, data, Budget())
    stepper = Stepper(begin, data, 1)
    for spec, old, new in zip(
        stepper.network.specs,
        views(begin.parameters, stepper.network.specs, 1),
        views(end.parameters, stepper.network.specs, 1),
        strict=True,
    ):
        assert torch.equal(old, new) == (spec.owner == "b")


def test_the_objective_is_weighted_losses_and_the_penalties_of_shared_and_own_matrices() -> None:
    given = {"l1": 0.01, "own_l1": 0.03, "l2": 0.2, "own_l2": 0.0}
    document = heart(weighting={"name": "fixed", "params": {"weights": {"thal": 0.5, "disease": 2.0}}})
    for name, value in given.items():
        document = document.changed(f"training.{name}", value)
    data = dataset(HEART)
    point = start(document, data)
    point, records = advance(point, data, Budget(steps=data.train.shape[1] // 32 + 1))
    record = records[-1]
    assert record["weights"] == [[0.5, 2.0]]
    losses = [scores["loss"][0] for scores in record["train"]]
    shared, own = [], []
    network = architecture(document, data)
    for spec, block in zip(network.specs, views(point.parameters, network.specs, 1), strict=True):
        if spec.matrix:
            (shared if spec.owner == SHARED else own).append(block)
    expected = 0.5 * losses[0] + 2.0 * losses[1]
    for blocks, l1, l2 in ((shared, 0.01, 0.2), (own, 0.03, 0.0)):
        assert blocks
        expected += sum(float(l1 * block.abs().sum() + 0.5 * l2 * block.square().sum()) for block in blocks)
    assert record["objective"] == pytest.approx([expected], rel=1e-5)
