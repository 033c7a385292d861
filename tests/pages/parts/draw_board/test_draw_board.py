"""The board on the Data page as Streamlit runs it: it begins, tells how points are used, and takes what a browser sends."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from core.data.drawing import drawn
from core.experiment import Experiment
from core.runs import engine
from pages.parts import draw_board, state
from pages.parts.bundle import bundle


def page() -> None:
    from pages.parts import draw_board, state

    state.run()
    draw_board.draw()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """What the component was given, newest last."""
    found: list[dict] = []
    monkeypatch.setattr(draw_board, "_COMPONENT", lambda key, data, on_drawn_change: found.append(data))
    return found


@pytest.fixture
def app(sent: list[dict]) -> AppTest:
    return AppTest.from_function(page, default_timeout=60).run()


def document(app: AppTest) -> Experiment:
    run = engine().runs[app.session_state["mtl.run"]]
    return run.draft or run.experiment


def begun(app: AppTest) -> AppTest:
    return app.button(key="draw.begin").click().run()


def hear(app: AppTest, monkeypatch: pytest.MonkeyPatch, board: object) -> AppTest:
    """Runs the page as after a stroke: the component's callback first."""
    before = state.value
    monkeypatch.setattr(state, "value", lambda key: SimpleNamespace(drawn=board) if key == draw_board.KEY else before(key))

    def hearing() -> None:
        from pages.parts import draw_board, state

        state.run()
        draw_board._hear()
        draw_board.draw()

    other = AppTest.from_function(hearing, default_timeout=60)
    other.session_state["mtl.run"] = app.session_state["mtl.run"]
    return other.run()


def test_the_modules_are_one() -> None:
    assert "export default" in bundle(draw_board.FOLDER, "main.js")


def test_other_data_have_a_button_that_begins(app: AppTest, sent: list[dict]) -> None:
    assert not sent
    assert draw_board.OFFER in [each.value for each in app.caption]
    begun(app)
    assert document(app).data.source.name == "drawn-points"
    assert sent[-1]["board"] == draw_board.board_of(document(app))
    assert sent[-1]["heard"] is None
    assert "58 points train; 19 check it on the way, 19 test it at the end." in sent[-1]["says"]


def test_what_is_drawn_is_the_document_and_is_heard(app: AppTest, sent: list[dict], monkeypatch: pytest.MonkeyPatch) -> None:
    begun(app)
    points = [[x / 10, 0.5 * x % 1, x % 2, None] for x in range(8)]
    board = {**sent[-1]["board"], "drawn": points, "n": 7}
    hear(app, monkeypatch, {**board, "tasks": board["tasks"][:1], "drawn": [point[:3] for point in points]})
    assert document(app).columns == ("arc",)
    assert document(app).data.source.params["drawn"] == [point[:3] for point in points]
    assert sent[-1]["heard"] == 7
    assert sent[-1]["says"] == "All 8 points train. From 30 on, some are kept to check what was learned."


@pytest.mark.parametrize("points", [[], [[0, 0, 1, 0]], [[0, 0, 1, None], [0.5, 0.5, 0, None]]])
def test_too_few_points_are_kept_and_said(
    app: AppTest, sent: list[dict], monkeypatch: pytest.MonkeyPatch, points: list
) -> None:
    begun(app)
    hear(app, monkeypatch, {**sent[-1]["board"], "drawn": points, "n": 3})
    assert document(app).data.source.params["drawn"] == points
    assert sent[-1]["board"]["drawn"] == points
    assert "Draw on the page Data" in sent[-1]["says"]


@pytest.mark.parametrize(
    "board", [None, "x", {}, {"n": [1]}, {"inputs": 2, "tasks": [], "drawn": []}, {"inputs": 2, "tasks": 4, "drawn": 5}]
)
def test_whatever_else_is_sent_changes_nothing(
    app: AppTest, sent: list[dict], monkeypatch: pytest.MonkeyPatch, board: object
) -> None:
    begun(app)
    before = document(app)
    assert not hear(app, monkeypatch, board).exception
    assert document(app) == before


def test_numbers_come_back_as_they_were_sent(app: AppTest, sent: list[dict]) -> None:
    """The browser tells by them whether it sees its own board."""
    begun(app)
    points = [[-1, 0.123, 0, None], [1, -0.5, 1, 1]]
    board = {**sent[-1]["board"], "drawn": points}
    assert draw_board.board_of(drawn(document(app), board)) == board


PAGES = Path(__file__).parents[4] / "pages"


@pytest.mark.parametrize("name", ["data.py", "playground.py"])
def test_pages_stand_with_an_empty_board(name: str) -> None:
    app = AppTest.from_file(str(PAGES / name), default_timeout=60).run()
    run = engine().runs[app.session_state["mtl.run"]]
    app.selectbox(key="data.source" if name == "data.py" else "source").set_value("drawn-points").run()
    run.draft = drawn(run.experiment, {**draw_board.board_of(run.experiment), "drawn": []})
    app.run()
    assert not app.exception
    if name == "playground.py":
        said = [each.value for each in app.markdown]
        assert any("Draw more on the page Data" in each for each in said)
        assert not any("click the columns" in each for each in said)
