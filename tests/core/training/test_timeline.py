"""What is trained when: frozen bit for bit with every optimizer, ramps by formula, early stops, and all of it however cut."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from core.errors import UserError
from core.experiment import Experiment, Phase
from core.network.parameters import SHARED, views
from core.training.advance import Budget, advance
from core.training.batches import Batches
from core.training.checkpoint import Checkpoint, adopt, architecture, start, unpack
from core.training.optimizers import OPTIMIZERS
from core.training.step import Stepper
from core.training.timeline import grown, within
from tests.making import dataset, experiment

MIXED = {"a": "multiclass", "b": "binary", "c": "regression"}
NORMED = {
    "network__trunk": [{"width": 8, "batch_norm": True}],
    "network__towers": {column: [{"width": 4, "batch_norm": True}] for column in MIXED},
}
HARD = {"training__l2": 0.01, "training__l1": 0.001, "training__clip": 0.5, **NORMED}
IN_TURN = {"tasks": {"a": {"last": 2}, "b": {"first": 2, "last": 4}, "c": {"first": 4}}}


def document(timeline: dict, **changes: object) -> Experiment:
    return experiment(MIXED, timeline=timeline, **{"training__epochs": 6, **changes})


def moved(before: Checkpoint, after: Checkpoint, lane: int = 0) -> set[str]:
    """Owners whose parameters, or batch norm's statistics, differ in a bit; all parameters of an owner must do so alike."""
    network = architecture(before.experiment, DATA)
    specs, lanes = network.specs, before.experiment.lanes
    found = {
        spec.owner
        for spec, old, new in zip(
            specs, views(before.parameters, specs, lanes), views(after.parameters, specs, lanes), strict=True
        )
        if not torch.equal(old[lane], new[lane])
    }
    for step in network.steps:
        for name in step.node.buffers(lanes):
            if not torch.equal(before.buffers[name][lane], after.buffers[name][lane]):
                found.add(step.owner)
    for name in before.optimizer:
        pairs = zip(specs, *(views(each.optimizer[name], specs, lanes) for each in (before, after)), strict=True)
        found |= {spec.owner for spec, old, new in pairs if not torch.equal(old[lane], new[lane])}
    return found


DATA = dataset(MIXED)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_one_after_another_moves_one_tasks_own_layers_at_a_time(optimizer: str) -> None:
    point = start(document(IN_TURN, training__optimizer={"name": optimizer}, **HARD), DATA)
    for epoch in range(6):
        after, _ = advance(point, DATA, Budget(steps=5))
        assert moved(point, after) == {SHARED, "abc"[epoch // 2]}
        point = after


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_shared_layers_have_a_phase_of_their_own(optimizer: str) -> None:
    timeline = {"shared": {"first": 1, "last": 2}}
    point = start(document(timeline, training__optimizer={"name": optimizer}, **HARD), DATA)
    for wanted in (set(), {SHARED}, set()):
        after, _ = advance(point, DATA, Budget(steps=5))
        assert moved(point, after) == {*MIXED} | wanted
        point = after


def test_where_no_task_trains_nothing_moves() -> None:
    timeline = {"tasks": {column: {"first": 1, "last": 2} for column in MIXED}}
    point = start(document(timeline, **HARD), DATA)
    for wanted in (set(), {SHARED, *MIXED}, set()):
        after, records = advance(point, DATA, Budget(steps=5))
        assert moved(point, after) == wanted
        assert after.step == point.step + 5
        point = after


@pytest.mark.parametrize("sharing", ["separate", "soft", "cross-stitch", "mmoe"])
def test_a_frozen_task_stands_still_in_every_kind_of_network(sharing: str) -> None:
    point = start(document({"tasks": {"b": {"first": 3}}}, network__sharing={"name": sharing}, training__l2=0.1), DATA)
    after, _ = advance(point, DATA, Budget(steps=15))
    assert "b" not in moved(point, after)
    later, _ = advance(after, DATA, Budget(steps=5))
    assert "b" in moved(after, later)


def test_what_goes_on_after_a_pause_goes_on_as_if_there_had_been_none() -> None:
    """Separate networks, one of them paused: it ends as one that was trained without a pause on the same rows."""
    made = {"network__sharing": {"name": "separate"}, "training__batch_size": None}
    point = start(document({"tasks": {"b": {"first": 2, "last": 5}}}, **made), DATA)
    paused, _ = advance(point, DATA, Budget())
    plain = start(document({"tasks": {"b": {"last": 3}}}, **made), DATA)
    whole, _ = advance(plain, DATA, Budget(steps=3))
    specs = architecture(point.experiment, DATA).specs
    for spec, one, other in zip(specs, views(paused.parameters, specs, 1), views(whole.parameters, specs, 1), strict=True):
        assert spec.owner != "b" or torch.equal(one, other)


def test_a_phase_is_from_its_first_epoch_until_before_its_last() -> None:
    assert [within(Phase(first=1, last=3), epoch) for epoch in range(4)] == [False, True, True, False]
    assert all(within(Phase(), epoch) for epoch in range(100))


def test_a_ramp_grows_in_a_straight_line() -> None:
    assert [grown(Phase(first=2, ramp=4), at) for at in (2, 3, 5, 6, 9)] == [0.0, 0.25, 0.75, 1.0, 1.0]
    assert grown(Phase(), 0.0) == 1.0


def stepped(made: Experiment, epochs: int) -> list[np.ndarray]:
    """The weights of each step."""
    with torch.inference_mode():
        batches, found = Batches(made, DATA), []
        stepper = Stepper(start(made, DATA), DATA, made.training.epochs * batches.per_epoch)
        for epoch in range(epochs):
            for batch in batches.epoch(epoch, 0, stepper.trained(epoch)):
                stepper.take(batch, epoch)
                found.append(stepper.weights[0].numpy().copy())
    return found


@pytest.mark.parametrize("scheme", ["equal", "mgda"])
def test_weights_ramp_by_the_formula(scheme: str) -> None:
    timeline = {"tasks": {"b": {"first": 1, "ramp": 2}}}
    found = stepped(document(timeline, weighting={"name": scheme}), 4)
    if scheme == "equal":
        wanted = [0.0] * 5 + [min(1.0, (step + 1) / 10) for step in range(15)]
        np.testing.assert_allclose([weights[1] for weights in found], wanted, rtol=1e-6)
        assert all(weights[0] == weights[2] == 1.0 for weights in found)
    else:
        assert all(weights[1] == 0.0 for weights in found[:5])
        assert all(weights[0] + weights[2] > 0.1 for weights in found[:5]), "the others go on"


def test_the_shared_layers_gradient_ramps() -> None:
    sgd = {"training__optimizer": {"name": "sgd"}, "training__batch_size": None}
    ends = []
    for timeline in ({}, {"shared": {"ramp": 4}}):
        point = start(document(timeline, **sgd), DATA)
        after, _ = advance(point, DATA, Budget(steps=1))
        specs = architecture(point.experiment, DATA).specs
        ends.append(views(after.parameters - point.parameters, specs, 1)[0])
    torch.testing.assert_close(ends[1], ends[0] / 4, rtol=1e-3, atol=1e-7)


@pytest.mark.parametrize("scheme", ["uncertainty", "mgda", "dwa", "famo", "gradnorm"])
def test_warm_up_weighs_equally_and_the_scheme_begins_after_it(scheme: str) -> None:
    made = document({"warm_up": 2}, weighting={"name": scheme, "ema": 0.5})
    point = start(made, DATA)
    warm, records = advance(point, DATA, Budget(steps=10))
    assert all(record["weights"] == [[1.0, 1.0, 1.0]] for record in records)
    assert all(torch.equal(warm.scheme[name], kept) for name, kept in point.scheme.items())
    plain, _ = advance(start(made.changed("weighting", {"name": "equal"}), DATA), DATA, Budget(steps=10))
    assert torch.equal(plain.parameters, warm.parameters)
    later, more = advance(warm, DATA, Budget())
    assert any(not torch.equal(later.scheme[name], kept) for name, kept in warm.scheme.items())
    assert any(record["weights"] != [[1.0, 1.0, 1.0]] for record in more) or scheme == "dwa"


def rising() -> tuple[Experiment, object]:
    """Data on which the validation loss of “b” rises: its training answers are the opposite of the others."""
    data = dataset(MIXED)
    answers = data.targets[1].values[0]
    answers[data.validation[0]] = 1.0 - answers[data.validation[0]]
    return document({"patience": 2}, training__epochs=12, replicas=2), data


def test_a_task_whose_loss_rises_stops_and_the_rest_goes_on() -> None:
    made, data = rising()
    point, stops = start(made, data), []
    before = None
    while point.step < 60:
        after, records = advance(point, data, Budget(steps=5))
        stops.append([lane[1] for lane in records[-1]["stopped"]])
        if before is not None and None not in before:
            for lane in range(2):
                assert "b" not in moved(point, after, lane)
                assert {SHARED, "c"} <= moved(point, after, lane)
        before, point = stops[-1], after
    losses = [task["loss"] for task in records[-1]["validation"]]
    assert stops[0] == [None, None]
    assert all(end is not None for end in stops[-1])
    assert len(losses) == 3
    assert stops[-1] == next(ends for ends in stops if None not in ends), "it does not start again"
    longer = adopt(point, made.changed("timeline.patience", 50))
    assert longer is not None
    going_on, _ = advance(longer, data, Budget())
    assert going_on.step == point.step


def test_the_stop_is_after_as_many_epochs_without_a_lower_loss() -> None:
    made, data = rising()
    _, records = advance(start(made, data), data, Budget())
    for lane in range(2):
        for task in range(3):
            losses = [record["validation"][task]["loss"][lane] for record in records]
            best, waited, wanted = np.inf, 0, None
            for epoch, loss in enumerate(losses, 1):
                best, waited = (loss, 0) if loss < best else (best, waited + 1)
                if waited == 2:
                    wanted = epoch
                    break
            assert records[-1]["stopped"][lane][task] == wanted


def test_a_replica_stops_as_it_would_alone() -> None:
    made, data = rising()
    _, many = advance(start(made, data), data, Budget())
    _, alone = advance(start(made.changed("replicas", 1), data), data, Budget())
    assert many[-1]["stopped"][0] == alone[-1]["stopped"][0]


def test_patience_needs_validation_rows() -> None:
    none = document({}, data__split__validation=0.0)
    with pytest.raises(UserError, match="validation"):
        adopt(start(none, DATA), none.changed("timeline.patience", 2))
    with pytest.raises(UserError, match="validation"):
        start(document({"patience": 2}), replace(DATA, validation=DATA.validation[:, :0]))


EVERYTHING = {
    "tasks": {"a": {"last": 4}, "b": {"first": 1, "ramp": 2}},
    "shared": {"first": 1, "ramp": 3},
    "warm_up": 2,
    "patience": 1,
}


@pytest.mark.parametrize("scheme", ["equal", "mgda", "famo", "gradnorm"])
@pytest.mark.parametrize("policy", ["all", "by-loss"])
def test_cut_anywhere_it_ends_in_the_same_bits(scheme: str, policy: str) -> None:
    made = document(EVERYTHING, weighting={"name": scheme}, sampling={"name": policy}, replicas=2, network__twin=True, **HARD)
    begin = start(made, DATA)
    whole, records = advance(begin, DATA, Budget())
    for size in (1, 7):
        point, pieces = begin, []
        while point.step < whole.step:
            point, more = advance(unpack(point.pack()), DATA, Budget(steps=size))
            pieces += more
        assert point.pack() == whole.pack()
        assert pieces == records


def test_the_timeline_changes_while_it_trains() -> None:
    point, _ = advance(start(document({}), DATA), DATA, Budget(steps=7))
    assert point.timeline == {}
    going_on = adopt(point, document({"tasks": {"b": {"last": 1}}}))
    assert going_on is not None
    after, _ = advance(going_on, DATA, Budget(steps=5))
    assert moved(going_on, after) == {SHARED, "a", "c"}
    assert after.timeline["moved"].tolist() == [12, 12, 7, 12]
    back = adopt(after, document({}))
    assert back is not None
    later, _ = advance(back, DATA, Budget(steps=5))
    assert moved(back, later) == {SHARED, *MIXED}
    assert later.timeline["moved"].tolist() == [17, 17, 12, 17]


def test_all_the_time_is_what_it_was_without_a_timeline() -> None:
    plain, _ = advance(start(document({}), DATA), DATA, Budget())
    other, _ = advance(start(document({"shared": {"first": 0, "last": 100_000}}), DATA), DATA, Budget())
    assert torch.equal(plain.parameters, other.parameters)
    assert plain.timeline == {}
