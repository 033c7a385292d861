"""Earlier moments through the engine: looked at, gone on from, edited; failures, finished runs, other documents, other data."""

import time

import pytest

from core.data.points import edited as moved
from core.errors import UserError
from core.experiment import Experiment
from core.runs import slice as work
from core.runs.engine import Engine
from core.runs.run import GHOSTS, Run
from core.runs.wire import band, frame, scene
from core.training.checkpoint import unpack
from tests.core.runs.running import paused, two_waves, until

OFF = {"op": "off", "layer": "trunk.0", "unit": 3}


def finished(engine: Engine, document: Experiment) -> Run:
    run = engine.create(document)
    engine.command(run, "speed", None)
    engine.command(run, "play")
    until(lambda: run.status == "finished" and run.report is not None and run.baseline is not None)
    return run


def look(engine: Engine, run: Run, step: int) -> None:
    engine.command(run, "look", {"step": step})
    until(lambda: run.looking is not None and run.looking.step == step)


def epochs(run: Run) -> list[int]:
    return [record["epoch"] for record in run.records]


def test_every_part_of_the_frame_is_of_the_moment_and_newest_leaves_it(engine: Engine) -> None:
    run = finished(engine, two_waves())
    last = frame(run)
    look(engine, run, 5 * run.per_epoch)
    then = frame(run)
    assert then["looking"] == {"epoch": 5, "step": 5 * run.per_epoch}
    assert (then["epoch"], then["step"], then["status"]) == (20, run.steps, "finished")
    assert then["now"] == frame(run)["records"][5]
    assert run.looking is not None
    assert run.looking.view == work.moment(run.recording.way(5.0), "", False).view
    assert then["view"] != last["view"]
    assert then["hint"] == "Epoch 5 of 20: press Play to go on from here."
    look(engine, run, 5 * run.per_epoch + 1)  # between two epochs it is scored anew
    assert frame(run)["now"]["epoch"] == 5
    assert frame(run)["now"]["train"] != then["now"]["train"]
    engine.command(run, "newest")
    until(lambda: run.looking is None)
    assert {**frame(run), "rate": 0, "left": 0} == {**last, "rate": 0, "left": 0}


def test_a_look_pauses_and_of_many_the_newest_wins(engine: Engine) -> None:
    run = engine.create(two_waves(training__epochs=500))
    engine.command(run, "speed", 1000)
    engine.command(run, "play")
    until(lambda: run.step > 200)
    for step in range(1, 150):
        engine.command(run, "look", {"step": step})
    until(lambda: run.looking is not None and run.looking.step == 149)
    assert run.status == "paused"
    here = run.step
    time.sleep(0.2)
    assert abs(run.step - here) <= 100  # at most the slice that was under way
    assert run.looking is not None
    engine.command(run, "look", {"step": run.steps})  # later than there is anything
    until(lambda: run.looking is None)


def test_play_goes_on_from_there_and_what_was_later_is_a_ghost(engine: Engine) -> None:
    run = finished(engine, two_waves())
    end, start, records = run.checkpoint, run.start, list(run.records)
    engine.command(run, "look", {"step": 8 * run.per_epoch})
    engine.command(run, "play")  # at once: it waits for the moment
    until(lambda: run.status == "finished" and run.start == start + 1)
    assert run.checkpoint == end  # nothing was changed: the same again, to the last bit
    assert epochs(run) == list(range(21))
    assert run.records == records
    assert [mark["text"] for mark in run.marks] == ["went on from here"]
    (ghost,) = scene(run)["ghosts"]
    assert (ghost["epoch"], ghost["epochs"]) == (8, list(range(8, 21)))
    assert ghost["objective"][0] == band(records[8]["objective"])[0]
    assert ghost["tasks"][1]["validation"][-1] == band(records[20]["validation"][1]["loss"])[0]
    until(lambda: run.report is not None)


def test_a_step_from_there_is_a_branch_too(engine: Engine) -> None:
    run = paused(engine, two_waves(), epochs=4)
    look(engine, run, 6)
    engine.command(run, "step")
    until(lambda: run.status == "paused" and run.step == 7)
    assert epochs(run) == [0, 1]
    assert unpack(run.checkpoint).step == 7


def test_from_here_another_scheme(engine: Engine) -> None:
    run = finished(engine, two_waves())
    other = run.experiment.changed("weighting", {"name": "uncertainty", "params": {}})
    engine.command(run, "look", {"step": 8 * run.per_epoch})
    engine.change(run, other)  # waits for the moment
    until(lambda: run.id not in engine._busy)
    assert (run.step, run.status, run.looking, run.report) == (32, "paused", None, None)
    assert run.experiment == other
    assert [mark["epoch"] for mark in run.marks] == [8]
    assert "task weights" in run.marks[0]["text"]
    engine.command(run, "play")
    until(lambda: run.status == "finished")
    assert epochs(run) == list(range(21))
    assert len(run.ghosts) == 1
    look(engine, run, 12 * run.per_epoch)  # made again through the change
    assert frame(run)["now"] == frame(run)["records"][12]
    look(engine, run, 3 * run.per_epoch)
    assert run.looking is not None
    assert run.looking.experiment.weighting.name == "equal"


def test_going_on_from_before_a_change_takes_the_document_as_it_stands(engine: Engine) -> None:
    run = paused(engine, two_waves(), epochs=3)
    engine.change(run, run.experiment.changed("network.nonlinear", False))
    engine.command(run, "epoch")
    until(lambda: run.step == 4 * run.per_epoch and run.status == "paused")
    look(engine, run, run.per_epoch)
    assert frame(run)["nonlinear"] is True
    engine.command(run, "epoch")
    until(lambda: run.step == 2 * run.per_epoch and run.status == "paused")
    assert not unpack(run.checkpoint).experiment.network.nonlinear
    assert run.marks == [{"epoch": 1, "text": "activations → off"}]
    engine.command(run, "epoch")
    until(lambda: run.step == 3 * run.per_epoch and run.status == "paused")
    look(engine, run, 2 * run.per_epoch)
    assert frame(run)["now"] == frame(run)["records"][2]


def test_at_most_three_ghosts_are_kept_and_can_be_forgotten(engine: Engine) -> None:
    run = paused(engine, two_waves(), epochs=2)
    for _ in range(GHOSTS + 1):
        look(engine, run, run.per_epoch)
        start = run.start
        engine.command(run, "epoch")
        until(lambda start=start: run.start > start and run.step == 2 * run.per_epoch and run.status == "paused")
    assert len(run.ghosts) == GHOSTS
    engine.command(run, "forget")
    until(lambda: run.ghosts == [])
    look(engine, run, run.per_epoch)
    engine.command(run, "rewind")
    until(lambda: run.step == 0)
    assert (run.looking, run.ghosts, run.recording.changes) == (None, [], [])


def test_a_run_that_exploded_is_looked_at_and_gone_on_from(engine: Engine) -> None:
    run = paused(engine, two_waves(training__epochs=60), epochs=5)
    engine.change(run, run.experiment.changed("training.optimizer", {"name": "sgd", "params": {}}))
    run = paused(engine, run.experiment, epochs=5)
    engine.change(run, run.experiment.changed("training.learning_rate", 10.0))
    engine.command(run, "speed", None)
    engine.command(run, "play")
    until(lambda: run.status == "failed")
    assert run.failure is not None
    with pytest.raises(UserError, match="exploded"):
        engine.command(run, "edit", OFF)
    look(engine, run, 3 * run.per_epoch)
    assert frame(run)["message"] == ""
    assert frame(run)["now"] == frame(run)["records"][3]
    look(engine, run, run.failure.step - 1)
    look(engine, run, 3 * run.per_epoch)
    engine.change(run, run.experiment.changed("training.learning_rate", 0.01))
    assert (run.status, run.failure, run.step) == ("paused", None, 3 * run.per_epoch)
    assert [mark["epoch"] for mark in run.marks] == [3, 3]  # the rate that exploded was the document's
    engine.command(run, "play")
    until(lambda: run.status == "finished")
    assert epochs(run) == list(range(61))


def test_other_data_have_other_steps_and_their_own_picture(engine: Engine) -> None:
    run = paused(engine, two_waves(training__batch_size=40), epochs=3)
    assert run.per_epoch == 3
    before = run.scene
    point = {"op": "add", "task": 1, "x": 0.5, "y": 2.5}
    engine.change(run, moved(run.experiment, point))
    assert run.per_epoch == 4
    engine.command(run, "epoch")
    until(lambda: run.step == 16 and run.status == "paused")
    look(engine, run, 8)
    assert run.looking is not None
    assert (run.looking.epoch, run.looking.keyframe.step) == (2, 6)
    assert scene(run)["view"] == before != run.scene
    assert frame(run)["now"] == frame(run)["records"][2]
    engine.command(run, "epoch")
    until(lambda: run.step == 12 and run.status == "paused" and run.looking is None)
    assert scene(run)["view"] == run.scene
    assert epochs(run) == [0, 1, 2, 3]
    look(engine, run, 8)
    assert run.looking.per_epoch == 4  # where the other points were taken up
    assert scene(run)["view"] == run.scene


def test_an_edit_changes_what_the_network_says_at_once_and_is_in_the_history(engine: Engine) -> None:
    run = finished(engine, two_waves())
    end, view, report = run.checkpoint, run.view, run.report
    engine.command(run, "edit", OFF)
    until(lambda: run.view is not view)
    assert run.view["tasks"] != view["tasks"]
    assert run.now is not None
    assert run.now["train"] != run.records[-1]["train"]
    assert run.marks == [{"epoch": 20, "text": "shared layer 1, unit 4 switched off"}]
    assert frame(run)["edited"]
    until(lambda: run.report not in (None, report))  # of the network as it stands now
    engine.command(run, "edit", {"op": "restore"})
    until(lambda: run.checkpoint == end and run.view["tasks"] == view["tasks"])
    assert not frame(run)["edited"]
    assert [mark["text"] for mark in run.marks] == ["shared layer 1, unit 4 switched off", "edited weights put back"]


def test_moments_after_an_edit_are_made_again_and_a_dragged_weight_is_one_mark(engine: Engine) -> None:
    run = paused(engine, two_waves(), epochs=2)
    for value in (0.5, 1.0, 2.0):
        engine.command(run, "edit", {"op": "weight", "layer": "trunk.1", "unit": 0, "input": 1, "value": value})
    until(lambda: bool(run.marks) and run.marks[-1]["text"].endswith("set to 2") and run.id not in engine._busy)
    assert len(run.marks) == 1
    standing = run.checkpoint
    for epoch in (3, 4):
        engine.command(run, "epoch")
        until(lambda epoch=epoch: run.step == epoch * run.per_epoch and run.status == "paused")
    look(engine, run, 2 * run.per_epoch)
    assert run.shown == standing
    assert frame(run)["now"]["train"] != frame(run)["records"][2]["train"]  # after the edit, not the record before it
    look(engine, run, 3 * run.per_epoch)
    assert frame(run)["now"] == frame(run)["records"][3]
    engine.command(run, "edit", OFF)  # there: a branch
    until(lambda: run.looking is None and run.step == 3 * run.per_epoch and len(run.marks) == 2)
    assert epochs(run) == [0, 1, 2, 3]
    assert run.status == "paused"


def test_an_edit_before_training_begins_leaves_the_run_ready(engine: Engine) -> None:
    run = engine.create(two_waves())
    engine.command(run, "edit", OFF)
    until(lambda: run.edited)
    assert run.status == "ready"
    engine.command(run, "epoch")
    until(lambda: run.step == run.per_epoch and run.status == "paused")
    look(engine, run, 0)
    assert run.looking is not None
    assert unpack(run.looking.keyframe.raw).surgery


@pytest.mark.parametrize("value", [None, 3, {}, {"step": -1}, {"step": True}, {"step": 1.5}, {"step": "1"}, {"step": 2**60}])
def test_a_look_at_nothing_is_refused(engine: Engine, value: object) -> None:
    run = engine.create(two_waves())
    with pytest.raises(UserError, match="A look should say"):
        engine.command(run, "look", value)


def test_an_edit_of_what_there_is_not_is_refused(engine: Engine) -> None:
    run = engine.create(two_waves())
    with pytest.raises(UserError, match="from 0 to 15"):
        engine.command(run, "edit", {**OFF, "unit": 99})
