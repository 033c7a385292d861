"""How large a file may be, and the random rows that stand for it where it is larger. Knows nothing of formats."""

import numpy as np

from core.errors import UserError

MAX_BYTES, MAX_ROWS, MAX_COLUMNS = 200_000_000, 2_000_000, 2_000
OFFERED = 200_000  # so many rows are offered in place of all
SEED = 0  # the same file gives the same rows, every time


class TooLarge(UserError):  # noqa: N818 (it is a UserError, told apart by what is wrong)
    """A file over a limit, of which some rows could be drawn at random. rows: how many to offer."""

    def __init__(self, expected: str, found: str = "", fix: str = "", path: str = "", rows: int = OFFERED) -> None:
        super().__init__(expected, found, fix, path)
        self.rows = rows

    def __reduce__(self) -> tuple:
        return (TooLarge, (self.expected, self.found, self.fix, self.path, self.rows))


def check_bytes(size: int, lines: int = 2 * OFFERED) -> None:
    """Raises `TooLarge` for a file of more than `MAX_BYTES`. lines: about how many rows there are to draw from."""
    if size > MAX_BYTES:
        rows = max(1, min(OFFERED, lines * MAX_BYTES // (2 * size)))
        raise TooLarge(
            f"A file should have at most {MAX_BYTES / 10**6:,.0f} MB.",
            f"{size / 10**6:,.1f} MB, which is {_over(size, MAX_BYTES)} over",
            f"Take a random sample of {rows:,} rows, or a part of the file.",
            rows=rows,
        )


def check_rows(rows: int) -> None:
    """Raises `TooLarge` for more than `MAX_ROWS`."""
    if rows > MAX_ROWS:
        offered = min(OFFERED, MAX_ROWS)
        raise TooLarge(
            f"A table should have at most {MAX_ROWS:,} rows.",
            f"{rows:,}, which is {rows - MAX_ROWS:,} over",
            f"Take a random sample of {offered:,} rows, or a part of the file.",
            rows=offered,
        )


def check_columns(columns: int) -> None:
    """Raises `UserError` for more than `MAX_COLUMNS`, and for fewer than two."""
    if columns > MAX_COLUMNS:
        raise UserError(
            f"A table should have at most {MAX_COLUMNS:,} columns.",
            f"{columns:,}, which is {columns - MAX_COLUMNS:,} over",
            "Leave some of them out.",
        )
    if columns < 2:
        raise UserError(
            "A table should have at least two columns: one to learn from, and one to predict.",
            "one column" if columns else "no column",
            "Choose another file, or another mark between the cells.",
        )


def chosen(total: int, wanted: int) -> np.ndarray:
    """Which rows to take: `wanted` of the numbers below `total`, int64 in rising order; all of them where there are no more."""
    if wanted >= total:
        return np.arange(total)
    return np.sort(np.random.default_rng(SEED).choice(total, wanted, replace=False, shuffle=False))


def sampled(total: int, wanted: int | None) -> tuple[str, ...]:
    """The note on a table that is a sample; none where all rows were taken."""
    if wanted is None or wanted >= total:
        return ()
    return (f"These are {wanted:,} of the file's {total:,} rows, drawn at random.",)


def _over(size: int, limit: int) -> str:
    over = size - limit
    return f"{over / 10**6:,.1f} MB" if over >= 100_000 else f"{over:,} bytes"
