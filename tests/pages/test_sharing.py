"""The page Sharing as Streamlit runs it: a click and its verdicts, the matrix of three tasks, the curve, cancel."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from core.data.columns import begin, mark
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from core.runs import comparisons, engine
from core.runs.run import Run
from tests.pages.test_results import texts, wait

PAGE = Path(__file__).parents[2] / "pages" / "sharing.py"
RESULTS = PAGE.with_name("results.py")


def related(tasks: int = 3, **changes: object) -> Experiment:
    source = Source(kind="sample", name="related", params={"tasks": tasks, "rows": 200, "labels": [200, 60, 60]})
    made = begin(source, load(source), SAMPLES["related"]).changed("training.epochs", 2)
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def opened(run: Run, page: Path = PAGE) -> AppTest:
    app = AppTest.from_file(str(page), default_timeout=60)
    app.query_params["run"] = run.id
    return app.run()


def click(app: AppTest, key: str, run: Run) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    wait(lambda: comparisons.of(run.id).status != "running")  # type: ignore[union-attr]
    return app.run()


def said(app: AppTest) -> str:
    return "\n".join([texts(app), *(each.value for each in (*app.success, *app.warning))])


def test_one_click_gives_a_verdict_for_each_task() -> None:
    run = engine().create(related(seed=1))
    app = click(opened(run), "sharing.ask", run)
    assert not app.exception
    told = said(app)
    for column in run.experiment.columns:
        assert f"**{column}**: " in told
    assert told.count("95 % interval") >= 3
    assert "parameters" in told
    assert "Δm" in told
    assert app.button(key="sharing.ask").disabled
    assert run.looks == 0


def test_the_matrix_of_three_tasks() -> None:
    run = engine().create(related(seed=2))
    app = opened(run)
    assert not app.get("plotly_chart")
    click(app, "sharing.pairs", run)
    assert len(app.get("plotly_chart")) == 1
    tables = [each.value for each in app.table]
    lines = next(each for each in tables if "Trained together" in each.columns)
    assert list(lines["Trained together"]) == ["task A + task B", "task A + task C", "task B + task C", "All tasks"]
    assert (lines[["task A", "task B", "task C"]] != "").sum().sum() == 9
    assert "**task A**: " in said(app)  # the twins are among them


def test_the_curve_of_a_chosen_task() -> None:
    run = engine().create(related(tasks=2, seed=3, data__split__vary=True))
    app = opened(run)
    assert "one split" in said(app)
    app.selectbox(key="sharing.task").set_value("task A").run()
    click(app, "sharing.curve", run)
    assert len(app.get("plotly_chart")) == 1
    assert "80 training labels of **task A**" in said(app)


def test_cancel_and_go_on() -> None:
    run = engine().create(related(seed=4, training__epochs=3000))
    app = opened(run)
    app.button(key="sharing.ask").click().run()
    assert app.get("progress")
    assert app.button(key="sharing.pairs").disabled
    app.button(key="sharing.cancel").click().run()
    assert not app.exception
    assert comparisons.of(run.id).status == "cancelled"  # type: ignore[union-attr]
    assert "Stopped" in said(app)
    assert not app.button(key="sharing.ask").disabled


def test_another_document_has_no_verdict_yet() -> None:
    run = engine().create(related(tasks=2, seed=5))
    app = click(opened(run), "sharing.ask", run)
    assert "alone" in said(app)
    before = app.button(key="sharing.ask").disabled
    engine().change(run, run.experiment.changed("training.epochs", 3))
    app.run()
    assert (before, app.button(key="sharing.ask").disabled) == (True, False)


def test_one_task_has_nothing_to_share() -> None:
    made = related(tasks=2)
    run = engine().create(mark(made, load(made.data.source), "task B", "ignore"))
    app = opened(run)
    assert not app.exception
    assert "needs two tasks" in said(app)


def test_the_results_have_the_click_too() -> None:
    run = engine().create(related(tasks=2, seed=6))
    app = click(opened(run, RESULTS), "results.ask", run)
    assert "**task B**: " in said(app)
