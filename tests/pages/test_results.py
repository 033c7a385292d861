"""The Results page as Streamlit runs it: before, during and after training; test rows; asking about a row; files."""

import json
import re
import time
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.data.columns import begin, mark
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.runs import engine, store
from core.runs.run import Run, new_id
from pages.parts.ask_form import MOST
from pages.parts.take_away import results, rows
from pages.parts.unseen import BEFORE

PAGE = Path(__file__).parents[2] / "pages" / "results.py"


def sample(name: str, **changes: object) -> Experiment:
    source = Source(kind="sample", name=name)
    made = begin(source, load(source), SAMPLES[name]).changed("training.epochs", 3)
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def finish(run: Run) -> Run:
    engine().command(run, "speed", None)
    engine().command(run, "play")
    wait(lambda: run.report is not None and run.baseline is not None)
    return run


def wait(done) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, "nothing came of it in a minute"
        time.sleep(0.02)


def opened(run: Run) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    app.query_params["run"] = run.id
    return app.run()


@pytest.fixture(scope="module")
def heart() -> Run:
    return finish(engine().create(sample("heart", replicas=2)))


def texts(app: AppTest) -> str:
    return "\n".join(each.value for each in (*app.markdown, *app.caption, *app.info))


def test_before_the_end_the_test_rows_stay_unseen():
    run = engine().create(sample("two-waves"))
    app = opened(run)
    assert not app.exception
    assert BEFORE in texts(app)
    assert run.looks == 0
    assert run.report is None


def test_the_button_trains_to_the_end():
    run = engine().create(sample("two-waves"))
    app = opened(run)
    app.button(key="results.train").click().run()
    assert not app.exception
    wait(lambda: run.report is not None)
    app.run()
    assert "looked at once" in texts(app)
    assert not [each for each in app.button if each.key == "results.train" or each.disabled]


def test_while_it_trains_slowly_the_rest_can_be_had_at_full_speed():
    run = engine().create(sample("two-waves", training__epochs=1000))
    engine().command(run, "speed", 20)
    engine().command(run, "play")
    wait(lambda: run.status == "playing")
    app = opened(run)
    assert not app.exception
    assert BEFORE in texts(app)
    app.button(key="results.train").click().run()
    wait(lambda: run.speed is None)
    assert not [each for each in app.run().button if each.key == "results.train"]
    engine().command(run, "pause")


def test_every_task_has_its_line_however_many_there_are():
    source = Source(kind="sample", name="related", params={"tasks": 5, "rows": 500})
    made = begin(source, load(source), SAMPLES["related"]).changed("training.epochs", 2)
    app = opened(finish(engine().create(made)))
    assert not app.exception
    learned, details, test, _ = (table.value for table in app.table)
    names = [f"task {letter}" for letter in "ABCDE"]
    assert list(learned["Task"]) == list(test["Task"]) == names
    assert len(details) == 7
    app.selectbox(key="results.details").select("task C").run()
    assert app.table[1].value["Training"].iloc[0] == learned["Training"].iloc[2]
    numbers = [cell.strip("*") for name in ("Training", "Validation", "Naive", "Linear") for cell in learned[name]]
    assert all(re.fullmatch(r"\u2212?\d\.\d{3}", number) for number in numbers)


def test_a_finished_run_shows_test_scores_beside_baselines(heart):
    app = opened(heart)
    assert not app.exception
    assert not app.error
    assert heart.looks == 1
    assert "120 rows" in texts(app)
    learned, _, thal, target = (table.value for table in app.table)
    assert {"Training", "Validation", "Naive", "Linear"} <= set(learned.columns)
    for number, table in enumerate((thal, target)):
        assert list(table["Score"]) == ["Accuracy", "Balanced accuracy", "Macro F1", "AUROC"]
        values = heart.report["tasks"][number]["metrics"]["accuracy"]
        assert f"{sum(values) / 2:.3f}" in table["Test"].iloc[0]
        assert f"{heart.report['baseline'][number]['accuracy']['naive']:.3f}" == table["Naive"].iloc[0]
    assert len(app.get("plotly_chart")) == 5


def test_looking_again_is_no_other_look(heart):
    opened(heart).run()
    assert heart.looks == 1


def test_regression_is_shown_against_the_truth_in_its_units():
    run = finish(engine().create(sample("two-waves")))
    app = opened(run)
    assert not app.exception
    assert "Predicted and true" in texts(app)
    assert "Errors" in texts(app)
    assert len(app.get("plotly_chart")) == 5


def test_curves_can_show_scores_and_a_logarithmic_axis(heart):
    app = opened(heart)
    app.selectbox(key="results.shown").set_value("auroc").run()
    app.toggle(key="results.log").set_value(True).run()
    assert not app.exception
    assert app.selectbox(key="results.shown").value == "auroc"


def test_without_test_rows_it_says_where_to_keep_some():
    run = engine().create(sample("two-waves", data__split__test=0.0))
    assert "No rows are kept for the test" in texts(opened(run))


def test_a_row_by_hand_gets_probabilities_that_add_up_to_one(heart):
    app = opened(heart)
    thal, target = (frame.value for frame in app.dataframe)
    for table in (thal, target):
        assert table["Probability"].sum() == pytest.approx(1.0, abs=1e-6)
    before = list(target["Probability"])
    app.number_input(key="ask.column.age").set_value(29).run()
    assert not app.exception
    assert list(app.dataframe[1].value["Probability"]) != before
    app.button(key="ask.typical").click().run()
    assert list(app.dataframe[1].value["Probability"]) == before


def test_the_threshold_moves_the_answer(heart):
    app = opened(heart)
    app.slider(key="ask.threshold.1").set_value(0.0).run()
    assert any(each.value.startswith("target: **1**") for each in app.markdown)
    app.slider(key="ask.threshold.1").set_value(1.0).run()
    assert any(each.value.startswith("target: **0**") for each in app.markdown)


def test_a_row_of_the_table_fills_the_form(heart):
    app = opened(heart)
    frame = load(heart.experiment.data.source).frame
    app.number_input(key="ask.number").set_value(4).run()
    assert not app.exception
    assert app.number_input(key="ask.column.age").value == frame["age"].iloc[3]
    assert "Row 4 is a" in texts(app)
    assert "the table says" in texts(app)
    app.number_input(key="ask.column.age").set_value(30).run()
    assert "changed by you" in texts(app)
    assert "the table says" not in texts(app)


def test_an_untrained_network_can_be_asked_and_says_so():
    app = opened(engine().create(sample("two-waves")))
    assert "before it has learned anything" in texts(app)
    assert "Standardised" in texts(app)


def test_what_is_taken_away(heart):
    table = rows(heart)
    assert list(table.columns[:5]) == ["epoch", "split", "task", "replica", "loss"]
    assert len(table) == 4 * 2 * 2 * 2  # epochs from 0, splits, tasks, replicas
    whole = json.loads(json.dumps(results(heart), allow_nan=False))
    assert set(whole) == {"experiment", "steps", "history", "test", "baseline"}
    assert len(whole["test"]["thal"]["accuracy"]) == 2
    assert whole["steps"] == heart.step


def test_a_failed_run_says_why_and_keeps_its_curves():
    run = engine().create(
        sample("two-waves", training__learning_rate=1.0, training__optimizer={"name": "sgd"}, training__epochs=200)
    )
    engine().command(run, "speed", None)
    engine().command(run, "play")
    wait(lambda: run.status == "failed")
    app = opened(run)
    assert not app.exception
    assert "exploded" in app.error[0].value
    assert app.get("plotly_chart")
    assert app.toggle(key="results.log").value
    engine().command(run, "rewind")
    wait(lambda: run.status == "ready")
    assert not app.run().error


def test_of_many_inputs_a_search_brings_up_the_others():
    frame = pd.DataFrame({f"gene {place}": [place + row / 2 for row in range(40)] for place in range(MOST + 30)})
    name = new_id()
    source = Source(kind="file", name="wide.csv", sha256=store(name).put(frame.to_csv(index=False).encode()))
    table = load(source, store(name))
    app = opened(engine().create(mark(begin(source, table), table, "gene 0", "task"), id=name))
    fields = [each for each in app.number_input if str(each.key).startswith("ask.column.")]
    assert len(fields) == MOST
    assert f"{MOST} of {MOST + 29} inputs shown" in texts(app)
    app.text_input(key="ask.find").set_value("12 GENE").run()
    assert not app.exception
    shown = [each.label for each in app.number_input if str(each.key).startswith("ask.column.")]
    assert shown == ["gene 12", "gene 112", *(f"gene {place}" for place in range(120, 130))]
