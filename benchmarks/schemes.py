"""What weighting schemes cost: a step of the heart network beside equal weights, a solver's call, a walk over the landscape.

Steps are compared in turns, one thread, by the processor's time for this process. A walk is measured over a tenth of it.
"""

import time
from statistics import median

import numpy as np
import torch

from benchmarks.figure import Figure
from benchmarks.heart import ROWS, training_on
from core import presets
from core.data.prepare import prepare
from core.data.source import load
from core.experiment import Weighting
from core.landscapes.scene import scene_of
from core.landscapes.walk import begin, walk
from core.training.cost import measured
from core.weighting import SCHEMES, Signal, scheme_of
from core.weighting._dice import Dice

TURNS, REPLICAS = 120, 16
PART = 3_500
MOST_TASKS, CALLS = 8, 200
CHOICES = {name: Weighting(name=name) for name in SCHEMES} | {
    "famo, next batch": Weighting(name="famo", params={"batch": "next"})
}
"""Every scheme as it comes, and that which looks at a batch twice also as it does not."""


def figures() -> list[Figure]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return [*_steps(), *_calls(), *_walks()]
    finally:
        torch.set_num_threads(threads)


def _steps() -> list[Figure]:
    document = presets.load("heart")
    data = training_on(ROWS, prepare(document, load(document.data.source)))
    ratios = {}
    for replicas in (1, REPLICAS):
        times = measured(document.changed("replicas", replicas), CHOICES, data, TURNS, float("inf"))
        ratios[replicas] = {name: found / times["equal"] for name, found in times.items()}
    kinds = {name: _kind(choice) for name, choice in CHOICES.items()}
    found = []
    for kind, bounds in (("gradients", (2.5, 3.0)), ("losses", (1.15, 1.15)), ("more", (1.75, 1.75))):
        for replicas, bound in zip((1, REPLICAS), bounds, strict=True):
            of_kind = {name: ratio for name, ratio in ratios[replicas].items() if kinds[name] == kind and name != "equal"}
            worst = max(of_kind, key=lambda name: of_kind[name])
            what = {"gradients": "gradient schemes", "losses": "losses-only schemes", "more": "schemes that look twice"}[kind]
            found.append(Figure(f"{what}, a step / equal, {replicas} replicas: {worst}", of_kind[worst], "", bound))
    return found + [
        Figure(f"    {name} (each of {REPLICAS} replicas together: {ratios[REPLICAS][name]:.2f})", ratios[1][name])
        for name in CHOICES
    ]


def _kind(choice: Weighting) -> str:
    needs = scheme_of(choice).needs
    if needs & {"gramian", "jacobian"}:
        return "gradients"
    return "more" if "losses_after" in needs else "losses"


def _calls() -> list[Figure]:
    found = []
    for name in ("nash-mtl", "cagrad"):
        slowest = max((_call(name, tasks), tasks) for tasks in range(2, MOST_TASKS + 1))
        found.append(Figure(f"{name}, a call, slowest of 2 to {MOST_TASKS} tasks: {slowest[1]} tasks", slowest[0], "ms", 1.0))
    return found


def _call(name: str, tasks: int) -> float:
    """Milliseconds of the scheme alone, of one replica; gradients of other lengths at every call."""
    scheme = scheme_of(Weighting(name=name))
    draw = np.random.default_rng(tasks)
    state, times = scheme.init(tuple(map(str, range(tasks))), 1), []
    for step in range(CALLS):
        rows = draw.normal(size=(1, tasks, 50)) * 10.0 ** draw.uniform(-1, 1, (1, tasks, 1))
        signal = Signal(np.ones((1, tasks)), rows @ rows.transpose(0, 2, 1), rows, None, step, 0, Dice(0, [0]))
        began = time.thread_time()
        state = scheme.weigh(state, signal).state
        times.append(1e3 * (time.thread_time() - began))
    return median(times)


def _walks() -> list[Figure]:
    scene, seconds = scene_of("two-task"), {}
    for name in SCHEMES:
        course = scene.course(Weighting(name=name))
        began = time.thread_time()
        walk(course, begin(course), PART)
        seconds[name] = (time.thread_time() - began) * scene.steps / PART
    slowest = max(seconds, key=lambda name: seconds[name])
    return [
        Figure(f"five starts, {scene.steps:,} steps on the landscape, slowest: {slowest}", seconds[slowest], "s", 60.0),
        Figure("    all schemes together", sum(seconds.values()), "s"),
    ]
