"""What a step costs with each weighting scheme, on this machine and now. Knows nothing of what schemes compute.

The schemes take turns of a few steps each, so that whatever else the machine does meets all of them alike; and what is
counted is the processor's time for this thread, without that in which others had it.
"""

import time
from collections.abc import Mapping, Sequence
from statistics import median

import torch

from core.data.dataset import Dataset
from core.data.prepare import prepare
from core.data.source import table_of
from core.data.store import Store
from core.experiment import Experiment, Weighting
from core.training.batches import Batch, Batches
from core.training.checkpoint import start, steps_per_epoch
from core.training.step import Stepper

TURNS, LEAST, STEPS = 14, 4, 4
SECONDS = 2.5
"""After so long it makes do with the turns it has, at least with `LEAST`: a busy machine is no reason to wait."""


def cost(experiment: Experiment, names: Sequence[str], store: Store | None = None) -> dict[str, float]:
    """Microseconds a training step of `experiment` takes with the default of each scheme: the median over the steps."""
    choices = {name: Weighting(name=name) for name in names}
    return measured(experiment, choices, prepare(experiment, table_of(experiment.data, store)))


@torch.inference_mode()
def measured(
    experiment: Experiment, choices: Mapping[str, Weighting], data: Dataset, turns: int = TURNS, seconds: float = SECONDS
) -> dict[str, float]:
    """The same of any choices by name, on data at hand, with as many turns as there is time for."""
    per_epoch = steps_per_epoch(experiment, data)
    batches = list(Batches(experiment, data).epoch(0, 0))
    steppers = {}
    for name, weighting in choices.items():
        made = experiment.model_copy(update={"weighting": weighting})
        steppers[name] = Stepper(start(made, data), data, experiment.training.epochs * per_epoch)
    times: dict[str, list[float]] = {name: [] for name in choices}
    until = time.perf_counter() + seconds
    for turn in range(turns):
        if turn >= LEAST and time.perf_counter() > until:
            break
        for name, stepper in steppers.items():
            times[name] += timed(stepper, batches, 0 if turn == 0 else STEPS)
    return {name: median(found) for name, found in times.items()}


def timed(stepper: Stepper, batches: list[Batch], number: int) -> list[float]:
    """Microseconds of so many steps, after one that warms up: others have had the caches meanwhile."""
    found = []
    for _ in range(number + 1):
        epoch, place = divmod(stepper.step, len(batches))
        began = time.thread_time()
        stepper.take(batches[place], epoch)
        found.append(1e6 * (time.thread_time() - began))
    return found[1:]
