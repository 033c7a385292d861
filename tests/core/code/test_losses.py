from pathlib import Path

import pytest
import torch

from core.code import pytorch
from core.losses import LOSSES
from core.weighting import SCHEMES
from tests.core.code.making import OUTPUTS, csv, experiment, from_file, rows, run, script


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, module in LOSSES.items() for kind in module.KINDS])
def test_every_loss_trains(name, kind):
    column = {"multiclass": "kind", "binary": "sick", "regression": "price"}[kind]
    params = {"class_weights": "balanced"} if "class_weights" in LOSSES[name].Params.model_fields else {}
    params |= {"balanced": True} if "balanced" in LOSSES[name].Params.model_fields else {}
    document = experiment([{"column": column, "kind": kind, "loss": {"name": name, "params": params}}], towers={})
    made = run(pytorch(document, 5, {column: OUTPUTS[column]}))
    history = made.train(made.Network(), *rows())
    assert history[-1] < history[0]


def test_balanced_losses_take_the_real_counts(tmp_path: Path) -> None:
    losses = {
        "sick": {"name": "bce", "params": {"balanced": True}},
        "kind": {"name": "cross-entropy", "params": {"class_weights": "balanced"}},
    }
    document, data = from_file(csv(tmp_path), "sick", "kind")
    for task, loss in losses.items():
        document = document.changed(f"tasks.{task}.loss", loss)
    assert script(document, data).count("put the weights of your rows") == 2
    counts = {target.column: data.known[number].int().tolist() for number, target in enumerate(data.targets)}
    text = script(document, data, counts=counts)
    assert "put the weights of your rows" not in text
    made = run(text)
    no, yes = counts["sick"]
    assert made.LOSSES["sick"].pos_weight.item() == pytest.approx(no / yes, rel=1e-5)
    each = torch.tensor([sum(counts["kind"]) / 3 / count for count in counts["kind"]])
    torch.testing.assert_close(made.LOSSES["kind"].weight, each, rtol=1e-4, atol=1e-5)


def test_what_outputs_stand_for_is_written_with_the_numbers_of_the_rows(tmp_path: Path) -> None:
    document, data = from_file(csv(tmp_path), "kind", "price")
    for task, loss in {"kind": "ordinal", "price": "poisson"}.items():
        document = document.changed(f"tasks.{task}.loss", {"name": loss})
    assert "put mean / standard deviation of your answers" in script(document, data)
    counts = {target.column: data.known[number].tolist() for number, target in enumerate(data.targets)}
    text = script(document, data, counts=counts)
    assert "in place of the ones" not in text
    made = run(text)
    network, features = made.Network(), data.features[0]
    outputs = network(features)
    price = next(target for target in data.targets if target.column == "price")
    with torch.no_grad():
        rates = price.to_units(made.ANSWERS["price"](outputs["price"]).unsqueeze(0))[0]
        torch.testing.assert_close(rates, price.mean * outputs["price"].exp(), rtol=1e-4, atol=1e-3)
        chances = made.ANSWERS["kind"](outputs["kind"]).exp()
    torch.testing.assert_close(chances.sum(1), torch.ones(len(features)))


def test_nothing_is_written_where_outputs_stand_for_themselves() -> None:
    assert "ANSWERS" not in pytorch(experiment(), 5, OUTPUTS)


@pytest.mark.parametrize("name", SCHEMES)
def test_weights_that_a_scheme_finds_are_said_to_be_missing(name: str) -> None:
    text = pytorch(experiment(weighting={"name": name}), 5, OUTPUTS)
    line = next(line for line in text.splitlines() if line.startswith("WEIGHTS"))
    assert ("# here:" in line) == (name not in ("equal", "fixed"))
    assert SCHEMES[name].TITLE in line or "#" not in line
    assert run(text).WEIGHTS == {"kind": 1.0, "sick": 1.0, "price": 1.0}


def test_a_preference_is_no_weight() -> None:
    text = pytorch(experiment(weighting={"name": "cosmos", "params": {"preference": {"kind": 5.0}}}), 5, OUTPUTS)
    assert run(text).WEIGHTS["kind"] == 1.0


def test_weights_by_hand_are_written() -> None:
    made = run(pytorch(experiment(weighting={"name": "fixed", "params": {"weights": {"sick": 0.25}}}), 5, OUTPUTS))
    assert made.WEIGHTS == {"kind": 1.0, "sick": 0.25, "price": 1.0}
