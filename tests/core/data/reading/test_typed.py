"""Columns of formats that know numbers from texts: only the texts among them are looked at."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from core.data.reading.typed import settled
from core.experiment import Reading


def test_numbers_and_answers_stay_and_texts_are_settled_in_their_place():
    columns = {
        "price": np.array([f"{n},5" for n in range(20)], dtype=object),
        "n": np.arange(20),
        "ward": pa.chunked_array([["north"] * 10, [None, *["south"] * 9]]),
        "ill": np.array([True, np.nan] * 10, dtype=object),
    }
    found = settled(columns, Reading())
    assert list(found.frame) == list(columns)
    assert found.frame["price"].tolist() == [n + 0.5 for n in range(20)]
    assert found.frame["n"].tolist() == list(range(20))
    assert found.frame["ward"].isna().tolist() == [place == 10 for place in range(20)]
    assert found.frame["ill"].tolist()[0] is True
    assert found.done == {"price": "decimal comma"}
    assert "decimal mark in price" in found.notes[0]


def test_a_decimal_mark_that_was_chosen_is_heeded():
    texts = {"a": np.array(["1.234", "2.345", "3.456"], dtype=object), "b": np.arange(3)}
    assert settled(texts, Reading(decimal=",")).frame["a"].tolist() == [1234, 2345, 3456]
    assert settled(texts, Reading(decimal=".")).frame["a"].tolist() == [1.234, 2.345, 3.456]


@pytest.mark.parametrize("columns", [{}, {"n": np.arange(3)}, {"empty": np.full(3, None, dtype=object)}])
def test_nothing_to_settle_is_no_fault(columns):
    frame = settled(columns, Reading()).frame
    assert list(frame) == list(columns)
    assert isinstance(frame, pd.DataFrame)
