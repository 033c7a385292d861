"""Fixed weights."""

import pytest

from core.errors import UserError
from core.weighting import SCHEMES
from tests.core.weighting.test_contract import signal


def test_weights_go_to_their_tasks_and_others_count_one() -> None:
    module, params = SCHEMES.resolve("fixed", {"weights": {"c": 0.5, "a": 3.0}})
    weights, _ = module.weigh(params, module.init(params, ("a", "b", "c"), 4), signal())
    assert weights[2].tolist() == [3.0, 1.0, 0.5]


@pytest.mark.parametrize("weight", [-0.1, 101.0, float("nan")])
def test_weights_out_of_bounds_are_refused(weight: float) -> None:
    with pytest.raises(UserError):
        SCHEMES.resolve("fixed", {"weights": {"a": weight}})


def test_a_weight_for_no_task_is_refused_by_name() -> None:
    module, params = SCHEMES.resolve("fixed", {"weights": {"z": 1.0}})
    with pytest.raises(UserError, match="“z”"):
        module.init(params, ("a", "b"), 1)
