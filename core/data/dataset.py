"""What the network trains on: tensors, and the way back to the user's units.

Knows nothing of networks. A *split* axis comes first where replicas may differ in their rows: its
size is 1 when all replicas share one split, else the number of replicas.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
import torch
from torch import Tensor

from core.experiment import Reading, TaskKind


@dataclass(frozen=True)
class Understood:
    """How a file was read. `reading` has every choice made: what a person left open is filled in, where the format has it.

    kind: "text", "Excel" or "Parquet"; packed: "gzip", "zip" or ""; sheets: names to choose from; rows: in the file, also where
    only a sample of them was taken; columns: name -> what was done to its cells, in a few words, such as "decimal comma".
    """

    kind: str
    reading: Reading
    packed: str = ""
    sheets: tuple[str, ...] = ()
    rows: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table as read, with what was noticed on the way (`notes`, whole sentences for the user).

    always: so many of the last rows train, whatever the split. drawn: how a person adds rows, where a person set them all.
    understood: of a file, how it was read.
    """

    name: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()
    always: int = 0
    drawn: str = ""
    understood: Understood | None = None


@dataclass(frozen=True)
class Target:
    """One task's answers.

    values: `[split, row]`; regression: float32, standardised by the training rows; binary: float32 0/1;
    multiclass: int64 class numbers. Rows without a label hold 0. labelled: bool `[row]`.
    mean, scale: `[split]` float32 (regression, in the column's units; else 0 and 1).
    classes: names of the classes, in order (binary: no first, yes second); empty for regression.
    """

    column: str
    kind: TaskKind
    values: Tensor
    labelled: Tensor
    mean: Tensor
    scale: Tensor
    classes: tuple[str, ...] = ()

    def to_units(self, standardised: Tensor) -> Tensor:
        """Values `[split or replica, ...]` as the network gives them, in the column's units (regression only).

        Twins' splits are those of the networks beside them, so that either half may be given alone.
        """
        shape, given = (-1,) + (1,) * (standardised.dim() - 1), len(standardised)
        return standardised * self.scale[:given].view(shape) + self.mean[:given].view(shape)

    @property
    def outputs(self) -> int:
        """How many numbers the network gives for this task."""
        return len(self.classes) if self.kind == "multiclass" else 1


@dataclass(frozen=True)
class Dataset:
    """features: float32 `[split, row, feature]`; train, validation, test, outside: int64 `[split, row']`.

    outside: rows beyond `Split.learn_from`, which are in none of the other three.

    feature_names: of the features that come from a table. Where inputs are texts, these are followed by the numbers of a row's
    words (`core.data.text`), as many as the longest row has; words: so many numbers there are (0 without texts), of the
    split that has most.

    transforms: per split what makes features of a frame in the user's columns, by its method `transform`.
    origin: int64 `[row]`, the row of the table that each row is (rows without any label are left out).
    elsewhere: tasks that were taken out for a comparison, by their place among all: where a batch trains one task, theirs come
    as before, and nothing is learned from them.
    """

    features: Tensor
    targets: tuple[Target, ...]
    train: Tensor
    validation: Tensor
    test: Tensor
    feature_names: tuple[str, ...]
    transforms: tuple[Any, ...]
    origin: Tensor | None = None
    outside: Tensor = field(default_factory=lambda: torch.empty(1, 0, dtype=torch.int64))
    words: int = 0
    elsewhere: tuple[tuple[int, Target], ...] = ()

    @property
    def nbytes(self) -> int:
        """What its tensors take, in bytes."""
        targets = [each for target in self.targets for each in (target.values, target.labelled)]
        return sum(each.nbytes for each in (self.features, self.train, self.validation, self.test, *targets))

    @cached_property
    def known(self) -> tuple[Tensor, ...]:
        """What a task's loss is told of the answers that are trained on: labelled training rows per class `[class]`, of the
        first split; for regression mean / standard deviation `[split]`."""
        with torch.inference_mode(False):  # whoever asks first, it serves all
            return tuple(self._known(target) for target in self.targets)

    def _known(self, target: Target) -> Tensor:
        if target.kind == "regression":
            return target.mean / target.scale
        rows = self.train[0][target.labelled[self.train[0]]]
        return torch.bincount(target.values[0][rows].long(), minlength=max(2, len(target.classes))).float()

    @property
    def splits(self) -> int:
        return self.features.shape[0]

    def rows(self, split: str) -> Tensor:
        """Row numbers `[split, row']` of "train", "validation", "test" or "outside"."""
        return {"train": self.train, "validation": self.validation, "test": self.test, "outside": self.outside}[split]

    def encode(self, frame: pd.DataFrame) -> Tensor:
        """Features `[split, row, feature]` of new rows in the user's columns and units."""
        return torch.stack([torch.as_tensor(t.transform(frame), dtype=torch.float32) for t in self.transforms])
