"""The list of findings as Streamlit runs it: each kind of click, the document that follows, and its undo."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.columns import begin, mark, set_kind
from core.data.dataset import Table
from core.data.source import load
from core.experiment import Experiment, Reading, Source
from core.runs import engine, store
from pages.parts.data_findings import FIRST, MOST, NOTHING
from tests.core.data.findings.looking import clean, opened
from tests.core.data.findings.test_findings import TASKS, messy


def script() -> None:
    from pages.parts import data_findings, state

    state.run()
    data_findings.findings_panel()


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(script, default_timeout=60).run()


def run_of(page: AppTest):
    return engine().runs[page.session_state["mtl.run"]]


def document(page: AppTest) -> Experiment:
    run = run_of(page)
    return run.draft or run.experiment


def give(page: AppTest, frame, *tasks: str) -> AppTest:
    """The page's run over a frame as an uploaded file."""
    keep = store(run_of(page).id)
    source = Source(kind="file", name="any.csv", sha256=keep.put(frame.to_csv(index=False).encode()))
    table = load(source, keep)
    made, _ = opened(table.frame, *tasks)
    data = made.data.model_copy(update={"source": source})
    engine().change(run_of(page), made.model_copy(update={"data": data}))
    page.run()
    more = [each for each in page.button if each.label.startswith("Show ")]
    return more[0].click().run() if more else page


def shown(page: AppTest) -> list[str]:
    return [each.value.replace("\\", "") for each in page.markdown]


def button(page: AppTest, sentence: str, label: str):
    """The button of a sentence's line whose label begins so."""
    for line in lines(page.main):
        if any(sentence in each.value.replace("\\", "") for each in line.markdown):
            return next(each for each in line.button if each.label.startswith(label))
    raise AssertionError(f"no line says {sentence}")


def lines(block):
    """The innermost containers that hold a sentence."""
    inner = [found for child in block.children.values() if hasattr(child, "children") for found in lines(child)]
    return inner or ([block] if len(block.markdown) else [])


def test_nothing_is_found_in_the_first_sample(page):
    assert not page.exception
    assert [each.value for each in page.caption] == [NOTHING]
    assert not page.button


CLICKS = [
    ("x0 in cm", "Leave it out", "left out", {"inputs"}),
    ("repeat another one", "Keep each row once", "each row is kept once", {"mends"}),
    ("“price” has a long tail", "Take the logarithm", "as its logarithm", {"mends"}),
    ("“far” is far from", "Cap at", "capped at", {"mends"}),
    ("classes of “kind”", "Take as missing label", "taken as missing", {"missing"}),
    ("classes of “kind”", "Join as “other”", "joined as “other”", {"mends"}),
    ("“seen” holds dates", "Use year, month, weekday", "year, month, weekday are inputs", {"mends", "inputs"}),
    ("“weight” holds numbers", "Take as missing", "taken as missing", {"missing", "inputs"}),
]


@pytest.mark.parametrize(("sentence", "label", "done", "parts"), CLICKS)
def test_a_click_changes_the_document_and_undo_brings_it_back(page, sentence, label, done, parts):
    give(page, messy(), *TASKS)
    before = document(page)
    button(page, sentence, label).click().run()
    assert not page.exception
    now = document(page)
    changed = {name for name in type(now.data).model_fields if getattr(now.data, name) != getattr(before.data, name)}
    assert changed == parts
    assert any(f"✓ {done}" in each for each in shown(page))
    assert run_of(page).draft is None
    button(page, sentence, "Undo").click().run()
    assert not page.exception
    assert document(page) == before


def test_what_was_taken_by_itself_can_be_undone(page):
    give(page, messy(), *TASKS)
    assert "patient_id" not in document(page).data.inputs
    button(page, "“patient_id” is named like a key", "Use it anyway").click().run()
    assert document(page).data.inputs["patient_id"] == "number"
    button(page, "“patient_id” is named like a key", "Leave it out").click().run()
    assert "patient_id" not in document(page).data.inputs
    assert document(page).data.everywhere == (-9.0,)
    button(page, "“-9” likely stands", "Undo").click().run()
    assert document(page).data.everywhere == ()


def test_lines_stay_where_they_are(page):
    give(page, messy(), *TASKS)
    before = [each for each in shown(page) if "✓" not in each]
    button(page, "x0 in cm", "Leave it out").click().run()
    assert [each for each in shown(page) if "✓" not in each] == before


def test_a_kind_that_a_person_chose_comes_back_with_the_column(page):
    give(page, messy(), *TASKS)
    engine().change(run_of(page), set_kind(document(page), "colour", "category"))
    frame = messy().assign(copy=messy()["colour"])
    give(page, frame, *TASKS)
    chosen = set_kind(document(page), "x0 in cm", "category")
    engine().change(run_of(page), chosen)
    page.run()
    button(page, "x0 in cm", "Leave it out").click().run()
    button(page, "x0 in cm", "Undo").click().run()
    assert document(page) == chosen


def test_the_rest_can_be_unfolded_and_folded_and_a_long_list_ends(page):
    frame = clean(120)
    give(page, frame.assign(**{f"copy {i}": frame["x0"] * (i + 2) for i in range(MOST + 15)}), "ill")
    assert [each.label for each in page.button].count("Leave it out") == MOST
    assert "15 more are not listed." in [each.value for each in page.caption]
    page.button(key="findings.more").click().run()
    assert [each.label for each in page.button] == ["Leave it out"] * FIRST + [f"Show {MOST + 15 - FIRST} more"]
    page.button(key="findings.more").click().run()
    assert page.button(key="findings.more").label == "Show fewer"
    page.button[MOST - 1].click().run()
    assert page.button(key="findings.more").label == "Show fewer"


def test_after_each_row_is_kept_once_the_others_are_counted_anew(page):
    frame = clean(300).assign(kind=["rare" if i == 7 else "ab"[i % 2] for i in range(300)])
    give(page, pd.concat([frame, frame.iloc[[7] * 8]], ignore_index=True), "kind")
    assert not any("has only" in each for each in shown(page))
    button(page, "repeat another one", "Keep each row once").click().run()
    assert not page.exception
    assert any("The class “rare” of “kind” has only 1 row" in each for each in shown(page))
    button(page, "repeat another one", "Undo").click().run()
    assert document(page).data.mends == ()
    assert not any("has only" in each for each in shown(page))


def test_a_wrong_decimal_mark_comes_first_and_a_click_reads_it_right(page):
    raw = "\n".join(["wert;alter;ort", *(f"{i / 4:.2f};{i % 50};{'ab'[i % 2]}".replace(".", ",") for i in range(900))])
    keep = store(run_of(page).id)
    source = Source(kind="file", name="a.csv", sha256=keep.put(raw.encode()), reading=Reading(decimal="."))
    table = load(source, keep)
    made = mark(mark(begin(source, table), table, "ort", "task"), table, "wert", "task")
    run_of(page).draft = made
    page.run()
    assert "“wert” looks like numbers with a decimal comma" in shown(page)[0]
    button(page, "decimal comma", "Read it so").click().run()
    assert not page.exception
    assert run_of(page).draft is None
    assert {task.column: task.kind for task in document(page).tasks} == {"ort": "binary", "wert": "regression"}
    assert not any("decimal comma" in each for each in shown(page))


def test_names_are_shown_as_they_are(page):
    frame = clean(120).rename(columns={"x1": "![x](http://a.b) :red[y] **b**"})
    frame["copy"] = 2 * frame["![x](http://a.b) :red[y] **b**"]
    give(page, frame, "ill")
    (line,) = [each.value for each in page.markdown if "says the same as" in each.value]
    assert "![x](http" not in line
    assert ":red[" not in line
    assert "**b**" not in line


def test_it_is_looked_at_once_for_all_that_does_not_change_what_is_found(page, monkeypatch):
    from pages.parts import data_findings

    looked: list[Table] = []
    real = data_findings.findings
    monkeypatch.setattr(data_findings, "findings", lambda document, table: looked.append(table) or real(document, table))
    give(page, messy().assign(once=1.5), *TASKS)
    button(page, "x0 in cm", "Leave it out").click().run()
    button(page, "x0 in cm", "Undo").click().run()
    assert len(looked) == 1
    made = document(page)
    engine().change(run_of(page), mark(made, load(made.data.source, store(run_of(page).id)), "answer", "task"))
    page.run()
    assert len(looked) == 2
