"""Files on the command line: what `inspect` says, what `train` understands alike, one line for every file that is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.__main__ import main
from tests.core.data.reading.test_files import FOLDER, REFUSED, TABLES

TYPED = b"who;dose;sick\n" + b"".join(
    b"p%d;%d,5;%s\n" % (i, -9 if i % 9 == 0 else i % 13, b"ja" if i % 13 > 5 else b"nein") for i in range(90)
)


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_bytes(TYPED)
    return path


def inspected(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    assert main(["inspect", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("command", ["inspect", "train"])
def test_a_refused_file_is_one_line_and_exit_code_2(name: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, str(FOLDER / name)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("error: ")
    assert told.err.count("\n") == 1
    assert all(words in told.err for words in REFUSED[name])


@pytest.mark.parametrize("name", TABLES)
def test_inspect_says_the_same_as_the_pages_understand(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = inspected(capsys, FOLDER / name)
    assert told["rows"] == TABLES[name]["rows"]
    assert [column["name"] for column in told["columns"]] == list(TABLES[name]["columns"])
    if name != "huge.csv":  # whose numbers are beyond use, as its note says
        missing = {column["name"]: column["missing"] for column in told["columns"]}
        assert missing == {column: what["missing"] for column, what in TABLES[name]["columns"].items()}
    assert main(["inspect", str(FOLDER / name)]) == 0
    text = capsys.readouterr().out
    assert text.count("\n") == 1 + len(told["notes"]) + len(told["findings"]) + len(told["columns"])
    assert all(letter.isprintable() or letter == "\n" for letter in text)


def test_each_column_has_kind_role_range_and_notes(typed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = inspected(capsys, typed)
    assert told["read"]["delimiter"] == ";"
    who, dose, sick = told["columns"]
    assert (who["role"], bool(who["notes"])) == ("ignore", True)
    assert (dose["kind"], dose["role"], dose["range"]) == ("number", "input", [-9.5, 12.5])
    assert (sick["kind"], sick["values"], sick["different"]) == ("yes-no", ["ja", "nein"], 2)


def test_what_means_missing_and_how_to_read_can_be_said(typed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [each["missing"] for each in inspected(capsys, typed, "--missing", "-9.5", "--missing", "ja")["columns"]] == [
        0,
        10,
        48,
    ]
    bare = inspected(capsys, typed, "--no-header", "--delimiter", ";", "--encoding", "latin-1")
    assert [each["name"] for each in bare["columns"]] == ["column 1", "column 2", "column 3"]
    assert bare["rows"] == 91
    assert inspected(capsys, typed, "--rows", "40")["rows"] == 40
    assert inspected(capsys, typed, "--decimal", ".")["columns"][1]["kind"] == "category"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--delimiter", "::"), "--delimiter should be one of , ; | tab space"),
        (("--encoding", "klingon"), "--encoding should be utf-8, utf-16"),
        (("--rows", "0"), "--rows should be at least 1"),
        (("--sheet", "2020"), ""),
    ],
)
def test_what_no_file_is_read_with_is_said(
    words: tuple[str, ...], told: str, typed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["inspect", str(typed), *words])
    error = capsys.readouterr().err
    assert code == (2 if told else 0)
    assert told in error


def test_train_understands_as_inspect_does(typed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    words = [str(typed), "--tasks", "sick", "--missing", "-9.5", "--epochs", "3", "--out", str(out)]
    assert main(["train", *words]) == 0
    document = json.loads(out.read_text())["experiment"]
    assert document["data"]["inputs"] == {"dose": "number"}
    assert document["data"]["everywhere"] == [-9.5]
    assert main(["train", str(typed), "--tasks", "column 3", "--no-header", "--delimiter", ";", "--epochs", "1"]) == 0


def test_a_hospital_table_trains_both_tasks_on_the_rows_that_have_their_label(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    words = [str(FOLDER / "hospitals.csv"), "--tasks", "outcome,readmitted", "--epochs", "3", "--out", str(out)]
    assert main(["train", *words]) == 0
    found = json.loads(out.read_text())
    assert "patient_id" not in found["experiment"]["data"]["inputs"]
    assert {"hospital", "age", "sex", "smoker", "lactate"} <= set(found["experiment"]["data"]["inputs"])
    last = {row["task"]: row["loss"] for row in found["history"] if (row["epoch"], row["split"]) == (3, "train")}
    first = {row["task"]: row["loss"] for row in found["history"] if (row["epoch"], row["split"]) == (0, "train")}
    assert all(last[task] < first[task] for task in ("outcome", "readmitted"))
