"""What a twin without activations costs: 200 steps of the default scene with twins and without, in turn."""

from statistics import median

import torch

from benchmarks.figure import Figure
from core.data.columns import begin
from core.data.dataset import Dataset
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.training.advance import Budget, Clock, advance
from core.training.checkpoint import start

STEPS, ROUNDS = 200, 25


def figures() -> list[Figure]:
    torch.set_num_threads(1)
    source = Source(kind="sample", name="two-waves")
    alone = begin(source, load(source), SAMPLES["two-waves"])
    twins = alone.changed("network.twin", True)
    data = prepare(alone, load(source))
    for document in (alone, twins):
        seconds(document, data)
    pairs = [(seconds(alone, data), seconds(twins, data)) for _ in range(ROUNDS)]
    return [
        Figure(f"{STEPS} steps with twins / without: median of {ROUNDS} pairs", median(b / a for a, b in pairs), "", 1.3),
        Figure("    a step without", 1e6 * median(a for a, _ in pairs) / STEPS, "us"),
        Figure("    a step with twins", 1e6 * median(b for _, b in pairs) / STEPS, "us"),
    ]


def seconds(document: Experiment, data: Dataset) -> float:
    """Spent in 200 training steps from the start, without evaluation."""
    clock = Clock()
    advance(start(document, data), data, Budget(steps=STEPS), clock)
    return clock.training
