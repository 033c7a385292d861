import ast
from pathlib import Path

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.code import pytorch
from tests.core.code.making import HOSTILE, OUTPUTS, csv, experiment, from_file, run, script

NASTY = [
    '"',
    "'",
    "\\",
    '""" + boom()',
    "'''",
    "a\nimport os",
    "a.b",
    "",
    " ",
    "keys",
    "forward",
    "\u202e",
    "{x}",
    "日本",
    "\r",
    "1st",
    "\ud800",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=8) | st.sampled_from(NASTY), min_size=1, max_size=4, unique=True))
def test_no_name_breaks_out_of_its_string(names):
    document = experiment([{"column": name, "kind": "regression"} for name in names], towers={})
    text = pytorch(document, 2, dict.fromkeys(names, 1), feature_names=names)
    assert not any(isinstance(node, ast.Name) and node.id in ("boom", "os") for node in ast.walk(ast.parse(text)))
    made = run(text)
    assert list(made.FEATURES) == names
    assert list(made.Network()(torch.zeros(3, 2))) == names


def test_hostile_columns_of_a_file_stay_in_their_strings(tmp_path: Path) -> None:
    document, data = from_file(csv(tmp_path), " ".join(HOSTILE.split()), "price")
    tree = ast.parse(script(document, data, classes={target.column: target.classes for target in data.targets}))
    assert not any(isinstance(node, ast.Name) and node.id == "boom" for node in ast.walk(tree))
    assert "boom" not in "".join(node.value.value for node in tree.body if isinstance(node, ast.Expr))


def test_a_sample_needs_neither_pandas_nor_scikit_learn() -> None:
    text = pytorch(experiment(), 5, OUTPUTS, list("abcde"))
    assert "import pandas" not in text
    assert "# In the order in which the network gets them" in text
