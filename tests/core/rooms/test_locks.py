"""A locked part stays as it is; everything else may change."""

import pytest

from core.errors import UserError
from core.experiment import Experiment
from core.rooms.locks import LOCKS, checked, locked, part_of
from tests.core.runs.running import two_waves

WIDE = {"width": 5, "activation": {"name": "tanh", "params": {}}}
CHANGES = {
    "data": [("data.split.validation", 0.3), ("data.source.params.noise", 0.5), ("data.split.learn_from", [0, 1])],
    "tasks": [("tasks.0.loss", {"name": "huber"}), ("tasks.0.auxiliary", True), ("tasks.1.fade", [1, 2])],
    "network": [("network.trunk.0.width", 3), ("network.text.width", 8), ("network.trunk.0.dropout", 0.5)],
    "activations": [("network.trunk.0.activation.name", "sigmoid"), ("network.nonlinear", False), ("network.twin", True)],
    "sharing": [("network.sharing", {"name": "mmoe"})],
    "weighting": [("weighting.name", "uncertainty"), ("weighting.ema", 0.5), ("sampling.name", "uniform")],
    "training": [("training.epochs", 7), ("seed", 5), ("replicas", 3), ("timeline.warm_up", 2), ("timeline.shared.first", 1)],
}


@pytest.fixture
def old() -> Experiment:
    return two_waves()


@pytest.mark.parametrize(("name", "path", "value"), [(name, *change) for name, all in CHANGES.items() for change in all])
def test_each_lock_holds_its_own_settings_and_no_others(old: Experiment, name: str, path: str, value: object) -> None:
    new = old.changed(path, value)
    assert new != old
    assert locked(old, new, {name}) == LOCKS[name].title
    assert locked(old, new, LOCKS.keys() - {name}) is None


def test_every_lock_is_tried_here_and_every_setting_has_one(old: Experiment) -> None:
    assert CHANGES.keys() == LOCKS.keys()
    document = old.model_dump(mode="json")
    apart = {f"{name}.{inner}" for name in ("network", "timeline") for inner in document[name]}
    assert {part_of(path) for path in {*document, *apart} - {"network"}} == LOCKS.keys()


def test_without_a_lock_or_a_change_nothing_is_refused(old: Experiment) -> None:
    new = old.changed("seed", 9)
    assert locked(old, new, ()) is None
    assert locked(old, old, LOCKS) is None


def test_layers_that_come_and_go_are_the_network_s_and_no_new_activation_comes_with_them(old: Experiment) -> None:
    layers = [layer.model_dump(mode="json") for layer in old.network.trunk]
    more, fewer = old.changed("network.trunk", [*layers, layers[-1]]), old.changed("network.trunk", layers[1:])
    for new in (more, fewer):
        assert locked(old, new, {"activations"}) is None
        assert locked(old, new, {"network"}) == "Network"
    bent = old.changed("network.trunk", [*layers, {**layers[-1], "activation": {"name": "sine", "params": {}}}])
    assert locked(old, bent, {"activations"}) == "Activations"


def test_the_activations_of_a_task_s_own_layers_are_locked_too(old: Experiment) -> None:
    column = old.columns[0]
    old = old.changed(f"network.towers.{column}", [WIDE])
    new = old.changed(f"network.towers.{column}", [{**WIDE, "activation": {"name": "relu", "params": {}}}])
    assert locked(old, new, {"activations"}) == "Activations"
    assert locked(old, new, {"network"}) is None


def test_what_a_task_brings_along_goes_with_the_tasks(old: Experiment) -> None:
    gone = old.columns[-1]
    old = old.changed(f"network.towers.{gone}", [WIDE]).changed(f"timeline.tasks.{gone}", {"first": 2})
    document = old.model_dump(mode="json")
    document["tasks"].pop()
    document["network"]["towers"].pop(gone)
    document["timeline"]["tasks"].pop(gone)
    new = Experiment.model_validate(document)
    assert locked(old, new, {"tasks"}) == "Tasks"
    assert locked(old, new, LOCKS.keys() - {"tasks"}) is None
    assert locked(new, old, {"network", "training", "activations"}) is None


def test_an_unknown_lock_is_refused() -> None:
    assert checked(["data", "data"]) == {"data"}
    with pytest.raises(UserError, match="should be one of data, tasks"):
        checked(["data", "x" * 1000])
