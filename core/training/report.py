"""What a finished run is judged by, on test rows: tables and points as JSON-able numbers.

Knows nothing of figures (`core.charts`), of training, or of which rows these are.
"""

import math
from typing import Any

import torch
from sklearn.metrics import roc_auc_score, roc_curve
from torch import Tensor

from core.data.dataset import Dataset, Target
from core.training.metrics import confusion, score

CURVE, POINTS = 200, 500


def report(dataset: Dataset, outputs: list[Tensor], part: str = "test", replica: int = 0) -> dict[str, Any]:
    """Per task what the network answered on the rows of `part`, as `{"replica": int, "tasks": [...]}`.

    outputs: per task `[replica, row, output]`, raw, for exactly these rows. A task has `column`, `kind`, `classes`,
    `rows` (how many have a label) and `metrics`: `{name: [number or None per replica]}`. Of one `replica` alone:

    - classes: `confusion [true class][predicted class]` counts; `roc`: `[{"class", "false_positive", "true_positive",
      "auroc"}]`, shares thinned to 200 points (binary: of yes; multiclass: each class against the rest);
      classes that all or none of the rows have are left out.
    - regression: `true` and `predicted` in the column's units, at most 500 rows, evenly taken.
    """
    rows = dataset.rows(part)
    tasks = [
        {
            "column": target.column,
            "kind": target.kind,
            "classes": list(target.classes),
            "metrics": {name: [_number(v) for v in values.tolist()] for name, values in score(target, output, rows).items()},
            **_pictures(target, output, rows, replica),
        }
        for target, output in zip(dataset.targets, outputs, strict=True)
    ]
    return {"replica": replica, "tasks": tasks}


def _pictures(target: Target, outputs: Tensor, rows: Tensor, replica: int) -> dict[str, Any]:
    row = rows[replica if len(rows) > 1 else 0]
    split = replica if len(target.values) > 1 else 0
    known = target.labelled[row]
    truth, output = target.values[split][row[known]], outputs[replica][known].detach()
    if target.kind == "regression":
        thin = torch.linspace(0, len(truth) - 1, min(POINTS, len(truth))).long()
        pair = {"true": truth[thin], "predicted": output[thin, 0]}
        units = {name: (values * target.scale[split] + target.mean[split]).tolist() for name, values in pair.items()}
        return {"rows": len(truth), **units}
    several = target.kind == "multiclass"
    chances = torch.log_softmax(output, -1) if several else output  # in the order of probabilities, without their rounding
    answer = output.argmax(-1) if several else (output[:, 0] > 0).long()
    counts = confusion(truth.long().unsqueeze(0), answer.unsqueeze(0), None, max(2, len(target.classes)))[0]
    numbers = range(len(target.classes)) if several else [1]
    curves = [
        _curve(target.classes[number] if target.classes else "yes", truth == number, chances[:, column])
        for column, number in enumerate(numbers)
        if 0 < int((truth == number).sum()) < len(truth)
    ]
    return {"rows": len(truth), "confusion": counts.tolist(), "roc": curves}


def _curve(name: str, positive: Tensor, chances: Tensor) -> dict[str, Any]:
    false, true, _ = roc_curve(positive.numpy(), chances.numpy())
    thin = torch.linspace(0, len(false) - 1, min(CURVE, len(false))).round().long().numpy()
    return {
        "class": name,
        "false_positive": false[thin].tolist(),
        "true_positive": true[thin].tolist(),
        "auroc": float(roc_auc_score(positive.numpy(), chances.numpy())),
    }


def _number(value: float) -> float | None:
    """JSON knows no NaN."""
    return value if math.isfinite(value) else None
