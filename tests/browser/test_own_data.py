"""Own data in a real Chromium: files of many kinds dropped, marked, mended by a click, and trained on."""

import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.seeing import Playground, drawn

DATA = Path(__file__).parent.parent / "data"
FILES = {  # name: the columns to predict
    "semicolon.csv": ("count",),
    "decimal-comma.csv": ("size", "colour"),
    "utf16-le.csv": ("wert",),
    "spaces.txt": ("colour",),
    "packed.zip": ("count",),
    "packed.csv.gz": ("count",),
    "no-header.csv": ("column 2",),
    "words-among-numbers.csv": ("n",),
}


FRAME = pd.DataFrame(
    {"ward": ["north", "south", "east"] * 20, "share": [i / 7 for i in range(60)], "ill": [i % 5 < 2 for i in range(60)]}
)


@pytest.fixture
def data(page: Page, app_url: str, console_errors: list[str]) -> Page:
    Playground(page, app_url)
    page.get_by_role("link", name="Data").click()
    expect(page.get_by_text("Which rows are learned from")).to_be_visible(timeout=30_000)
    return page


def drop(page: Page, path: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(path)
    expect(page.get_by_text(re.compile(rf"^{re.escape(path.name)} · [\d,]+ rows"))).to_be_visible(timeout=30_000)
    drawn(page)  # the name comes before the heads of the columns: until then those may be of the file before


def head(page: Page, column: str) -> Locator:
    """The button that says what a column is for, and changes it."""
    return page.locator(f'button.mark[aria-label^="{column}: "]')


def mark(page: Page, column: str) -> None:
    """Clicks a column's head until it says that it is a task."""
    for _ in range(3):
        before = head(page, column).get_attribute("aria-label") or ""
        if ": a task" in before:
            return
        head(page, column).click()
        expect(head(page, column)).not_to_have_attribute("aria-label", before)
    expect(head(page, column)).to_have_attribute("aria-label", re.compile(": a task"))


def learns(page: Page) -> None:
    """Presses Play where the run stands: one that trained while its file was replaced goes on with the new one by itself."""
    status, epoch = page.locator(".transport .status dd"), page.locator(".transport .epoch dd")
    page.wait_for_timeout(300)  # until the browser has heard of the run as it is now
    if "training" not in status.inner_text():
        page.locator("[data-command=toggle]").click()
    expect(status).to_have_text(re.compile("training|finished"), timeout=30_000)
    expect(epoch).not_to_have_text(re.compile(r"^0000"), timeout=30_000)


def test_files_of_many_kinds_are_dropped_marked_and_learned_from(data: Page, tmp_path: Path, console_errors: list[str]) -> None:
    """One after the other, as a person tries them: each takes the place of the one before, also while that is training."""
    FRAME.to_excel(tmp_path / "ward.xlsx", index=False)
    FRAME.to_parquet(tmp_path / "ward.parquet")
    files = {DATA / name: columns for name, columns in FILES.items()}
    for path, columns in {**files, tmp_path / "ward.xlsx": ("ill",), tmp_path / "ward.parquet": ("ill",)}.items():
        drop(data, path)
        for column in columns:
            mark(data, column)
        learns(data)
    assert not console_errors


def test_a_hospital_table_untouched_trains_both_tasks_and_says_on_how_many_rows(data: Page, console_errors: list[str]) -> None:
    drop(data, DATA / "hospitals.csv")
    expect(head(data, "patient_id")).to_have_attribute("aria-label", re.compile("ignored"))
    for column in ("outcome", "readmitted"):
        mark(data, column)
    expect(data.get_by_text("20 of 40 rows have no readmitted; they still train outcome.")).to_be_visible(timeout=20_000)
    learns(data)
    assert not console_errors


def test_mends_are_a_click_and_so_is_their_undo(data: Page, tmp_path: Path, console_errors: list[str]) -> None:
    path = tmp_path / "shop.csv"
    rows = [
        f"{1 + i % 28:02d}.{1 + i % 12:02d}.2020;{1.7 ** (i * 7 % 31) + i / 100:.2f};{-9 if i % 11 == 3 else i % 50};{i % 2}"
        for i in range(170)
    ]
    path.write_text("\n".join(["day;price;age;left", *rows, rows[0], rows[1]]))
    drop(data, path)
    mark(data, "left")
    for button, done in (
        ("Take the logarithm", "logarithm"),
        ("Use year, month, weekday", "weekday"),
        ("Keep each row once", "once"),
    ):
        data.get_by_role("button", name=button).click()
        expect(data.get_by_role("button", name=button)).to_have_count(0)
        expect(data.get_by_text(re.compile(f"✓.*{done}|✓")).first).to_be_visible()
    expect(data.get_by_text(re.compile(r"^shop\.csv · 170 rows, 7 columns"))).to_be_visible()
    learns(data)
    for _ in range(3):
        left = data.locator(".st-key-findings").get_by_role("button", name="Undo").count()
        data.locator(".st-key-findings").get_by_role("button", name="Undo").first.click()
        expect(data.locator(".st-key-findings").get_by_role("button", name="Undo")).to_have_count(left - 1)
    assert not console_errors


def test_another_way_of_reading_changes_the_table_at_once(data: Page, console_errors: list[str]) -> None:
    drop(data, DATA / "decimal-comma.csv")
    data.get_by_text(re.compile("How the file was read")).click()
    box = data.get_by_role("combobox", name="First line")
    expect(box).to_be_visible()
    data.wait_for_timeout(600)  # the box unfolds
    box.click()
    data.get_by_role("option", name="rows at once", exact=True).click()
    expect(head(data, "column 1")).to_be_visible(timeout=20_000)
    assert not console_errors


def test_a_deleted_file_is_gone(data: Page, console_errors: list[str]) -> None:
    drop(data, DATA / "semicolon.csv")
    data.get_by_role("button", name="Delete my file now").click()
    expect(data.get_by_text(re.compile("^Two waves · "))).to_be_visible(timeout=20_000)
    data.reload()
    expect(data.get_by_text(re.compile("^Two waves · "))).to_be_visible(timeout=30_000)
    expect(data.get_by_text("semicolon.csv")).to_have_count(0)
    assert not console_errors


def test_a_stranger_with_the_saved_experiment_does_not_reach_the_file(data: Page, app_url: str, tmp_path: Path) -> None:
    drop(data, DATA / "semicolon.csv")
    mark(data, "count")
    data.get_by_role("link", name="Results").click()
    data.get_by_role("tab", name="Take away").click()
    with data.expect_download() as saved:
        data.get_by_role("button", name="Save experiment.json").click()
    saved.value.save_as(tmp_path / "experiment.json")
    with data.expect_download() as table:
        data.get_by_role("button", name="Save table.csv").click()
    assert table.value.path().read_text().startswith("size,colour,count\n20.0,red,0\n")
    stranger = data.context.browser.new_page()  # type: ignore[union-attr]
    Playground(stranger, app_url)
    stranger.get_by_role("link", name="Network").click()
    stranger.get_by_role("tab").last.click()
    stranger.locator("input[type=file]").first.set_input_files(tmp_path / "experiment.json")
    expect(stranger.get_by_text(re.compile("file of this experiment should be here"))).to_be_visible(timeout=20_000)
    stranger.close()
