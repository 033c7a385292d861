import numpy as np
import pytest

from core.data.columns import begin, follow
from core.data.samples import SAMPLES, tasks_of
from core.data.samples.related import truth
from core.data.source import load
from core.errors import UserError
from core.experiment import Source


def made(**params):
    sample, checked = SAMPLES.resolve("related", params)
    return sample.table(checked)


@pytest.mark.parametrize("correlation", [-1.0, -0.5, 0.0, 0.3, 0.8, 1.0])
@pytest.mark.parametrize("seed", [0, 1])
def test_true_functions_correlate_as_asked(correlation, seed):
    _, params = SAMPLES.resolve("related", {"tasks": 4, "correlation": correlation, "seed": seed})
    x = np.random.default_rng(0).uniform(-1, 1, (100_000, 4))
    y = truth(params, x)
    np.testing.assert_allclose(y.mean(axis=0), 0, atol=0.02)
    np.testing.assert_allclose(y.var(axis=0), 1, atol=0.03)
    found = np.corrcoef(y.T)
    np.testing.assert_allclose(found[0, 1:], correlation, atol=0.02)
    np.testing.assert_allclose(found[1, 2], correlation**2, atol=0.02)


def test_noise_is_each_tasks_own():
    params = {"tasks": 3, "noise": [0, 0.5], "labels": [5000], "rows": 5000}
    _, checked = SAMPLES.resolve("related", params)
    frame = made(**params)
    stray = frame[["task A", "task B", "task C"]].to_numpy() - truth(checked, frame[["x1", "x2", "x3", "x4"]].to_numpy())
    np.testing.assert_allclose(stray.std(axis=0), [0, 0.5, 0.5], rtol=0.05, atol=1e-12)


def test_each_task_has_its_own_number_of_labels():
    frame = made(tasks=3, labels=[300, 40], rows=400)
    assert frame.count().tolist() == [400, 400, 400, 400, 300, 40, 40]
    assert made(labels=[1000, 1000], rows=50).notna().all().all()


def test_tasks_are_as_many_as_asked():
    sample, params = SAMPLES.resolve("related", {"tasks": 5})
    assert list(tasks_of(sample, params)) == ["task A", "task B", "task C", "task D", "task E"]


def test_each_task_has_its_own_setting_by_its_name():
    sample, params = SAMPLES.resolve("related", {"tasks": 3, "rows": 500})
    for name in sample.PER_TASK:
        assert params.items(name) == ("task A", "task B", "task C")
    assert params.items("rows") == ()
    assert (params.most("labels"), params.most("noise")) == (500, None)


def test_another_number_of_tasks_keeps_what_was_set():
    source = Source(kind="sample", name="related", params={"tasks": 3, "noise": [0.1, 0.2, 0.3], "labels": [500, 40, 90]})
    made = begin(source, load(source), SAMPLES["related"])
    two = source.model_copy(update={"params": {**source.params, "tasks": 2}})
    fewer = follow(made, two, load(two), SAMPLES["related"])
    assert fewer.columns == ("task A", "task B")
    again = follow(fewer, source, load(source), SAMPLES["related"])
    assert again.data == made.data
    assert load(again.data.source).frame.equals(load(source).frame)


@pytest.mark.parametrize(
    "params", [{"tasks": 1}, {"correlation": 1.1}, {"noise": "0.1, 0.1"}, {"noise": []}, {"noise": [3]}, {"labels": [3]}]
)
def test_what_cannot_be_is_refused(params):
    with pytest.raises(UserError):
        made(**params)
