"""Time: how large a whole recording of the default scene is, and how long an earlier moment takes to be made again."""

import random
import zlib
from statistics import median
from time import perf_counter

import torch

from benchmarks.figure import Figure
from core.data.columns import begin
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.runs import slice as work
from core.runs.recording import Keyframe, Recording
from core.runs.wire import banded, text

LOOKS = 30


def figures() -> list[Figure]:
    torch.set_num_threads(1)
    source = Source(kind="sample", name="two-waves")
    document = begin(source, load(source), SAMPLES["two-waves"])
    made, history, steps, per_epoch = recorded(document)
    scattered = [seconds(made, step / per_epoch) for step in random.Random(0).sample(range(steps), LOOKS)]
    return [
        Figure("a whole recording: keyframes, changes and the packed history", (made.size + len(history)) / 1000, "KB", 200),
        Figure("    its keyframes", made.size / 1000, "KB"),
        Figure("    how many", len(made.keyframes)),
        Figure(f"a moment anywhere, made again: median of {LOOKS}", 1e3 * median(scattered), "ms", 150),
        Figure("    the longest", 1e3 * max(scattered), "ms", 400, aim=True),
        Figure("    the next epoch's, as the track is dragged on", 1e3 * median(dragged(made, per_epoch)), "ms", 40),
    ]


def recorded(document: Experiment) -> tuple[Recording, bytes, int, int]:
    """Of a run to its end in slices as an engine takes them: the recording, its history as it is sent, packed, and steps."""
    begun = work.begin(document, "")
    per_epoch = begun.facts["steps_per_epoch"]
    raw, records, made, step = begun.checkpoint, [begun.record], Recording(begun.checkpoint, per_epoch), 0
    steps = document.training.epochs * per_epoch
    while step < steps:
        sliced = work.go_on(raw, "", 6, None)
        raw, step = sliced.checkpoint, sliced.step
        records += sliced.records
        made.keep(step, raw)
    return made, zlib.compress(text({"records": [banded(record) for record in records]}).encode()), steps, per_epoch


def seconds(made: Recording, epoch: float) -> float:
    began = perf_counter()
    work.moment(made.way(epoch), "", False)
    return perf_counter() - began


def dragged(made: Recording, per_epoch: int) -> list[float]:
    """Seconds for one epoch after the other, each from the one before it."""
    near, found = None, []
    for epoch in range(20, 40):
        way = made.way(epoch, near)
        began = perf_counter()
        moment = work.moment(way, "", False)
        found.append(perf_counter() - began)
        near = Keyframe(moment.checkpoint, way.changes, way.step)
    return found
