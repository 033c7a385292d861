"""Where the training of a part begins: at the very numbers that the whole network begins with, where shapes agree.

Knows nothing of how it goes on.
"""

import re
from dataclasses import replace

from core.compare.part import Part, only
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.network.parameters import views
from core.training.checkpoint import Checkpoint, architecture, start
from core.training.optimizers import OPTIMIZERS

NUMBERED = re.compile(r"^((?:level\d+\.)?(?:own|expert|gate|skip|mask|tower|output))(\d+)(?=\.|$)")
"""A task's number in a parameter's name, as in `tower2.0.weight` (see `core.network.naming`)."""
BANK = "own."
"""How names begin where every task has a copy of one layer."""


def begin(experiment: Experiment, part: Part, whole: Dataset, data: Dataset) -> Checkpoint:
    """Step 0 of a part. whole, data: of the whole document, and of the part (see `rows_of`)."""
    document = only(experiment, part.columns)
    fresh = start(document, data)
    if document is experiment:
        return fresh
    lanes = experiment.lanes
    first, specs = start(experiment, whole), architecture(experiment, whole).specs
    known = {spec.name: block for spec, block in zip(specs, views(first.parameters, specs, lanes), strict=True)}
    own = architecture(document, data).specs
    flat = fresh.parameters.clone()
    places = [experiment.columns.index(column) for column in document.columns]
    for spec, block in zip(own, views(flat, own, lanes), strict=True):
        found = known.get(_name(spec.name, places))
        if found is None:
            continue
        if spec.name.startswith(BANK) and found.shape[1] == len(experiment.columns) and block.shape[1] == len(places):
            found = found[:, places]
        if found.shape == block.shape:
            block.copy_(found)
    optimizer, _ = OPTIMIZERS.resolve(document.training.optimizer.name, document.training.optimizer.params)
    return replace(fresh, parameters=flat, optimizer=optimizer.init(flat))


def _name(name: str, places: list[int]) -> str:
    """What a parameter of the part is called in the whole network."""

    def whole(found: re.Match[str]) -> str:
        number = int(found[2])
        return f"{found[1]}{places[number]}" if number < len(places) else found[0]

    return NUMBERED.sub(whole, name)
