import pytest
import torch

from core.data.columns import begin
from core.data.describe import describe
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.errors import UserError
from core.experiment import Source


def prepared(points, **split):
    source = Source(kind="sample", name="own-points", params={"points": points})
    table = load(source)
    experiment = begin(source, table, SAMPLES["own-points"])
    for key, value in split.items():
        experiment = experiment.changed(f"data.split.{key}", value)
    assert isinstance(describe(experiment, table), list)
    return prepare(experiment, table)


@pytest.mark.parametrize("count", [2, 3, 4, 9, 10, 500])
@pytest.mark.parametrize("split", [{}, {"vary": True}, {"validation": 0.0, "test": 0.0}])
def test_two_points_are_enough_and_all_train(count, split):
    found = prepared([(i, 0, i % 2) for i in range(count)], **split)
    assert found.train[0].tolist() == [*range(count)]
    assert found.validation.shape == found.test.shape == found.outside.shape == (1, 0)
    assert bool(found.features.isfinite().all())
    assert torch.allclose(found.targets[0].to_units(found.targets[0].values)[0], torch.arange(count) % 2 * 1.0, atol=1e-5)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([], "points to learn from. Found none. Click into the picture to add points."),
        ([(1, 0, 1)], "at least two. Found one. Click into the picture once more, further left or right."),
        (
            [(1, 0, 1), (1, 0, 2), (1, 0, 3)],
            "The points should differ in x. Found all at x = 1. Click into the picture, further left or right.",
        ),
        ([(1, 0, 2), (3, 0, 2)], "The points should differ in y. Found all at y = 2. Click into the picture, higher or lower."),
    ],
)
def test_too_few_points_are_told_so(points, words):
    with pytest.raises(UserError) as refused:
        prepared(points)
    assert words in str(refused.value)


@pytest.mark.parametrize("points", [[(1, 1, 1)], [(float("nan"), 0, 1)], [(1, 0, 1)] * 501, [(1, 0, 1e7)], [(1, 0)], "x"])
def test_what_cannot_be_is_refused(points):
    with pytest.raises(UserError):
        SAMPLES.resolve("own-points", {"points": points})


def test_a_range_to_learn_from_leaves_the_others_out():
    found = prepared([(0, 0, 1), (1, 0, 2), (5, 0, 3)], learn_from=[-1, 2])
    assert (found.train[0].tolist(), found.outside[0].tolist()) == ([0, 1], [2])
    with pytest.raises(UserError, match="at least 2 training rows"):
        prepared([(0, 0, 1), (5, 0, 3)], learn_from=[-1, 2])
