"""Figures beside their bounds: what is kept, what is broken, how it is shown."""

import math

import pytest

from benchmarks.figure import Figure, short, table


@pytest.mark.parametrize(
    ("figure", "verdict", "broken"),
    [
        (Figure("x", 1.0), "", False),
        (Figure("x", 1.0, bound=1.0), "ok", False),
        (Figure("x", 1.1, bound=1.0), "OVER", True),
        (Figure("x", 29.0, bound=30.0, least=True), "UNDER", True),
        (Figure("x", 31.0, bound=30.0, least=True), "ok", False),
        (Figure("x", 1.1, bound=1.0, aim=True), "missed", False),
        (Figure("x", math.nan, bound=1.0), "OVER", True),
        (Figure("x", math.inf, bound=1.0), "OVER", True),
    ],
)
def test_a_bound_is_kept_or_broken(figure: Figure, verdict: str, broken: bool) -> None:
    assert (figure.verdict, figure.broken) == (verdict, broken)


def test_the_table_has_a_line_a_figure() -> None:
    lines = table([Figure("first", 0.25, "", 0.5), Figure("second", 400.0, "ms", 300)]).splitlines()
    assert [line.split() for line in lines] == [
        ["first", "0.25", "<=", "0.5", "ok"],
        ["second", "400", "ms", "<=", "300", "OVER"],
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.0432, "0.043"), (9.5e-7, "9.5e-07"), (1e-5, "1e-05"), (1.234, "1.23"), (54.53, "54.5"), (2000.0, "2,000")],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert short(value) == text
