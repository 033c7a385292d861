"""The architecture and its parameters on the Playground, behind "More settings", and on the page Network."""

import pytest
from streamlit.testing.v1 import AppTest

from core.network.sharing import SHARING
from tests.pages.test_playground import PAGE, document, fine, run_of

COLUMNS = ("sin(2x)", "cos(x)")


@pytest.fixture
def app() -> AppTest:
    made = AppTest.from_file(str(PAGE), default_timeout=60).run()
    made.session_state["more"] = True
    return made.run()


def choose(app: AppTest, name: str) -> None:
    app.selectbox(key="sharing").set_value(name).run()


@pytest.mark.parametrize("name", SHARING)
def test_any_architecture_can_be_chosen_and_shows_its_parameters(app: AppTest, name: str) -> None:
    choose(app, name)
    fine(app)
    assert document(app).network.sharing.name == name
    assert run_of(app).draft is None
    keys = {each.key for kind in (app.slider, app.number_input, app.selectbox, app.toggle, app.select_slider) for each in kind}
    for param in SHARING[name].Params.model_fields:
        wanted = {
            "branch": {f"branch.{column}" for column in COLUMNS},
            "strength": {"sharing.strength"},
        }.get(param, {f"sharing.{name}.{param}"})
        assert wanted <= keys
    assert SHARING[name].HELP in app.selectbox(key="sharing").help


def test_a_task_branches_off_earlier(app: AppTest) -> None:
    app.slider(key="branch.cos(x)").set_value(1).run()
    fine(app)
    assert document(app).network.sharing.params == {"branch": {"cos(x)": 1}}
    app.slider(key="branch.cos(x)").set_value(2).run()
    assert document(app).network.sharing.params == {}


def test_the_strength_of_the_pull_acts_on_the_run_that_is_on_its_way(app: AppTest) -> None:
    choose(app, "soft")
    start = run_of(app).start
    app.select_slider(key="sharing.strength").set_value(10.0).run()
    fine(app)
    assert document(app).network.sharing.params["strength"] == 10.0
    assert run_of(app).start == start


def test_what_an_architecture_refuses_is_said_and_changes_nothing(app: AppTest) -> None:
    choose(app, "sluice")
    app.slider(key="sharing.sluice.subspaces").set_value(3).run()
    assert not app.exception
    assert document(app).network.sharing.params.get("subspaces", 2) == 2
    assert run_of(app).draft is None
    assert any("equal subspaces" in each.value for each in (*app.error, *app.warning))


def test_where_no_gradients_meet_the_page_says_so(app: AppTest) -> None:
    def said() -> bool:
        return any("gradients never meet" in each.value for each in app.info)

    app.selectbox(key="scheme").set_value("pcgrad").run()
    assert not said()
    choose(app, "separate")
    assert said()
    choose(app, "cross-stitch")
    assert not said()


def test_the_page_network_has_it_too(app: AppTest) -> None:
    page = AppTest.from_file(str(PAGE.with_name("network.py")), default_timeout=60).run()
    choose(page, "mmoe")
    fine(page)
    assert document(page).network.sharing.name == "mmoe"
    assert "Sharing" in [tab.label for tab in page.tabs]
