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


def test_train_says_how_many_rows_have_each_label(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "half.csv"
    rows = [f"{i % 11},{i % 7},{i % 3 % 2 if i % 2 else ''},{i % 5 / 2 if i > 9 else ''}" for i in range(80)]
    path.write_text("\n".join(["a,b,sick,dose", *rows]))
    words = ["train", str(path), "--tasks", "sick,dose", "--epochs", "1"]
    assert main(words) == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["sick: 40 of 80 rows have a label", "dose: 70 of 80 rows have a label"]
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["labelled"]) == (80, {"sick": 40, "dose": 70})
    assert set(told["test"]) == {"sick", "dose"}


def test_how_a_file_was_read_is_said_in_words(typed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(typed), "--rows", "40"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    how = "text, UTF-8, semicolon between cells, decimal comma, names in its first line, 40 of its rows drawn at random"
    assert first == f"mine.csv: 40 rows, 3 columns (read as {how})"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "A command should be given, such as inspect or train."),
        (("frob",), "The command should be one that there is. Found “frob”."),
        (("inspect",), "There should be a FILE."),
        (("train", "a.csv", "--rows", "few"), "--rows should be a whole number. Found “few”."),
        (("train", "a.csv", "--rows"), "--rows should have a value behind it."),
        (("inspect", "a.csv", "--bogus"), "There should be nothing else on the line. Found “--bogus”."),
        (("schemes", "--json", "--markdown"), "--markdown and --json should not be given together."),
    ],
)
def test_what_is_wrong_with_the_words_is_said_plainly(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(list(words)) == 2
    assert capsys.readouterr().err.startswith(f"error: {told} See python -m core")


def test_a_task_that_is_no_column_or_none_at_all_is_said_in_words_of_the_command_line(
    tmp_path: Path, typed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(typed)]) == 2
    assert "Name columns to predict: --tasks A,B." in capsys.readouterr().err
    path = tmp_path / "odd.csv"
    path.write_bytes(typed.read_bytes().replace(b"dose", b"do\x1b[31mse"))
    assert main(["train", str(path), "--tasks", "ill"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: --tasks should name columns of the table: who, do")
    assert "Found “ill”" in error
    assert "\x1b" not in error


def test_a_wrong_decimal_mark_is_named_where_a_task_has_too_many_classes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "comma.csv"
    path.write_text("\n".join(["wert;alter", *(f"{i / 4:.2f};{i % 50}".replace(".", ",") for i in range(400))]))
    assert main(["train", str(path), "--decimal", ".", "--tasks", "wert"]) == 2
    error = capsys.readouterr().err
    assert "at most 200 classes. Found 400, which look like numbers with a decimal comma" in error
    assert "Read the file with a decimal comma" in error
