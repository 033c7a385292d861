"""What findings look at: all rows of a short table, a fixed sample of a long one."""

import numpy as np
import pandas as pd

from core.data.findings import Look
from core.data.findings._look import ROWS
from tests.core.data.findings.looking import opened


def test_a_short_table_is_looked_at_whole():
    document, table = opened(pd.DataFrame({"a": [1.5, 2.5, np.nan] * 20, "b": ["x", "y", "?"] * 20}), "b")
    look = Look(document, table)
    assert look.frame is table.frame
    assert (look.sampled, look.share, look.about, look.rows(3), look.rows(1)) == (False, 1.0, "", "3 rows", "1 row")
    assert look.others == ["a"]
    assert look.guessed == {"b": ("?",)}
    assert list(look.codes("b")[1]) == ["x", "y"]
    assert (look.codes("b")[0] == -1).sum() == 20
    assert look.missing("b") == look.missing("a") == 1 / 3


def test_of_a_long_table_a_fixed_sample_is_and_says_so():
    frame = pd.DataFrame({"a": np.arange(3 * ROWS) * 0.5, "b": np.arange(3 * ROWS) % 3})
    document, table = opened(frame, "b")
    look, again = Look(document, table), Look(document, table)
    assert len(look.frame) == ROWS
    assert look.frame.index.is_monotonic_increasing
    pd.testing.assert_frame_equal(look.frame, again.frame)
    assert look.rows(412) == "about 1,200 rows"
    assert look.about == "about "


def test_of_a_wide_table_fewer_rows_are_looked_at():
    document, table = opened(pd.DataFrame(np.zeros((12_000, 1_000)), columns=[f"c{i}" for i in range(1_000)]))
    assert len(Look(document, table).frame) == 10_000
