"""The part of the Data page that fetches from the web, as Streamlit runs it, with a server that speaks as openml.org does."""

import socket
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.experiment import Experiment
from core.runs import engine
from tests.serving import Openml, credit, serving, until

pytestmark = pytest.mark.filterwarnings("ignore:Downloaded file could have been corrupted")


def page() -> None:
    """The part alone, with what the page says when something goes wrong."""
    import streamlit as st

    from pages.parts import state
    from pages.parts.data_web import web

    st.markdown(f"in use: {state.document().data.source.name}")
    if state.problem():
        st.warning(state.problem())
    web()
    state.forget_problem()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Openml]:
    with serving(credit()) as openml:
        monkeypatch.setenv("MTL_OPENML", openml.address)
        yield openml


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page, default_timeout=60).run()


def document(app: AppTest) -> Experiment:
    run = engine().runs[app.session_state["mtl.run"]]
    return run.draft or run.experiment


def under_way(app: AppTest) -> bool:
    return any(button.key == "web.cancel" for button in app.button)


def fetch(app: AppTest, what: str) -> AppTest:
    """Types, clicks, and looks again until it is over."""
    app.text_input(key="web.what").set_value(what)
    app.button(key="web.fetch").click().run()
    until(lambda: not under_way(app) or not under_way(app.run()))
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return "\n".join(each.value for each in (*app.caption, *app.markdown, *app.error, *app.warning)).replace("\\", "")


@pytest.mark.parametrize("what", ["31", "credit-g"])
def test_a_data_set_opens_with_its_task(server, app, what):
    fetch(app, what)
    assert not app.error
    made = document(app)
    assert made.data.source.kind == "file"
    assert made.data.source.name == "openml-31 credit-g.csv"
    assert made.columns == ("class",)
    assert set(made.data.inputs) == {"duration", "purpose", "rate"}
    assert "https://www.openml.org/d/31" in shown(app).replace("\u2060", "")  # which keeps it from being a link
    assert "Its licence: Public." in shown(app)
    assert not app.button(key="web.fetch").disabled


def test_progress_and_cancel(server, app):
    server.hang = ("download",)
    before = document(app)
    app.text_input(key="web.what").set_value("31")
    app.button(key="web.fetch").click().run()
    until(lambda: "fetching its rows" in shown(app.run()))
    assert "MB" not in shown(app)
    assert "“31”" in shown(app)
    assert app.button(key="web.fetch").disabled
    app.button(key="web.cancel").click().run()
    app.run()
    assert not app.exception
    assert not app.error
    assert not under_way(app)
    assert document(app) == before
    server.over.set()
    fetch(app, "31")
    assert document(app).columns == ("class",)


def test_offline_is_a_sentence_and_the_table_stays(monkeypatch, app):
    before = document(app)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("MTL_OPENML", f"http://127.0.0.1:{taken.getsockname()[1]}")
        fetch(app, "credit-g")
    assert "within reach" in app.error[0].value
    assert document(app) == before


@pytest.mark.parametrize("what", ["32", "![x](http://a.b)", ""])
def test_what_is_not_found_is_a_sentence_and_the_next_one_works(server, app, what):
    before = document(app)
    fetch(app, what)
    assert len(app.error) == 1
    assert "![x]" not in app.error[0].value
    assert document(app) == before
    fetch(app, "31")
    assert not app.error
    assert document(app).columns == ("class",)


def test_a_table_that_cannot_be_used_leaves_what_was_there(server, app):
    server.held[:] = [credit(arff="@DATA\n1\n2\n", columns={"class": "numeric"})]
    before = document(app)
    fetch(app, "31")
    assert "at least two columns" in app.warning[0].value
    assert document(app) == before


def test_names_with_markup_are_shown_as_they_are(server, app):
    columns = {"![x](http://a.b)": "numeric", "<b>p</b>": "nominal", "$r$": "numeric", "class": "nominal"}
    server.held[:] = [credit(columns=columns, more={"licence": "![x](http://a.b)", "name": "![n](http://a.b)"})]
    fetch(app, "31")
    assert set(document(app).data.inputs) == set(columns) - {"class"}
    assert not any("![x]" in each.value or "![n]" in each.value for each in app.caption)
