import pickle

import numpy as np
import pytest

from core.data.reading import limits
from core.data.reading.limits import TooLarge, check_bytes, check_columns, check_rows, chosen, sampled
from core.errors import UserError


def test_over_a_limit_it_says_by_how_much_and_offers_a_sample() -> None:
    with pytest.raises(
        TooLarge, match="at most 200 MB. Found 250.0 MB, which is 50.0 MB over. Take a random sample of"
    ) as caught:
        check_bytes(250_000_000, 1_000_000)
    assert caught.value.rows == 200_000
    with pytest.raises(TooLarge, match="1 bytes over"):
        check_bytes(limits.MAX_BYTES + 1)
    with pytest.raises(TooLarge, match="at most 2,000,000 rows. Found 2,500,000, which is 500,000 over"):
        check_rows(2_500_000)
    with pytest.raises(UserError, match="at most 2,000 columns. Found 2,001, which is 1 over"):
        check_columns(2_001)
    check_bytes(limits.MAX_BYTES)
    check_rows(limits.MAX_ROWS)
    check_columns(limits.MAX_COLUMNS)


@pytest.mark.parametrize(("columns", "words"), [(1, "one column"), (0, "no column")])
def test_a_table_needs_two_columns(columns: int, words: str) -> None:
    with pytest.raises(UserError, match=f"at least two columns.*{words}"):
        check_columns(columns)


def test_what_is_offered_is_no_larger_than_the_limit_itself() -> None:
    with pytest.raises(TooLarge) as caught:
        check_bytes(400_000_000, 100)  # 4 MB a row
    assert caught.value.rows == 25


def test_it_travels_whole() -> None:
    error = pickle.loads(pickle.dumps(TooLarge("a", "b", "c", "d", 7)))  # noqa: S301 (as the pool does it)
    assert isinstance(error, TooLarge)
    assert (str(error), error.path, error.rows) == ("a Found b. c", "d", 7)


def test_rows_are_drawn_without_repetition_in_order_and_the_same_every_time() -> None:
    rows = chosen(1_000, 100)
    assert len(rows) == 100
    assert (np.diff(rows) > 0).all()
    assert 0 <= rows[0] < 100
    assert 900 < rows[-1] < 1_000
    assert (chosen(1_000, 100) == rows).all()
    assert chosen(5, 10).tolist() == [0, 1, 2, 3, 4]


def test_a_sample_is_told() -> None:
    assert sampled(1_000, 100) == ("These are 100 of the file's 1,000 rows, drawn at random.",)
    assert sampled(100, 100) == sampled(100, None) == ()
