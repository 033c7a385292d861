"""Steps of the heart network, one thread: ours for 1 and 16 replicas, the plain loop, scikit-learn.

Batch 32, 50 epochs, Adam, on the bundled rows that have both labels. Ours counts training steps only, as the others do.
"""

import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.agreement import side_by_side, training_rows
from benchmarks.figure import Figure
from benchmarks.plain_loop import HeartNet, train
from core import presets
from core.data.dataset import Dataset
from core.data.prepare import prepare
from core.data.source import load
from core.experiment import Experiment
from core.training.advance import Budget, Clock, advance
from core.training.checkpoint import start, steps_per_epoch

REPEATS = 9
REPLICAS = 16
ROWS = 242
"""Training rows: four fifths of the well-known table, 8 steps an epoch."""


def figures() -> list[Figure]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return _figures()
    finally:
        torch.set_num_threads(threads)


def _figures() -> list[Figure]:
    document = presets.load("heart")
    data = training_on(ROWS, prepare(document, load(document.data.source)))
    steps = document.training.epochs * steps_per_epoch(document, data)
    apart, plain = side_by_side(document, data)
    times = interleaved(
        {
            "plain": lambda: plain_loop(document, data),
            "one": lambda: ours(document, data),
            "many": lambda: ours(document.changed("replicas", REPLICAS), data) / REPLICAS,
            "sklearn": lambda: scikit_learn(document, data),
        },
        REPEATS,
    )
    each = {name: f"{1e6 * median(found) / steps:.0f} us a step" for name, found in times.items()}
    return [
        Figure(f"one replica ({each['one']}) / plain loop ({each['plain']})", ratio(times, "one", "plain"), "", 0.5),
        Figure(f"each of {REPLICAS} replicas ({each['many']}) / plain loop", ratio(times, "many", "plain"), "", 0.08),
        Figure(f"one replica / scikit-learn's MLP ({each['sklearn']})", ratio(times, "one", "sklearn"), "", 1.0, aim=True),
        Figure(f"furthest loss from the plain loop's in {steps} steps", float((apart - plain).abs().max()), "", 1e-5),
    ]


def training_on(rows: int, data: Dataset) -> Dataset:
    """With so many of the training rows that have every label; the plain loop takes no others."""
    known = torch.stack([target.labelled for target in data.targets]).all(0)
    return replace(data, train=data.train[:, known[data.train[0]]][:, :rows])


def interleaved(runs: dict[str, Callable[[], float]], repeats: int) -> dict[str, list[float]]:
    """Seconds that each run says it took, A B C A B C ..., after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for repeat in range(-1, repeats):
        for name, run in runs.items():
            took = run()
            if repeat >= 0:
                times[name].append(took)
    return times


def ratio(times: dict[str, list[float]], first: str, second: str) -> float:
    """Median over the rounds of how long the one took, against the other in the same round."""
    return median(a / b for a, b in zip(times[first], times[second], strict=True))


def ours(document: Experiment, data: Dataset) -> float:
    clock = Clock()
    advance(start(document, data), data, Budget(), clock)
    return clock.training


def plain_loop(document: Experiment, data: Dataset) -> float:
    model, rows = HeartNet(data.features.shape[-1]), training_rows(data)
    began = time.perf_counter()
    train(model, *rows, epochs=document.training.epochs)
    return time.perf_counter() - began


def scikit_learn(document: Experiment, data: Dataset) -> float:
    """One task of three classes: scikit-learn has no shared trunk, so it does less."""
    training = document.training
    model = MLPClassifier(
        (32, 64, 32),
        batch_size=training.batch_size,
        max_iter=training.epochs,
        tol=0.0,
        n_iter_no_change=training.epochs,
        random_state=0,
    )
    x, thal, _ = (values.numpy() for values in training_rows(data))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped at 50 epochs, as all are
        began = time.perf_counter()
        model.fit(x, thal)
        return time.perf_counter() - began
