"""The page Schemes as Streamlit runs it: all in a table, filtered, unfolded and used."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from core.runs import costs, engine
from core.weighting import SCHEMES
from core.weighting._about import schemes
from pages.parts.scheme_table import allowed, cost_text, matches, usual
from tests.pages.test_playground import PAGE, document, fine

SCHEMES_PAGE = PAGE.with_name("schemes.py")


def opened() -> AppTest:
    return AppTest.from_file(str(SCHEMES_PAGE), default_timeout=60).run()


@pytest.fixture
def app() -> AppTest:
    return opened()


def shown(app: AppTest) -> list[str]:
    """The names of the rows, in order."""
    keys = [each.key or "" for each in app.button]
    return [key.removeprefix("schemes.open.") for key in keys if key.startswith("schemes.open.")]


def words(app: AppTest) -> str:
    return "\n".join(each.value for each in (*app.markdown, *app.caption))


def test_every_scheme_has_its_row_with_idea_formula_and_reference(app: AppTest) -> None:
    fine(app)
    assert shown(app) == list(SCHEMES)
    text = words(app)
    for module in SCHEMES.values():
        assert module.HELP in text
        assert f"${module.FORMULA}$" in text
    assert "in use" in text


def test_what_holds_for_all_is_said_once(app: AppTest) -> None:
    text = words(app)
    for said in ("*sum* over tasks", "effective weight", "all shared layers", "last shared layer", "own layers"):
        assert said in text


@pytest.mark.parametrize("text", ["nash", "Navon", "NASH bargain"])
def test_a_filter_leaves_what_has_all_its_words(app: AppTest, text: str) -> None:
    app.text_input(key="schemes.text").set_value(text).run()
    fine(app)
    assert "nash-mtl" in shown(app)
    assert len(shown(app)) < 8
    app.text_input(key="schemes.text").set_value("no such thing").run()
    assert shown(app) == []
    assert "None matches" in words(app)


@pytest.mark.parametrize("family", ["losses", "gradients", "priority"])
def test_a_family_leaves_its_own(app: AppTest, family: str) -> None:
    app.segmented_control(key="schemes.family").set_value(family).run()
    fine(app)
    assert shown(app) == [name for name, module in SCHEMES.items() if family == module.FAMILY]


def test_costs_come_by_themselves_and_sort(app: AppTest) -> None:
    ends = time.monotonic() + 60
    while costs.costs() is None:
        assert time.monotonic() < ends
        time.sleep(0.05)
    app.run()
    assert "measuring" not in words(app)
    assert words(app).count(" µs") == len(SCHEMES)
    app.toggle(key="schemes.cheap").set_value(True).run()
    found = costs.costs() or {}
    assert shown(app) == sorted(SCHEMES, key=lambda name: found[name])


def test_a_cost_is_told_against_equal_weights() -> None:
    assert "**2.5 ×**" in cost_text("fixed", {"equal": 200.0, "fixed": 500.0})
    assert "500 µs" in cost_text("fixed", {"equal": 200.0, "fixed": 500.0})
    assert cost_text("fixed", {}) == "–"
    assert "measuring" in cost_text("fixed", None)


@pytest.mark.parametrize("name", SCHEMES)
def test_a_row_unfolds_with_formula_needs_and_parameters(app: AppTest, name: str) -> None:
    app.button(key=f"schemes.open.{name}").click().run()
    fine(app)
    assert [each.value for each in app.latex] == [f"$$\n{SCHEMES[name].FORMULA}\n$$"]
    text = words(app)
    assert "**It looks at** the tasks' losses" in text
    for field in SCHEMES[name].Params.model_fields.values():
        assert field.description in text
    app.button(key=f"schemes.open.{name}").click().run()
    assert not app.latex


def test_a_click_uses_it_keeps_the_smoothing_and_the_run(app: AppTest) -> None:
    run = engine().runs[app.session_state["mtl.run"]]
    engine().change(run, document(app).changed("weighting.ema", 0.5))
    start = run.start
    app.run()
    app.button(key="schemes.open.dwa").click().run()
    assert not app.button(key="schemes.use.dwa").disabled
    app.button(key="schemes.use.dwa").click().run()
    weighting = document(app).weighting
    assert (weighting.name, weighting.params, weighting.ema) == ("dwa", {}, 0.5)
    assert run.start == start
    assert app.button(key="schemes.use.dwa").disabled
    assert "The Playground now uses **Dynamic weight average (DWA)**." in words(app)


def test_what_is_used_already_keeps_its_parameters(app: AppTest) -> None:
    run = engine().runs[app.session_state["mtl.run"]]
    engine().change(run, document(app).changed("weighting", {"name": "dwa", "params": {"temperature": 4.0}}))
    app.run()
    app.button(key="schemes.open.dwa").click().run()
    fine(app)
    assert app.button(key="schemes.use.dwa").disabled
    assert document(app).weighting.params == {"temperature": 4.0}


def test_words_of_bounds_and_defaults_are_there_for_all() -> None:
    for scheme in schemes():
        for param in scheme["params"]:
            assert usual(param)
            assert allowed(param)


def test_a_word_is_looked_for_in_all_that_is_said() -> None:
    scheme = next(each for each in schemes() if each["name"] == "pcgrad")
    assert matches(scheme, "")
    assert matches(scheme, "yu 2020")
    assert not matches(scheme, "yu 1999")
