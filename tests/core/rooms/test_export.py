"""The CSV has a row for each member and task, and nothing in it is a formula."""

import csv
import io

from core.rooms.export import COLUMNS, csv_of
from core.rooms.result import Result
from tests.core.runs.running import two_waves


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_for_each_member_and_task() -> None:
    made = two_waves()
    one, other = made.columns
    result = Result({one: 0.93, other: None}, 321, 12.5, 3.0)
    rows = rows_of(csv_of([("Anna", made, result, True), ("Ben", None, None, False)]))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["nickname"], row["task"], row["value"], row["handed in"]) for row in rows] == [
        ("Anna", one, "0.93", "yes"), ("Anna", other, "", "yes"), ("Ben", "", "", "no")
    ]  # fmt: skip
    assert {key: float(rows[0][key]) for key in ("epochs", "parameters")} == {"epochs": 12.5, "parameters": 321}
    assert (rows[0]["metric"], rows[0]["scheme"]) == ("r2", "equal")


def test_cells_that_begin_like_a_formula_are_only_text() -> None:
    names = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '<b>"a", b</b>']
    text = csv_of([(name, None, None, False) for name in names])
    assert [row["nickname"] for row in rows_of(text)] == ["'=1+1", "'+1+1", "'-1+1", "'@SUM(A1)", '<b>"a", b</b>']


def test_of_an_empty_room_there_are_the_names_of_the_columns() -> None:
    assert csv_of([]).strip() == ",".join(COLUMNS)
