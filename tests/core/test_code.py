import ast
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core import code
from core.code import keys, pytorch, quoted
from core.data.columns import begin, mark
from core.data.dataset import Dataset
from core.data.prepare import prepare
from core.data.read import read
from core.experiment import Experiment, Source, parse
from core.losses import LOSSES
from core.network.activations import ACTIVATIONS
from core.network.shapes import shapes
from core.training.optimizers import OPTIMIZERS
from core.training.step import class_counts

OUTPUTS = {"kind": 3, "sick": 1, "price": 1}


def experiment(tasks=None, training=None, weighting=None, **network) -> Experiment:
    plan = {"trunk": [{"width": 16}], "towers": {"kind": [{"width": 8, "activation": {"name": "tanh"}}]}}
    return parse(
        {
            "version": 1,
            "data": {"source": {"kind": "sample", "name": "x"}, "inputs": {}},
            "tasks": tasks
            or [
                {"column": "kind", "kind": "multiclass"},
                {"column": "sick", "kind": "binary"},
                {"column": "price", "kind": "regression"},
            ],
            "network": plan | network,
            "training": {"batch_size": 32, "learning_rate": 0.01, "epochs": 20} | (training or {}),
            "weighting": weighting or {"name": "equal"},
        }
    )


def run(text: str) -> SimpleNamespace:
    space: dict = {"__name__": "generated"}
    exec(compile(text, "generated", "exec"), space)  # noqa: S102
    return SimpleNamespace(**space)


def rows(count: int = 96):
    draw = torch.Generator().manual_seed(0)
    x = torch.randn(count, 5, generator=draw)
    answers = {"kind": (x[:, 0] > 0).long() + (x[:, 1] > 0).long(), "sick": (x[:, 2] > 0).float(), "price": x.sum(1)}
    labelled = {task: torch.rand(count, generator=draw) > 0.3 for task in answers}
    return x, answers, labelled


def trained(document: Experiment) -> list[float]:
    made = run(pytorch(document, 5, OUTPUTS))
    torch.manual_seed(0)
    return made.train(made.Network(), *rows())


@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize("trunk", [[], [{"width": 7}, {"width": 9, "dropout": 0.1}]])
def test_it_has_the_parameters_that_shapes_counts(trunk, norm):
    document = experiment(trunk=[layer | {"batch_norm": norm} for layer in trunk])
    model = run(pytorch(document, 5, OUTPUTS)).Network()
    assert sum(p.numel() for p in model.parameters()) == shapes(document, 5, OUTPUTS).total
    assert {task: tuple(y.shape) for task, y in model(torch.randn(4, 5)).items()} == {
        "kind": (4, 3),
        "sick": (4,),
        "price": (4,),
    }


@pytest.mark.parametrize(
    "training",
    [{}, {"batch_size": None, "epochs": 60}, {"l1": 1e-4, "l2": 1e-3}, {"clip": 1.0}],
    ids=["batches", "all rows", "penalties", "clipped"],
)
def test_its_training_loop_lowers_the_objective(training):
    history = trained(experiment(training=training))
    assert history[-1] < 0.6 * history[0]


def test_batches_without_answers_or_of_one_row_do_no_harm():
    document = experiment(trunk=[{"width": 4, "batch_norm": True}], training={"epochs": 2})
    made = run(pytorch(document, 5, OUTPUTS))
    x, answers, labelled = rows(33)
    history = made.train(made.Network(), x, answers, {task: mask & False for task, mask in labelled.items()})
    assert history == [0, 0]


def test_the_objective_is_the_sum_of_weight_times_loss():
    document = experiment(weighting={"name": "fixed", "params": {"weights": {"kind": 0.25}}}, training={"batch_size": None})
    made = run(pytorch(document, 5, OUTPUTS))
    assert made.WEIGHTS == {"kind": 0.25, "sick": 1.0, "price": 1.0}
    x, answers, known = rows()
    model = made.Network()
    with torch.no_grad():
        losses = {task: made.LOSSES[task](y[known[task]], answers[task][known[task]]) for task, y in model(x).items()}
    history = made.train(model, x, answers, known, epochs=1)
    assert history[0] == pytest.approx(sum(made.WEIGHTS[task] * float(loss) for task, loss in losses.items()), rel=1e-5)


def test_without_nonlinearity_no_activation_is_written():
    assert "ReLU" in pytorch(experiment(), 5, OUTPUTS)
    text = pytorch(experiment(nonlinear=False), 5, OUTPUTS)
    assert "ReLU" not in text
    assert "Tanh" not in text


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_every_activation_is_written_as_it_computes(name):
    document = experiment(trunk=[{"width": 6, "activation": {"name": name}}])
    model = run(pytorch(document, 5, OUTPUTS)).Network()
    x = torch.randn(9, 5)
    module, params = ACTIVATIONS.resolve(name)
    torch.testing.assert_close(model.trunk(x), module.forward(model.trunk[0](x), params))


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, module in LOSSES.items() for kind in module.KINDS])
def test_every_loss_trains(name, kind):
    column = {"multiclass": "kind", "binary": "sick", "regression": "price"}[kind]
    params = {"class_weights": "balanced"} if "class_weights" in LOSSES[name].Params.model_fields else {}
    params |= {"balanced": True} if "balanced" in LOSSES[name].Params.model_fields else {}
    document = experiment([{"column": column, "kind": kind, "loss": {"name": name, "params": params}}], towers={})
    made = run(pytorch(document, 5, {column: OUTPUTS[column]}))
    history = made.train(made.Network(), *rows())
    assert history[-1] < history[0]


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_every_optimizer_trains(name):
    history = trained(experiment(training={"optimizer": {"name": name}}))
    assert history[-1] < history[0]


def test_a_plug_in_that_does_not_say_is_named_in_a_comment(monkeypatch):
    monkeypatch.delattr(ACTIVATIONS["tanh"], "TORCH")
    text = pytorch(experiment(), 5, OUTPUTS)
    assert "torch.nn.Identity(),  # here: tanh" in text
    run(text).Network()


def test_a_function_wins_over_a_template(monkeypatch):
    monkeypatch.setattr(ACTIVATIONS["tanh"], "torch_code", lambda params: "torch.nn.Hardtanh()", raising=False)
    assert "Hardtanh" in pytorch(experiment(), 5, OUTPUTS)


def test_the_file_runs_by_itself(capsys):
    space = {"__name__": "__main__"}
    exec(compile(pytorch(experiment(training={"epochs": 1}), 5, OUTPUTS), "generated", "exec"), space)  # noqa: S102
    assert "objective" in capsys.readouterr().out


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
        torch.nn.ModuleDict({code.keys([name])[name]: torch.nn.Identity()})


HOSTILE = "boom()\"; ''''\n\"\"\"{x}"


def csv(folder: Path) -> Path:
    """Numbers with gaps and marks, yes/no, categories, a column without a name, names that would like to be code."""
    draw = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            " age ": draw.normal(50, 9, 60).round(1),
            HOSTILE: draw.integers(0, 2, 60),
            "smokes": draw.choice(["no", "yes"], 60),
            "pain": draw.choice([0, 1, 2, 12], 60),
            "colour": draw.choice(["a", "B", "c = 2"], 60),
            "": draw.normal(size=60).round(2),
            "price": draw.normal(100, 20, 60).round(2),
            "sick": draw.choice(["ja", "nein"], 60),
            "kind": draw.choice([1, 2, 10], 60),
        }
    ).astype(object)
    for column, gaps in {" age ": 5, "smokes": 3, "pain": 4, "colour": 3, "price": 7, "sick": 5, "kind": 9}.items():
        frame.loc[draw.choice(60, gaps, replace=False), column] = np.nan
    frame.loc[3, ["price", "sick", "kind"]] = np.nan
    frame.loc[5, " age "] = "?"
    frame.to_csv(folder / "mine.csv", index=False)
    return folder / "mine.csv"


def from_file(path: Path, *tasks: str) -> tuple[Experiment, Dataset]:
    """All rows are trained on, as in the script."""
    table = read(path.read_bytes(), path.name)
    made = begin(Source(kind="file", name=path.name, sha256="0" * 64), table)
    for task in tasks:
        made = mark(made, table, task, "task")
    made = made.changed("data.split", {"validation": 0, "test": 0}).changed("training.epochs", 3)
    return made, prepare(made, table)


def script(document: Experiment, data: Dataset, **more: object) -> str:
    outputs = {target.column: target.outputs for target in data.targets}
    return pytorch(document, len(data.feature_names), outputs, data.feature_names, **more)


def test_it_reads_a_file_as_the_app_does(tmp_path: Path) -> None:
    document, data = from_file(csv(tmp_path), "price", "sick", "kind")
    assert set(document.data.inputs.values()) == {"number", "yes-no", "category"}
    assert {"age is missing", "colour = c = 2", "pain = missing", HOSTILE.strip(), "column 6"} <= set(data.feature_names)
    made = run(script(document, data, classes={target.column: target.classes for target in data.targets}))
    features, answers, labelled = made.load(tmp_path / "mine.csv")
    torch.testing.assert_close(features, data.features[0])
    for target in data.targets:
        torch.testing.assert_close(answers[target.column], target.values[0])
        assert labelled[target.column].equal(target.labelled)


@pytest.mark.parametrize("inputs", [["age"], ["smokes"], ["pain", "colour"]], ids=["numbers", "yes/no", "categories"])
def test_it_reads_a_file_of_one_kind_of_column(tmp_path: Path, inputs: list[str]) -> None:
    path = csv(tmp_path)
    document, _ = from_file(path, "price")
    document = document.changed("data.inputs", {name: document.data.inputs[name] for name in inputs})
    data = prepare(document, read(path.read_bytes(), path.name))
    torch.testing.assert_close(run(script(document, data)).load(path)[0], data.features[0])


def test_the_script_takes_a_file_from_the_command_line_or_makes_rows_up(tmp_path: Path) -> None:
    document, data = from_file(csv(tmp_path), "price", "sick", "kind")
    (tmp_path / "network.py").write_text(script(document, data))
    told = [
        subprocess.run([sys.executable, "network.py", *words], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        for words in ([], ["mine.csv"])
    ]
    assert all("objective" in text for text in told)
    assert told[0] != told[1]


def test_hostile_columns_of_a_file_stay_in_their_strings(tmp_path: Path) -> None:
    document, data = from_file(csv(tmp_path), HOSTILE.strip(), "price")
    tree = ast.parse(script(document, data, classes={target.column: target.classes for target in data.targets}))
    assert not any(isinstance(node, ast.Name) and node.id == "boom" for node in ast.walk(tree))
    assert "boom" not in "".join(node.value.value for node in tree.body if isinstance(node, ast.Expr))


def test_a_sample_needs_neither_pandas_nor_scikit_learn() -> None:
    text = pytorch(experiment(), 5, OUTPUTS, list("abcde"))
    assert "import pandas" not in text
    assert "# The inputs in the order in which the network gets them" in text


def test_features_that_are_not_the_documents_are_not_read_from_a_file(tmp_path: Path) -> None:
    document, data = from_file(csv(tmp_path), "price")
    outputs = {"price": 1}
    assert "def load" not in pytorch(document, 2, outputs, ["one", "two"])
    assert "def load" not in pytorch(document, len(data.feature_names), outputs)


def test_balanced_losses_take_the_real_counts(tmp_path: Path) -> None:
    losses = {
        "sick": {"name": "bce", "params": {"balanced": True}},
        "kind": {"name": "cross-entropy", "params": {"class_weights": "balanced"}},
    }
    document, data = from_file(csv(tmp_path), "sick", "kind")
    for task, loss in losses.items():
        document = document.changed(f"tasks.{task}.loss", loss)
    assert script(document, data).count("put the weights of your rows") == 2
    counts = {target.column: class_counts(data, number).int().tolist() for number, target in enumerate(data.targets)}
    text = script(document, data, counts=counts)
    assert "put the weights of your rows" not in text
    made = run(text)
    no, yes = counts["sick"]
    assert made.LOSSES["sick"].pos_weight.item() == pytest.approx(no / yes, rel=1e-5)
    each = torch.tensor([sum(counts["kind"]) / 3 / count for count in counts["kind"]])
    torch.testing.assert_close(made.LOSSES["kind"].weight, each, rtol=1e-4, atol=1e-5)
