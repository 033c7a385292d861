"""Far values set to a bound."""

import numpy as np
import pandas as pd
import pytest

from core.data.mends import MENDS, answered, mended
from core.errors import UserError
from core.experiment import Data

FRAME = pd.DataFrame({"age": [-50.0, 20.0, np.nan, 999.0, 5_000.0]})


def data(missing: tuple = (), column: str = "age", **bounds: float) -> Data:
    mend = {"name": "cap", "params": {"column": column, **bounds}}
    source = {"kind": "file", "name": "t.csv"}
    return Data.model_validate(
        {"source": source, "inputs": {}, "mends": [mend], "missing": {"age": missing} if missing else {}}
    )


def test_values_beyond_a_bound_become_the_bound():
    before = FRAME.copy()
    np.testing.assert_array_equal(mended(FRAME, data(high=100))["age"], [-50, 20, np.nan, 100, 100])
    np.testing.assert_array_equal(mended(FRAME, data(low=0, high=100))["age"], [0, 20, np.nan, 100, 100])
    pd.testing.assert_frame_equal(FRAME, before)


def test_what_means_missing_is_not_capped_but_missing():
    np.testing.assert_array_equal(mended(FRAME, data((999,), high=100))["age"], [-50, 20, np.nan, np.nan, 100])


def test_a_row_asked_by_hand_is_capped_too():
    assert answered(pd.DataFrame({"age": [300.0]}), data(high=100))["age"].tolist() == [100.0]


def test_it_is_told_and_refuses_what_it_cannot():
    mend, params = MENDS.resolve("cap", {"column": "age", "low": 0, "high": 1_000})
    assert mend.told(params) == "Values of age below 0 and above 1,000 are set to that bound."
    with pytest.raises(UserError, match="should have a bound"):
        mended(FRAME, data())
    with pytest.raises(UserError, match="below the high one"):
        mended(FRAME, data(low=3, high=2))
    with pytest.raises(UserError, match="column of the table"):
        mended(FRAME, data(column="nowhere", high=1))
