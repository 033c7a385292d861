"""Values joined as one: the table, numbers that are classes, a row asked by hand."""

import pandas as pd
import pytest

from core.data.mends import MENDS, answered, mended
from core.errors import UserError
from core.experiment import Data

FRAME = pd.DataFrame({"kind": ["a", "b", " c ", None, "d", "a"], "code": [1.0, 2.0, 3.0, 4.0, None, -9.0]})


def data(column: str, *values: str, **more: object) -> Data:
    join = {"name": "join", "params": {"column": column, "values": values, **more}}
    return Data.model_validate({"source": {"kind": "file", "name": "t.csv"}, "inputs": {}, "mends": [join]})


def test_texts_are_joined_and_gaps_stay():
    before = FRAME.copy()
    found = mended(FRAME, data("kind", "c", "d"))["kind"]
    assert found.dropna().tolist() == ["a", "b", "other", "other", "a"]
    assert found.isna().tolist() == FRAME["kind"].isna().tolist()
    assert mended(FRAME, data("kind", "c", "d", into="rest"))["kind"].tolist()[2] == "rest"
    pd.testing.assert_frame_equal(FRAME, before)


def test_numbers_are_known_by_how_they_are_written():
    assert mended(FRAME, data("code", "3", "4"))["code"].dropna().tolist() == ["1", "2", "other", "other", "-9"]


def test_a_row_asked_by_hand_is_joined_too():
    row = pd.DataFrame({"kind": ["d"]})
    assert answered(row, data("kind", "c", "d"))["kind"].tolist() == ["other"]


def test_it_is_told_and_refuses_what_it_cannot():
    mend, params = MENDS.resolve("join", {"column": "kind", "values": ["1", "2", "3", "4"]})
    assert mend.told(params) == "“1”, “2”, “3” and 1 more in kind count as “other”."
    with pytest.raises(UserError, match="column of the table"):
        mended(FRAME, data("nowhere", "c"))
    with pytest.raises(UserError, match="should not be empty"):
        mended(FRAME, data("kind"))
