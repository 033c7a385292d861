"""Absent tasks and the schemes that balance gradients: what they say of the others is what they would say without them."""

import numpy as np
import pytest
import torch

from core.experiment import Weighting
from core.training.absent import lent, returned, without
from core.weighting import Dice, Signal, scheme_of

LOSSES = torch.tensor([[1.0, 0.0, 3.0], [1.0, 2.0, 3.0]])
ROWS = torch.tensor([[[1.0, 2.0, 0.0], [0.0, 0.0, 0.0], [-0.5, 1.0, 3.0]]] * 2)
PRESENT = torch.tensor([[True, False, True], [True, True, True]])


def direction(name: str, losses: torch.Tensor, rows: torch.Tensor, present: torch.Tensor | None = None) -> np.ndarray:
    scheme = scheme_of(Weighting(name=name))
    jacobian = rows.double().numpy()
    tasks = tuple("abc"[: rows.shape[1]])
    signal = Signal(
        losses.double().numpy(), jacobian @ jacobian.transpose(0, 2, 1), jacobian, None, 0, 0, Dice(0, range(len(rows)))
    )
    weighed = scheme.weigh(scheme.init(tasks, len(rows)), signal)
    weighed = weighed if present is None else returned(weighed, present.numpy())
    return (weighed.weights[:, None] @ jacobian)[:, 0]


@pytest.mark.parametrize("name", ["mgda", "upgrad", "pcgrad"])
def test_a_direction_is_that_of_the_others_alone(name: str) -> None:
    losses, rows = lent(LOSSES, ROWS, PRESENT)
    found = direction(name, losses, rows, PRESENT)[0]
    alone = direction(name, LOSSES[:1, [0, 2]], ROWS[:1, [0, 2]])[0]
    cosine = found @ alone / np.linalg.norm(found) / np.linalg.norm(alone)
    assert cosine == pytest.approx(1.0, abs=1e-6)


def test_without_it_mgda_would_stand_still() -> None:
    assert np.abs(direction("mgda", LOSSES[:1], ROWS[:1])).max() < 1e-9


def test_the_mean_is_lent_where_a_task_is_absent_only() -> None:
    losses, rows = lent(LOSSES, ROWS, PRESENT)
    assert losses.tolist() == [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]
    assert torch.equal(rows[0, 1], (ROWS[0, 0] + ROWS[0, 2]) / 2)
    assert torch.equal(rows[1], ROWS[1])
    assert torch.equal(rows[0, [0, 2]], ROWS[0, [0, 2]])
    none = torch.zeros_like(PRESENT)
    assert lent(LOSSES, ROWS * 0, none)[1].abs().sum() == 0


def test_what_was_given_to_the_mean_goes_to_the_others_and_equal_weights_stay_one() -> None:
    scheme = scheme_of(Weighting(name="equal"))
    weighed = scheme.weigh(
        scheme.init(("a", "b", "c"), 2), Signal(LOSSES.double().numpy(), None, None, None, 0, 0, Dice(0, range(2)))
    )
    assert returned(weighed, PRESENT.numpy()).weights.tolist() == [[1.0, 0.0, 1.0], [1.0, 1.0, 1.0]]
    assert without(weighed, PRESENT.numpy()).weights.tolist() == [[1.0, 0.0, 1.0], [1.0, 1.0, 1.0]]
