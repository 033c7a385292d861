"""The engine on threads and on real worker processes: commands, changes on the way, a killed worker."""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest

from core.errors import UserError
from core.experiment import Experiment
from core.runs import slice as work
from core.runs.engine import Engine
from core.runs.jobs import Worked
from core.runs.pool import Pool
from core.runs.run import Run
from core.runs.wire import frame
from core.training.advance import Budget, advance
from core.training.checkpoint import start, unpack
from tests.core.runs.running import Borrowed, two_waves, until


def alone(experiment: Experiment) -> bytes:
    dataset, _ = work.prepared(experiment, "")
    return advance(start(experiment, dataset), dataset, Budget())[0].pack()


def test_a_run_plays_to_its_end_and_equals_one_without_an_engine(engine: Engine) -> None:
    run = engine.create(two_waves())
    assert (run.status, run.step, len(run.records)) == ("ready", 0, 1)
    engine.command(run, "speed", None)
    engine.command(run, "play")
    until(lambda: run.status == "finished")
    assert run.checkpoint == alone(run.experiment)
    assert [record["epoch"] for record in run.records] == list(range(21))
    until(lambda: run.report is not None and run.baseline is not None)
    assert run.looks == 1


def test_step_epoch_pause_and_rewind(engine: Engine) -> None:
    run = engine.create(two_waves(training__epochs=2000))
    first = run.checkpoint
    engine.command(run, "step")
    until(lambda: run.step == 1 and run.status == "paused")
    engine.command(run, "epoch")
    until(lambda: run.step == run.per_epoch and run.status == "paused")
    engine.command(run, "speed", 1000)
    engine.command(run, "play")
    until(lambda: run.step > run.per_epoch)
    engine.command(run, "pause")
    until(lambda: run.status == "paused" and run.id not in engine._busy)
    here = run.step
    time.sleep(0.2)
    assert run.step == here < run.steps
    engine.command(run, "rewind")
    until(lambda: run.step == 0)
    assert run.checkpoint == first
    assert run.status == "ready"


def test_commands_that_come_while_a_run_rewinds_are_obeyed_after_it(engine: Engine) -> None:
    run = engine.create(two_waves())
    engine.command(run, "speed", None)
    engine.command(run, "play")
    until(lambda: run.status == "finished")
    engine.command(run, "rewind")
    engine.command(run, "play")
    until(lambda: run.start == 2 and run.status == "finished")
    assert run.checkpoint == alone(run.experiment)


def test_a_new_start_takes_another_seed(engine: Engine) -> None:
    run = engine.create(two_waves())
    first, seed = run.checkpoint, run.experiment.seed
    engine.command(run, "restart")
    until(lambda: run.start == 2)
    assert run.experiment.seed != seed
    assert unpack(run.checkpoint).parameters.tolist() != unpack(first).parameters.tolist()


def test_speed_is_kept(engine: Engine) -> None:
    run = engine.create(two_waves(training__epochs=1000))
    engine.command(run, "speed", 60)
    engine.command(run, "play")
    until(lambda: run.step > 0)
    began, first = time.monotonic(), run.step
    until(lambda: run.step >= first + 90)
    assert (run.step - first) / (time.monotonic() - began) < 80  # what it keeps to where there is time: test_pace.py


def test_learning_rate_weights_and_activations_change_while_it_plays(engine: Engine) -> None:
    run = engine.create(two_waves(training__epochs=500))
    engine.command(run, "play")
    until(lambda: run.step > 5)
    for path, value in {
        "training.learning_rate": 0.05,
        "weighting": {"name": "fixed", "params": {"weights": {"cos(x)": 0.2}}},
        "network.nonlinear": False,
    }.items():
        before = run.step
        engine.change(run, run.experiment.changed(path, value))
        assert run.start == 1
        until(lambda before=before: run.step > before)
    assert [mark["text"] for mark in run.marks][0] == "learning rate → 0.05"
    assert len(run.marks) == 3


def test_a_change_at_rest_is_scored_at_once_and_so_is_a_step(engine: Engine) -> None:
    run = engine.create(two_waves(training__epochs=20))
    engine.command(run, "play")
    until(lambda: run.status == "finished")
    until(lambda: run.id not in engine._busy)
    assert run.now is None  # the last record has it
    trained = run.records[-1]["validation"][0]["r2"][0]
    engine.change(run, run.experiment.changed("network.nonlinear", False))
    until(lambda: run.now is not None)
    assert run.now["validation"][0]["r2"][0] != pytest.approx(trained, abs=0.05)
    assert run.records[-1]["validation"][0]["r2"][0] == trained
    engine.change(run, run.experiment.changed("network.nonlinear", True))
    until(lambda: run.now["validation"][0]["r2"][0] == pytest.approx(trained))
    engine.command(run, "rewind")
    until(lambda: run.status == "ready")
    assert run.now is None
    engine.command(run, "step")
    until(lambda: run.step == 1 and run.status == "paused")
    assert run.now["step"] == 1
    assert frame(run)["now"]["train"][0]["loss"][0] == pytest.approx(run.now["train"][0]["loss"][0], rel=1e-4)


def test_a_change_may_be_told_to_start_anew(engine: Engine) -> None:
    run = engine.create(two_waves(training__epochs=500))
    engine.command(run, "play")
    until(lambda: run.step > 5)
    engine.change(run, run.experiment.changed("network.nonlinear", False), anew=True)
    assert run.start == 2
    until(lambda: run.status == "playing" and run.step > 0)


def test_another_network_starts_anew_and_a_bad_document_changes_nothing(engine: Engine) -> None:
    run = engine.create(two_waves(training__epochs=500))
    engine.command(run, "play")
    until(lambda: run.step > 5)
    with pytest.raises(UserError, match="at least one task"):
        engine.change(
            run,
            run.experiment.model_copy(
                update={"tasks": (), "network": run.experiment.network.model_copy(update={"towers": {}})}
            ),
        )
    assert run.start == 1
    engine.change(run, run.experiment.changed("network.trunk", [{"width": 3}]))
    assert run.start == 2
    until(lambda: run.status == "playing" and run.step > 5)


def test_an_explosion_stops_the_run_before_it_and_a_lower_rate_goes_on(engine: Engine) -> None:
    run = engine.create(two_waves(training__learning_rate=100.0, training__optimizer={"name": "sgd"}))
    engine.command(run, "speed", None)
    engine.command(run, "play")
    until(lambda: run.status == "failed")
    assert "exploded" in run.message
    assert "learning rate" in run.message
    assert unpack(run.checkpoint).failure is None
    engine.change(run, run.experiment.changed("training.learning_rate", 0.01))
    assert run.status == "paused"
    engine.command(run, "play")
    until(lambda: run.status == "finished")


@pytest.mark.parametrize(("name", "value"), [("fly", None), ("speed", 17), ("speed", "fast")])
def test_unknown_commands_are_refused(engine: Engine, name: str, value: object) -> None:
    run = engine.create(two_waves())
    with pytest.raises(UserError):
        engine.command(run, name, value)


class Flaky(Borrowed):
    """Every third job dies with its worker."""

    jobs = 0

    def submit(self, function: Callable, /, *arguments: object) -> Future:
        self.jobs += 1
        if self.jobs % 3 == 0:
            future: Future = Future()
            threading.Timer(0.01, future.set_exception, (BrokenExecutor("a worker died"),)).start()
            return future
        return super().submit(function, *arguments)


def test_slices_whose_worker_died_run_again_with_the_same_result(threads: Executor, tmp_path: object) -> None:
    flaky = Flaky(threads)
    engine = Engine(flaky, str(tmp_path))
    run = engine.create(two_waves())
    engine.command(run, "play")
    engine.command(run, "speed", 1000)
    until(lambda: run.status == "finished")
    assert flaky.jobs > 4
    assert run.checkpoint == alone(run.experiment)
    engine.close()


@pytest.mark.slow
def test_a_killed_worker_process_costs_nothing_but_time(tmp_path: object) -> None:
    pool = Pool(2)
    engine = Engine(pool, str(tmp_path))
    run: Run = engine.create(two_waves(training__epochs=400))
    engine.command(run, "speed", None)
    engine.command(run, "play")
    until(lambda: run.step > 100)
    victims = pool.pids
    os.kill(victims[0], signal.SIGKILL)
    until(lambda: run.status == "finished", 60)
    assert run.checkpoint == alone(run.experiment)
    assert victims[0] not in pool.pids
    engine.close()


def test_a_fault_with_one_run_does_not_stop_the_others(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    run = engine.create(two_waves())
    engine._events.put(lambda: 1 / 0)
    engine.command(run, "step")
    until(lambda: run.step == 1)
    assert "ZeroDivisionError" in caplog.text


def test_the_inside_of_a_playing_network_is_drawn_now_and_then_and_once_it_stands(engine: Engine) -> None:
    run = engine.create(two_waves(training__epochs=2000))
    run.wanted["network"] += 1
    engine.seen(run)
    until(lambda: "network" in run.view)
    fresh = run.view["network"]
    pictures, views = [], []
    run.listeners.add(lambda: (pictures.append(run.view.get("network")), views.append(run.view)))
    engine.command(run, "play")
    until(lambda: len(views) > 20)
    engine.command(run, "pause")
    until(lambda: run.status == "paused" and "network" in run.drawn)
    assert all(pictures), "the last one stays until the next"
    assert len({id(each) for each in pictures}) <= len({id(each) for each in views}) / 2
    assert run.view["network"] != fresh
    run.wanted["network"] -= 1
    engine.command(run, "step")
    until(lambda: run.status == "paused" and "network" not in run.view)


def test_an_engine_that_ends_says_so(engine: Engine, tmp_path: Path) -> None:
    ending = Engine(Borrowed(engine.pool), str(tmp_path))
    ending.close()
    with pytest.raises(UserError, match="just being stopped"):
        ending.create(two_waves())


class Logged(Borrowed):
    """An executor that notes the names of what it does."""

    def __init__(self, inner: Executor) -> None:
        super().__init__(inner)
        self.names: list[str] = []

    def submit(self, function: Callable, /, *arguments: Any) -> Future:
        self.names.append(arguments[0].__name__)
        return super().submit(function, *arguments)


def test_after_a_change_of_the_data_the_next_picture_comes_before_the_scores(engine: Engine, tmp_path: Path) -> None:
    pool = Logged(engine.pool)
    own = Engine(Borrowed(pool), str(tmp_path), lanes=1)
    run = own.create(two_waves(training__epochs=2000))
    own.command(run, "play")
    until(lambda: run.step > 0 and run.baseline is not None)
    del pool.names[:]
    own.change(run, run.experiment.changed("data.source.params", {"noise": 0.3}))
    until(lambda: run.step > 0 and run.baseline is not None)
    own.close()
    after = pool.names[pool.names.index("begin") + 1 :]
    assert after.index("go_on") < after.index("baselines")


def test_a_slice_that_a_change_has_made_worthless_is_not_trained(engine: Engine, tmp_path: Path) -> None:
    """While somebody else holds the only lane, a run's slice waits in line, and its learning rate is changed three times."""
    held: Future = Future()

    class Held(Logged):
        def submit(self, function: Callable, /, *arguments: Any) -> Future:
            self.names.append(arguments[0].__name__)
            return held if arguments[0] is pow else Borrowed.submit(self, function, *arguments)

    pool = Held(engine.pool)
    own = Engine(Borrowed(pool), str(tmp_path), lanes=1)
    run = own.create(two_waves(training__epochs=2000))
    until(lambda: run.baseline is not None)
    own.command(run, "play")
    until(lambda: run.step > 0)
    own.aside("somebody else", lambda done: None, pow, 2, 2)
    until(lambda: len(own.line) == 1)
    for rate in (0.02, 0.03, 0.04):
        own.change(run, run.experiment.changed("training.learning_rate", rate))
    until(lambda: len(own.line) == 4)
    own.command(run, "pause")
    until(lambda: run.status == "paused")
    del pool.names[:]
    held.set_result(Worked(4, 0.01))
    until(lambda: not own.busy(run))
    own.close()
    assert pool.names == ["go_on"]


def test_a_click_on_play_waits_for_nobodys_slices(engine: Engine, tmp_path: Path) -> None:
    held: Future = Future()

    class Held(Borrowed):
        def submit(self, function: Callable, /, *arguments: Any) -> Future:
            return held if arguments[0] is pow else super().submit(function, *arguments)

    own = Engine(Held(engine.pool), str(tmp_path), lanes=1)
    run = own.create(two_waves(training__epochs=2000))
    until(lambda: run.baseline is not None)
    own.aside("somebody else", lambda done: None, pow, 2, 2)
    own.command(run, "play")
    until(lambda: run.step > 0)
    step = run.step
    until(lambda: len(own.line) == 1)
    assert run.step == step  # what follows stands in line
    held.set_result(Worked(4, 0.01))
    until(lambda: run.step > step)
    own.close()
