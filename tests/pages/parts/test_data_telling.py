"""Inputs with tasks, as Streamlit runs it: a heat map, and sentences where nothing can be drawn or believed."""

import json

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data import association
from core.data.association import Telling
from core.data.dataset import Table
from core.experiment import Data, Source, Task
from pages.parts import data_telling, look_at, state
from pages.parts.data_telling import cautions

DRAW = np.random.default_rng(0)
ROWS = 3_000
COST = DRAW.normal(size=ROWS)
FRAME = pd.DataFrame(
    {f"x{number:02}": DRAW.normal(size=ROWS) for number in range(35)}
    | {"<b>best</b>": COST + 0.1 * DRAW.normal(size=ROWS), "cost": COST, "empty": [None] * ROWS, "same": "a"}
)
INPUTS = dict.fromkeys(FRAME.columns[:36], "number")
KINDS = {"cost": "regression", "empty": "multiclass", "same": "multiclass"}


class Document:
    def __init__(self, tasks: tuple[str, ...], inputs: dict[str, str]) -> None:
        self.data = Data(source=Source(kind="file", name="own.csv"), inputs=inputs)
        self.tasks = tuple(Task(column=name, kind=KINDS[name]) for name in tasks)


def script() -> None:
    from pages.parts.data_telling import telling

    telling()


@pytest.fixture
def shown(monkeypatch):
    def show(*tasks: str, inputs: dict[str, str] = INPUTS) -> AppTest:
        monkeypatch.setattr(state, "document", lambda: Document(tasks, inputs))
        monkeypatch.setattr(state, "table", lambda: Table("own.csv", FRAME))
        data_telling._telling.clear()
        data_telling._heat.clear()
        page = AppTest.from_function(script, default_timeout=60).run()
        assert not page.exception
        return page

    return show


def said(page: AppTest) -> str:
    return "\n".join(each.value for each in (*page.markdown, *page.caption, *page.info))


def chart(page: AppTest) -> dict:
    return json.loads(page.get("plotly_chart")[0].proto.spec)


def test_what_says_most_stands_first_and_its_name_is_not_obeyed(shown):
    page = shown("cost")
    names = chart(page)["layout"]["yaxis"]["ticktext"]
    assert (len(names), names[0]) == (30, "&lt;b&gt;best&lt;/b&gt;")
    assert "<b>" not in json.dumps(chart(page))
    assert "drawn" not in said(page)


def test_the_others_unfold(shown):
    page = shown("cost")
    assert page.button(key="telling.more").label == "Show 6 more of 36 inputs"
    page.button(key="telling.more").click().run()
    assert len(chart(page)["layout"]["yaxis"]["ticktext"]) == 36
    assert not page.button


def test_without_a_task_or_an_input_it_says_what_to_do(shown):
    assert shown().info[0].value == data_telling.NO_TASK
    assert shown("cost", inputs={}).info[0].value == data_telling.NO_INPUT
    assert shown("cost", inputs={"gone": "number"}).info[0].value == data_telling.NO_INPUT


def test_tasks_of_which_nothing_can_be_said(shown):
    page = shown("cost", "empty", "same")
    assert "Nothing can be said about empty: no row has its label." in said(page)
    assert "Nothing can be said about same: its label is the same in every row" in said(page)
    assert {text for trace in chart(page)["data"] for line in trace["text"] for text in line[1:]} == {""}
    assert "Nothing can be said about same" in said(shown("same", inputs={"x00": "number"}))


def test_drawn_rows_are_said(shown, monkeypatch):
    monkeypatch.setattr(association, "LABELLED", 500)
    assert "From at most 500 rows with a label of each task, drawn at random from 3,000." in said(shown("cost"))
    monkeypatch.setattr(association, "ROWS", 400)
    monkeypatch.setattr(look_at, "ROWS", 400)
    assert "From 400 rows, drawn at random from 3,000." in said(shown("cost"))


def test_few_labels_are_said_once_for_all_tasks_alike():
    told = Telling(("x",), ("a", "*b*", "c"), ((0.1, 0.2, 0.0),), (20, 20, 900), (0.26, 0.26, 0.01))
    assert cautions(told) == [r"a, \*b\* have only 20 labels: by chance alone an input can reach 26%."]
    told = Telling(("x",), ("a", "b"), ((0.1, None),), (20, 0), (0.26, 0.0))
    assert len(cautions(told)) == 2
    assert cautions(told)[1].startswith("a has only 20 labels")


def test_texts_are_left_out_and_that_is_said(shown):
    page = shown("cost", inputs={"x01": "number", "<b>best</b>": "text"})
    assert any("Left out:" in each.value and "best" in each.value for each in page.caption)
    alone = shown("cost", inputs={"x01": "text"})
    assert [each.value for each in alone.info] == [data_telling.TEXTS]
