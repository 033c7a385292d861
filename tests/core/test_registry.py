"""A package of plug-ins is written to a folder, and found."""

import sys

import pytest
from pydantic import BaseModel, Field, ValidationError

from core.errors import UserError
from core.registry import Params, Registry, explain, param, shown

PLUGIN = """
from core.registry import Params as Base, param

TITLE = "{title}"
HELP = "What it does."
{extra}

class Params(Base):
    strength: float = param(1.0, "How strong.", step=0.1, formula="s", title="Strength", gt=0.0, le=10.0)
"""


@pytest.fixture
def package(tmp_path, monkeypatch, request):
    """Writes plug-ins {file name: extra lines} to a package of its own, and gives the package's name."""
    name = f"plugins_{abs(hash(request.node.nodeid))}"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)

    def write(**plugins: str) -> str:
        for plugin, extra in plugins.items():
            text = extra if extra.startswith("#whole") else PLUGIN.format(title=plugin.title(), extra=extra)
            (folder / f"{plugin}.py").write_text(text)
        return name

    yield write
    for module in [module for module in sys.modules if module.split(".")[0] == name]:
        del sys.modules[module]


def test_a_file_is_a_plugin_under_its_name_with_dashes(package):
    registry = Registry(package(two_waves="", plain=""), "sample")
    assert list(registry) == ["plain", "two-waves"]
    assert len(registry) == 2
    assert registry["two-waves"].TITLE == "Two_Waves"


def test_order_comes_first_then_the_name(package):
    registry = Registry(package(b="", a="", late="ORDER = 900", early="ORDER = 1"), "sample")
    assert list(registry) == ["early", "a", "b", "late"]


def test_a_file_with_an_underscore_is_no_plugin(package):
    assert list(Registry(package(a="", _shared="#whole\nx = 1"), "sample")) == ["a"]


@pytest.mark.parametrize("missing", ["TITLE", "HELP", "Params"])
def test_a_broken_plugin_fails_loudly(package, missing):
    lines = {"TITLE": "TITLE = 'A'", "HELP": "HELP = 'h'", "Params": "class Params: pass"}
    del lines[missing]
    name = package(broken="#whole\n" + "\n".join(lines.values()))
    with pytest.raises(TypeError, match=rf"{name}\.broken is no sample: it lacks {missing}$"):
        Registry(name, "sample")


def test_the_room_says_what_else_a_plugin_must_have(package):
    name = package(a="def weigh(): ...")
    with pytest.raises(TypeError, match="is no loss weighting: it lacks init$"):
        Registry(name, "loss weighting", ("init", "weigh"))


def test_resolve_checks_and_fills_parameters(package):
    registry = Registry(package(a=""), "sample")
    module, params = registry.resolve("a")
    assert module is registry["a"]
    assert params.strength == 1.0
    assert registry.resolve("a", {"strength": 2})[1].strength == 2.0


def test_resolve_names_what_does_exist(package):
    registry = Registry(package(a="", b=""), "sample")
    with pytest.raises(UserError) as error:
        registry.resolve("c")
    assert str(error.value) == "The sample should be one of a, b. Found “c”. Choose one of these."


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"strength": 0}, ["“Strength” of the sample A should be above 0. Found 0. Choose a larger number."]),
        ({"strength": 11}, ["“Strength”", "at most 10.", "Found 11."]),
        ({"strength": "much"}, ["“Strength”", "should be a number.", "Found “much”."]),
        ({"strength": float("nan")}, ["“Strength”", "finite", "Found nan."]),
        ({"width": 3}, ["There is no setting called “width” in the sample A. Remove it"]),
    ],
)
def test_resolve_says_what_is_wrong_with_a_parameter(package, params, words):
    registry = Registry(package(a=""), "sample")
    with pytest.raises(UserError) as error:
        registry.resolve("a", params)
    assert all(word in str(error.value) for word in words), str(error.value)


def test_an_unknown_plugin_is_a_key_error(package):
    registry = Registry(package(a=""), "sample")
    assert "b" not in registry
    with pytest.raises(KeyError):
        registry["b"]


def test_a_parameter_carries_what_a_widget_needs():
    class Own(Params):
        rate: float = param(0.5, "How fast.", step=0.1, formula=r"\eta", title="Rate", ge=0.0, le=1.0)

    schema = Own.model_json_schema()["properties"]["rate"]
    assert {key: schema[key] for key in ("title", "description", "default", "minimum", "maximum", "step", "formula")} == {
        "title": "Rate",
        "description": "How fast.",
        "default": 0.5,
        "minimum": 0.0,
        "maximum": 1.0,
        "step": 0.1,
        "formula": r"\eta",
    }


def test_parameters_are_frozen():
    class Own(Params):
        rate: float = param(0.5, "How fast.")

    with pytest.raises(ValidationError):
        Own().rate = 1.0


class Inner(BaseModel):
    width: int = Field(ge=1)


class Outer(BaseModel):
    layers: list[Inner]


def complaint(document: dict) -> str:
    with pytest.raises(ValidationError) as error:
        Outer.model_validate(document)
    return str(explain(error.value, "The network"))


def test_explain_says_where_it_is():
    told = complaint({"layers": [{"width": 1}, {"width": 0}]})
    assert told == "“width” of the network should be at least 1. Found 0. Choose a larger number."
    with pytest.raises(ValidationError) as error:
        Outer.model_validate({"layers": [{"width": 1}, {"width": 0}]})
    assert explain(error.value, "The network").path == "layers.1.width"
    words = explain(error.value, "The network", lambda loc: f"the width of layer {loc[1]}")
    assert str(words).startswith("The width of layer 1 should be at least 1.")


def test_explain_says_what_is_missing():
    assert complaint({"layers": [{}]}) == "“width” of the network should be given. Found nothing. Add it."


def test_items_of_a_list_are_counted_from_one():
    class Own(Params):
        rates: tuple[float, ...] = param((1.0,), "How fast.", title="Rates")

    class Module:
        TITLE, HELP, Params = "A", "What it does.", Own

    registry = Registry.__new__(Registry)
    registry.what, registry._modules = "sample", {"a": Module}
    with pytest.raises(UserError, match="Item 2 of “Rates” of the sample A should be a number. Found “x”."):
        registry.resolve("a", {"rates": [1, "x"]})
    assert Own().items("rates") == ()
    assert Own().most("rates") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "nothing"), (True, "true"), (2.5, "2.5"), ("a\nb", "“a b”"), ([1, 2], "a list of 2"), ({}, "a group of settings")],
)
def test_a_value_is_shown_on_one_line(value, text):
    assert shown(value) == text


def test_explain_keeps_a_long_value_short():
    assert len(complaint({"layers": [{"width": "9" * 50_000 + "x"}]})) < 400
