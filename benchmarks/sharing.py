"""What sharing architectures cost: a step of the heart network beside hard sharing, in turns, one thread, processor's time."""

from statistics import median

import torch

from benchmarks.figure import Figure
from benchmarks.heart import ROWS, training_on
from core import presets
from core.data.prepare import prepare
from core.data.source import load
from core.network.sharing import SHARING
from core.training.batches import Batches
from core.training.checkpoint import start
from core.training.cost import timed
from core.training.step import Stepper

TURNS, STEPS = 100, 4
PARAMS = {"mmoe": {"experts": 8}}
BOUNDS = {"mmoe": 3.0, "cgc": 3.0, "cross-stitch": 3.0}


def figures() -> list[Figure]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        ratios = _ratios()
    finally:
        torch.set_num_threads(threads)
    return [Figure(f"a step / hard sharing: {_told(name)}", ratio, "", BOUNDS.get(name)) for name, ratio in ratios.items()]


def _told(name: str) -> str:
    return ", ".join([name, *(f"{value} {key}" for key, value in PARAMS.get(name, {}).items())])


@torch.inference_mode()
def _ratios() -> dict[str, float]:
    document = presets.load("heart").changed("replicas", 1)
    data = training_on(ROWS, prepare(document, load(document.data.source)))
    batches = list(Batches(document, data).epoch(0, 0))
    steppers = {}
    for name in SHARING:
        made = document.changed("network.sharing", {"name": name, "params": PARAMS.get(name, {})})
        steppers[name] = Stepper(start(made, data), data, 10**6)
    times: dict[str, list[float]] = {name: [] for name in steppers}
    for turn in range(TURNS):
        for name, stepper in steppers.items():
            times[name] += timed(stepper, batches, 0 if turn == 0 else STEPS)
    steps = {name: median(found) for name, found in times.items()}
    return {name: step / steps["hard"] for name, step in steps.items() if name != "hard"}
