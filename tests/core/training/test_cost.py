"""What a step costs by scheme."""

from collections.abc import Iterable

import numpy as np
import pytest

from core.experiment import Weighting
from core.training import cost as costs
from core.training.cost import measured
from core.training.step import Stepper
from core.weighting import SCHEMES
from tests.making import HEART, dataset, heart


def defaults(names: Iterable[str]) -> dict[str, Weighting]:
    return {name: Weighting(name=name) for name in names}


def test_every_scheme_has_its_cost_and_gradients_cost_more_than_losses() -> None:
    found = measured(heart(), defaults(SCHEMES), dataset(HEART))
    assert list(found) == list(SCHEMES)
    assert all(1.0 < each < 1e6 for each in found.values())
    by_need = {
        takes: np.median(
            [found[name] for name, module in SCHEMES.items() if bool(module.NEEDS & {"gramian", "jacobian"}) == takes]
        )
        for takes in (True, False)
    }
    assert by_need[True] > by_need[False]


def test_schemes_take_turns_and_each_steps_as_often(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    take = Stepper.take

    def told(stepper: Stepper, *given: object) -> object:
        steps.append(stepper.experiment.weighting.name)
        return take(stepper, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Stepper, "take", told)
    measured(heart(), defaults(["equal", "dwa"]), dataset(HEART), turns=6, seconds=float("inf"))
    each = costs.STEPS + 1
    assert steps[:2] == ["equal", "dwa"]
    assert steps[2:] == (["equal"] * each + ["dwa"] * each) * 5


def test_a_busy_machine_gets_fewer_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []
    monkeypatch.setattr(costs, "timed", lambda stepper, batches, number: turns.append(number) or [1.0])
    assert measured(heart(), defaults(["equal"]), dataset(HEART), seconds=0.0) == {"equal": 1.0}
    assert turns == [0, *[costs.STEPS] * (costs.LEAST - 1)]
