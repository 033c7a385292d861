"""Every figure: says what it is, takes no side between light and dark, and has its own test."""

import importlib
import inspect
import pathlib
import pkgutil

import plotly.graph_objects as go
import pytest

import core.charts

NAMES = [info.name for info in pkgutil.iter_modules(core.charts.__path__) if info.name != "palette" and info.name[0] != "_"]
ROC = [{"class": "yes", "false_positive": [0.0, 1.0], "true_positive": [0.0, 1.0], "auroc": 0.5}]
TASK = {"name": "y", "kind": "binary", "classes": [], "unit": "", "loss": "loss", "primary": "accuracy"}
EXAMPLES = {
    "balance": (["a", "b"], "binary", "y"),
    "column": ([1.0, 2.0], "number"),
    "confusion": ([[1, 0], [0, 1]], ["a", "b"]),
    "errors": ([1.0], [2.0]),
    "loss_curves": ([{"epoch": 0, "train": [{"loss": [1, 1, 1]}], "validation": []}], [TASK]),
    "predicted_true": ([1.0], [2.0], "y"),
    "roc": (ROC,),
}


@pytest.mark.parametrize("name", NAMES)
def test_contract(name):
    module = importlib.import_module(f"core.charts.{name}")
    assert module.TITLE
    assert module.HELP.endswith(".")
    assert inspect.getdoc(module.figure)
    chart = module.figure(*EXAMPLES[name])
    assert isinstance(chart, go.Figure)
    assert chart.layout.paper_bgcolor == chart.layout.plot_bgcolor == "rgba(0, 0, 0, 0)"
    assert chart.layout.font.color is None
    assert chart.to_json()


def test_each_has_its_own_test_file():
    here = pathlib.Path(__file__).parent
    assert {f"test_{name}.py" for name in [*NAMES, "palette"]} <= {file.name for file in here.iterdir()}
