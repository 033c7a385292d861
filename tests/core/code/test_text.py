import ast

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.code import pytorch
from core.code.text import filled, keys, quoted
from core.network.activations import ACTIVATIONS
from tests.core.code.making import OUTPUTS, experiment


@given(st.text())
def test_quoted_reads_back_as_what_it_was(text):
    assert ast.literal_eval(quoted(text)) == text


def test_keys_are_told_apart():
    names = keys(["a b", "a-b", "a_b", "keys", "", "9", "training"])
    assert len(set(names.values())) == 7
    assert names["a b"] == "a_b"
    torch.nn.ModuleDict({key: torch.nn.Identity() for key in names.values()})


def test_reserved_names_are_all_that_torch_refuses():
    for name in dir(torch.nn.ModuleDict):
        torch.nn.ModuleDict({keys([name])[name]: torch.nn.Identity()})


def test_a_function_wins_over_a_template(monkeypatch):
    monkeypatch.setattr(ACTIVATIONS["tanh"], "torch_code", lambda params: "torch.nn.Hardtanh()", raising=False)
    assert "Hardtanh" in pytorch(experiment(), 5, OUTPUTS)


@pytest.mark.parametrize("count", [0, 1, 5, 40])
def test_a_long_list_fills_its_lines(count):
    items = [f'"a column, {number}"' for number in range(count)]
    text = filled(items)
    assert ast.literal_eval(text) == [ast.literal_eval(item) for item in items]
    assert max(map(len, text.splitlines())) <= 62
    assert len(text.splitlines()) <= 2 + count / 2
