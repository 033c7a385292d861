"""What a trained network is worth on rows that it never saw: scores, and a picture for each task. Layout only."""

from typing import Any

import streamlit as st

from core.charts import confusion, errors, predicted_true, roc
from core.runs.run import Run
from core.runs.wire import band
from core.training.metrics import METRICS, Metric, primary
from pages.parts import state, wrapped
from pages.parts.learning import BASELINES, choose, table, titled
from pages.parts.plain import plain
from pages.parts.progress import awaited
from pages.parts.theme import is_dark
from pages.parts.words import counted, short, spread

HEIGHT = 290
FEW = 4
"""Tasks that are shown below each other; of more, one is chosen."""
WHICH = "Which task's answers to look at."
NOT_SCORED = "an auxiliary task: these scores are for a look, not for a verdict"
BEFORE = "Train to the end first: the test rows are kept unseen until then."
NONE = "No rows are kept for the test. Give it a share of the rows on the page *Data*."


def unseen() -> None:
    run = state.run()
    if not run.facts["rows"]["test"]:
        st.info(NONE, icon=":material/info:")
    elif run.status != "finished":
        st.info(BEFORE, icon=":material/lock:")
    elif awaited(run) or run.report is None:
        st.info("Looking at the test rows …", icon=":material/hourglass_top:")
    else:
        shown(run, run.report)


def shown(run: Run, report: dict[str, Any]) -> None:
    rows, looks = counted(run.facts["rows"]["test"], "row"), "once" if run.looks == 1 else f"{run.looks} times"
    st.caption(
        f"{rows} that neither training nor any choice has seen, looked at {looks} in this run. Changing settings because of "
        "these scores and looking again would make them less honest."
    )
    numbers = list(range(len(report["tasks"])))
    if len(numbers) > FEW:
        overview(run, report)
        numbers = [choose("Pictures of", "results.task", [task["column"] for task in report["tasks"]], WHICH)]
    for number in numbers:
        with st.container(border=True):
            one(run, report, number)
    st.caption(BASELINES)


def overview(run: Run, report: dict[str, Any]) -> None:
    """The main score of every task but auxiliary ones, where they do not all stand below each other."""
    rows = []
    for number, task in enumerate(report["tasks"]):
        if run.experiment.tasks[number].auxiliary:
            continue
        main = next(metric for metric in METRICS[task["kind"]] if metric.name == primary(task["kind"]))
        unit = run.facts["units"].get(task["column"], "")
        rows.append({"Task": plain(task["column"]), **line(main, task, report["baseline"][number], unit)})
    table(rows)


def one(run: Run, report: dict[str, Any], number: int) -> None:
    """A task's scores with baselines on the same rows, and its pictures beside them."""
    task, unit = report["tasks"][number], run.facts["units"].get(run.experiment.columns[number], "")
    left, *places = wrapped.columns(f"unseen-{number}", [0.36, 0.32, 0.32])
    with left:
        st.markdown(f"##### {plain(task['column'])}")
        helps = f" · {NOT_SCORED}" if run.experiment.tasks[number].auxiliary else ""
        st.caption(f"{counted(task['rows'], 'test row')} with an answer{helps}")
        scores(task, report["baseline"][number], unit)
    key = f"results.test.{number}"
    if task["kind"] == "regression":
        with places[0].container():
            st.markdown(f"**{predicted_true.TITLE}**", help=predicted_true.HELP)
            drawn = predicted_true.figure(task["true"], task["predicted"], task["column"], unit, number, is_dark())
            st.plotly_chart(drawn, height=HEIGHT, key=key)
        with places[1].container():
            st.markdown(f"**{errors.TITLE}**", help=errors.HELP)
            drawn = errors.figure(task["true"], task["predicted"], unit, number, is_dark())
            st.plotly_chart(drawn, height=HEIGHT, key=f"{key}.errors")
        return
    with places[0]:
        st.markdown(f"**{confusion.TITLE}**", help=confusion.HELP)
        st.plotly_chart(confusion.figure(task["confusion"], task["classes"], is_dark()), height=HEIGHT, key=f"{key}.confusion")
    with places[1]:
        st.markdown(f"**{roc.TITLE}**", help=roc.HELP)
        drawn = (
            roc.figure(task["roc"], number, is_dark()).update_xaxes(title_text="false alarms").update_yaxes(title_text="found")
        )
        st.plotly_chart(drawn, height=HEIGHT, key=f"{key}.roc")


def scores(task: dict[str, Any], beside: dict[str, Any], unit: str) -> None:
    table([line(metric, task, beside, unit) for metric in METRICS[task["kind"]]])


def line(metric: Metric, task: dict[str, Any], beside: dict[str, Any], unit: str) -> dict[str, str]:
    known = beside.get(metric.name, {})
    values = [float("nan") if value is None else value for value in task["metrics"][metric.name]]
    return {
        "Score": titled(metric, unit),
        "Test": f"**{spread(band(values), fixed=not metric.in_units)}**",
        "Naive": short(known.get("naive"), fixed=not metric.in_units),
        "Linear": short(known.get("linear"), fixed=not metric.in_units),
    }
