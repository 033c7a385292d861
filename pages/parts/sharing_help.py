"""Does sharing help: a click that trains every task alone too, verdicts, the matrix, the curve of fewer labels. Layout only."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.charts import fewer_labels, gains
from core.charts._squares import named
from core.compare import report
from core.compare.gain import Gain, interval
from core.compare.part import Part, compared
from core.experiment import Experiment
from core.runs import comparisons, engine
from core.runs.comparisons import Comparison
from core.runs.uploads import folder_of
from pages.parts import controls, sharing_words, state
from pages.parts.learning import table
from pages.parts.plain import plain
from pages.parts.theme import is_dark
from pages.parts.words import counted, short

TICK = 0.5
QUIET = {"displayModeBar": False}
ONE_TASK = "This needs two tasks. Mark another column as a task on the page *Data*."
ASK = "Does sharing help?"
WHAT = (
    "Trains each task alone as well: the same layers, rows, batches of it, number of steps and, where shapes agree, the same "
    "start. Then compares each with the network that all tasks share."
)
STOPS = "A task's early stop goes by the validation rows, on which it is scored here too."
HOW = (
    "A **gain** is how much better a task does with the others than alone. It is measured on {rows} and the test rows stay "
    "unseen. {replicas} networks are trained each way, which start from different numbers; the **95 % interval** is what their "
    "differences leave open (Student's t). If it lies above 0, sharing helps; below, it hurts; if it holds 0, one cannot tell."
)
PAIRS = "Trains each task alone, each pair and all together: a look at which task is good company for which."
MANY = f"With more than {report.MOST_PAIRED} tasks there are too many pairs: it trains each task alone and all together."
FEWER = (
    "Takes labels of one task away, for training only, and looks what the others make up for. Learning together pays most "
    "where a task has few labels of its own."
)
SPLIT = "All networks share one split of the rows here, though your document gives each its own."
WHOSE = "Of which task labels are taken away."
OLD = "This is for the document as it was before your change."


def dashed(bands: Sequence[Gain | None]) -> list[fewer_labels.Band | None]:
    return [None if band is None else (band.mean, band.low, band.high) for band in bands]


def place() -> str:
    return str(folder_of(engine().folder, state.run().id))


def under_way() -> Comparison | None:
    found = comparisons.of(state.run().id)
    return found if found and found.status == "running" else None


def begin(experiment: Experiment, parts: Sequence[Part]) -> None:
    if not state.refused():
        comparisons.compare(engine(), state.own().id, experiment, parts)


def watch() -> None:
    """How far it is, with a button that stops it; the page follows as results come."""
    run = state.run()
    now = under_way()
    seen = None if now is None else (id(now), now.done)

    @st.fragment(run_every=TICK if now else None)
    def look() -> None:
        found = under_way()
        if (None if found is None else (id(found), found.done)) != seen:
            st.rerun()
        if found is not None:
            with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
                text = f"Training {min(found.done + 1, len(found.parts))} of {len(found.parts)} …"
                st.progress(found.share, text if found.experiment == compared_now(found) else f"{text} {OLD}")
                st.button("Cancel", icon=":material/stop_circle:", key="sharing.cancel", on_click=comparisons.cancel,
                          args=(run.id,), help="Stops. What is trained by then stays.")  # fmt: skip

    look()
    latest = comparisons.of(run.id)
    if latest and latest.status == "failed":
        st.error(plain(latest.message), icon=":material/error:")
    elif latest and latest.status == "cancelled":
        st.caption("Stopped. What was trained by then is kept: another click begins with the next training.")


def compared_now(found: Comparison) -> Experiment:
    """The document as it stands, in the form in which `found` has it."""
    made = compared(state.run().experiment)
    return together(made) if found.experiment.data.split.vary != made.data.split.vary else made


def together(experiment: Experiment) -> Experiment:
    """With one split for all, which fewer labels need."""
    return experiment.changed("data.split.vary", False) if experiment.data.split.vary else experiment


def enough() -> bool:
    """Whether there is something to share; else says what to do."""
    if len(state.run().experiment.tasks) > 1:
        return True
    st.info(ONE_TASK, icon=":material/info:")
    return False


def twins(key: str) -> None:
    """One click, and a verdict for each task."""
    experiment = compared(state.run().experiment)
    parts = report.twins(experiment)
    found = comparisons.known(experiment, place())
    judged = report.judged(experiment, found)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button(ASK, icon=":material/group_work:", key=f"{key}.ask", type="primary" if judged is None else "secondary",
                  disabled=judged is not None or under_way() is not None, on_click=begin, args=(experiment, parts))  # fmt: skip
        st.caption(WHAT, width="stretch")
    if judged is None:
        return
    for task in judged.tasks:
        show = {"helps": st.success, "hurts": st.warning, "cannot tell": st.info}[task.gain.verdict]
        show = st.info if sharing_words.slight(task) else show
        show(sharing_words.verdict(task, judged.replicas), icon=sharing_words.ICONS[task.gain.verdict])
    for text in filter(None, map(sharing_words.small, judged.tasks)):
        st.caption(text)
    for name in judged.failed:
        st.warning(f"The loss of “{plain(name)}” exploded in one of the trainings. Try a lower learning rate.")
    st.caption(sharing_words.CHANCE)
    st.markdown(sharing_words.costs(judged))
    with st.expander("The numbers, and how they are made", icon=":material/calculate:"):
        table(
            [
                {
                    "Task": plain(task.column),
                    "Score": task.metric.title,
                    "Together": short(task.together, fixed=True),
                    "Alone": short(task.alone, fixed=True),
                    "Gain (95 % interval)": sharing_words.range_of(task.gain),
                    "Relative change": sharing_words.percent(task.change),
                    "Loss is lower by": sharing_words.range_of(task.loss),
                    "Rows scored": f"{task.rows:,}",
                }
                for task in judged.tasks
            ]
        )
        if experiment.timeline.patience is not None:
            st.markdown(STOPS)
        rows = "the validation rows," if judged.scored == "validation" else "the training rows, as there are no others,"
        st.markdown(HOW.format(rows=rows, replicas=judged.replicas))
        st.markdown(
            "Δm is the mean over tasks of the relative change of a score, in percent (Maninis and others, 2019): of the "
            r"accuracy for classes, of the root mean squared error for numbers. $\Delta_m = \frac{100}{T} \sum_i (-1)^{l_i} "
            r"\frac{M_i - B_i}{B_i}$: $M_i$ is task $i$'s score together, $B_i$ alone, and $l_i = 1$ where lower is better."
        )


def matrix() -> None:
    """Which task is good company for which."""
    experiment = compared(state.run().experiment)
    parts = report.sets(experiment)
    found = comparisons.known(experiment, place())
    missing = sum(part not in found for part in parts)
    st.markdown(f"##### {gains.TITLE}", help=gains.HELP)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button("Try every pair", icon=":material/grid_view:", key="sharing.pairs",
                  disabled=not missing or under_way() is not None, on_click=begin, args=(experiment, parts))  # fmt: skip
        st.caption(PAIRS if len(experiment.tasks) <= report.MOST_PAIRED else MANY, width="stretch")
    worth = [(part, line) for part, line in report.matrix(experiment, found) if len(part.columns) > 1]
    if not any(gain for _, line in worth for gain in line):
        return
    columns = report.scored(experiment)
    scores = {task.column: report.main_of(task.kind).title for task in experiment.tasks}
    drawn = gains.figure(
        [[gain.mean if gain else None for gain in line] for _, line in worth],
        [[bool(gain and gain.verdict != "cannot tell") for gain in line] for _, line in worth],
        [[hover(gain, column, scores[column]) for gain, column in zip(line, columns, strict=True)] for _, line in worth],
        [lined(part, experiment) for part, _ in worth],
        columns,
        [alone_text(found, column, experiment) for column in columns],
        is_dark(),
    )
    st.plotly_chart(drawn, key="sharing.matrix", config=QUIET)
    st.caption(
        "The first line says what each task scores alone. Each further line is a set of tasks "
        f"trained together, each square what that is worth to one of them: "
        f"its gain against training alone. {gains.HELP} Of twenty such verdicts one is chance."
    )
    with st.expander("As a table", icon=":material/table:"):
        table(
            [
                {"Trained together": plain(lined(part, experiment))}
                | {
                    plain(column): sharing_words.range_of(gain) if gain else ""
                    for column, gain in zip(columns, line, strict=True)
                }
                for part, line in worth
            ]
        )


def lined(part: Part, experiment: Experiment) -> str:
    return "All tasks" if part.columns == experiment.columns else " + ".join(part.columns)


def alone_text(found: report.Outcomes, column: str, experiment: Experiment) -> str:
    """What a task scores alone."""
    metric = report.main_of(next(task.kind for task in experiment.tasks if task.column == column))
    outcome = found.get(report.alone(column))
    return f"{metric.title} {short(interval(outcome.scores[column][metric.name]).mean, fixed=True)}" if outcome else "–"


def hover(gain: Gain | None, column: str, score: str) -> str:
    if gain is None or gain.mean is None:
        return ""
    return f"{named(column)}: {gain.verdict}<br>gain in {score} {sharing_words.range_of(gain)}"


def curve() -> None:
    """What the others make up for where a task has fewer labels."""
    experiment = together(compared(state.run().experiment))
    columns = report.scored(experiment)
    st.markdown(f"##### {fewer_labels.TITLE}", help=fewer_labels.HELP)
    chosen = state.get("sharing.task")
    chosen = chosen if chosen in columns else columns[-1]
    parts = report.curve(experiment, chosen)
    found = comparisons.known(experiment, place())
    missing = sum(part not in found for part in parts)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        titles = {column: column for column in columns}
        controls.select("Task", "sharing.task", chosen, titles, partial(state.put, "sharing.task"), WHOSE, width=240)
        st.button("Take labels away", icon=":material/filter_alt:", key="sharing.curve",
                  disabled=not missing or under_way() is not None, on_click=begin, args=(experiment, parts))  # fmt: skip
    st.caption(f"{FEWER} {SPLIT}" if state.run().experiment.data.split.vary else FEWER)
    points = report.points(experiment, chosen, found)
    if not any(point.share < 1 for point in points):
        return
    score = report.main_of(next(task.kind for task in experiment.tasks if task.column == chosen)).title
    drawn = fewer_labels.figure(
        [point.labels for point in points],
        dashed([point.together for point in points]),
        dashed([point.alone for point in points]),
        score,
    )
    st.plotly_chart(drawn, key="sharing.labels", config=QUIET)
    most = max(point.labels for point in points)
    st.caption(f"{fewer_labels.HELP} {counted(most, 'training label')} of **{plain(chosen)}** at most.")
