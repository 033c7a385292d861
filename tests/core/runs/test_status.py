"""How the server is doing, in numbers, and nothing about anybody."""

import json

from core.runs.engine import Engine
from core.runs.status import status
from tests.core.runs.running import two_waves, until


def test_runs_queue_and_memory_are_told(engine: Engine) -> None:
    empty = status(engine)
    assert empty["runs"]["here"] == 0
    runs = [engine.create(two_waves(training__epochs=100_000), person=person) for person in ("ada", "ada", "bo")]
    engine.command(runs[0], "play")
    until(lambda: runs[0].step > 0)
    runs[1].mirror, runs[2].watchers = True, 2
    told = status(engine)
    assert told["runs"] == {"here": 3, "playing": 1, "mirrored": 1, "watched": 1, "streams": 2, "people": 2}
    assert told["queue"]["lanes"] == 2
    assert told["queue"]["slice"] > 0
    assert told["memory"]["server"] > 50
    assert told["up"] >= empty["up"]
    assert told["trouble"] == ""


def test_no_id_and_no_person_is_among_them(engine: Engine) -> None:
    run = engine.create(two_waves(), person="somebody")
    text = json.dumps(status(engine))
    for secret in (run.id, run.watch_id, "somebody", "Two waves"):
        assert secret not in text
