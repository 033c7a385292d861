import time

import numpy as np
import pytest

from core.data.columns import begin, follow
from core.data.prepare import prepare
from core.data.samples import SAMPLES, tasks_of
from core.data.source import load
from core.errors import UserError
from core.experiment import Source


def made(**params):
    sample, checked = SAMPLES.resolve("own-function", params)
    return sample.table(checked)


def names(**params):
    sample, checked = SAMPLES.resolve("own-function", params)
    return list(tasks_of(sample, checked))


def test_the_curve_is_what_was_typed():
    frame = made(noise=0)
    np.testing.assert_allclose(frame["sin(3*x) + x**2/4"], np.sin(3 * frame["x"]) + frame["x"] ** 2 / 4)


def test_a_second_formula_is_a_second_task_on_the_same_x():
    frame = made(noise=0, function="x^2", second=" step( x ) ")
    assert list(frame.columns) == ["x", "x^2", "step( x )"]
    np.testing.assert_allclose(frame["step( x )"], frame["x"] >= 0)


def test_tasks_are_named_after_their_formula():
    assert names(function="x") == ["y = x"]
    assert names(function="x", second="x") == ["y = x", "y = x (2)"]
    long = "+".join(["sin(x)"] * 20)
    first, second = names(function=long, second=long + "+1")
    assert len(first) == len(second) == 40
    assert first != second
    assert first.startswith("sin(x)+sin(x)")


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"function": "1/x"}, "divide by 0"),
        ({"function": ""}, "There should be a formula"),
        ({"second": "log(x)"}, "none at x = -3 to 0"),
        ({"function": "import os"}, "names that are known"),
        ({"function": "x" * 10_000}, "200 characters"),
        ({"function": 3}, "text"),
    ],
)
def test_what_is_no_formula_is_refused(params, words):
    began = time.process_time()
    with pytest.raises(UserError, match=words):
        made(**params)
    assert time.process_time() - began < 0.1


def test_a_formula_may_hold_over_one_range_and_not_another():
    assert len(made(function="log(x)", low=0.5)) == 200
    with pytest.raises(UserError, match="Change the formula or the range"):
        made(function="log(x)", low=-0.5)


def test_another_formula_keeps_the_layers_and_a_second_one_brings_its_own():
    sample, source = SAMPLES["own-function"], Source(kind="sample", name="own-function")
    first = begin(source, load(source), sample)
    other = source.model_copy(update={"params": {"function": "abs(x)"}})
    found = follow(first, other, load(other), sample)
    assert found.columns == ("abs(x)",)
    assert found.tower("abs(x)") == first.tower("sin(3*x) + x**2/4")
    both = other.model_copy(update={"params": {"function": "abs(x)", "second": "step(x)", "noise": 0}})
    two = follow(found, both, load(both), sample)
    assert [(task.column, task.kind) for task in two.tasks] == [("abs(x)", "regression"), ("step(x)", "regression")]
    assert two.tower("step(x)") == first.tower("sin(3*x) + x**2/4")
    assert follow(two, other, load(other), sample) == found


def test_points_of_the_second_task_wait_while_there_is_none():
    points = [(1, 0, 2), (1, 1, 2)]
    sample, params = SAMPLES.resolve("own-function", {"points": points})
    assert (len(sample.table(params)), sample.always(params)) == (202, 2)
    sample, params = SAMPLES.resolve("own-function", {"points": points, "second": "x"})
    assert (len(sample.table(params)), sample.always(params)) == (202, 2)
    source = Source(kind="sample", name="own-function", params={"points": points})
    found = prepare(begin(source, load(source), sample), load(source))
    assert found.train.shape == (1, 121)
    assert found.origin[-1] == 200
