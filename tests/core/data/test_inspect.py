"""What was understood of a table, as plain data and as lines."""

import json

import pandas as pd

from core.data.columns import begin
from core.data.dataset import Table
from core.data.inspect import inspect, lines
from core.experiment import Source

TABLE = Table(
    "a.csv",
    pd.DataFrame({
        "dose": [*(i / 2 for i in range(39)), None], "same": ["x"] * 40, "who\x1b[31m": [f"p{i}\x07" for i in range(40)],
        "sick": ["yes", "no"] * 20, "sign": ["?", *(str(i) for i in range(39))], "none": [None] * 40,
    }),
    ("A note.",),
)  # fmt: skip


def test_every_column_is_told_and_json_can_hold_it() -> None:
    told = inspect(begin(Source(kind="file", name="a.csv", sha256="0" * 64), TABLE), TABLE)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    dose, same, who, sick, sign, none = told["columns"]
    assert (dose["kind"], dose["role"], dose["missing"], dose["range"]) == ("number", "input", 1, [0.0, 19.0])
    assert (same["role"], who["role"], none["role"]) == ("ignore", "ignore", "ignore")
    assert same["notes"]
    assert (sick["kind"], sick["values"], sick["different"]) == ("yes-no", ["no", "yes"], 2)
    assert (sign["kind"], sign["missing"], sign["means_missing"]) == ("number", 1, ["?"])
    assert none["missing"] == 40
    assert (told["file"], told["rows"], told["notes"]) == ("a.csv", 40, ["A note."])


def test_a_line_each_and_nothing_that_a_terminal_obeys() -> None:
    told = inspect(begin(Source(kind="file", name="a.csv", sha256="0" * 64), TABLE), TABLE)
    shown = lines(told)
    assert len(shown) == 2 + len(told["findings"]) + 6
    assert all(letter.isprintable() for line in shown for letter in line)
    assert "dose: number, input; 0 to 19; 1 missing" in shown[2 + len(told["findings"])]
