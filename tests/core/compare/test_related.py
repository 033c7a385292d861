"""The knob of *Related or not*: what is said of sharing follows it."""

import pytest

from core.compare.part import compared
from core.compare.report import Twins, judged, twins
from core.compare.train import go_on
from core.data.columns import begin
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Source

TINY = {"trunk": [{"width": 4}], "towers": {"task A": [{"width": 4}], "task B": [{"width": 4}]}}


def told(correlation: float, labels: int, seed: int, network: dict | None = None) -> Twins:
    """Twenty networks of each; `labels` of the second task, all of the first; `seed` draws other functions and rows."""
    source = Source(kind="sample", name="related", params={"correlation": correlation, "labels": [1000, labels], "seed": seed})
    table = load(source)
    document = begin(source, table, SAMPLES["related"]).changed("training.epochs", 40).changed("replicas", 20)
    document = document.changed("data.split", {"validation": 0.2, "test": 0.2})
    if network:
        document = document.changed("network", {"trunk": network["trunk"], "towers": network["towers"]})
    document = compared(document)
    data = prepare(document, table)
    found = {part: go_on(document, part, data).outcome for part in twins(document)}
    made = judged(document, found)  # type: ignore[arg-type]
    assert made is not None
    assert made.replicas == 20
    return made


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_related_with_few_labels_sharing_helps(seed: int) -> None:
    few = told(1.0, 80, seed).tasks[1]
    assert few.gain.verdict == "helps"
    assert few.loss.verdict == "helps"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_unrelated_on_a_tiny_trunk_sharing_hurts(seed: int) -> None:
    found = told(0.0, 1000, seed, TINY)
    assert found.tasks[1].gain.verdict == "hurts"
    assert found.delta_m is not None
    assert found.delta_m < 0


@pytest.mark.slow
@pytest.mark.parametrize(("correlation", "helps"), [(0.8, True), (0.0, False)])
def test_as_the_sample_opens_the_verdict_follows_the_knob(correlation: float, helps: bool) -> None:
    """With the five networks that the page trains, and what a person finds when choosing the sample."""
    source = Source(kind="sample", name="related", params={"correlation": correlation})
    table = load(source)
    document = compared(begin(source, table, SAMPLES["related"]))
    data = prepare(document, table)
    made = judged(document, {part: go_on(document, part, data).outcome for part in twins(document)})  # type: ignore[misc]
    assert made is not None
    few = made.tasks[1]
    assert made.replicas == 5
    assert few.rows >= 30
    assert (few.gain.verdict == "helps") is helps
