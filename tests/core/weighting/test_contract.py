"""What every weighting scheme promises. Schemes on their own terms have a test file each."""

import ast
import inspect
from typing import get_args

import numpy as np
import pytest

from core.experiment import Weighting
from core.weighting import PLACES, SCHEMES, Scheme, Signal, Weighed, scheme_of
from tests.core.weighting.making import REPLICAS, TASKS, only, run, signal, some

STEPS = 9
RANDOM = {"random", "pcgrad", "gradvac", "graddrop"}  # what a step does hangs on dice, and dice on the order of the tasks


@pytest.fixture(params=[*SCHEMES, "famo next"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    name, _, batch = request.param.partition(" ")
    return scheme_of(Weighting(name=name, params={"batch": batch} if batch else {}))


@pytest.fixture(params=["plain", "smoothed"])
def any_scheme(scheme: Scheme, request: pytest.FixtureRequest) -> Scheme:
    return scheme if request.param == "plain" else Scheme(scheme.module, scheme.params, 0.9)


def name_of(scheme: Scheme) -> str:
    return next(name for name, module in SCHEMES.items() if module is scheme.module)


def test_it_declares_what_pages_and_trainer_ask_of_it(scheme: Scheme) -> None:
    module = scheme.module
    assert not module.NEEDS - {"gramian", "jacobian", "score", "losses_after"}
    assert ("losses_after" in module.NEEDS) == hasattr(module, "after")
    assert module.FAMILY in ("losses", "gradients", "priority")
    assert module.HEADS in ("weighted", "plain")
    assert module.HELP.endswith(".")
    assert module.FORMULA
    assert module.SCALE
    assert any(letter.isdigit() for letter in module.REFERENCE), "a year at least"
    if "where" in module.Params.model_fields:
        places = get_args(module.Params.model_fields["where"].annotation)
        assert scheme.balances
        assert set(places) <= set(PLACES)
        assert scheme.where == places[0]
    for name, field in module.Params.model_fields.items():
        assert field.description, f"{name} explains itself"


def test_its_docstring_gives_equation_and_source(scheme: Scheme) -> None:
    said = ast.get_docstring(ast.parse(inspect.getsource(scheme.module))) or ""
    assert "=" in said
    assert any(letter.isdigit() for letter in said)


def test_weights_are_finite_one_for_each_task_and_replica(any_scheme: Scheme) -> None:
    for weighed in run(any_scheme, [some(step) for step in range(STEPS)]):
        sound(weighed, REPLICAS, len(TASKS))


def sound(weighed: Weighed, replicas: int, tasks: int) -> None:
    assert weighed.weights.shape == (replicas, tasks)
    assert np.isfinite(weighed.weights).all()
    for name, values in weighed.state.items():
        assert isinstance(values, np.ndarray), name
        assert len(values) == replicas, f"the first axis of {name} is the replica's"
        assert np.isfinite(values).all(), name
    if weighed.direction is not None:
        assert np.isfinite(weighed.direction).all()


def test_it_repeats_itself_and_leaves_its_state_alone(any_scheme: Scheme) -> None:
    signals = [some(step) for step in range(STEPS)]
    for one, other in zip(run(any_scheme, signals), run(any_scheme, signals), strict=True):
        same(one, other, 0.0)
    state = any_scheme.init(TASKS, REPLICAS)
    before = {name: values.copy() for name, values in state.items()}
    any_scheme.weigh(state, signals[0])
    for name, values in before.items():
        assert np.array_equal(state[name], values), f"{name} was changed in place"


def same(one: Weighed, other: Weighed, tolerance: float) -> None:
    np.testing.assert_allclose(one.weights, other.weights, rtol=tolerance, atol=tolerance)
    assert (one.direction is None) == (other.direction is None)
    if one.direction is not None:
        np.testing.assert_allclose(one.direction, other.direction, rtol=tolerance, atol=tolerance)


def test_replicas_do_not_meet(any_scheme: Scheme) -> None:
    signals = [some(step) for step in range(STEPS)]
    together = run(any_scheme, signals)
    for replica in (0, REPLICAS - 1):
        alone = run(any_scheme, [only(given, replica) for given in signals])
        for one, all_of_them in zip(alone, together, strict=True):
            part = slice(replica, replica + 1)
            mine = None if all_of_them.direction is None else all_of_them.direction[part]
            same(one, Weighed(all_of_them.weights[part], {}, mine), 1e-5)


def test_the_order_of_the_tasks_does_not_matter(scheme: Scheme) -> None:
    if name_of(scheme) in RANDOM:
        pytest.skip("its dice do")
    if scheme.module.FAMILY == "priority":
        pytest.skip("its order is the point")
    order = [2, 0, 1]
    signals = [some(step) for step in range(STEPS)]
    plain = run(scheme, signals)
    turned = run(scheme, [permuted(given, order) for given in signals])
    for one, other in zip(plain, turned, strict=True):
        same(Weighed(one.weights[:, order], {}, one.direction), other, 1e-6)


def permuted(given: Signal, order: list[int]) -> Signal:
    return signal(given.jacobian[:, order], given.losses[:, order], given.step, given.epoch)


EXTREMES = {
    "all gradients zero": np.zeros((3, 6)),
    "one gradient zero": np.array([[0.0] * 6, [1, 2, 0, 0, 1, 0], [0, 1, -1, 0, 0, 2]]),
    "equal gradients": np.tile([1.0, -2.0, 0.5, 0.0, 3.0, 1.0], (3, 1)),
    "opposite gradients": np.outer([1.0, -1.0, 1.0], [1.0, -2.0, 0.5, 0.0, 3.0, 1.0]),
    "two opposite tasks": np.outer([1.0, -1.0], [1.0, -2.0, 0.5, 0.0, 3.0, 1.0]),
    "opposite, of other lengths": np.outer([1.0, -3.0], [1.0, -2.0, 0.5, 0.0, 3.0, 1.0]),
    "one task": np.array([[1.0, -2.0, 0.5, 0.0, 3.0, 1.0]]),
    "tiny and huge": np.array([[1e-20, 0, 0, 2e-20, 0, 0], [0, 1e20, 1e20, 0, 0, -1e20], [1, 1, 0, 0, 0, 1]]),
    "all tiny": np.eye(3, 6) * 1e-20,
    "all huge": np.eye(3, 6)[[0, 1, 1]] * 1e20,
    "no shared parameters": np.zeros((3, 0)),
    "many tasks": np.random.default_rng(5).normal(size=(16, 40)),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_extreme_gradients_have_a_finite_answer(any_scheme: Scheme, name: str) -> None:
    jacobian = np.stack([EXTREMES[name]] * 2)
    tasks = jacobian.shape[1]
    signals = [signal(jacobian, None, step, step) for step in range(4)]
    for weighed in run(any_scheme, signals, tuple(f"t{task}" for task in range(tasks))):
        sound(weighed, 2, tasks)


@pytest.mark.parametrize("losses", [[0.0, 0.0, 0.0], [0.0, 1.0, 2.0], [-1.0, 0.5, -1e6], [1e-30, 1e30, 1.0], [1e-12, 1.0, 1e7]])
def test_extreme_losses_have_a_finite_answer(any_scheme: Scheme, losses: list[float]) -> None:
    given = some(replicas=2)
    signals = [given._replace(losses=np.array([losses] * 2), step=step, epoch=step) for step in range(4)]
    for weighed in run(any_scheme, signals):
        sound(weighed, 2, 3)


@pytest.mark.parametrize("what", ["losses", "gramian"])
def test_what_is_no_number_breaks_nothing_and_stays_with_its_replica(any_scheme: Scheme, what: str) -> None:
    given = some(replicas=2)
    values = getattr(given, what).copy()
    values[0, 1] = np.nan
    broken = given._replace(**{what: values})
    weighed = any_scheme.weigh(any_scheme.init(TASKS, 2), broken)
    whole = any_scheme.weigh(any_scheme.init(TASKS, 2), given)
    if what == "losses" or any_scheme.balances:
        assert weighed.weights[0].tolist() == [1.0, 1.0, 1.0]
    np.testing.assert_allclose(weighed.weights[1], whole.weights[1])


def test_a_task_that_has_no_label_in_the_batch_breaks_nothing(any_scheme: Scheme) -> None:
    signals = [some(step, replicas=2) for step in range(6)]
    for given in signals[1:4]:  # no row has its label: loss and gradient are 0
        for values in (given.losses, given.jacobian, given.score):
            values[:, 1] = 0.0
    signals = [signal(given.jacobian, given.losses, given.step, given.epoch) for given in signals]
    for weighed in run(any_scheme, signals):
        sound(weighed, 2, 3)
