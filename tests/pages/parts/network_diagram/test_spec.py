import json

import pytest

from core.experiment import Experiment, parse
from core.network.shapes import shapes
from pages.parts.network_diagram import spec_of

COLORS = {"thal": ("#111111", "#eeeeee"), "disease": ("#222222", "#dddddd")}
TITLES = {"relu": "ReLU", "tanh": "Tanh"}


def experiment(**network) -> Experiment:
    return parse(
        {
            "version": 1,
            "data": {"source": {"kind": "sample", "name": "heart"}, "inputs": {}},
            "tasks": [{"column": "thal", "kind": "multiclass"}, {"column": "disease", "kind": "binary"}],
            "network": {"trunk": [{"width": 32}, {"width": 64}], "towers": {"thal": [{"width": 32, "dropout": 0.5}]}} | network,
        }
    )


def made(document: Experiment) -> dict:
    return spec_of(document, shapes(document, 12, {"thal": 3, "disease": 1}), COLORS, TITLES, ["age"])


def test_it_holds_what_the_picture_shows():
    spec = made(experiment())
    assert spec["inputs"] == {"width": 12, "names": ["age"], "batch": "32 × 12"}
    assert [(layer["matrix"], layer["batch"], layer["title"]) for layer in spec["trunk"]["layers"]] == [
        ("12 × 32", "32 × 32", "ReLU"),
        ("32 × 64", "32 × 64", "ReLU"),
    ]
    thal, disease = spec["tasks"]
    assert (thal["title"], thal["kind"], thal["color"], thal["parameters"]) == (
        "thal",
        "3 classes",
        ["#111111", "#eeeeee"],
        2179,
    )
    assert (thal["layers"][0]["dropout"], thal["output"]["matrix"], thal["output"]["width"]) == (0.5, "32 × 3", 3)
    assert (disease["layers"], disease["kind"], disease["output"]["matrix"]) == ([], "yes or no", "64 × 1")
    assert (spec["trunk"]["parameters"], spec["total"]) == (2528, 2528 + 2179 + 65)
    assert spec["nonlinear"]


def test_it_is_json():
    spec = made(experiment(nonlinear=False))
    assert json.loads(json.dumps(spec)) == spec
    assert spec["nonlinear"] is False


def test_an_activation_without_a_title_shows_its_name():
    spec = made(experiment(trunk=[{"width": 4, "activation": {"name": "new"}}]))
    assert spec["trunk"]["layers"][0]["title"] == "new"


@pytest.mark.parametrize("network", [{"trunk": []}, {"trunk": [], "towers": {}}])
def test_stacks_may_be_empty(network):
    assert made(experiment(**network))["trunk"]["layers"] == []
