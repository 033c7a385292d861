"""The stream of a run and the commands to it, asked as a browser asks."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette

from core.data.columns import begin
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Source
from core.runs.engine import Engine
from core.runs.run import Run
from pages.parts.live import routes
from tests.asking import Answer, ask

OURS = {"x-requested-with": "mtl"}
APP = Starlette(routes=routes.ROUTES)


class NoRoom:
    """What nobody's run is in."""

    def refuses(self, run_id: str, command: str) -> str | None:
        return None


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    made = Engine(ThreadPoolExecutor(2), str(tmp_path))
    monkeypatch.setattr(routes, "engine", lambda: made)
    monkeypatch.setattr(routes, "LASTS", 0.5)
    monkeypatch.setattr(routes, "rooms", NoRoom)
    yield made
    made.close()


@pytest.fixture
def run(engine: Engine) -> Run:
    source = Source(kind="sample", name="two-waves")
    made = engine.create(begin(source, load(source), SAMPLES["two-waves"]).changed("training.epochs", 30))
    until(lambda: made.baseline is not None)
    return made


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.005)


def tell(run: Run, body: bytes, headers: dict[str, str] | None = None) -> Answer:
    return ask(APP, f"/live/{run.id}", "POST", body, OURS if headers is None else headers)


def test_a_run_that_is_not_here_is_404(engine: Engine) -> None:
    for method in ("GET", "POST"):
        answer = ask(APP, "/live/no-such-run", method, b'{"command": "play"}', OURS)
        assert answer.status == 404
        assert "Reload" in answer.message


def test_a_command_of_another_site_is_refused(run: Run) -> None:
    """A form of another site can post, but cannot set this header without being asked first."""
    for headers in ({}, {"x-requested-with": "XMLHttpRequest"}):
        assert tell(run, b'{"command": "play"}', headers).status == 403
    time.sleep(0.1)
    assert run.status == "ready"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"3", b'"play"', b"null", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_command_is_refused_with_an_example(run: Run, body: bytes) -> None:
    answer = tell(run, body)
    assert answer.status == 400
    assert '{"command": "play"}' in answer.message


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b'{"command": "fly"}', "“fly”"),
        (b'{"command": ["play"]}', "play"),
        (b'{"command": "speed", "value": 17}', "17"),
        (b'{"command": "speed", "value": {"a": [1]}}', "speed"),
    ],
)
def test_an_unknown_command_is_refused_in_a_sentence(run: Run, body: bytes, word: str) -> None:
    answer = tell(run, body)
    assert answer.status == 400
    assert "should be one of" in answer.message
    assert word in answer.message


def test_play_plays(run: Run) -> None:
    assert tell(run, b'{"command": "speed", "value": null}').status == 204
    assert tell(run, b'{"command": "play"}').status == 204
    until(lambda: run.status == "finished")


def test_the_stream_begins_with_the_scene_and_then_frames(run: Run) -> None:
    answer = ask(APP, f"/live/{run.id}", enough=lambda text: text.count("event: frame") == 1)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    (first, scene), (second, frame) = answer.events[:2]
    assert (first, second) == ("scene", "frame")
    assert scene["start"] == frame["start"] == 1
    assert (frame["from"], [record["epoch"] for record in frame["records"]]) == (0, [0])


def joined(frames: list[dict]) -> list[int]:
    """Epochs of all records, after a check that each frame begins where the last one ended."""
    at, epochs = frames[0]["from"], []
    for frame in frames:
        assert frame["from"] == at
        at += len(frame["records"])
        epochs += [record["epoch"] for record in frame["records"]]
    return epochs


def test_no_record_is_left_out_or_sent_twice_while_it_plays(engine: Engine, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "LASTS", 20.0)
    engine.command(run, "speed", None)
    engine.command(run, "play")
    events = ask(APP, f"/live/{run.id}", enough=lambda text: '"status":"finished"' in text).events
    assert [name for name, _ in events].count("scene") <= 2
    assert joined([value for name, value in events if name == "frame"]) == list(range(31))


def test_a_browser_that_comes_back_goes_on_where_it_left(engine: Engine, run: Run) -> None:
    engine.command(run, "epoch")
    until(lambda: len(run.records) == 2 and run.status == "paused")
    first = ask(APP, f"/live/{run.id}?start=1&from=0", enough=lambda text: "event: frame" in text).events
    engine.command(run, "epoch")
    until(lambda: len(run.records) == 3 and run.status == "paused")
    then = ask(APP, f"/live/{run.id}?start=1&from=2", enough=lambda text: "event: frame" in text).events
    assert joined([value for name, value in (*first, *then) if name == "frame"])[:3] == [0, 1, 2]


def test_who_comes_back_after_a_new_start_begins_anew(engine: Engine, run: Run) -> None:
    engine.command(run, "rewind")
    until(lambda: run.start == 2)
    events = ask(APP, f"/live/{run.id}?start=1&from=1", enough=lambda text: "event: frame" in text).events
    assert events[0][1]["start"] == 2
    assert (events[1][1]["from"], len(events[1][1]["records"])) == (0, 1)


def test_a_new_start_under_way_sends_a_new_scene_and_all_its_records(engine: Engine, run: Run) -> None:
    def enough(text: str) -> bool:
        if text.count("event: frame") == 1 and run.start == 1:
            engine.command(run, "rewind")
        return '"start":2' in text.rpartition("event: frame")[2]

    events = ask(APP, f"/live/{run.id}", enough=enough).events
    scenes = [value["start"] for name, value in events if name == "scene"]
    last = [value for name, value in events if name == "frame"][-1]
    assert (scenes[0], scenes[-1]) == (1, 2)
    assert (last["from"], last["records"][0]["epoch"]) == (0, 0)


@pytest.mark.parametrize("query", ["start=x&from=y", "from=-1", "from=%C2%B2", "start=&from=", "from=" + "9" * 5000, "x=1"])
def test_a_strange_address_is_no_fault(run: Run, query: str) -> None:
    answer = ask(APP, f"/live/{run.id}?{query}", enough=lambda text: "event: frame" in text)
    assert (answer.status, answer.events[0][0]) == (200, "scene")
    assert answer.events[1][1]["from"] == 0


def test_a_stream_ends_by_itself_and_leaves_no_listener(run: Run) -> None:
    began = time.monotonic()
    answer = ask(APP, f"/live/{run.id}")
    assert 0.4 < time.monotonic() - began < 5
    assert [name for name, _ in answer.events][:2] == ["scene", "frame"]
    assert not run.listeners


def test_a_browser_that_goes_away_leaves_no_listener(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "LASTS", 20.0)
    ask(APP, f"/live/{run.id}", enough=lambda text: "event: frame" in text)
    assert not run.listeners


def test_a_standing_run_says_that_the_stream_is_still_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "QUIET", 0.05)
    assert ": still here\n\n" in ask(APP, f"/live/{run.id}").text


def test_frames_come_no_closer_together_than_pictures_are_drawn(engine: Engine, run: Run) -> None:
    engine.command(run, "play")

    async def shouting() -> list[str]:
        found = []
        async for event in routes._events(run, 0, 0, frozenset()):
            found.append(event)
            run.tell()
        return found

    frames = [event for event in asyncio.run(shouting()) if event.startswith("event: frame")]
    assert 2 <= len(frames) <= 0.5 / routes.CLOSE_TOGETHER + 2


def test_a_look_and_an_edit_are_commands_and_what_is_none_is_refused(engine: Engine, run: Run) -> None:
    assert tell(run, b'{"command": "epoch"}').status == 204
    until(lambda: run.status == "paused" and run.step == run.per_epoch)
    assert tell(run, b'{"command": "look", "value": {"step": 1}}').status == 204
    until(lambda: run.looking is not None)
    assert tell(run, b'{"command": "newest"}').status == 204
    until(lambda: run.looking is None)
    edit = b'{"command": "edit", "value": {"op": "weight", "layer": "trunk.0", "unit": 1, "input": 0, "value": 0.5}}'
    assert tell(run, edit).status == 204
    until(lambda: run.edited)
    for body, word in (
        (b'{"command": "look"}', "step"),
        (b'{"command": "look", "value": {"step": "1"}}', "step"),
        (b'{"command": "edit"}', "weight"),
        (b'{"command": "edit", "value": {"op": "off", "layer": "trunk.0", "unit": 99}}', "from 0 to 15"),
    ):
        answer = tell(run, body)
        assert answer.status == 400
        assert word in answer.message


def test_the_numbers_of_a_unit_are_told_as_the_network_is_shown(engine: Engine, run: Run) -> None:
    told = ask(APP, f"/live/{run.id}/unit?layer=trunk.0&unit=2", "GET", b"", {})
    assert told.status == 200
    found = json.loads(told.text)
    assert (found["name"], found["inputs"], len(found["weights"])) == ("shared layer 1, unit 3", ["x"], 1)
    inner = json.loads(ask(APP, f"/live/{run.id}/unit?layer=trunk.1&unit=0", "GET", b"", {}).text)
    assert inner["inputs"][:2] == ["unit 1", "unit 2"]
    for query in ("layer=trunk.9&unit=0", "layer=trunk.0&unit=16", ""):
        answer = ask(APP, f"/live/{run.id}/unit?{query}", "GET", b"", {})
        assert answer.status == 400
        assert "Found" in answer.message
    assert ask(APP, "/live/no-such-run/unit?layer=trunk.0&unit=2", "GET", b"", {}).status == 404


def test_what_nobody_looks_at_is_neither_computed_nor_sent(engine: Engine, run: Run) -> None:
    answer = ask(APP, f"/live/{run.id}", enough=lambda text: "event: frame" in text)
    assert {"network", "units", "histograms"}.isdisjoint(answer.events[1][1]["view"])
    assert {"network", "units", "histograms"}.isdisjoint(run.view)


def test_a_standing_run_is_drawn_anew_with_what_somebody_begins_to_look_at(run: Run) -> None:
    answer = ask(
        APP, f"/live/{run.id}?parts=network,histograms", enough=lambda text: '"network"' in text and '"histograms"' in text
    )
    last = answer.events[-1][1]["view"]
    assert [layer["name"] for layer in last["network"]["layers"]][:2] == ["inputs", "trunk.0"]
    assert "units" not in run.view
    assert run.parts == frozenset(), "once nobody looks, nothing is asked for"


def test_the_network_is_sent_again_only_when_it_is_another(engine: Engine, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "LASTS", 20.0)
    frames = []

    def enough(text: str) -> bool:
        if text.count("event: frame") and not run.step and run.status == "ready" and '"network"' in text:
            engine.command(run, "play")
        return text.count("event: frame") > 12

    for name, value in ask(APP, f"/live/{run.id}?parts=network", enough=enough).events:
        frames += [value] if name == "frame" else []
    sent = [frame["view"]["network"] for frame in frames if "network" in frame["view"]]
    assert 2 <= len(sent) < len(frames) - 4
    assert all(before != after for before, after in zip(sent, sent[1:], strict=False))


def test_a_stream_is_packed_event_by_event_for_who_can_read_it(engine: Engine, run: Run) -> None:
    plain = ask(APP, f"/live/{run.id}", enough=lambda text: "event: frame" in text)
    packed = ask(APP, f"/live/{run.id}", headers={"accept-encoding": "gzip, br"}, enough=lambda text: "event: frame" in text)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.events[:2] == plain.events[:2], "each event is whole before the next one comes"


def test_what_a_presenter_has_locked_is_said_and_not_done(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lesson(NoRoom):
        def refuses(self, run_id: str, command: str) -> str | None:
            return "It is locked." if (run_id, command) == (run.id, "restart") else None

    monkeypatch.setattr(routes, "rooms", Lesson)
    seed = run.experiment.seed
    answer = tell(run, b'{"command": "restart"}')
    assert (answer.status, answer.message) == (403, "It is locked.")
    assert tell(run, b'{"command": "step"}').status == 204
    until(lambda: run.step == 1)
    assert run.experiment.seed == seed
