"""CSV for spreadsheets: what begins like a formula is never one."""

import csv
import io

import pandas as pd
import pytest

from core.data.spreadsheet import harmless, to_csv


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", " =1", "\r=1", "|x", "%0A"])
def test_a_formula_becomes_a_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "-3.5", "+7", "-1e5", "köln", "'=1"])
def test_everything_else_stays(text: str) -> None:
    assert harmless(text) == text


def test_names_and_cells_are_harmless_and_all_others_come_back() -> None:
    frame = pd.DataFrame(
        {"=x": ["=1", "b", None, "-2"], "n": [1.5, -2.0, float("nan"), 0.25], "yes": [True, False, True, True]},
        index=[5, 6, 7, 9],
    )
    rows = list(csv.reader(io.StringIO(to_csv(frame))))
    assert rows == [
        ["'=x", "n", "yes"],
        ["'=1", "1.5", "True"],
        ["b", "-2.0", "False"],
        ["", "", "True"],
        ["-2", "0.25", "True"],
    ]
