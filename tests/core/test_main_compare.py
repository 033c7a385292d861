"""`python -m core compare`: a verdict for each task, as lines and as JSON."""

import json

import pytest

from core.__main__ import main

WORDS = ["compare", "sample:related", "--epochs", "2", "--set", "data.source.params.rows=200"]


def test_a_line_for_each_task(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(WORDS) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["task A", "task B", "delta-m", "parameters", "seconds"]
    assert lines[0].split(": ")[1].split(";")[0] in ("helps", "hurts", "cannot tell")
    assert "95 % interval" in lines[0]
    assert lines[3] == "parameters: 6,594 together, 11,074 one by one"


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*WORDS, "--json", "--replicas", "6"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["replicas"] == 6
    assert [task["task"] for task in told["tasks"]] == ["task A", "task B"]
    for task in told["tasks"]:
        assert task["gain"]["low"] <= task["gain"]["mean"] <= task["gain"]["high"]
        assert task["gain"]["mean"] == pytest.approx(task["together"] - task["alone"], abs=1e-6)


def test_one_task_is_nothing_to_compare(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*WORDS, "--tasks", "task A"]) == 2
    assert "There should be two tasks to compare." in capsys.readouterr().err
