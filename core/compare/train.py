"""One training of a comparison, in slices: pure functions of what they carry. Knows nothing of who asks.

No record is made on the way: only the end is scored, on the validation rows. The test rows stay unseen, since who compares
goes on to choose. Without validation rows it is the training rows.
"""

import math
from dataclasses import dataclass
from typing import Any

import torch

from core.compare.part import Part, labels, rows_of
from core.compare.start import begin
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.training.advance import Budget, Clock, advance, parameters_of
from core.training.checkpoint import Checkpoint, steps_per_epoch, unpack
from core.training.evaluate import Evaluator


@dataclass(frozen=True)
class Outcome:
    """What a part's training came to. scores: column -> score -> one value per replica, NaN where it has none.

    parameters: of one network; seconds: in training steps, all replicas together; labels: training labels by column;
    rows: validation rows with a label by column; failure: the task whose loss exploded.
    """

    scores: dict[str, dict[str, list[float]]]
    parameters: int
    seconds: float
    labels: dict[str, int]
    rows: dict[str, int]
    scored: str
    failure: str = ""


@dataclass(frozen=True)
class Slice:
    """A part's training some steps further. share: of all its steps; outcome: at the end."""

    checkpoint: bytes
    share: float
    seconds: float
    outcome: Outcome | None = None


def go_on(
    experiment: Experiment,
    part: Part,
    whole: Dataset,
    checkpoint: bytes = b"",
    before: float = 0.0,
    seconds: float | None = None,
) -> Slice:
    """Trains a part for at most so many seconds, from its start where there is no checkpoint.

    experiment, whole: the document as `compared` gives it and its data; before: seconds trained until now.
    """
    data = rows_of(whole, part, experiment.seed)
    point = unpack(checkpoint) if checkpoint else begin(experiment, part, whole, data)
    clock = Clock()
    after, _ = advance(point, data, Budget(seconds=seconds), clock, looks=False)
    total = after.experiment.training.epochs * steps_per_epoch(after.experiment, data)
    over = after.failure is not None or after.step >= total
    trained = before + clock.training
    return Slice(
        b"" if over else after.pack(), after.step / total, trained, outcome(after, part, data, trained) if over else None
    )


@torch.inference_mode()
def outcome(point: Checkpoint, part: Part, data: Dataset, seconds: float) -> Outcome:
    """The scores of a trained part. An exploded one has none."""
    network, parameters = parameters_of(point, data)
    scored = "validation" if data.rows("validation").shape[1] else "train"
    _, scores, _ = Evaluator(point.experiment, data, network).look(scored, parameters, point.buffers)
    found: dict[str, Any] = {target.column: each for target, each in zip(data.targets, scores, strict=True)}
    if point.failure is not None:
        found = {column: {name: [math.nan] * len(v) for name, v in each.items()} for column, each in found.items()}
    return Outcome(
        scores=found,
        parameters=sum(spec.size for spec in network.specs),
        seconds=seconds,
        labels={column: labels(data, column) for column in part.columns},
        rows={target.column: int(target.labelled[data.rows(scored)[0]].sum()) for target in data.targets},
        scored=scored,
        failure=point.failure.task if point.failure else "",
    )
