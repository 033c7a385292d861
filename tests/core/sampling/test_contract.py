"""What every sampling policy that trains one task per batch promises, whatever it goes by."""

import numpy as np
import pytest

from core.registry import bounds
from core.sampling import SAMPLING, Moment

BY_TASK = [name for name, module in SAMPLING.items() if module.BY_TASK]
IN_ORDER = {"round-robin"}
"""Goes by the order of the tasks, and so is another's when they are in another."""


def moment(counts: list[float], losses: list[float] | None = None, done: float = 0.5, before: int = 7) -> Moment:
    now = np.array(losses or [1.0] * len(counts), dtype=float)
    return Moment(np.array(counts, dtype=float), now, 2.0 * now + 0.1, done, before, 5)


MOMENTS = {
    "one task": moment([12]),
    "fifty tasks": moment([float(n + 1) for n in range(50)], [0.1 * (n + 1) for n in range(50)]),
    "one label beside a million": moment([1, 1_000_000]),
    "a loss of nothing": moment([10, 20, 30], [0.0, 1.0, 2.0]),
    "losses far apart": moment([10, 20, 30], [1e-20, 1.0, 1e20]),
    "no loss at all": moment([10, 20], [0.0, 0.0]),
    "the first epoch": moment([5, 50], done=0.0, before=0),
    "the last epoch": moment([5, 50], done=1.0, before=10_000),
}


@pytest.mark.parametrize("given", MOMENTS.values(), ids=MOMENTS)
@pytest.mark.parametrize("name", BY_TASK)
def test_chances_are_finite_and_no_less_than_nothing(name: str, given: Moment) -> None:
    module, params = SAMPLING.resolve(name)
    chances = module.chances(params, given)
    assert chances.dtype == np.float64
    assert chances.shape in {given.counts.shape, (given.batches, *given.counts.shape)}
    assert np.isfinite(chances).all()
    assert (chances >= 0.0).all()


@pytest.mark.parametrize("given", MOMENTS.values(), ids=MOMENTS)
@pytest.mark.parametrize("name", sorted(set(BY_TASK) - IN_ORDER))
def test_tasks_in_another_order_have_the_same_chances(name: str, given: Moment) -> None:
    module, params = SAMPLING.resolve(name)
    order = np.random.default_rng(0).permutation(len(given.counts))
    turned = given._replace(counts=given.counts[order], losses=given.losses[order], first=given.first[order])
    left, right = (np.atleast_2d(module.chances(params, each)) for each in (given, turned))
    np.testing.assert_allclose(right, left[:, order], rtol=1e-9)


@pytest.mark.parametrize("name", BY_TASK)
def test_what_it_is_given_stays_as_it_was_and_the_same_gives_the_same(name: str) -> None:
    module, params = SAMPLING.resolve(name)
    given = moment([3, 30, 300], [0.5, 0.1, 2.0])
    before = [part.copy() for part in given[:3]]
    first, second = module.chances(params, given).copy(), module.chances(params, given)
    np.testing.assert_array_equal(first, second)
    for part, copy in zip(given[:3], before, strict=True):
        np.testing.assert_array_equal(part, copy)


@pytest.mark.parametrize("name", SAMPLING)
def test_it_says_what_it_is(name: str) -> None:
    module, params = SAMPLING.resolve(name)
    assert module.TITLE
    assert module.HELP.endswith(".")
    assert isinstance(module.FORMULA, str)
    for field in type(params).model_fields.values():
        assert field.description
        assert field.annotation is not float or bounds(field.metadata)[0] is not None


@pytest.mark.parametrize("name", BY_TASK)
def test_at_the_ends_of_its_parameters_it_still_gives_chances(name: str) -> None:
    module, params = SAMPLING.resolve(name)
    for field, info in type(params).model_fields.items():
        for bound in bounds(info.metadata):
            if info.annotation in (int, float) and bound is not None:
                edge = type(params)(**{field: info.annotation(bound)})
                chances = module.chances(edge, moment([1, 50, 100_000], [0.01, 1.0, 50.0]))
                assert np.isfinite(chances).all(), (field, bound)
                assert (chances >= 0.0).all(), (field, bound)
