"""What becomes of a person's file: said beside it, and one click deletes it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.runs import engine
from core.settings import keep_hours
from pages.parts.data_privacy import promise

ROOT = Path(__file__).parent.parent.parent
CLEAN = b"age,dose,ill\n" + b"".join(b"%d,%.1f,%d\n" % (20 + i % 50, i / 3, i % 2) for i in range(60))


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(ROOT / "pages" / "data.py"), default_timeout=60).run()


def test_what_becomes_of_a_file_is_said_before_there_is_one(page: AppTest) -> None:
    assert promise() in [each.value for each in page.caption]
    assert len(promise()) < 140
    assert not [each for each in page.button if each.label == "Delete my file now"]


def test_a_click_deletes_the_file_at_once(page: AppTest) -> None:
    page.file_uploader[0].set_value(("mine.csv", CLEAN, "text/csv")).run()
    assert not page.exception
    run = engine().runs[page.session_state["mtl.run"]]
    folder = Path(engine().place(run))
    assert len(list(folder.iterdir())) == 1
    assert [each.value for each in page.caption].count(promise()) == 1
    assert "only for who has this page's address" in promise()
    next(each for each in page.button if each.label == "Delete my file now").click().run()
    assert not page.exception
    assert not page.error
    assert not folder.exists()
    assert (run.draft or run.experiment).data.source.kind == "sample"
    assert "mine.csv" not in " ".join(each.value for each in (*page.markdown, *page.caption))


def test_for_how_long_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "after 24 hours without use" in promise()
    monkeypatch.setenv("MTL_KEEP_HOURS", "1")
    assert keep_hours() == 1.0
    assert "after an hour without use" in promise()
