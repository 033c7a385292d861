"""The question for a walk, asked as a browser asks."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from core.runs.engine import Engine
from core.runs.run import Run
from pages.parts.walkthrough import routes, spec_of
from tests.asking import Answer, ask
from tests.core.runs.running import two_waves, until

OURS = {"x-requested-with": "mtl"}
APP = Starlette(routes=routes.ROUTES)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    made = Engine(ThreadPoolExecutor(2), str(tmp_path))
    monkeypatch.setattr(routes, "engine", lambda: made)
    yield made
    made.close()


@pytest.fixture
def run(engine: Engine) -> Run:
    return engine.create(two_waves(weighting={"name": "fixed", "params": {"weights": {"sin(2x)": 3.0}}}))


def asked(run: Run, headers: dict[str, str] = OURS, **question: Any) -> Answer:
    body = json.dumps({"rows": [0, 1], "onward": 0, "lane": 0, "step": None} | question).encode()
    return ask(APP, f"/inside/{run.id}", "POST", body, headers)


def test_a_walk_is_told_as_json(run: Run) -> None:
    answer = asked(run)
    assert answer.status == 200
    told = json.loads(answer.text)
    assert (told["step"], told["version"], told["start"]) == (0, run.version, run.start)
    assert [row["number"] for row in told["table"]] == [1, 2]
    assert told["steps"][0]["kind"] == "inputs"


def test_weights_are_those_of_the_latest_record(engine: Engine, run: Run) -> None:
    engine.command(run, "speed", None)
    engine.command(run, "epoch")
    until(lambda: run.status == "paused" and run.step > 0)
    told = json.loads(asked(run).text)
    assert told["step"] == run.step
    assert told["steps"][-1]["weights"] == (run.now or run.records[-1])["weights"][0]
    assert told["steps"][-1]["weights"][0] == 3 * told["steps"][-1]["weights"][1]


def test_an_earlier_moment_that_is_looked_at_is_the_one_that_is_told(engine: Engine, run: Run) -> None:
    first = json.loads(asked(run).text)
    engine.command(run, "speed", None)
    engine.command(run, "epoch")
    until(lambda: run.status == "paused" and run.step > 0)
    later = json.loads(asked(run).text)
    engine.command(run, "look", {"step": 0})
    until(lambda: run.looking is not None)
    again = json.loads(asked(run).text)
    assert (first["step"], later["step"] > 0, again["step"]) == (0, True, 0)
    assert first["matrices"]["w1"] == again["matrices"]["w1"] != later["matrices"]["w1"]


@pytest.mark.parametrize(
    "question",
    [
        {"rows": "1"}, {"rows": [True]}, {"rows": [-1]}, {"rows": [0.5]}, {"lane": "0"}, {"step": "x"}, {"onward": None},
        {"rows": [0] * 3000}, {"lane": 1}, {"rows": [10**6]}, {"rows": []},
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused_with_a_sentence(run: Run, question: dict[str, Any]) -> None:
    answer = asked(run, **question)
    assert answer.status == 400
    assert "should be" in answer.message


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 4000])
def test_what_is_no_json_is_refused(run: Run, body: bytes) -> None:
    assert ask(APP, f"/inside/{run.id}", "POST", body, OURS).status == 400


def test_strangers_and_other_sites_get_nothing(engine: Engine, run: Run) -> None:
    assert ask(APP, "/inside/no-such-run", "POST", b"{}", OURS).status == 404
    assert asked(run, {}).status == 403
    assert ask(APP, f"/inside/{run.id}", "GET").status == 405


def test_too_many_questions_at_a_time_are_put_off(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "MOST", 0)
    assert asked(run).status == 503


def test_the_component_is_told_what_it_has_to_know_before_it_asks(run: Run) -> None:
    spec = spec_of(run, run.id)
    assert [task["name"] for task in spec["tasks"]] == list(run.experiment.columns)
    assert (spec["run"], spec["replicas"], spec["twin"]) == (run.id, 1, False)
