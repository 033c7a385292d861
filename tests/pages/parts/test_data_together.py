"""Tasks side by side, as Streamlit runs it: pictures where there are two tasks, a sentence where there are not."""

import json

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data import association
from core.data.dataset import Table
from core.experiment import Data, Source, Task
from pages.parts import data_together, look_at, state
from pages.parts.data_together import graded

DRAW = np.random.default_rng(0)
LEVEL = DRAW.integers(0, 2, 80)
NASTY = "<img src=x onerror=1>"
FRAME = pd.DataFrame(
    {
        "ill": pd.Series(np.where(LEVEL, "yes", "no")).where(DRAW.random(80) > 0.5),
        "ward": np.where(LEVEL, "<b>x</b>", "b"),
        "cost": pd.Series(LEVEL + DRAW.normal(size=80)).where(DRAW.random(80) > 0.2),
        NASTY: -LEVEL + DRAW.normal(size=80),
        "empty": [None] * 80,
    }
)
KINDS = {"ill": "binary", "ward": "multiclass", "cost": "regression", NASTY: "regression", "empty": "binary"}


class Document:
    def __init__(self, *tasks: str) -> None:
        self.data = Data(source=Source(kind="file", name="own.csv"), inputs={})
        self.tasks = tuple(Task(column=name, kind=KINDS[name]) for name in tasks)


def script() -> None:
    from pages.parts.data_together import together

    together()


@pytest.fixture
def shown(monkeypatch):
    def show(*tasks: str) -> AppTest:
        monkeypatch.setattr(state, "document", lambda: Document(*tasks))
        monkeypatch.setattr(state, "table", lambda: Table("own.csv", FRAME))
        data_together._together.clear()
        data_together._pair.clear()
        page = AppTest.from_function(script, default_timeout=60).run()
        assert not page.exception
        return page

    return show


def said(page: AppTest) -> str:
    return "\n".join(each.value for each in (*page.markdown, *page.caption, *page.info))


def charts(page: AppTest) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]


@pytest.mark.parametrize("tasks", [(), ("ill",)])
def test_fewer_than_two_tasks_need_another(shown, tasks):
    page = shown(*tasks)
    assert page.info[0].value == data_together.TWO_TASKS
    assert not charts(page)


def test_a_task_whose_column_is_gone_does_not_count(shown, monkeypatch):
    monkeypatch.setitem(KINDS, "gone", "binary")
    assert shown("ill", "gone").info[0].value == data_together.TWO_TASKS


def test_two_tasks_need_no_choice(shown):
    page = shown("ill", "ward")
    assert not page.selectbox
    assert r"**ill** and **ward** go together strongly (1.00 of 1)." in said(page)
    bar, squares = charts(page)
    assert [part["name"].split(":")[0] for part in bar["data"]] == ["both", "only ward"]
    assert squares["layout"]["xaxis"]["ticktext"] == ["&lt;b&gt;x&lt;/b&gt;", "b"]


def test_of_more_tasks_all_pairs_and_the_closest_one_large(shown):
    page = shown("cost", "ill", "ward")
    assert [box.value for box in page.selectbox] == ["ill", "ward"]
    assert len(charts(page)) == 4
    page.selectbox(key="together.first").set_value("cost").run()
    assert "**cost** and **ward**" in said(page)
    assert charts(page)[-1]["data"][0]["type"] == "box"
    assert page.selectbox(key="together.second").options == ["ill", "ward"]


def test_two_tasks_of_numbers_say_which_way(shown):
    page = shown("cost", NASTY)
    assert charts(page)[-1]["data"][0]["type"] == "scatter"
    assert r"The more cost, the less \<img src=x onerror=1>" in said(page)
    assert "correlation is −0." in said(page)
    assert "<img" not in json.dumps(charts(page))


def test_a_task_without_labels_is_said(shown):
    page = shown("ill", "empty")
    assert "cannot be compared" in said(page)
    assert "No row has both labels" in said(page)
    assert len(charts(page)) == 1


def test_drawn_rows_are_said(shown, monkeypatch):
    assert "drawn" not in said(shown("ill", "ward"))
    monkeypatch.setattr(association, "ROWS", 50)
    monkeypatch.setattr(look_at, "ROWS", 50)
    assert "From 50 rows, drawn at random from 80." in said(shown("ill", "ward"))


@pytest.mark.parametrize(
    ("strength", "words"),
    [(0.0, "hardly go together"), (0.1, "go together a little"), (0.5, "clearly go together"), (1.0, "go together strongly")],
)
def test_strength_in_words(strength, words):
    assert graded(strength) == words
    assert "cannot be compared" in graded(None)
