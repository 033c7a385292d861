"""The scheme and its parameters on the Playground, behind "More settings", and on the page Network."""

import pytest
from streamlit.testing.v1 import AppTest

from core.runs import engine
from core.weighting import PLACES, SCHEMES
from core.weighting._about import about
from pages.parts.scheme_forms import BY_HAND
from tests.pages.test_playground import PAGE, document, fine, run_of

NETWORK = PAGE.with_name("network.py")
COLUMNS = ("sin(2x)", "cos(x)")


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=60).run()


def keys(app: AppTest) -> list[str]:
    return [each.key or "" for kind in (app.slider, app.number_input, app.selectbox, app.toggle) for each in kind]


def of_scheme(app: AppTest) -> list[str]:
    """Keys of what is set of the scheme itself."""
    parts = {param for module in SCHEMES.values() for param in module.Params.model_fields} - {"batch"}  # that of the training
    return [key for key in keys(app) if key.startswith(("scheme.", "weight.")) or key.split(".")[0] in parts]


@pytest.mark.parametrize("name", SCHEMES)
def test_any_scheme_can_be_chosen_and_has_at_most_two_widgets_beside_it(app: AppTest, name: str) -> None:
    start = run_of(app).start
    app.selectbox(key="scheme").set_value(name).run()
    fine(app)
    assert document(app).weighting.name == name
    assert run_of(app).start == start
    beside = of_scheme(app)
    assert 1 <= len(beside) <= len(COLUMNS)
    if name in BY_HAND:
        assert beside == [f"weight.{column}" for column in COLUMNS]
    app.session_state["more"] = True
    app.run()
    fine(app)
    found, params = of_scheme(app), about(name)["params"]
    assert len(found) == len(set(found))
    for each in params if name not in BY_HAND else ():
        by_task = [f"{each['name']}.{column}" for column in COLUMNS]
        assert set(by_task if each["type"] == "number for each task" else [f"scheme.{name}.{each['name']}"]) <= set(found)
    assert ("scheme.ema" in found) == (name not in BY_HAND)


def test_the_help_tells_of_the_chosen_scheme_and_where_all_are(app: AppTest) -> None:
    app.selectbox(key="scheme").set_value("dwa").run()
    help = app.selectbox(key="scheme").help
    assert SCHEMES["dwa"].HELP in help
    assert SCHEMES["famo"].HELP not in help
    assert "*Schemes*" in help


def test_a_parameter_changes_while_it_runs_and_keeps_the_smoothing(app: AppTest) -> None:
    app.selectbox(key="scheme").set_value("dwa").run()
    app.slider(key="scheme.ema").set_value(0.5).run()
    start = run_of(app).start
    app.slider(key="scheme.dwa.temperature").set_value(3.0).run()
    fine(app)
    weighting = document(app).weighting
    assert (weighting.name, weighting.params, weighting.ema) == ("dwa", {"temperature": 3.0}, 0.5)
    assert run_of(app).start == start


def test_another_scheme_starts_with_its_defaults_and_keeps_the_smoothing(app: AppTest) -> None:
    engine().change(
        run_of(app), document(app).changed("weighting", {"name": "dwa", "params": {"temperature": 3.0}, "ema": 0.5})
    )
    app.run()
    app.selectbox(key="scheme").set_value("stch").run()
    fine(app)
    assert (document(app).weighting.params, document(app).weighting.ema) == ({}, 0.5)


def test_a_weight_by_hand_keeps_the_smoothing(app: AppTest) -> None:
    engine().change(run_of(app), document(app).changed("weighting.ema", 0.5))
    app.run()
    app.slider(key="weight.cos(x)").set_value(2.0).run()
    assert document(app).weighting.model_dump() == {"name": "fixed", "params": {"weights": {"cos(x)": 2.0}}, "ema": 0.5}


def test_where_gradients_are_taken_goes_by_words(app: AppTest) -> None:
    app.selectbox(key="scheme").set_value("imtl-g").run()
    box = app.selectbox(key="scheme.imtl-g.where")
    assert (box.value, box.options) == ("representation", [PLACES["representation"], PLACES["all"]])
    box.set_value("all").run()
    fine(app)
    assert document(app).weighting.params == {"where": "all"}


def test_numbers_of_tasks_are_all_written_with_one(app: AppTest) -> None:
    app.selectbox(key="scheme").set_value("tchebycheff").run()
    assert [each.label for each in app.slider if (each.key or "").startswith("preference")] == [
        f"Preference: {column}" for column in COLUMNS
    ]
    app.slider(key="preference.cos(x)").set_value(3.0).run()
    fine(app)
    assert document(app).weighting.params == {"preference": {"sin(2x)": 1.0, "cos(x)": 3.0}}


def test_what_a_scheme_refuses_leaves_everything_as_it_was(app: AppTest) -> None:
    app.selectbox(key="scheme").set_value("tchebycheff").run()
    app.slider(key="preference.cos(x)").set_value(0.0).run()
    app.slider(key="preference.sin(2x)").set_value(0.0).run()
    assert document(app).weighting.params == {"preference": {"sin(2x)": 1.0, "cos(x)": 0.0}}
    assert run_of(app).draft is None


def test_a_main_task_is_chosen_among_the_tasks(app: AppTest) -> None:
    app.selectbox(key="scheme").set_value("cosine-gate").run()
    box = app.selectbox(key="scheme.cosine-gate.main")
    assert box.options == ["the first task", *COLUMNS]
    box.set_value("cos(x)").run()
    fine(app)
    assert document(app).weighting.params["main"] == "cos(x)"


@pytest.mark.parametrize("name", SCHEMES)
def test_the_page_network_has_all_of_it(name: str) -> None:
    app = AppTest.from_file(str(NETWORK), default_timeout=60).run()
    app.selectbox(key="scheme").set_value(name).run()
    assert not app.exception
    found = of_scheme(app)
    for each in about(name)["params"]:
        by_task = [f"{each['name']}.{column}" for column in COLUMNS]
        assert set(by_task if each["type"] == "number for each task" else [f"scheme.{name}.{each['name']}"]) <= set(found)
    assert ("scheme.ema" in found) == (name not in BY_HAND)
    assert SCHEMES[name].HELP in [each.value for each in app.caption]
