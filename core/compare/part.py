"""A document and its data with some of the tasks only, all else as it is: what a comparison trains.

Rows, their split, what inputs and answers were scaled by, and the order of batches stay those of the whole document. A row
without a label for the tasks that are left is in the batches still, and teaches nothing; where each batch trains one task,
those of the others come as before, and teach nothing. So every training of a comparison takes as many steps, has as many
batches of each task, and is scored on the very same rows. (Policies that go by losses do not know those of tasks that are not
there, and take them to be the mean of the others.)
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from core.data.dataset import Dataset, Target
from core.experiment import Experiment, parse
from core.groups import tidy

REPLICAS = 5
"""Of fewer replicas the interval would be too wide to say anything."""
FEWEST = 2
"""So many labels a task keeps at least."""


@dataclass(frozen=True)
class Part:
    """The tasks trained together, by column in the document's order. `few`: the task of which only a `share` of the training
    labels is kept."""

    columns: tuple[str, ...]
    few: str = ""
    share: float = 1.0


def compared(experiment: Experiment) -> Experiment:
    """The document as it is compared: at least five replicas, no twins without activations."""
    document = experiment.model_dump(mode="json")
    document["replicas"] = max(REPLICAS, experiment.replicas)
    document["network"]["twin"] = False
    return parse(document)


def only(experiment: Experiment, columns: Collection[str]) -> Experiment:
    """The document with these tasks only. What names another task goes with it; a task that is alone has weight 1.

    Shared layers that only others go through are left out. Tasks that would all be auxiliary are scored.
    """
    if set(columns) == set(experiment.columns):
        return experiment
    document = experiment.model_dump(mode="json")
    document["tasks"] = [task for task in document["tasks"] if task["column"] in columns]
    network, sampling = document["network"], document["sampling"]
    network["towers"] = _those(network["towers"], columns)
    for choice in (network["sharing"], sampling):
        params = choice["params"]
        choice["params"] = {
            name: _those(value, columns) if isinstance(value, dict) else value for name, value in params.items()
        }
    if branch := network["sharing"]["params"].get("branch"):
        depth = len(network["trunk"])
        network["trunk"] = network["trunk"][: max(branch.get(column, depth) for column in columns)]
    tidy(document)
    if len(document["tasks"]) == 1:
        document |= {"weighting": {"name": "equal"}, "groups": []}
    return parse(document)


def _those(by_task: Mapping[str, Any], columns: Collection[str]) -> dict[str, Any]:
    return {column: value for column, value in by_task.items() if column in columns}


def rows_of(dataset: Dataset, part: Part, seed: int) -> Dataset:
    """The data of a part: the whole document's, with its tasks' answers alone.

    The fewer labels are among the more: whoever has 10 % of them has those of the 5 %. Raises `ValueError` for fewer labels
    where every replica has a split of its own: what trains in one is scored in another.
    """
    targets = tuple(target for target in dataset.targets if target.column in part.columns)
    if part.few and part.share < 1:
        if len(dataset.train) > 1:
            raise ValueError("fewer labels of a task need one split for all replicas")
        targets = tuple(
            _fewer(target, dataset, part.share, seed) if target.column == part.few else target for target in targets
        )
    others = tuple((place, target) for place, target in enumerate(dataset.targets) if target.column not in part.columns)
    return replace(dataset, targets=targets, elsewhere=others)


def labels(dataset: Dataset, column: str, share: float = 1.0) -> int:
    """How many training labels a share of a task's is, in the first split."""
    target = next(target for target in dataset.targets if target.column == column)
    known = int(target.labelled[dataset.train[0]].sum())
    return known if share >= 1 else min(known, max(FEWEST, round(known * share)))


def _fewer(target: Target, dataset: Dataset, share: float, seed: int) -> Target:
    train = dataset.train[0]
    known = train[target.labelled[train]].numpy()
    order = np.random.default_rng([seed, 7]).permutation(len(known))
    labelled = target.labelled.clone()
    labelled[torch.from_numpy(known[order[labels(dataset, target.column, share) :]])] = False
    return replace(target, labelled=labelled)
