"""The closer look: one view at a time, over a sample's own table."""

import pytest
from streamlit.testing.v1 import AppTest

from core.data import association
from pages.parts import data_telling, data_together


def script() -> None:
    from pages.parts import state
    from pages.parts.data_look import look
    from pages.parts.data_panel import take_sample

    if not state.get("sampled"):
        state.put("sampled", True)
        take_sample("linnerud")
    look()


@pytest.fixture
def page(monkeypatch) -> AppTest:
    data_telling._telling.clear()
    data_together._together.clear()
    return AppTest.from_function(script, default_timeout=60).run()


def choose(page: AppTest, view: str) -> AppTest:
    page.button_group(key="look.view").set_value(view).run()
    assert not page.exception
    return page


def test_columns_first(page):
    assert not page.exception
    assert page.button_group(key="look.view").options == ["Columns", "Rows", "Tasks together", "What says something"]
    assert "What the columns hold" in [each.value for each in page.subheader]


def test_every_view(page):
    assert len(choose(page, "table").dataframe[0].value) == 20
    assert len(choose(page, "together").get("plotly_chart")) == 4
    assert len(choose(page, "telling").get("plotly_chart")) == 1
    assert any("weight, waist, pulse have only 20 labels" in each.value for each in page.caption)
    assert not page.dataframe


def test_what_is_not_looked_at_is_not_computed(page, monkeypatch):
    def never(*given: object) -> None:
        raise AssertionError

    for name in ("together", "pair", "telling"):
        monkeypatch.setattr(association, name, never)
    choose(page, "table")
    choose(page, "columns")
    page.button_group(key="look.view").set_value("telling").run()
    assert page.exception
