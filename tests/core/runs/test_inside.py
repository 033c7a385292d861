"""Rows of a table on their way, as a worker tells them: which rows, with which cells, of which network, with which weights."""

import base64
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import presets
from core.data.columns import begin as begin_with
from core.data.columns import mark
from core.data.source import load
from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment, Source
from core.runs import slice as work
from core.runs.inside import CELLS, inside, weights_of
from core.runs.slice import prepared
from core.training.walkthrough import MOST
from tests.core.runs.running import two_waves


def begun(document: Experiment) -> work.Begun:
    return work.begin(document, "")


def numbers(walk: dict[str, Any], key: str) -> np.ndarray:
    told = walk["matrices"][key]
    return np.frombuffer(base64.b64decode(told["bytes"]), f"<{told['kind']}").reshape(told["shape"])


def test_rows_are_told_by_their_numbers_with_cells_and_part() -> None:
    document = two_waves()
    frame = load(document.data.source).frame
    walk = inside(begun(document).checkpoint, "", [7, 2], 0, 0, [1.0, 1.0])
    assert [row["number"] for row in walk["table"]] == [8, 3]
    assert [float(row["cells"]["x"]) for row in walk["table"]] == pytest.approx(frame["x"].iloc[[7, 2]].tolist(), rel=1e-5)
    dataset, _ = prepared(document, "")
    for row in walk["table"]:
        assert bool((dataset.rows(row["part"])[0] == row["number"] - 1).any())
    np.testing.assert_allclose(numbers(walk, "v0"), dataset.features[0, [7, 2]].numpy())
    assert (walk["of"], walk["step"]) == (len(frame), 0)


def test_rows_onward_are_the_next_ones_with_an_answer_and_begin_anew_at_the_end() -> None:
    document = two_waves()
    point = begun(document).checkpoint
    rows = [row["number"] for row in inside(point, "", [10], 4, 0, [1.0, 1.0])["table"]]
    assert rows == [11, 12, 13, 14]
    last = len(load(document.data.source).frame)
    assert [row["number"] for row in inside(point, "", [last - 2], 4, 0, [1.0, 1.0])["table"]] == [last - 1, last]
    assert len(inside(point, "", [0], 99, 0, [1.0, 1.0])["table"]) == MOST


def test_a_sample_with_texts_tells_words_and_what_the_reader_gives() -> None:
    document = presets.load("reviews").changed("network.text.reader", "mean")
    walk = inside(begun(document).checkpoint, "", [0, 1, 2], 0, 0, [1.0, 1.0])
    words = next(step for step in walk["steps"] if step["kind"] == "words")
    text = walk["table"][0]["cells"]["text"].lower()
    assert words["words"][0]
    assert all(word in text or word == "an unknown word" for word in words["words"][0])
    looked_up, read = numbers(walk, words["out"]), numbers(walk, "v2")
    for row, own in enumerate(words["words"]):
        np.testing.assert_allclose(looked_up[row, : len(own)].mean(0), read[row], rtol=1e-6)
    assert numbers(walk, "v0").shape == (3, 0)


def test_of_a_wide_table_some_columns_are_told() -> None:
    document = two_waves().changed("data.source", {"kind": "sample", "name": "digits"})
    frame = load(document.data.source).frame
    columns = {name: "number" for name in frame.columns if name not in ("digit", "parity")}
    document = document.changed("network.towers", {}).changed("tasks", [{"column": "digit", "kind": "multiclass"}])
    document = document.changed("data.inputs", columns)
    walk = inside(begun(document).checkpoint, "", [0], 0, 0, [1.0])
    assert len(walk["table"][0]["cells"]) == CELLS < len(columns)
    assert numbers(walk, "v0").shape == (1, len(columns))


def test_of_an_own_file_rows_without_an_answer_are_passed_over(tmp_path: Path) -> None:
    lines = [
        f"{row % 7},{'' if row == 3 else 'red' if row % 2 else 'blue'},{'' if row in (2, 3) else row % 5}" for row in range(40)
    ]
    store = Store(tmp_path)
    source = Source(kind="file", name="own.csv", sha256=store.put("\n".join(["size,colour,price", *lines]).encode()))
    table = load(source, store)
    document = mark(begin_with(source, table), table, "price", "task")
    document = mark(document, table, "colour", "input")
    point = work.begin(document, str(tmp_path)).checkpoint
    walk = inside(point, str(tmp_path), [1], 3, 0, [1.0])
    assert [row["number"] for row in walk["table"]] == [2, 5, 6]
    assert walk["table"][0]["cells"] == {"size": "1", "colour": "red"}
    assert walk["of"] == 40
    with pytest.raises(UserError, match="row 4 has none"):
        inside(point, str(tmp_path), [3], 0, 0, [1.0])


@pytest.mark.parametrize(("rows", "lane"), [([], 0), ([10_000], 0), ([-1], 0), (list(range(9)), 0), ([0], 1), ([0], -1)])
def test_rows_and_networks_that_there_are_not_are_refused(rows: list[int], lane: int) -> None:
    with pytest.raises(UserError):
        inside(begun(two_waves()).checkpoint, "", rows, 0, lane, [1.0, 1.0])


def test_weights_are_those_of_the_network_that_is_looked_at() -> None:
    record = {"weights": [[1.0, 2.0], [3.0, 4.0]], "twin": {"weights": [[5.0, 6.0], [7.0, 8.0]]}}
    assert [weights_of(record, 2, lane) for lane in range(4)] == [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]
