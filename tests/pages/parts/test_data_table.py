"""The table to leaf through, as Streamlit runs it: sorting, searching, pages; and nothing of its cells obeyed."""

import json

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.dataset import Table
from core.experiment import Data, Source
from pages.parts import data_table, state

NASTY = "<img src=x onerror=1>"
FRAME = pd.DataFrame(
    {
        "age": np.where(np.arange(60) % 7 == 0, np.nan, np.arange(60.0) % 40),
        NASTY: [f"Row {number}" for number in range(60)],
        "dose": np.arange(60) % 3,
    }
)


class Document:
    def __init__(self, data: Data) -> None:
        self.data, self.tasks = data, ()


@pytest.fixture
def shown(monkeypatch):
    """The table of a frame, with other frames to follow."""

    def show(frame: pd.DataFrame, name: str = "own.csv", **data: object) -> AppTest:
        document = Document(Data(source=Source(kind="file", name=name), inputs={}, **data))
        monkeypatch.setattr(state, "document", lambda: document)
        monkeypatch.setattr(state, "table", lambda: Table(name, frame))
        data_table.found.clear()
        return AppTest.from_function(script, default_timeout=60).run()

    return show


def script() -> None:
    from pages.parts.data_table import browse

    browse()


def cells(page: AppTest) -> pd.DataFrame:
    assert not page.exception
    return page.dataframe[0].value


def config(page: AppTest) -> dict:
    return json.loads(page.dataframe[0].proto.columns)


def test_the_first_page_as_the_table_stands(shown):
    page = shown(FRAME)
    assert cells(page).index.tolist() == list(range(1, 26))
    assert list(cells(page).columns) == ["age", NASTY, "dose"]
    assert cells(page)["age"].isna()[1]
    assert cells(page)["age"].tolist()[1:3] == ["1", "2"]
    assert page.caption[0].value == "Rows 1 to 25 of 60"


def test_another_page_and_larger_ones(shown):
    page = shown(FRAME)
    page.pagination[0].set_value(3).run()
    assert cells(page).index.tolist() == list(range(51, 61))
    assert page.caption[0].value == "Rows 51 to 60 of 60"
    page.button_group(key="table.size").set_value(100).run()
    assert len(cells(page)) == 60
    assert not page.pagination


def test_sorted_by_a_column_missing_last(shown):
    page = shown(FRAME)
    page.pagination[0].set_value(2).run()
    page.selectbox(key="table.by").set_value("age").run()
    assert cells(page)["age"].tolist()[:4] == ["0", "1", "1", "2"]
    page.button_group(key="table.descending").set_value(True).run()
    assert cells(page)["age"].tolist()[:3] == ["39", "38", "37"]
    assert config(page)["_pos:1"]["label"] == "age ↓"
    page.pagination[0].set_value(3).run()
    assert cells(page)["age"].isna().tolist() == [False] + [True] * 9


def test_a_click_on_a_head_sorts_and_another_turns_it_round(shown, monkeypatch):
    shown(FRAME)
    view = dict(data_table.VIEW)
    monkeypatch.setattr(state, "get", lambda key, default=None: view)
    monkeypatch.setattr(state, "put", lambda key, item: view.update(item))
    for chosen, expected in ((["age"], False), ([], True), (["age"], False), (["dose"], False), ([], True)):
        monkeypatch.setattr(state, "value", lambda key, chosen=chosen: {"selection": {"columns": chosen}})
        data_table.sort_by_head()
        assert (view["by"], view["descending"]) == (chosen[0] if chosen else view["by"], expected)
    assert view["by"] == "dose"


def test_a_word_is_found_and_said_how_often(shown):
    page = shown(FRAME)
    page.selectbox(key="table.within").set_value(NASTY).run()
    page.text_input(key="table.find").set_value("row 5").run()
    assert cells(page).index.tolist() == [6, *range(51, 61)]
    assert page.caption[0].value == "Rows 1 to 11 of 11 found among 60"
    page.selectbox(key="table.by").set_value("dose").run()
    assert cells(page)["dose"].tolist() == sorted(cells(page)["dose"])


def test_a_number_is_found_by_size(shown):
    page = shown(FRAME)
    page.text_input(key="table.find").set_value("> 37").run()
    assert cells(page)["age"].tolist() == ["38", "39"]


def test_nothing_found_is_said_without_obeying_it(shown):
    page = shown(FRAME)
    page.selectbox(key="table.within").set_value(NASTY).run()
    page.text_input(key="table.find").set_value("**b** <b>").run()
    assert page.info[0].value == r"No row has \*\*b\*\* \<b> in \<img src=x onerror=1>."
    page.text_input(key="table.find").set_value("").run()
    assert len(cells(page)) == 25


def test_values_that_mean_missing_are_shown_and_said(shown):
    page = shown(FRAME, missing={"dose": (2.0,)})
    assert cells(page)["dose"].tolist()[:3] == ["0", "1", "2 (missing)"]


def test_another_table_is_looked_at_from_its_beginning(shown):
    page = shown(FRAME)
    page.selectbox(key="table.by").set_value("age").run()
    page.pagination[0].set_value(2).run()
    state.table = lambda: Table("b", FRAME[["dose"]])  # as `shown` does, and undone with it
    state.document = lambda: Document(Data(source=Source(kind="file", name="b"), inputs={}))
    page.run()
    assert cells(page).index.tolist() == list(range(1, 26))
    assert page.selectbox(key="table.by").value == ""


def test_a_column_that_a_mend_took_away_is_no_longer_sorted_by(shown):
    page = shown(FRAME)
    page.selectbox(key="table.by").set_value("age").run()
    page.text_input(key="table.find").set_value("3").run()
    state.table = lambda: Table("own.csv", FRAME.drop(columns="age"))
    page.run()
    assert len(cells(page)) == 25
    assert page.selectbox(key="table.within").value == NASTY


def test_of_many_columns_a_hundred_at_a_time(shown):
    page = shown(pd.DataFrame({f"x{number}": [1.0, 2.0] for number in range(250)}))
    assert cells(page).shape == (2, 100)
    page.selectbox(key="table.window").set_value(2).run()
    assert list(cells(page).columns) == [f"x{number}" for number in range(200, 250)]


def test_long_names_are_cut_at_the_head(shown):
    page = shown(pd.DataFrame({"x" * 10_000: [1]}))
    assert len(config(page)["_pos:1"]["label"]) == 40


def test_a_table_without_rows_is_said(shown):
    page = shown(FRAME.head(0))
    assert page.info[0].value == "The table has no rows."
    assert not page.exception
