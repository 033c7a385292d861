"""Both answers are weighted sums of the ten inputs, and the sample's network finds them."""

import numpy as np
import pytest

from core.data.samples import SAMPLES
from core.data.samples import ten_inputs as sample
from tests.core.data.samples.lessons import lesson, mean, trained


def test_without_noise_each_answer_is_its_weighted_sum_cut_at_zero() -> None:
    frame = sample.table(sample.Params(noise=0.0))
    for task, weights in sample.WEIGHTS.items():
        above = frame[list(sample.NAMES)].to_numpy() @ np.array(weights) > 0
        assert (frame[task].eq("yes") == above).all()


def test_both_answers_are_about_as_often_yes_as_no_and_noise_turns_some() -> None:
    _, params = SAMPLES.resolve("ten-inputs")
    frame, clean = sample.table(params), sample.table(sample.Params(noise=0.0))
    assert len(frame) == 1000
    for task in sample.TASKS:
        assert 0.45 < frame[task].eq("yes").mean() < 0.55
        assert 0.03 < (frame[task] != clean[task]).mean() < 0.15


def test_the_sums_vary_as_the_help_says() -> None:
    frame = sample.table(sample.Params(rows=20_000))[list(sample.NAMES)].to_numpy()
    for weights in sample.WEIGHTS.values():
        assert (frame @ np.array(weights)).std() == pytest.approx(1.6, abs=0.15)


def test_it_opens_with_outputs_straight_from_the_inputs_and_learns_both() -> None:
    document = lesson("ten-inputs")
    assert document.network.trunk == ()
    assert [document.tower(column) for column in document.columns] == [(), ()]
    found = trained("ten-inputs", 2)["test"]
    for task in sample.TASKS:
        assert mean(found[task]["accuracy"]) > 0.85
        assert mean(found[task]["auroc"]) > 0.93
