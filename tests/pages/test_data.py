"""The Data page as Streamlit runs it: samples, files, splits, marks, and faults that leave the page usable."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.data.source import load
from core.experiment import Experiment
from core.runs import engine, store
from pages.parts.column_marks import apply
from pages.parts.data_source import CHOOSE, NO_TASK

PAGE = Path(__file__).parents[2] / "pages" / "data.py"
CLEAN = b"age,dose,ill\n" + b"".join(b"%d,%.1f,%d\n" % (40 + i % 9, i / 3, i % 2) for i in range(60))


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=60).run()


def upload(page: AppTest, raw: bytes, name: str = "own.csv") -> AppTest:
    page.file_uploader[0].set_value((name, raw, "text/csv"))
    return page.run()


def document(page: AppTest) -> Experiment:
    """The document of the page's run, or the draft beside it."""
    run = engine().runs[page.session_state["mtl.run"]]
    return run.draft or run.experiment


def shown(page: AppTest) -> str:
    return "\n".join(each.value for each in (*page.markdown, *page.caption, *page.info))


def test_the_first_sample_is_explained(page):
    assert not page.exception
    assert not page.error
    assert "Two waves" in shown(page)
    assert "Licence" in shown(page)
    assert "Made" in "".join(each.value for each in page.markdown)


def test_another_sample_brings_its_columns(page):
    page.selectbox(key="data.source").set_value("heart").run()
    assert not page.exception
    assert document(page).columns == ("thal", "target")
    assert "no thal" in shown(page)
    assert "years" in shown(page)


def test_a_sample_s_settings_change_its_rows(page):
    page.number_input(key="data.sample.two-waves.rows").set_value(300).run()
    assert document(page).data.source.params["rows"] == 300
    assert "300 rows" in shown(page)


def test_a_setting_that_is_refused_is_said_and_changes_nothing(page):
    before = document(page)
    page.slider(key="data.sample.two-waves.low").set_value(5.0).run()
    assert "should end above where it begins" in page.error[0].value
    assert document(page) == before
    assert page.slider(key="data.sample.two-waves.low").value == -3.0
    page.run()
    assert not page.error


def test_the_split_follows_its_sliders(page):
    page.slider(key="data.validation").set_value(0.3).run()
    assert document(page).data.split.validation == 0.3
    page.slider(key="data.test").set_value(0.75).run()
    assert "at least 10 %" in page.error[0].value
    assert document(page).data.split.test == 0.2
    page.toggle(key="data.vary").set_value(True).run()
    assert document(page).data.split.vary
    assert not page.error


def test_a_file_opens_with_inputs_only_and_says_what_to_click(page):
    upload(page, CLEAN)
    assert not page.exception
    assert not page.error
    assert page.info[0].value == CHOOSE
    assert set(document(page).data.inputs) == {"age", "dose", "ill"}
    assert "60 rows, 3 columns" in shown(page)


def test_a_mark_on_a_draft_makes_it_a_run(page):
    """The browser's part, as its callback hands it over."""
    upload(page, CLEAN)
    draft = document(page)
    table = load(draft.data.source, store(page.session_state["mtl.run"]))
    marked = apply(draft, table, {"op": "mark", "column": "ill", "role": "task"})
    engine().change(engine().runs[page.session_state["mtl.run"]], marked)
    page.run()
    assert not page.exception
    assert not page.error
    assert document(page).columns == ("ill",)
    assert page.info[0].value != CHOOSE


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 no table", b"one column\n1\n2\n", b"a,b\n", "ä,b\n1,2\n".encode("latin-1")])
def test_a_bad_file_leaves_what_was_there(page, raw):
    before = document(page)
    upload(page, raw, "bad![x](http://a.b).csv")
    assert not page.exception
    assert len(page.error) == 1
    assert "![x]" not in page.error[0].value
    assert document(page) == before
    page.selectbox(key="data.source").set_value("heart").run()
    assert not page.error
    assert document(page).columns == ("thal", "target")


def test_values_that_mean_missing(page):
    upload(page, CLEAN.replace(b"40,", b"-9,"))
    assert "“-9” in “age”" in shown(page).replace("\\", "")
    assert page.selectbox(key="missing.column").value == "age"
    assert page.text_input(key="missing.marks").value == "-9"
    page.text_input(key="missing.marks").set_value("").run()
    assert "age" not in document(page).data.missing
    page.selectbox(key="missing.column").set_value("ill").run()
    assert "No row of **ill** is missing" in shown(page)


def test_many_columns_come_in_parts(page):
    page.selectbox(key="data.source").set_value("digits").run()
    more = page.button[-1]
    assert more.label.startswith("Show 24 more of 64")
    more.click().run()
    assert not page.exception
    assert "of 64 columns" in page.button[-1].label


def test_the_sentence_on_missing_tasks_is_the_core_s_own(page):
    upload(page, CLEAN)
    assert page.session_state["mtl.memory"]["problem"].startswith(NO_TASK)


def test_what_is_worth_saying_stands_at_the_top_and_leads_there(page):
    rows = "".join(f"{i},{i / 3:.2f},{i % 5},{i * 0.3 % 7:.2f},{i % 2}\n" for i in range(90))
    upload(page, f"nr,dose,grade,pulse,ill\n{rows}{rows[: len('0,0.00,0,0.00,0') + 1]}".encode())
    places = [each.value for each in page.markdown]
    top = next(place for place, text in enumerate(places) if "to look at](#worth-a-look)" in text)
    assert page.subheader[0].anchor == "worth-a-look"
    assert "duplicate rows" in places[top]
    first = next(place for place, text in enumerate(places) if "repeats another one" in text)
    assert top < first
    before = places[top]
    next(each for each in page.button if each.label == "Keep each row once").click().run()
    after = next(each.value for each in page.markdown if "to look at](#" in each.value or "decided already" in each.value)
    assert after != before
    assert "duplicate rows" not in after
    assert "decided already" in after
