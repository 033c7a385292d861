"""FAMO, against TorchJD's, and what it promises: losses that fall alike, whatever their units."""

import numpy as np
import pytest
import torch
from torchjd.scalarization import FAMO

from core.experiment import Weighting
from core.weighting import Scheme, direction, scheme_of
from tests.core.weighting.making import REPLICAS, TASKS, only, some

RANDOM = np.random.default_rng(0)


def famo(**params: float | str | dict[str, float]) -> Scheme:
    return scheme_of(Weighting(name="famo", params=params))


def history(
    scheme: Scheme, steps: int, units: np.ndarray | float = 1.0, order: tuple[int, ...] = (0, 1, 2)
) -> list[np.ndarray]:
    """Weights step by step, `[replica, task]`: losses fall by other shares at each step, those of a task whatever its place."""
    state, found = scheme.init(tuple(TASKS[task] for task in order), REPLICAS), []
    for step in range(steps):
        given = some(step)
        after = given.losses * np.exp(np.random.default_rng(step).normal(size=given.losses.shape) * 0.1)
        before, after = (values[:, order] * units for values in (given.losses, after))
        weighed = scheme.weigh(state, given._replace(losses=before))
        state = scheme.after(weighed.state, before, after)
        found.append(weighed.weights)
    return found


@pytest.mark.parametrize("decay", [0.0, 1e-3])
def test_it_is_torchjds(decay: float) -> None:
    bounds = torch.tensor([-0.5, 0.0, -1.0], dtype=torch.float64)
    theirs = FAMO(3, min_losses=bounds, lr=0.025, weight_decay=decay).double()
    scheme = famo(decay=decay, lowest={"a": -0.5, "c": -1.0})
    state = scheme.init(TASKS, 1)
    for step in range(200):
        given = only(some(step), 0)
        after = given.losses * RANDOM.uniform(0.8, 1.1, (1, 3))
        losses = torch.tensor(given.losses[0], requires_grad=True)
        theirs(losses).backward()
        theirs.update(torch.tensor(after[0]))
        weighed = scheme.weigh(state, given)
        state = scheme.after(weighed.state, given.losses, after)
        np.testing.assert_allclose(weighed.weights[0], losses.grad.numpy(), rtol=1e-4)  # they add 1e-8 to losses
    assert np.ptp(state["shares"]) > 0.05, "weights did move"


def test_weights_add_up_to_one() -> None:
    for weights in history(famo(), 50):
        np.testing.assert_allclose(weights.sum(1), 1.0, rtol=1e-12)


def test_the_unit_of_a_loss_turns_no_step() -> None:
    units = np.array([1000.0, 1.0, 1e-6])
    plain, scaled = history(famo(), 60), history(famo(), 60, units)
    for one, other in zip(plain, scaled, strict=True):
        step = other * units  # the pull on the shared layers: a gradient has its loss's unit
        np.testing.assert_allclose(step / step.sum(1, keepdims=True), one / one.sum(1, keepdims=True), rtol=1e-9)


def test_the_first_step_is_that_of_log_loss() -> None:
    jacobian, losses = RANDOM.normal(size=(3, 7)), np.array([0.01, 2.0, 700.0])
    one, other = (direction(name, jacobian, losses).vector for name in ("famo", "log"))
    np.testing.assert_allclose(one / np.linalg.norm(one), other / np.linalg.norm(other), rtol=1e-12)


def test_the_task_that_falls_least_gains() -> None:
    scheme, before = famo(), np.array([[1.0, 1.0]])
    state = scheme.init(("a", "b"), 1)
    for _ in range(20):
        state = scheme.after(state, before, np.array([[0.9, 0.99]]))
    assert state["shares"][0, 1] > 0.6


def test_two_quadratics_end_up_falling_alike() -> None:
    """f_k = c_k x_k^2: with FAMO the logarithms fall at one rate, with equal weights the steep one falls much faster."""
    curve = np.diag([1.0, 30.0])

    def fall(scheme: Scheme) -> float:
        x, state = np.array([5.0, 1.0]), scheme.init(("a", "b"), 1)
        rates = []
        for step in range(1500):
            before = (curve @ x**2)[None]
            weighed = scheme.weigh(state, only(some(), 0)._replace(losses=before, step=step))
            weights = weighed.weights[0] / weighed.weights[0].sum()
            x = x - 2e-4 * (weights * np.diag(curve)) * 2 * x
            after = (curve @ x**2)[None]
            state = scheme.after(weighed.state, before, after) if "losses_after" in scheme.needs else weighed.state
            rates.append(np.log(before / after)[0])
        slow, fast = np.sort(np.mean(rates[-200:], axis=0))
        return fast / slow

    assert fall(scheme_of(Weighting(name="equal"))) > 10
    assert fall(famo(decay=0.0)) < 1.1


def test_the_order_of_the_tasks_does_not_matter() -> None:
    order = (2, 0, 1)
    scheme = famo(lowest={"b": -1.0})
    for one, other in zip(history(scheme, 30), history(scheme, 30, order=order), strict=True):
        np.testing.assert_allclose(one[:, order], other, rtol=1e-9)


def test_a_task_at_its_lowest_loss_sits_out() -> None:
    scheme = famo()
    state = scheme.init(TASKS, 1)
    pair = scheme.init(("a", "c"), 1)
    for step in range(20):
        given = only(some(step), 0)
        before = given.losses * np.array([[1.0, 0.0, 1.0]])
        after = before * np.array([[0.9, 1.0, 0.95]])
        weighed, two = (
            scheme.weigh(state, given._replace(losses=before)),
            scheme.weigh(pair, given._replace(losses=before[:, ::2])),
        )
        assert weighed.weights[0, 1] < 1e-60
        ratio, expected = weighed.weights[0, 0] / weighed.weights[0, 2], two.weights[0, 0] / two.weights[0, 1]
        assert ratio == pytest.approx(expected, rel=1e-3)
        state, pair = scheme.after(weighed.state, before, after), scheme.after(two.state, before[:, ::2], after[:, ::2])


def test_with_no_loss_above_its_lowest_the_weights_are_the_shares() -> None:
    assert direction("famo", np.eye(2), np.array([-1.0, 0.0])).weights.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("after", [0.0, -5.0, np.inf, np.nan, 1e30])
def test_any_loss_after_the_step_leaves_a_finite_state(after: float) -> None:
    scheme = famo()
    state = scheme.after(scheme.init(("a", "b"), 1), np.array([[1.0, 0.0]]), np.array([[after, after]]))
    assert all(np.isfinite(values).all() for values in state.values())


def fallen(batch: str) -> tuple[list[np.ndarray], Scheme]:
    """Weights step by step where each step's losses after it are the next one's before it."""
    scheme = famo(batch=batch, lowest={"b": -1.0})
    state, losses, found = scheme.init(TASKS, REPLICAS), some().losses, []
    for step in range(60):
        weighed = scheme.weigh(state, some(step)._replace(losses=losses))
        before, losses = losses, losses * np.random.default_rng(step).uniform(0.8, 1.02, losses.shape)
        state = scheme.after(weighed.state, before, losses) if scheme.needs else weighed.state
        found.append(weighed.weights)
    return found, scheme


def test_with_all_rows_in_a_batch_the_next_one_tells_the_same() -> None:
    same, looks = fallen("same")
    following, spares = fallen("next")
    assert looks.needs == {"losses_after"}
    assert not spares.needs
    assert np.ptp(same[-1] / same[0]) > 0.01, "weights did move"
    for one, other in zip(same, following, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_task_without_labels_waits_for_the_next_batch_that_has_some() -> None:
    scheme = famo(batch="next")
    every, gaps = scheme.init(("a", "b"), 1), scheme.init(("a", "b"), 1)
    for losses in ([1.0, 1.0], [0.5, 0.9]):
        every = scheme.weigh(every, only(some(), 0)._replace(losses=np.array([losses]))).state
    for losses in ([1.0, 1.0], [1.0, 0.0], [0.5, 0.9]):
        gaps = scheme.weigh(gaps, only(some(), 0)._replace(losses=np.array([losses]))).state
    assert gaps["gap"].tolist() == every["gap"].tolist() == [[0.5, 0.9]]
    assert every["shares"][0, 1] > 0.5
    assert gaps["shares"][0, 1] > 0.5


def test_the_first_batch_teaches_no_replica_anything() -> None:
    scheme = famo(batch="next")
    state = scheme.init(("a", "b"), 2)
    first = scheme.weigh(state, some(replicas=2, tasks=2)._replace(losses=np.array([[1.0, 2.0], [0.0, 0.0]]))).state
    second = scheme.weigh(first, some(replicas=2, tasks=2)._replace(losses=np.array([[0.5, 1.9], [1.0, 2.0]]))).state
    assert second["n_mean"].tolist() == [[1.0, 1.0], [0.0, 0.0]]
    assert second["shares"][1].tolist() == [0.5, 0.5]
