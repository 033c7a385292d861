"""Which tasks are there only to help the others, and when such a task fades out. Layout only."""

from functools import partial
from typing import Any

import streamlit as st

from core.experiment import Experiment, Task, parse
from pages.parts import controls, state
from pages.parts.plain import plain

TITLE = "Tasks that only help"
IDEA = "An auxiliary task is trained for what the others learn from it. It is not scored, and its weight may fade out."
AUXILIARY = "It is trained with the others, and left out of main scores and verdicts."
FADES = "Its weight falls to nothing in the course of the run. Its own layers then stay as they are."
BETWEEN = (
    "All of its weight before the first of these epochs, nothing from the second on, a straight line between. Acts at once."
)


def helping_forms() -> None:
    document = state.document()
    used = any(task.auxiliary or task.fade for task in document.tasks)
    with st.expander(TITLE, icon=":material/school:", expanded=used):
        st.caption(IDEA)
        for number, task in enumerate(document.tasks):
            _task(number, task, document.training.epochs)


def _task(number: int, task: Task, epochs: int) -> None:
    left, right = st.columns(2, vertical_alignment="center")
    with left:
        label, key = f"{plain(task.column)} is auxiliary", f"auxiliary.{task.column}"
        controls.toggle(label, key, task.auxiliary, partial(_set, number, "auxiliary"), AUXILIARY)
    if not (task.auxiliary or task.fade):
        return
    usual = [epochs // 3, max(2 * epochs // 3, epochs // 3 + 1)]

    def fades(on: bool) -> None:
        _set(number, "fade", usual if on else None)

    with right:
        controls.toggle("It fades out", f"fades.{task.column}", task.fade is not None, fades, FADES)
    if task.fade is None:
        return
    key, last = f"fade.{task.column}", max(epochs, task.fade[1])
    st.slider(
        f"{plain(task.column)} fades out between epochs", 0, last, key=state.bind(key, task.fade), help=BETWEEN,
        on_change=_faded, args=(number, key),
    )  # fmt: skip


def _faded(number: int, key: str) -> None:
    if state.turned(key):
        _set(number, "fade", list(state.value(key)))


def _set(number: int, name: str, value: Any) -> None:
    """By the task's place: a column may be called anything, also like a path."""

    def made() -> Experiment:
        document = state.document().model_dump(mode="json")
        document["tasks"][number][name] = value
        return parse(document)

    state.attempt(made, draft=state.waiting())
