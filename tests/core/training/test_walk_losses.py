"""What a row's loss is written as gives the loss itself, for every loss that has a form."""

import math

import pytest
import torch

from core.losses import LOSSES
from core.training.walk_losses import written

COUNTS = torch.tensor([30.0, 10.0, 20.0])


@pytest.mark.parametrize(
    ("name", "params", "form"),
    [
        ("mse", {}, "square"),
        ("mse", {"scale": 4.0}, "square"),
        ("mae", {}, "distance"),
        ("cross-entropy", {}, "surprise"),
        ("cross-entropy", {"class_weights": "balanced"}, "surprise"),
        ("cross-entropy", {"label_smoothing": 0.1}, ""),
        ("bce", {}, "surprise"),
        ("bce", {"balanced": True, "pos_weight": 2.0}, "surprise"),
        ("huber", {}, ""),
        ("focal", {}, ""),
    ],
)
def test_a_rows_loss_is_its_factor_times_its_form(name: str, params: dict, form: str) -> None:
    module, checked = LOSSES.resolve(name, params)
    draw = torch.Generator().manual_seed(3)
    classes = 3 if "multiclass" in module.KINDS else 1
    output = torch.randn(1, 6, classes, generator=draw, dtype=torch.float64)
    right = torch.tensor([[0, 1, 1, 0, 1, 0]]) if classes == 3 else torch.tensor([[0.0, 1, 1, 0, 1, 0]], dtype=torch.float64)
    counts = COUNTS if classes == 3 else COUNTS[:2]
    rows = module.rows(output.clone(), right, checked, counts)
    worth = torch.ones(6) if rows.weight is None else rows.weight[0]
    told = written(module, checked, right[0], worth, counts)
    assert told["form"] == form
    assert told["formula"].startswith("<math")
    assert len(told["settings"]) == len(type(checked).model_fields)
    if not form:
        return
    for row, (value, factor) in enumerate(zip(rows.value[0].tolist(), told["factors"], strict=True)):
        z, t = output[0, row], right[0, row]
        if form == "surprise":
            chance = float(z.softmax(-1)[int(t)]) if classes == 3 else float((z[0] if t else -z[0]).sigmoid())
            made = -math.log(chance)
        else:
            made = float((z[0] - t).abs()) ** (2 if form == "square" else 1)
        assert factor * made == pytest.approx(value, rel=1e-6)
