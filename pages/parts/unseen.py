"""What a trained network is worth on rows that it never saw: scores, and a picture for each task. Layout only."""

from typing import Any

import streamlit as st

from core.charts import confusion, predicted_true, roc
from core.runs.run import Run
from core.runs.wire import band
from core.training.metrics import METRICS
from pages.parts import controls, state
from pages.parts.learning import table
from pages.parts.plain import plain
from pages.parts.progress import awaited
from pages.parts.theme import is_dark
from pages.parts.words import counted, short, spread

HEIGHT = 290
FEW = 4
"""Tasks that are shown below each other; of more, one is chosen."""
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
    rows, looks = counted(run.facts["rows"]["test"], "row"), counted(run.looks, "time")
    st.caption(
        f"{rows} that neither training nor any choice has seen, looked at {looks} in this run. Changing settings because of "
        "these scores and looking again would make them less honest."
    )
    numbers = list(range(len(report["tasks"])))
    if len(numbers) > FEW:
        titles = {number: report["tasks"][number]["column"] for number in numbers}
        chosen = state.get("results.task", 0)
        chosen = chosen if chosen in titles else 0
        help = "Which task's answers to look at."
        controls.select("Task", "results.task", chosen, titles, lambda each: state.put("results.task", each), help, width=360)
        numbers = [chosen]
    for number in numbers:
        with st.container(border=True):
            one(run, report, number)


def one(run: Run, report: dict[str, Any], number: int) -> None:
    """A task's scores with baselines on the same rows, and its pictures beside them."""
    task, unit = report["tasks"][number], run.facts["units"].get(run.experiment.columns[number], "")
    left, *places = st.columns([0.36, 0.32, 0.32], gap="medium")
    with left:
        st.markdown(f"##### {plain(task['column'])}")
        st.caption(f"{counted(task['rows'], 'test row')} with an answer")
        scores(task, report["baseline"][number], unit)
    key = f"results.test.{number}"
    if task["kind"] == "regression":
        with places[0].container():
            st.markdown(f"**{predicted_true.TITLE}**", help=predicted_true.HELP)
            drawn = predicted_true.figure(task["true"], task["predicted"], task["column"], unit, number, is_dark())
            st.plotly_chart(drawn, height=HEIGHT, key=key)
        return
    with places[0]:
        st.markdown(f"**{confusion.TITLE}**", help=confusion.HELP)
        st.plotly_chart(confusion.figure(task["confusion"], task["classes"]), height=HEIGHT, key=f"{key}.confusion")
    with places[1]:
        st.markdown(f"**{roc.TITLE}**", help=roc.HELP)
        drawn = (
            roc.figure(task["roc"], number, is_dark()).update_xaxes(title_text="false alarms").update_yaxes(title_text="found")
        )
        st.plotly_chart(drawn, height=HEIGHT, key=f"{key}.roc")


def scores(task: dict[str, Any], beside: dict[str, Any], unit: str) -> None:
    rows = []
    for metric in METRICS[task["kind"]]:
        known = beside.get(metric.name, {})
        values = [float("nan") if value is None else value for value in task["metrics"][metric.name]]
        rows.append(
            {
                "Score": f"{metric.title} ({unit})" if unit and metric.in_units else metric.title,
                "Test": f"**{spread(band(values))}**",
                "Naive": short(known.get("naive")),
                "Linear": short(known.get("linear")),
            }
        )
    table(rows)
