"""The place to drop a file: refused ones are kept nowhere, large ones can be sampled by a click."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.data.reading import limits
from core.experiment import Experiment
from core.runs import engine

ROOT = Path(__file__).parent.parent.parent
ROWS = b"a,b,c\n" + b"".join(b"%d,%d,%d\n" % (i, i * i % 97, i % 2) for i in range(500))


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(ROOT / "pages" / "data.py"), default_timeout=60).run()


def upload(page: AppTest, raw: bytes, name: str = "mine.csv") -> None:
    page.file_uploader[0].set_value((name, raw, "text/csv")).run()
    assert not page.exception


def document(page: AppTest) -> Experiment:
    run = engine().runs[page.session_state["mtl.run"]]
    return run.draft or run.experiment


def kept(page: AppTest) -> int:
    folder = Path(engine().place(engine().runs[page.session_state["mtl.run"]]))
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_a_refused_file_is_kept_nowhere_and_leaves_everything(page: AppTest) -> None:
    before = document(page)
    upload(page, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture.csv")
    assert "a picture (PNG)" in page.error[0].value
    assert (document(page), kept(page)) == (before, 0)


def test_who_keeps_too_much_already_is_told_and_keeps_what_is_there(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_PERSON_MEGABYTES", "1")
    upload(page, ROWS)
    before = document(page)
    upload(page, ROWS * 400, "large.csv")
    assert "One person should keep at most 1 MB of files here." in page.error[0].value
    assert (document(page), kept(page)) == (before, 1)


def test_a_refused_text_can_be_read_in_another_way_at_once(page: AppTest) -> None:
    upload(page, b"An export of May\nmade, by, the, ward\n" + ROWS)
    assert page.error
    assert kept(page) == 1
    page.number_input(key="upload.skip").set_value(2).run()
    assert not page.exception
    assert not page.error
    assert set(document(page).data.inputs) >= {"b"}
    assert document(page).data.source.reading.skip == 2
    upload(page, b"a,b\n1,2,3\n4,5\n6,7,8,9\n", "ragged.csv")
    assert page.error
    upload(page, b"", "empty.csv")
    assert kept(page) == 1  # the table in use


def test_the_file_in_use_survives_a_second_refusal_of_its_own_bytes(page: AppTest) -> None:
    upload(page, ROWS)
    upload(page, ROWS, "again.csv")
    upload(page, b"")
    assert kept(page) == 1
    assert document(page).data.source.name == "again.csv"


def test_of_a_file_with_too_many_rows_a_click_takes_some(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 400)
    monkeypatch.setattr(limits, "OFFERED", 100)
    upload(page, ROWS)
    assert "at most 400 rows" in page.error[0].value
    assert "100 over" in page.error[0].value
    page.button(key="upload.sample").click().run()
    assert not page.exception
    assert not page.error
    assert document(page).data.source.reading.rows == 100
    assert any("100 of the file's 500 rows" in each.value for each in (*page.markdown, *page.caption))
    assert not [each for each in page.button if each.key == "upload.sample"]
