"""The command line: everything a run can be made from, what it writes, and one line for what is wrong."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from core import presets
from core.__main__ import main
from core.data.columns import begin, mark
from core.data.samples import SAMPLES
from core.data.source import load
from core.data.store import Store
from core.experiment import Source
from core.training import outcome
from core.training.metrics import METRICS

WHOLE = b'{"version": 1, "tasks": [], "data": {"source": {"kind": "sample", "name": "wine"}, "inputs": {}}}'


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "result.json"


@pytest.fixture
def saved(tmp_path: Path, csv: Path) -> Path:
    """What the app saves of an experiment on an own file."""
    path, store = tmp_path / "experiment.json", Store(tmp_path / "elsewhere")
    source = Source(kind="file", name=csv.name, sha256=store.put(csv.read_bytes()))
    table = load(source, store)
    made = mark(begin(source, table), table, "sick", "task").changed("training.epochs", 1)
    path.write_text(made.to_json())
    return path


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    """Two measurements and two answers, with a byte-order mark."""
    path = tmp_path / "mine.csv"
    rows = [f"{i % 13},{i % 7 / 2},{'yes' if i % 13 > 5 else 'no'},{i % 7 * 3.5}" for i in range(80)]
    path.write_text("\n".join(["first,second,sick,dose", *rows]), encoding="utf-8-sig")
    return path


def train(*words: object, out: Path) -> dict[str, Any]:
    assert main(["train", *map(str, words), "--out", str(out)]) == 0
    return json.loads(out.read_text())


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """The one line of an error."""
    assert main(list(map(str, words))) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("error: ")
    assert told.err.endswith("\n")
    assert told.err.count("\n") == 1
    return told.err


def test_settings_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    assert capsys.readouterr().out.startswith("| Environment | In `mtl.toml` |")


def test_samples_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["samples"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(SAMPLES)
    assert "Two waves" in lines[0]


def test_presets_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(presets.about())


def test_a_sample_trains_and_its_test_scores_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "two-waves", "--epochs", "2"]) == 0
    told = capsys.readouterr()
    *labelled, first, second = told.out.splitlines()
    assert labelled == [f"{task}: 200 of 200 rows have a label" for task in ("sin(2x)", "cos(x)")]
    assert [line.split(": ")[0] for line in (first, second)] == ["sin(2x), test rows", "cos(x), test rows"]
    for line in (first, second):
        assert re.search(r"r2 -?\d+\.\d{4} \(naive -?\d+\.\d{4}, linear -?\d+\.\d{4}\), ", line)
    assert told.err == ""


def test_listings_say_where_a_name_stands_for_both(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("samples", "presets"):
        main([command])
        lines = capsys.readouterr().out.splitlines()
        assert [line.split()[0] for line in lines if "sample:heart" in line] == ["heart"]


def test_the_sample_behind_a_preset_of_its_name_can_be_had(out: Path) -> None:
    source = Source(kind="sample", name="heart")
    made = begin(source, load(source), SAMPLES["heart"]).changed("training.epochs", 1)
    assert train("sample:heart", "--epochs", 1, out=out)["experiment"] == made.model_dump(mode="json")


def test_what_a_preset_lent_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "two-waves", "--preset", "heart", "--epochs", "1"]) == 0
    told = capsys.readouterr()
    losses = "losses of regression tasks: the usual ones"
    assert told.err == f"network and training from the preset heart; data and tasks: two-waves; {losses}\n"
    assert len(told.out.splitlines()) == 4
    assert main(["train", "sample:heart", "--preset", "heart", "--epochs", "1"]) == 0
    assert capsys.readouterr().err == "network and training from the preset heart; data and tasks: sample:heart\n"


def test_a_preset_trains(out: Path) -> None:
    result = train("heart", "--epochs", 2, out=out)
    assert result["experiment"] == presets.load("heart").changed("training.epochs", 2).model_dump(mode="json")


def test_an_experiment_trains_as_it_stands(tmp_path: Path, out: Path) -> None:
    source = Source(kind="sample", name="two-moons")
    made = begin(source, load(source), SAMPLES["two-moons"]).changed("training.epochs", 3)
    (tmp_path / "mine.json").write_text(made.to_json())
    assert train(tmp_path / "mine.json", out=out)["experiment"] == made.model_dump(mode="json")


def test_what_was_written_can_be_trained_again(tmp_path: Path, out: Path) -> None:
    first = train("two-waves", "--epochs", 2, "--replicas", 2, "--seed", 7, out=out)
    (tmp_path / "again.json").write_text(json.dumps(first["experiment"]))
    again = train(tmp_path / "again.json", out=out)
    assert {**again, "seconds": 0} == {**first, "seconds": 0}


def test_a_csv_file_trains_with_tasks_a_preset_and_changes(csv: Path, out: Path) -> None:
    words = (
        "--tasks",
        "sick,dose",
        "--preset",
        "heart",
        "--set",
        "training.learning_rate=0.02",
        "--set",
        "network.trunk.0.width=5",
    )
    made = train(csv, *words, "--epochs", 2, "--replicas", 3, "--seed", 9, out=out)["experiment"]
    assert [(task["column"], task["kind"]) for task in made["tasks"]] == [("sick", "binary"), ("dose", "regression")]
    assert list(made["data"]["inputs"]) == ["first", "second"]
    assert [layer["width"] for layer in made["network"]["trunk"]] == [5, 64]
    training = made["training"]
    assert (training["learning_rate"], training["epochs"], training["optimizer"]["name"]) == (0.02, 2, "adam")
    assert (made["replicas"], made["seed"]) == (3, 9)


def test_the_file_has_the_form_that_is_promised(csv: Path, out: Path) -> None:
    result = train(csv, "--tasks", "sick,dose", "--epochs", 3, "--replicas", 2, out=out)
    assert list(result) == ["experiment", "seconds", "steps", "history", "test", "baseline", "rows", "labelled"]
    assert result["seconds"] > 0
    assert result["steps"] == 3 * 2
    names = {"sick": {metric.name for metric in METRICS["binary"]}, "dose": {metric.name for metric in METRICS["regression"]}}
    places = {(row["epoch"], row["split"], row["task"], row["replica"]) for row in result["history"]}
    assert len(places) == len(result["history"]) == 4 * 2 * 2 * 2
    assert places == {
        (epoch, split, task, replica)
        for epoch in range(4)
        for split in ("train", "validation")
        for task in names
        for replica in range(2)
    }
    for row in result["history"]:
        assert names[row["task"]] | {"loss"} <= set(row)
        assert isinstance(row["loss"], float)
    for task, metrics in names.items():
        assert metrics <= set(result["test"][task])
        assert all(len(values) == 2 for values in result["test"][task].values())
        assert set(result["baseline"][task]) == metrics
        assert all(set(pair) == {"naive", "linear"} for pair in result["baseline"][task].values())


def test_with_twins_the_test_scores_are_told_apart_beside_least_squares(capsys: pytest.CaptureFixture[str], out: Path) -> None:
    result = train("many-bends", "--twin", "--epochs", 2, out=out)
    assert result["experiment"]["network"]["twin"] is True
    assert list(result["test"]) == ["with", "without", "least_squares"]
    for scores in result["test"].values():
        assert list(scores) == ["many bends"]
        for metric in ("r2", "mse"):
            assert len(scores["many bends"][metric]) == 1
            assert isinstance(scores["many bends"][metric][0], float)
    assert result["test"]["with"] != result["test"]["without"]
    assert {row["twin"] for row in result["history"]} == {False, True}
    assert len(result["history"]) == 3 * 2 * 2
    labelled, *said = [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()]
    assert labelled == "many bends"
    assert said == [f"many bends, test rows, {who}" for who in ("with activations", "without", "least squares")]


def test_every_replica_has_a_twin_and_classes_have_no_least_squares(csv: Path, out: Path) -> None:
    result = train(csv, "--tasks", "sick,dose", "--twin", "--epochs", 1, "--replicas", 3, out=out)
    for who in ("with", "without"):
        assert all(len(values) == 3 for scores in result["test"][who].values() for values in scores.values())
    assert list(result["test"]["least_squares"]) == ["dose"]
    places = {(row["epoch"], row["split"], row["task"], row["replica"], row["twin"]) for row in result["history"]}
    assert len(places) == len(result["history"]) == 2 * 2 * 2 * 3 * 2


def test_the_same_seed_gives_the_same_file_and_another_another(csv: Path, out: Path) -> None:
    first, again, other = (train(csv, "--tasks", "sick", "--epochs", 2, "--seed", seed, out=out) for seed in (5, 5, 6))
    for result in (first, again, other):
        del result["seconds"]
    assert first == again
    assert first["history"] != other["history"]


def test_metrics_without_a_value_are_null(tmp_path: Path, out: Path) -> None:
    result = train("two-waves", "--epochs", 1, "--set", "data.split.validation=0", "--set", "data.split.test=0", out=out)
    assert result["test"]["cos(x)"]["r2"] == [None]
    assert result["baseline"]["cos(x)"]["r2"] == {"naive": None, "linear": None}
    assert {row["loss"] for row in result["history"] if row["split"] == "validation"} == {None}


def test_a_change_may_be_a_number_a_word_or_json(out: Path) -> None:
    changes = (
        "training.clip=null",
        "training.optimizer.name=sgd",
        'network.trunk=[{"width": 3}]',
        'tasks.cos(x).loss={"name": "mae"}',
    )
    made = train("two-waves", "--epochs", 1, *(word for change in changes for word in ("--set", change)), out=out)["experiment"]
    assert made["training"]["optimizer"]["name"] == "sgd"
    assert len(made["network"]["trunk"]) == 1
    assert made["tasks"][1]["loss"] == {"name": "mae", "params": {}}


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ((), "command"),
        (("fly",), "fly"),
        (("train",), "SOURCE"),
        (("train", "two-wavs"), "two-waves"),
        (("train", "gone.json"), "gone.json"),
        (("train", "nothere.csv"), "should be a file that is there. Found none at “nothere.csv”"),
        (("train", "two-waves", "--epochs", "many"), "--epochs"),
        (("train", "two-waves", "--epochs", "0"), "(training.epochs)"),
        (("train", "two-waves", "--replicas", "1000000"), "replicas"),
        (("train", "two-waves", "--seed", "-1"), "seed"),
        (("train", "two-waves", "--preset", "liver"), "heart"),
        (("train", "two-waves", "--tasks", "tan(x)"), "tan(x)"),
        (("train", "two-waves", "--tasks", ","), "--tasks should name at least one column"),
        (("train", "two-waves", "--tasks="), "--tasks should name at least one column"),
        (("train", "heart", "--tasks", "thal,thal"), "“thal” twice"),
        (("train", "sample:gone"), "two-waves"),
        (("train", "two-waves", "--tasks", "x,cos(x)"), "at least one input"),
        (("train", "two-waves", "--set", "training.epochs"), "path=value"),
        (("train", "two-waves", "--set", "training.speed=3"), "training.speed"),
        (("train", "two-waves", "--set", "training.learning_rate=NaN"), "learning_rate"),
        (("train", "two-waves", "--set", "network.trunk=[{\"width\": 0}]"), "a larger number. (network.trunk.0.width)"),
        (("train", "two-waves", "--out", "no/such/folder/out.json"), "folder"),
        (("train", "two-waves", "--out", "."), "folder"),
    ],
)  # fmt: skip
def test_bad_words_give_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str], words: tuple, part: str) -> None:
    assert part in refused(capsys, *words)


@pytest.mark.parametrize(
    ("name", "raw", "part"),
    [
        ("cut.json", b'{"version": 1, "data": {', "whole JSON"),
        ("old.json", b'{"version": 0}', "version 1"),
        ("more.json", WHOLE[:-1] + b', "x": 0}', "“x”"),
        ("bytes.json", b"\x89PNG\r\n\x1a\n\0\0", "whole JSON"),
        ("empty.csv", b"", "empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "CSV"),
        ("header.csv", b"a,b\n", "rows"),
        ("one.csv", b"a\n1\n2\n", "two columns"),
        ("two\nlines.csv", b"a\n1\n2\n", "two columns"),
    ],
)  # fmt: skip
def test_bad_files_give_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, raw: bytes, part: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    assert part in refused(capsys, "train", tmp_path / name)


def test_a_saved_experiment_finds_its_own_file_beside_it(saved: Path, csv: Path, out: Path) -> None:
    made = train(saved, out=out)
    assert made["experiment"] == json.loads(saved.read_text())
    assert list(made["test"]) == ["sick"]


def test_a_saved_experiment_takes_the_rows_that_data_names(
    capsys: pytest.CaptureFixture[str], saved: Path, csv: Path, out: Path
) -> None:
    moved = csv.rename(csv.parent / "moved.csv")
    assert "should lie beside it, in mine.csv" in refused(capsys, "train", saved)
    assert train(saved, "--data", moved, out=out)["experiment"] == json.loads(saved.read_text())
    assert capsys.readouterr().err == ""


def test_other_rows_are_taken_only_when_they_are_named(
    capsys: pytest.CaptureFixture[str], saved: Path, csv: Path, out: Path
) -> None:
    csv.write_text(csv.read_text() + "\n1,2,yes,3\n")
    assert "Found other rows" in refused(capsys, "train", saved)
    assert train(saved, "--data", csv, out=out)["experiment"]["data"]["source"]["name"] == "mine.csv"
    assert "not those that this experiment was made on" in capsys.readouterr().err
    csv.write_text("first,second\n1,2\n3,4\n")
    assert "“dose”" in refused(capsys, "train", saved, "--data", csv)


def test_data_without_an_experiment_on_an_own_file_is_refused(
    capsys: pytest.CaptureFixture[str], csv: Path, tmp_path: Path
) -> None:
    assert "experiment JSON" in refused(capsys, "train", "heart", "--data", csv)
    sample = tmp_path / "sample.json"
    sample.write_text(presets.load("heart").to_json())
    assert "own file" in refused(capsys, "train", sample, "--data", csv)


def test_no_task_chosen_is_said(capsys: pytest.CaptureFixture[str], csv: Path) -> None:
    assert "at least one task" in refused(capsys, "train", csv)


def test_an_explosion_names_the_task_and_what_to_try(capsys: pytest.CaptureFixture[str], out: Path) -> None:
    words = ("--set", "training.learning_rate=100", "--set", "training.optimizer.name=sgd", "--out", out)
    told = refused(capsys, "train", "two-waves", *words)
    assert "“sin(2x)”" in told or "“cos(x)”" in told
    assert "learning rate" in told
    assert not out.exists()


def test_a_loss_that_rises_without_exploding_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "two-waves", "--set", "training.learning_rate=100", "--epochs", "3"]) == 0
    told = capsys.readouterr().err
    assert "the loss of sin(2x) rose from 1.1001 to" in told
    assert "try a lower learning rate" in told


def test_a_last_loss_that_is_no_number_counts_as_risen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_the_last(*given: Any) -> dict[str, Any]:
        found = outcome.train(*given)
        for row in found["history"]:
            row["loss"] = row["loss"] if row["epoch"] == 0 else None
        return found

    monkeypatch.setattr("core.__main__.train", without_the_last)
    assert main(["train", "two-waves", "--epochs", "1"]) == 0
    assert "the loss of cos(x) rose from 1.0109 to inf" in capsys.readouterr().err


def test_results_can_be_trained_again(out: Path, tmp_path: Path) -> None:
    first = train("two-waves", "--epochs", 1, out=out)
    assert train(out, out=tmp_path / "again.json")["test"] == first["test"]


def test_a_terminal_sees_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main(["train", "two-waves", "--epochs", "2"]) == 0
    told = capsys.readouterr().err
    assert "epoch 2/2" in told
    assert "cos(x)" in told


@pytest.mark.slow
def test_the_real_heart_table_is_learned(heart_csv: Path, out: Path) -> None:
    scores: dict[str, list[float]] = {"target": [], "thal": []}
    for seed in range(5):
        result = train(heart_csv, "--tasks", "thal,target", "--preset", "heart", "--seed", seed, out=out)
        for task, found in scores.items():
            found += result["test"][task]["accuracy"]
    means = {task: sum(found) / len(found) for task, found in scores.items()}
    assert means["target"] >= 0.78, scores
    assert means["thal"] >= 0.62, scores
