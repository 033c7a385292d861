"""How a file was read, as choices: what was found is said, another choice changes the table at once."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.experiment import Experiment
from core.runs import engine

ROOT = Path(__file__).parent.parent.parent
GERMAN = b"# export\nname;wert;krank\n" + b"".join(
    b"M\xfcller %d;%d,5;%s\n" % (i, i, b"ja" if i % 2 else b"nein") for i in range(40)
)
BARE = b"".join(b"%d\t%d\t%d\n" % (i * 3 % 17, i * 7 % 13, i % 2) for i in range(40))


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(ROOT / "pages" / "data.py"), default_timeout=60).run()


def upload(page: AppTest, raw: bytes, name: str) -> None:
    page.file_uploader[0].set_value((name, raw, "application/octet-stream")).run()
    assert not page.exception


def document(page: AppTest) -> Experiment:
    run = engine().runs[page.session_state["mtl.run"]]
    return run.draft or run.experiment


def told(page: AppTest) -> str:
    return next(each.value for each in page.caption if each.value.startswith("Read as "))


def test_a_sample_was_not_read(page: AppTest) -> None:
    assert not [each for each in page.expander if each.label.startswith("How the file was read")]


def test_what_was_found_is_said_in_a_line(page: AppTest) -> None:
    upload(page, GERMAN, "export.csv")
    assert told(page) == ("Read as text, Windows-1252, semicolon between cells, decimal comma, names in the first line.")
    assert set(document(page).data.inputs) >= {"wert", "krank"}


def test_what_was_done_to_a_column_is_said_once(page: AppTest) -> None:
    upload(page, GERMAN, "export.csv")
    said = [each.value for each in (*page.markdown, *page.caption) if "decimal" in each.value and "wert" in each.value]
    assert said == ["- A comma is the decimal mark in wert."]
    assert any(each.help == "Read with: decimal comma." for each in page.markdown)


def test_another_choice_changes_the_table_and_keeps_what_fits(page: AppTest) -> None:
    upload(page, GERMAN, "export.csv")
    page.selectbox(key="reading.encoding").set_value("latin-1").run()
    assert not page.exception
    assert not page.error
    assert document(page).data.source.reading.encoding == "latin-1"
    assert "Latin-1" in told(page)
    page.selectbox(key="reading.decimal").set_value(".").run()
    assert document(page).data.inputs.get("wert") != "number"
    page.selectbox(key="reading.decimal").set_value("\0").run()  # found by looking, again
    assert document(page).data.inputs["wert"] == "number"


def test_a_table_without_names_gets_some_and_can_be_told_to_have_them(page: AppTest) -> None:
    upload(page, BARE, "bare.txt")
    assert "no names in it" in told(page)
    assert set(document(page).data.inputs) == {"column 1", "column 2", "column 3"}
    page.selectbox(key="reading.header").set_value(True).run()
    assert not page.exception
    assert set(document(page).data.inputs) == {"0", "0 (2)", "0 (3)"}


def test_a_choice_that_does_not_fit_leaves_the_table(page: AppTest) -> None:
    upload(page, GERMAN, "export.csv")
    before = document(page)
    page.selectbox(key="reading.delimiter").set_value("|").run()
    assert not page.exception
    assert "two columns" in page.error[0].value
    assert document(page) == before
