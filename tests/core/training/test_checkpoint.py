"""A run at one moment: it survives as bytes, starts the same every time, and says what may follow it."""

import json
from collections.abc import Callable

import pytest
import torch

from core.errors import UserError
from core.training.advance import Budget, advance
from core.training.checkpoint import Checkpoint, Failure, adopt, copied, restored, start, steps_per_epoch, unpack
from core.training.optimizers import OPTIMIZERS
from tests.making import HEART, dataset, experiment

NORMED = {"network__trunk": [{"width": 8, "batch_norm": True, "dropout": 0.2}]}
ROOMS = ("buffers", "optimizer", "scheme")


def moved(steps: int = 3, **changes: object) -> Checkpoint:
    document, data = experiment(HEART, **changes), dataset(HEART)
    return advance(start(document, data), data, Budget(steps=steps))[0]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_bytes_hold_everything_for_every_optimizer(optimizer: str) -> None:
    point = moved(training__optimizer={"name": optimizer}, **NORMED)
    back = unpack(point.pack())
    assert (back.experiment, back.step, back.failure) == (point.experiment, 3, None)
    assert torch.equal(back.parameters, point.parameters)
    assert torch.equal(back.generator, point.generator)
    for room in ROOMS:
        kept, found = getattr(point, room), getattr(back, room)
        assert set(found) == set(kept)
        assert all(torch.equal(found[name], kept[name]) and found[name].dtype == kept[name].dtype for name in kept)
    assert back.pack() == point.pack()


def test_batch_norm_and_optimizer_keep_state_to_pack() -> None:
    point = moved(**NORMED)
    assert point.buffers
    assert point.optimizer


def test_a_failure_travels_along() -> None:
    point = moved()
    broken = Checkpoint(**{**vars(point), "failure": Failure("thal", 4, 0, float("inf"))})
    assert unpack(broken.pack()).failure == Failure("thal", 4, 0, float("inf"))


def test_bytes_with_a_document_of_another_version_are_refused() -> None:
    def older(run: dict) -> None:
        run["document"] = json.dumps(json.loads(run["document"]) | {"version": 0})

    with pytest.raises(UserError, match="version 1"):
        unpack(headed(moved().pack(), older))


def test_bytes_whose_document_stands_in_the_head_itself_are_read_too() -> None:
    """So the first ones were written, and so they lie in databases."""

    def first(run: dict) -> None:
        run["experiment"] = json.loads(run.pop("document"))

    point = moved()
    assert unpack(headed(point.pack(), first)).pack() == point.pack()


def headed(raw: bytes, change: Callable[[dict], None]) -> bytes:
    """The same bytes with another head."""
    size = int.from_bytes(raw[:8], "little")
    head = json.loads(raw[8 : 8 + size])
    run = json.loads(head["__metadata__"]["run"])
    change(run)
    head["__metadata__"]["run"] = json.dumps(run)
    text = json.dumps(head).encode()
    return len(text).to_bytes(8, "little") + text + raw[8 + size :]


def test_a_start_is_the_same_every_time_and_another_with_another_seed() -> None:
    data = dataset(HEART)
    first, again, other = (start(experiment(HEART, seed=seed, **NORMED), data) for seed in (3, 3, 4))
    assert first.pack() == again.pack()
    assert not torch.equal(first.parameters, other.parameters)
    assert not torch.equal(first.generator, other.generator)


def test_a_start_leaves_the_global_generator_alone() -> None:
    before = torch.get_rng_state()
    moved(**NORMED)
    assert torch.equal(before, torch.get_rng_state())


def test_nothing_points_out_of_a_checkpoint() -> None:
    data = dataset(HEART)
    point = start(experiment(HEART, **NORMED), data)
    raw = point.pack()
    after, _ = advance(point, data, Budget(steps=2))
    with torch.inference_mode():
        after.parameters.zero_()
    data.features.zero_()
    assert point.pack() == raw


@pytest.mark.parametrize(("size", "steps"), [(32, 5), (144, 1), (143, 2), (1, 144), (1000, 1), (None, 1)])
def test_an_epoch_has_as_many_steps_as_batches_the_last_one_counted(size: int | None, steps: int) -> None:
    assert steps_per_epoch(experiment(HEART, training__batch_size=size), dataset(HEART)) == steps


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("training.learning_rate", 0.5),
        ("training.schedule", {"name": "cosine"}),
        ("training.epochs", 7),
        ("training.l1", 0.1),
        ("training.l2", 0.1),
        ("training.clip", 1.0),
        ("weighting", {"name": "fixed", "params": {"weights": {"thal": 2.0}}}),
        ("network.nonlinear", False),
        ("network.trunk", [{"width": 8, "activation": {"name": "tanh"}}]),
        ("network.trunk", [{"width": 8, "dropout": 0.5}]),
        ("data.source.params", {"points": [[0.5, 0, 1.0]]}),
        ("data.split.learn_from", [-1.0, 1.0]),
    ],
)
def test_what_a_run_takes_up_on_the_way(path: str, value: object) -> None:
    point = moved()
    document = point.experiment.changed(path, value)
    going_on = adopt(point, document)
    assert going_on is not None
    assert going_on.experiment == document
    assert going_on.step == point.step
    assert torch.equal(going_on.parameters, point.parameters)
    assert all(torch.equal(going_on.optimizer[name], kept) for name, kept in point.optimizer.items())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("data.split.test", 0.1),
        ("data.source.name", "another"),
        ("tasks.0.loss", {"name": "focal"}),
        ("network.trunk", [{"width": 9}]),
        ("network.trunk", [{"width": 8, "batch_norm": True}]),
        ("network.trunk", [{"width": 8, "activation": {"name": "prelu"}}]),
        ("network.towers.thal", []),
        ("network.twin", True),
        ("training.optimizer", {"name": "sgd"}),
        ("training.batch_size", None),
        ("seed", 1),
        ("replicas", 2),
    ],
)
def test_what_only_a_new_start_can_follow(path: str, value: object) -> None:
    point = moved()
    assert adopt(point, point.experiment.changed(path, value)) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("training.schedule", {"name": "stairs"}),
        ("training.schedule", {"name": "cosine", "params": {"wings": 2}}),
        ("weighting", {"name": "by-mood"}),
    ],
)
def test_what_the_next_step_would_trip_over_is_refused(path: str, value: object) -> None:
    point = moved()
    with pytest.raises(UserError):
        adopt(point, point.experiment.changed(path, value))


def test_a_run_that_failed_is_free_of_it_under_a_changed_document() -> None:
    point = Checkpoint(**{**vars(moved()), "failure": Failure("thal", 4, 0, 1e9)})
    going_on = adopt(point, point.experiment.changed("training.learning_rate", 1e-4))
    assert going_on is not None
    assert going_on.failure is None


def test_a_copy_shares_nothing() -> None:
    kept = {"a": torch.ones(2)}
    copied(kept)["a"].zero_()
    assert kept["a"].tolist() == [1.0, 1.0]


def test_a_restored_generator_goes_on_where_it_stood() -> None:
    draw = torch.Generator().manual_seed(1)
    torch.rand(3, generator=draw)
    state = draw.get_state()
    assert torch.equal(torch.rand(4, generator=restored(state)), torch.rand(4, generator=draw))
