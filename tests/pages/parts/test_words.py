"""Numbers in one style."""

import pytest

from pages.parts.words import amount, short, spread


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"), (float("nan"), "–"), (0.0, "0.000"), (0.113, "0.113"), (0.08969, "0.090"), (-0.5, "−0.500"), (1, "1.000"),
        (12.345, "12.35"), (345.67, "345.7"), (-12345.6, "−12,346"), (0.0000123, "1.2e−5"), (2.5e7, "2.5e7"), (9.9996, "10.00"),
    ],
)  # fmt: skip
def test_measured_numbers(value, text):
    assert short(value) == text


def test_a_score_next_to_nothing_stays_in_style():
    assert [short(0.00044, fixed=True), short(-0.00044, fixed=True)] == ["0.000", "0.000"]
    assert short(-2.5e7, fixed=True) == "−2.5e7"


def test_numbers_of_the_table_stay_whole():
    assert [amount(29.0), amount(-1200), amount(6.25, "mmol/l"), amount(None)] == ["29", "−1,200", "6.25 mmol/l", "–"]


def test_a_range_where_there_is_one():
    assert spread([0.5, 0.5, 0.5], "cm") == "0.500 cm"
    assert spread([-0.5, -1.0, 0.01]) == "−0.500 (−1.000 to 0.010)"
