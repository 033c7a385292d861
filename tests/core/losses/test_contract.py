"""Every loss: value, gradient and weight against torch, its exported code, missing labels, replicas, speed of thought."""

import pathlib

import pytest
import torch
from torch import Tensor

from core.errors import UserError
from core.experiment import Choice, Task
from core.losses import LOSSES, answer, loss_of, usual

CLASSES = 4
COUNTS = {
    "multiclass": torch.tensor([8.0, 1.0, 5.0, 2.0]),
    "binary": torch.tensor([9.0, 3.0]),
    "regression": torch.tensor([2.5]),
}
OTHER = [
    ("cross-entropy", {"class_weights": "balanced"}),
    ("cross-entropy", {"class_weights": (1.0, 2.0, 0.5, 3.0)}),
    ("cross-entropy", {"label_smoothing": 0.2}),
    ("cross-entropy", {"class_weights": (1.0, 2.0, 0.5, 3.0), "label_smoothing": 0.3}),
    ("bce", {"pos_weight": 2.5}),
    ("bce", {"balanced": True, "pos_weight": 0.5}),
    ("focal", {"gamma": 0.0}),
    ("focal", {"gamma": 0.5, "class_weights": "balanced"}),
    ("huber", {"delta": 0.4}),
    ("mse", {"scale": 100.0}),
    ("log-cosh", {"delta": 0.4}),
    ("quantile", {"q": 0.85}),
    ("hinge", {"squared": True}),
]
CASES = [(name, kind, params) for name, params in [(name, {}) for name in LOSSES] + OTHER for kind in LOSSES[name].KINDS]


def batch(kind: str, dtype: torch.dtype = torch.float64) -> tuple[Tensor, Tensor]:
    """Outputs `[replica, row, output]` and answers `[replica, row]`."""
    dice = torch.Generator().manual_seed(11)
    output = 3 * torch.randn(3, 12, CLASSES if kind == "multiclass" else 1, generator=dice, dtype=dtype)
    if kind == "regression":
        return output, torch.randn(3, 12, generator=dice, dtype=dtype)
    answers = torch.randint(0, len(COUNTS[kind]), (3, 12), generator=dice)
    return output, answers if kind == "multiclass" else answers.to(dtype)


def oracle(name: str, kind: str, params) -> object:
    counts = COUNTS[kind]
    code = LOSSES[name].torch_code(params, kind, counts)
    found = eval(code, {"torch": torch})  # noqa: S307  our own text, shown to users as code
    return found.double() if isinstance(found, torch.nn.Module) else found


@pytest.mark.parametrize(("name", "kind", "params"), CASES)
@pytest.mark.parametrize("missing", [False, True])
def test_task_loss_and_gradient_equal_torch(name, kind, params, missing):
    module, checked = LOSSES.resolve(name, params)
    output, target = batch(kind)
    labelled = torch.rand(target.shape, generator=torch.Generator().manual_seed(1)) > (0.4 if missing else -1.0)
    value, gradient, weight = module.rows(output, target, checked, COUNTS[kind])
    weight = torch.ones_like(value) if weight is None else weight
    loss = oracle(name, kind, checked)
    for replica, known in enumerate(labelled):
        asked = output[replica, known].clone().requires_grad_()
        expected = loss(asked if kind == "multiclass" else asked[:, 0], target[replica, known])
        expected.backward()
        total = (weight[replica] * known).sum()
        assert float((value[replica] * known).sum() / total) == pytest.approx(float(expected.detach()), abs=1e-6)
        torch.testing.assert_close(gradient[replica, known] / total, asked.grad, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("name", "kind", "params"), CASES)
def test_shapes_and_nothing_changed_in_place(name, kind, params):
    module, checked = LOSSES.resolve(name, params)
    output, target = batch(kind, torch.float32)
    kept = output.clone(), target.clone()
    rows = module.rows(output, target, checked, COUNTS[kind])
    assert rows.value.shape == target.shape
    assert rows.gradient.shape == output.shape
    assert rows.weight is None or rows.weight.shape == target.shape
    assert {rows.value.dtype, rows.gradient.dtype} == {torch.float32}
    assert torch.equal(output, kept[0])
    assert torch.equal(target, kept[1])


@pytest.mark.parametrize(("name", "kind", "params"), CASES)
def test_answers_shared_by_all_replicas(name, kind, params):
    """A view without memory of its own does as well, and gives the same."""
    module, checked = LOSSES.resolve(name, params)
    output, target = batch(kind, torch.float32)
    counts, shared = COUNTS[kind], target[:1].expand(3, -1)
    found, expected = (module.rows(output, answers, checked, counts) for answers in (shared, shared.clone()))
    assert torch.equal(found.value, expected.value)
    assert torch.equal(found.gradient, expected.gradient)


@pytest.mark.parametrize(("name", "kind", "params"), CASES)
def test_finite_where_the_network_is_very_sure(name, kind, params):
    module, checked = LOSSES.resolve(name, params)
    _, target = batch(kind, torch.float32)
    output = torch.full((3, 12, CLASSES if kind == "multiclass" else 1), -200.0)
    output[..., 0] = 200.0
    rows = module.rows(output, target, checked, COUNTS[kind])
    assert bool(rows.value.isfinite().all())
    assert bool(rows.gradient.isfinite().all())


@pytest.mark.parametrize(
    "name", [name for name, module in LOSSES.items() if "regression" in module.KINDS and not hasattr(module, "answer")]
)
def test_power_brings_a_loss_into_the_columns_units(name):
    module, params = LOSSES.resolve(name)
    output, target = batch("regression")
    scale = 7.0
    units = module.Params(delta=params.delta * scale) if hasattr(params, "delta") else params
    small = module.rows(output, target, params, COUNTS["regression"]).value
    large = module.rows(output * scale, target * scale, units, COUNTS["regression"]).value
    torch.testing.assert_close(small * scale**module.POWER, large)


@pytest.mark.parametrize("name", [name for name, module in LOSSES.items() if hasattr(module, "answer")])
def test_what_outputs_stand_for_is_of_their_shape_and_exported(name):
    module, params = LOSSES.resolve(name)
    (kind,) = module.KINDS
    output, _ = batch(kind)
    kept = output.clone()
    found = answer((module, params), output, COUNTS[kind])
    assert found.shape == output.shape
    assert torch.equal(output, kept)
    says = eval(module.torch_answer(params, kind, COUNTS[kind]), {"torch": torch})  # noqa: S307
    for replica in range(3):
        asked = output[replica] if kind == "multiclass" else output[replica, :, 0]
        torch.testing.assert_close(says(asked).view(output[replica].shape), found[replica])


def test_usual_losses():
    assert (usual("multiclass"), usual("binary"), usual("regression")) == ("cross-entropy", "bce", "mse")


def test_a_loss_that_does_not_fit_says_which_do():
    with pytest.raises(UserError, match="should be one of bce, focal"):
        loss_of(Task(column="thal", kind="binary", loss=Choice(name="mse")))


def test_each_has_its_own_test_file():
    here = pathlib.Path(__file__).parent
    assert {f"test_{name.replace('-', '_')}.py" for name in LOSSES} <= {file.name for file in here.iterdir()}
