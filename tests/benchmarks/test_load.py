"""The load test's own arithmetic, and where its visitors move sliders to."""

import math
import random

import pytest
from streamlit.proto.Slider_pb2 import Slider

from benchmarks.load import elsewhere, percentile

RATES = ["0.00001", "0.00003", "0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1"]


def test_percentiles() -> None:
    values = [float(i) for i in range(100, 0, -1)]
    assert (percentile(values, 95), percentile(values, 50), percentile(values, 100)) == (95.0, 50.0, 100.0)
    assert percentile([7.0], 95) == 7.0
    assert math.isnan(percentile([], 95))


@pytest.mark.parametrize("seed", range(20))
def test_a_slider_is_moved_to_another_of_its_values(seed: int) -> None:
    value = elsewhere(Slider(id="n", value=[0.1], min=0.0, max=2.0, step=0.05), random.Random(seed))
    assert value != 0.1
    assert value in [round(0.05 * place, 6) for place in range(41)]


@pytest.mark.parametrize("seed", range(20))
def test_options_are_moved_where_no_run_explodes(seed: int) -> None:
    slider = Slider(id="r", raw_value=["0.01"], options=RATES)
    assert elsewhere(slider, random.Random(seed)) in {"0.0003", "0.001", "0.003", "0.03"}
