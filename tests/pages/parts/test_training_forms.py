"""Values that settings offer: each has a text of its own, by which Streamlit tells them apart."""

import pytest

from pages.parts.training_forms import BATCHES, PENALTIES, RATES, rate_text


@pytest.mark.parametrize("values", [RATES, PENALTIES, [*PENALTIES, 1e-7, 2e-12, 0.0123]])
def test_no_two_values_have_the_same_text(values):
    assert len({rate_text(value) for value in values}) == len(values)


@pytest.mark.parametrize(
    ("rate", "text"), [(0.0, "0"), (1e-6, "0.000001"), (3e-5, "0.00003"), (0.1, "0.1"), (10.0, "10"), (1e-7, "1e-07")]
)
def test_a_rate_is_written_as_people_write_it(rate, text):
    assert rate_text(rate) == text


def test_values_are_round_and_in_order():
    assert sorted(RATES) == RATES
    assert sorted(PENALTIES) == PENALTIES
    assert 3e-5 in RATES
    assert BATCHES[-1] is None
