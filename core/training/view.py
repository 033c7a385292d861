"""What a network has learned, as small numbers to draw: a fitted curve, a decision map, or answers on validation rows.

Knows nothing of colours or browsers; `core.runs.wire` says what each field means. Which of the three it is follows from the
inputs: one number, two numbers, anything else. Test rows are never among the points.
"""

import base64
import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd
import torch
from torch import Tensor

from core.data.dataset import Dataset, Table, Target
from core.data.values import numbers
from core.experiment import Experiment
from core.network.graph import Graph
from core.network.layer import Pass
from core.training.advance import parameters_of
from core.training.anatomy import CLASSES, Rows, anatomy
from core.training.batches import pick
from core.training.checkpoint import Checkpoint
from core.training.collapse import collapsed, gap, told
from core.training.evaluate import answers, passed
from core.training.inside import curves, histograms
from core.training.least_squares import line
from core.training.metrics import probabilities
from core.training.pull import Probe, probe, rows_for

GRID, SIDE, POINTS, BEYOND = 160, 40, 300, 0.08
INSIDE = frozenset({"histograms", "network", "units"})
"""Parts of a frame that are computed and sent only where somebody looks at them."""


class View:
    """What stays the same while a run goes on: the grid, the points. `scene` is sent once, `frame` after each slice."""

    def __init__(self, experiment: Experiment, dataset: Dataset, table: Table) -> None:
        self.dataset, self.data = dataset, experiment.data
        self._probes: dict[int, Probe | None] = {}
        frame = table.frame if dataset.origin is None else table.frame.iloc[dataset.origin.numpy()]
        self.inputs = list(experiment.data.inputs)
        amounts = all(kind == "number" for kind in experiment.data.inputs.values())
        self.kind = {1: "curve", 2: "map"}.get(len(self.inputs), "table") if amounts else "table"
        self.made = len(table.frame) - table.always
        self.shown = self._rows()
        self.placed = torch.ones(len(frame), dtype=torch.bool)
        self.scene: dict[str, Any] = {"kind": self.kind}
        self.answered = pick(dataset.features[:1], self.shown)
        self.rows = Rows(
            self.kind, {"curve": GRID, "map": SIDE}.get(self.kind, 0), [self._classes(each) for each in dataset.targets]
        )
        if self.kind == "curve":
            self._curve(frame)
        elif self.kind == "map":
            self._map(frame)
        else:
            self.features = self.answered
            self.scene["tasks"] = [{"true": rounded(self._true(target)[0])} for target in dataset.targets]

    def _rows(self) -> Tensor:
        """Rows to draw `[1, row]`, of the first split: training, validation and what lies outside the range that is learned
        from, or for a table validation alone. Points that a person has added are always among them."""
        rows = self.dataset.validation[0]
        if self.kind != "table":
            rows = torch.cat([self.dataset.train[0], rows, self.dataset.outside[0]])
        hand = self._by_hand(rows)
        made = rows[~hand]
        order = torch.randperm(len(made), generator=torch.Generator().manual_seed(0))
        return torch.cat([made[order[:POINTS].sort().values], rows[hand]]).unsqueeze(0)

    def _curve(self, frame: pd.DataFrame) -> None:
        x = self._numbers(frame, self.inputs[0])
        grid = np.linspace(*_widened(x), GRID)
        self.features = self.dataset.encode(pd.DataFrame({self.inputs[0]: grid}))
        points = [
            {"x": rounded(x[self._kept(target)]), "y": self._answers(target), "part": self._parts(target)}
            | self._rows_of(target)
            for target in self.dataset.targets
        ]
        known = x[self.dataset.train[0].numpy()]
        known = known[np.isfinite(known)]
        self.scene |= {
            "input": {"name": self.inputs[0]},
            "x": rounded(grid),
            "points": points,
            "known": [float(known.min()), float(known.max())] if len(known) else None,
            "least_squares": [_shortened(line(self.dataset, target, self.features[0])) for target in self.dataset.targets],
        }

    def _map(self, frame: pd.DataFrame) -> None:
        across, up = (self._numbers(frame, name) for name in self.inputs)
        x, y = (np.linspace(*_widened(values), SIDE) for values in (across, up))
        grid = pd.DataFrame({self.inputs[0]: np.tile(x, SIDE), self.inputs[1]: np.repeat(y, SIDE)})
        self.features = self.dataset.encode(grid)
        points = [
            {
                "x": rounded(across[self._kept(target)]),
                "y": rounded(up[self._kept(target)]),
                "value": self._answers(target),
                "part": self._parts(target),
            }
            for target in self.dataset.targets
        ]
        bounds = [float(x[0]), float(x[-1]), float(y[0]), float(y[-1])]
        self.scene |= {"inputs": [{"name": name} for name in self.inputs], "bounds": bounds, "n": SIDE, "points": points}

    def _numbers(self, frame: pd.DataFrame, name: str) -> np.ndarray:
        """The input's cells `[row]`; rows where it is missing have no place in the picture."""
        found = numbers(frame[name], self.data.marks(name))
        self.placed = self.placed & torch.from_numpy(np.isfinite(found))
        return found

    def _classes(self, target: Target) -> np.ndarray | None:
        """The class of each shown row, -1 where there is no answer; None for a task without classes, or with too many."""
        if self.kind != "table" or not 2 <= len(target.classes) <= CLASSES:
            return None
        rows = self.shown[0]
        return torch.where(target.labelled[rows], target.values[0][rows].long(), -1).numpy()

    def _kept(self, target: Target) -> np.ndarray:
        rows = self.shown[0]
        return rows[(target.labelled & self.placed)[rows]].numpy()

    def _answers(self, target: Target) -> list:
        return rounded(to_units(target, target.values[0][self._kept(target)].float(), 0))

    def _rows_of(self, target: Target) -> dict[str, list]:
        """The rows of the table that the points are, and which of them a person has added."""
        kept = torch.from_numpy(self._kept(target))
        rows = kept if self.dataset.origin is None else self.dataset.origin[kept]
        return {"row": rows.tolist(), "added": self._by_hand(kept).tolist()}

    def _by_hand(self, rows: Tensor) -> Tensor:
        """Which of the dataset's rows a person has added."""
        return (rows if self.dataset.origin is None else self.dataset.origin[rows]) >= self.made

    def _parts(self, target: Target) -> list[int]:
        kept = self._kept(target)
        held, beyond = (np.isin(kept, rows[0].numpy()).astype(int) for rows in (self.dataset.validation, self.dataset.outside))
        return (held + 2 * beyond).tolist()

    def _true(self, target: Target) -> Tensor:
        """Answers of the shown rows `[1, row]`, NaN where there is none."""
        values = to_units(target, pick(target.values[:1], self.shown).float(), 0)
        return torch.where(target.labelled[self.shown], values, torch.nan)

    @torch.inference_mode()
    def frame(
        self, checkpoint: Checkpoint, parts: Collection[str] = (), held: Mapping[str, list[int]] | None = None
    ) -> dict[str, Any]:
        """What the network says now, and those of `INSIDE` that are named in `parts`. held: see `core.training.anatomy`."""
        network, parameters = parameters_of(checkpoint, self.dataset)
        run = Pass(parameters, checkpoint.buffers)
        experiment = checkpoint.experiment
        outputs, inner = passed(network, run, self.features, experiment.lanes)
        said = answers(experiment, self.dataset, outputs)
        draw = {"curve": self._curve_frame, "map": self._map_frame, "table": self._table_frame}[self.kind]

        def drawn(lanes: slice) -> list[Any]:
            return [draw(target, output[lanes]) for target, output in zip(self.dataset.targets, said, strict=True)]

        made: dict[str, Any] = {"kind": self.kind, "tasks": drawn(slice(experiment.replicas))}
        if experiment.network.twin:
            made["twin"] = drawn(slice(experiment.replicas, None))
        straight = (
            experiment.lanes - experiment.replicas if experiment.network.twin else None if experiment.network.nonlinear else 0
        )
        if straight is not None and network.affine:
            bent = [output is not raw for output, raw in zip(said, outputs, strict=True)]
            made["collapse"] = self._collapse(network, parameters, checkpoint.buffers, outputs, straight, bent)
        if "network" in parts:
            made["network"] = anatomy(experiment, network, run, inner, self.rows, self.measured(network), held or {})
        return made | self._inside(network, run, inner, experiment.lanes, parts)

    def measured(self, network: Graph) -> Probe | None:
        """The rows by which a network's pulls are measured."""
        if (count := rows_for(network)) not in self._probes:
            self._probes[count] = probe(self.dataset, count) if count else None
        return self._probes[count]

    def _collapse(
        self, network: Graph, parameters: list[Tensor], buffers: dict, outputs: list[Tensor], lane: int, bent: list[bool]
    ) -> list:
        """Per task what the layers without activations come to, and how far that lies from what the network says.

        bent: what the task's loss makes of the outputs is no straight line in the column's units: its matrix is told instead.
        """
        column = self.inputs[0] if self.kind == "curve" else None
        features = self.features[min(lane, len(self.features) - 1)]
        return [
            told(self.dataset, target, matrix, bias, None if curved else column)
            | {"gap": gap(matrix, bias, features, output[lane])}
            for target, output, (matrix, bias), curved in zip(
                self.dataset.targets, outputs, collapsed(network, parameters, buffers, lane), bent, strict=True
            )
        ]

    def _inside(self, network: Graph, run: Pass, inner: Any, lanes: int, parts: Collection[str]) -> dict[str, Any]:
        """What goes on in the layers, for whoever looks: curves of units over the one input, histograms of their sums."""
        made: dict[str, Any] = {}
        if "histograms" in parts:
            saved = inner if self.kind == "table" else passed(network, run, self.answered, lanes)[1]
            made["histograms"] = histograms(network, saved)
        if "units" in parts and self.kind == "curve":
            made["units"] = curves(network, inner)
        return made

    def _curve_frame(self, target: Target, output: Tensor) -> list[dict[str, Any]]:
        values = in_units(target, output)
        names = target.classes if target.kind == "multiclass" else (target.column,)
        lines = values if values.dim() == 3 else values.unsqueeze(-1)
        return [{"label": name, **_band(line)} for name, line in zip(names, lines.unbind(-1), strict=True)]

    def _map_frame(self, target: Target, output: Tensor) -> dict[str, Any]:
        values = in_units(target, output).mean(0)
        low, high = 0.0, 1.0
        if target.kind == "multiclass":
            sure, best = values.max(-1)
            chance = 1.0 / len(target.classes)
            coded = best.clamp(max=15) * 16 + ((sure - chance) / (1 - chance) * 15).round()
        else:
            if target.kind == "regression":
                low, high = (float(bound) for bound in self._range(target))
            coded = ((values - low) / (high - low)).clamp(0, 1).mul(255).round()
        raw = coded.clamp(0, 255).nan_to_num(0).to(torch.uint8).numpy().tobytes()
        return {"bytes": base64.b64encode(raw).decode(), "low": low, "high": high}

    def _range(self, target: Target) -> tuple[Tensor, Tensor]:
        rows = torch.cat([self.dataset.train[0], self.dataset.validation[0]])
        answers = to_units(target, target.values[0][rows[target.labelled[rows]]], 0)
        return answers.min(), answers.max()

    def _table_frame(self, target: Target, output: Tensor) -> dict[str, Any]:
        values = in_units(target, output).mean(0)
        if target.kind == "regression":
            return {"predicted": rounded(values)}
        if target.kind == "binary":
            return {"yes": rounded(values)}
        known = target.labelled[self.shown[0]]
        true = target.values[0][self.shown[0]][known]
        size = len(target.classes)
        cells = torch.bincount(true * size + values.argmax(-1)[known], minlength=size * size)
        return {"confusion": cells.view(size, size).tolist()}


def in_units(target: Target, output: Tensor) -> Tensor:
    """What the outputs `[replica, row, output]` say.

    Values in the column's units or the probability of yes, `[replica, row]`; of every class, `[replica, row, class]`.
    """
    if target.kind == "regression":
        return target.to_units(output[..., 0])
    chances = probabilities(target.kind, output)
    return chances if target.kind == "multiclass" else chances[..., 0]


def to_units(target: Target, values: Tensor, split: int) -> Tensor:
    """Standardised answers of one split in the column's units (classes stay as they are)."""
    return values * target.scale[split] + target.mean[split]


def rounded(values: Any) -> list:
    """A JSON-able list of four significant digits; None where there is no number."""
    flat = np.asarray(values, dtype=float)
    if np.isfinite(flat).all():
        return [float(f"{value:.4g}") for value in flat.tolist()]
    return [float(f"{value:.4g}") if math.isfinite(value) else None for value in flat.tolist()]


def _shortened(line: list[float] | None) -> list | None:
    return None if line is None else rounded(line)


def _band(line: Tensor) -> dict[str, list]:
    """Mean, lowest and highest over replicas of `[replica, grid]`; of one replica its line alone."""
    if len(line) == 1:
        return {"mean": rounded(line[0])}
    return {"mean": rounded(line.mean(0)), "low": rounded(line.min(0).values), "high": rounded(line.max(0).values)}


def _widened(values: np.ndarray) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (-1.0, 1.0)
    margin = (high - low or 1.0) * BEYOND
    return low - margin, high + margin
