"""Every figure: says what it is, takes no side between light and dark, and has its own test."""

import importlib
import inspect
import pathlib
import pkgutil

import plotly.graph_objects as go
import pytest

import core.charts
from core.charts import balance, column, confusion, predicted_true, roc

NAMES = [info.name for info in pkgutil.iter_modules(core.charts.__path__) if info.name != "palette" and info.name[0] != "_"]
ROC = [{"class": "yes", "false_positive": [0.0, 1.0], "true_positive": [0.0, 1.0], "auroc": 0.5}]
TASK = {"name": "y", "kind": "binary", "classes": [], "unit": "", "loss": "loss", "primary": "accuracy"}
EXAMPLES = {
    "association": ([[None, 0.5], [0.5, None]], ["a", "b"]),
    "balance": (["a", "b"], "binary", "y"),
    "column": ([1.0, 2.0], "number"),
    "confusion": ([[1, 0], [0, 1]], ["a", "b"]),
    "errors": ([1.0], [2.0]),
    "fewer_labels": ([5, 10], [(0.5, 0.4, 0.6), None], [None, None], "R²"),
    "gains": ([[0.1, None]], [[True, False]], [["better", ""]], ["a + b"], ["a", "b"]),
    "loss_curves": ([{"epoch": 0, "train": [{"loss": [1, 1, 1]}], "validation": []}], [TASK]),
    "overlap": ((3, 2, 1, 0), ("a", "b")),
    "predicted_true": ([1.0], [2.0], "y"),
    "roc": (ROC,),
    "telling": ([[0.5]], ["x"], ["y"]),
    "together": (("a", "b"),),
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


NASTY = "<b>x</b><a href='https://a.b'>y</a>"
DRAWN = {
    "balance": lambda: balance.figure([NASTY, "b", NASTY], "binary", NASTY, (NASTY, "b")),
    "column": lambda: column.figure([NASTY, "b", NASTY], "category"),
    "confusion": lambda: confusion.figure([[1, 2], [3, 4]], [NASTY, "b"]),
    "predicted true": lambda: predicted_true.figure([1.0, 2.0], [1.0, 2.5], NASTY),
    "roc": lambda: roc.figure([{**ROC[0], "class": NASTY}]),
}


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_in_a_strangers_text_is_obeyed(name: str) -> None:
    text = DRAWN[name]().to_json()
    assert "&lt;b&gt;" in text.replace("\\u003c", "<").replace("\\u003e", ">")
    assert "<b>x" not in text.replace("\\u003c", "<").replace("\\u003e", ">")
