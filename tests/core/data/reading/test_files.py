"""Files as people have them, each with what must be understood of it: `tests/data/` and its `expected.json`.

An entry has `refused` (words of the sentence), or the format, the choices made, and each column's kind, first cells (null where
missing) and number of missing cells, values that are proposed as missing among them; `notes` are words that stand in some note.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from core.data.infer import kind_of, missing_marks
from core.data.reading import read
from core.data.values import texts
from core.errors import UserError

FOLDER = Path(__file__).parents[3] / "data"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
TABLES = {name: each for name, each in EXPECTED.items() if "refused" not in each}
REFUSED = {name: each["refused"] for name, each in EXPECTED.items() if "refused" in each}
CHOICES = ("encoding", "delimiter", "decimal", "header", "skip", "sheet")


def test_every_file_is_expected_and_small() -> None:
    files = {path.name: path.stat().st_size for path in FOLDER.iterdir() if path.name != "expected.json"}
    assert files.keys() == EXPECTED.keys()
    assert len(files) >= 40
    assert max(size for name, size in files.items() if name.endswith((".csv", ".txt", ".tsv", ".zip", ".gz"))) < 4_000


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("as_path", [True, False], ids=["path", "bytes"])
def test_what_is_understood(name: str, as_path: bool) -> None:
    expected, path = TABLES[name], FOLDER / name
    table = read(path if as_path else path.read_bytes(), name)
    found = table.understood
    assert found is not None
    assert (found.kind, found.packed, found.rows) == (expected["format"], expected["packed"], expected["rows"])
    assert len(table.frame) == expected["rows"]
    for choice in CHOICES:
        if choice in expected:
            assert getattr(found.reading, choice) == expected[choice], choice
    assert list(table.frame) == list(expected["columns"])
    for column, what in expected["columns"].items():
        values = table.frame[column]
        marks = missing_marks(values)
        assert kind_of(values, marks) == what["kind"], column
        assert [None if pd.isna(cell) else cell for cell in values.tolist()[: len(what["cells"])]] == what["cells"], column
        assert pd.isna(texts(values, marks)).sum() == what["missing"], column
    for words in expected["notes"]:
        assert any(words in note for note in table.notes), (words, table.notes)
    assert len(set(table.notes)) == len(table.notes)


@pytest.mark.parametrize("name", TABLES)
def test_what_was_decided_can_be_asked_for(name: str) -> None:
    """Every choice that was made, given back as a person's, gives the same table."""
    table = read(FOLDER / name, name)
    assert table.understood is not None
    again = read(FOLDER / name, name, table.understood.reading)
    pd.testing.assert_frame_equal(again.frame, table.frame)
    assert again.understood is not None
    assert again.understood.reading == table.understood.reading


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(UserError) as caught:
        read(FOLDER / name, name)
    told = str(caught.value)
    for words in REFUSED[name]:
        assert words in told
    assert caught.value.expected
    assert caught.value.found
    assert caught.value.fix
    assert len(told) < 400
    assert "\n" not in told
