"""Few keyframes, evenly spread and small; every moment is made again from the one before it, to the last bit."""

import json
import zlib

import pytest

from core.experiment import Experiment
from core.runs import slice as work
from core.runs.recording import BYTES, MOST, Change, Keyframe, Recording
from core.runs.wire import banded, text
from core.training.advance import Budget, advance
from core.training.checkpoint import adopt, architecture, start, unpack
from core.training.surgery import Edit, edited
from tests.core.runs.running import two_waves

STEPS = 4  # of an epoch


def kept(epochs: int, size: int = 10) -> Recording:
    made = Recording(b"x" * size, STEPS)
    for epoch in range(1, epochs + 1):
        made.keep(epoch * STEPS, b"x" * size)
    return made


@pytest.mark.parametrize("epochs", [1, 7, 8, 40, 333, 2000])
def test_there_are_never_too_many_and_they_are_evenly_spread(epochs: int) -> None:
    frames = kept(epochs).keyframes
    assert min(epochs + 1, MOST // 2) <= len(frames) <= MOST
    gaps = [after.step - before.step for before, after in zip(frames, frames[1:], strict=False)]
    assert max([*gaps, epochs * STEPS - frames[-1].step]) <= 2 * max(epochs * STEPS / (MOST // 2), STEPS)
    assert frames[0].step == 0


def test_large_ones_are_fewer() -> None:
    frames = kept(100, BYTES // 3).keyframes
    assert 2 <= len(frames) <= 4
    assert len(kept(100, BYTES + 1).keyframes) == 1  # the first is always there


def test_the_way_goes_from_the_keyframe_before_or_from_one_that_is_nearer() -> None:
    made = kept(100)
    way = made.way(50.5)
    assert (way.step, way.epoch, way.changes, way.through, way.fresh) == (202, 50.5, 0, (), False)
    assert way.keyframe.step <= 202
    assert made.way(50.5, Keyframe(b"near", 0, 200)).keyframe.raw == b"near"
    assert made.way(50.5, Keyframe(b"past", 0, 203)).keyframe == way.keyframe


def test_the_way_leads_through_changes_and_counts_steps_as_they_were_there() -> None:
    made, other = kept(10), two_waves()
    made.change(Change(40, 60, 6, document=other))  # at epoch 10; epochs have grown longer
    made.keep(120, b"later")
    before, at, after = made.way(9.5), made.way(10.0), made.way(15.0)
    assert (before.step, before.per_epoch, before.through) == (38, 4, ())
    assert (at.step, at.per_epoch, at.fresh) == (60, 6, True)
    assert at.through == (made.changes[0],)
    assert (after.step, after.changes, after.fresh, len(after.through)) == (90, 1, False, 1)
    assert made.way(20.0).keyframe.raw == b"later"
    assert made.way(20.0).through == ()


def test_cut_forgets_what_came_after() -> None:
    made = kept(10)
    made.change(Change(40, 40, STEPS, edit=Edit("off", "trunk.0", 1)))
    made.keep(60, b"later")
    made.cut(Keyframe(b"", 0, 22))
    assert made.changes == []
    assert all(frame.step <= 22 for frame in made.keyframes)


def test_a_weight_that_is_dragged_is_one_change_until_it_trains_on() -> None:
    made = kept(2)
    drag = [made.change(Change(8, 8, STEPS, edit=Edit("weight", "trunk.0", 1, 0, value))) for value in (1.0, 2.0, 3.0)]
    assert drag == [False, True, True]
    assert [change.edit.value for change in made.changes if change.edit] == [3.0]
    assert not made.change(Change(8, 8, STEPS, edit=Edit("weight", "trunk.0", 2, 0, 1.0)))
    made.keep(12, b"")
    assert not made.change(Change(12, 12, STEPS, edit=Edit("weight", "trunk.0", 2, 0, 1.0)))
    assert len(made.changes) == 3


def recorded(document: Experiment) -> tuple[Recording, list[dict], dict[tuple[int, int], bytes]]:
    """A run in short slices with a change of the document and an edit on the way; its checkpoints by changes and step."""
    dataset, _ = work.prepared(document, "")
    point = start(document, dataset)
    made, records, all_of = Recording(point.pack(), STEPS), [], {(0, 0): point.pack()}
    network = architecture(document, dataset)

    def train(steps: int) -> None:
        nonlocal point
        for _ in range(0, steps, 3):
            point, found = advance(point, dataset, Budget(3))
            records.extend(found)
            made.keep(point.step, point.pack())
            all_of[len(made.changes), point.step] = point.pack()

    def changed(change: Change) -> None:
        made.change(change)
        all_of[len(made.changes), point.step] = point.pack()

    train(60)
    other = document.changed("training.learning_rate", 0.01).changed("weighting", {"name": "uncertainty", "params": {}})
    adopted = adopt(point, other)
    assert adopted is not None
    point = adopted
    changed(Change(point.step, point.step, STEPS, document=other))
    train(60)
    edit = Edit("off", "trunk.0", 3)
    point = edited(point, network, edit)
    changed(Change(point.step, point.step, STEPS, edit=edit))
    train(60)
    return made, records, all_of


@pytest.mark.parametrize(
    "document",
    [
        two_waves(),
        two_waves(replicas=2, network__twin=True),
        two_waves(sampling={"name": "by-loss", "params": {}}, training__optimizer={"name": "momentum", "params": {}}),
        two_waves(network__trunk=[{"width": 8, "activation": {"name": "relu"}, "batch_norm": True, "dropout": 0.2}]),
    ],
    ids=["plain", "replicas and twins", "one task a batch", "dropout and batch norm"],
)
def test_every_moment_is_made_again_to_the_last_bit(document: Experiment) -> None:
    document = document.changed("training.epochs", 60)
    made, records, all_of = recorded(document)
    for (changes, step), raw in all_of.items():
        way = made.way(step / STEPS)
        if way.changes != changes:  # something was changed in that very step: what is shown is what came of it
            assert (way.changes, way.step, way.fresh) == (changes + 1, step, True)
            continue
        assert work.moment(way, "", False).checkpoint == raw


def test_a_whole_recording_of_the_default_scene_fits_in_200_kb() -> None:
    document = two_waves(training__epochs=200)
    dataset, _ = work.prepared(document, "")
    point, records = start(document, dataset), []
    made = Recording(point.pack(), STEPS)
    while point.step < 200 * STEPS:
        point, found = advance(point, dataset, Budget(6))
        records += found
        made.keep(point.step, point.pack())
    history = zlib.compress(text({"records": [banded(record) for record in records]}).encode())
    assert made.size + len(history) <= 200_000
    assert len(json.loads(zlib.decompress(history))["records"]) == 200
    assert unpack(made.keyframes[-1].raw).step > 100 * STEPS
