"""What is lowered: each task's loss, and how much each task counts. Layout only."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from core.experiment import Choice, Experiment, Task, parse
from core.losses import LOSSES, usual
from pages.parts import controls, state
from pages.parts.group_forms import group_forms
from pages.parts.helping_forms import helping_forms
from pages.parts.plain import plain
from pages.parts.room_part import part
from pages.parts.scheme_forms import weighting

KINDS = {"binary": "yes or no", "multiclass": "one of several classes", "regression": "a number"}
ORDER = "Take a class out, and it comes back at the end: so any order can be made."
LOSS = "How wrong an answer is, as one number: the number that training lowers for this task."


def task_forms() -> None:
    document = state.document()
    if not document.tasks:
        st.caption("No task yet: mark a column as one on the page *Data*.")
        return
    left, right = st.columns(2, gap="large")
    several = len(document.tasks) > 1
    with left, part("tasks", "judged"):
        st.markdown(f"##### What {'each' if several else 'the'} task is judged by")
        for number, task in enumerate(document.tasks):
            loss(number, task)
        if several:
            helping_forms()
    if not several:
        return
    with right, part("weighting", "counts"):
        st.markdown("##### How much each task counts")
        weighting(document)
        if len(document.tasks) > 2 or document.groups:
            group_forms()


def loss(number: int, task: Task) -> None:
    choice = task.loss or Choice(name=usual(task.kind))
    fitting = {name: module for name, module in LOSSES.items() if task.kind in module.KINDS}
    key, change = f"loss.{task.column}", partial(set_loss, number)
    controls.plugin(f"Loss of {plain(task.column)} ({KINDS[task.kind]})", key, choice, fitting, change, LOSS)
    if choice.name in fitting:
        with st.container(horizontal=True):
            edit = partial(_edit_loss, number, choice.name)
            controls.params(f"{key}.{choice.name}", fitting[choice.name].Params, choice.params, edit)
    if choice.name == "ordinal":
        order(number, task)


def _edit_loss(number: int, usual: str, make: controls.Make) -> None:
    """Of a loss that nobody chose the name is written as well."""

    def made(loss: dict[str, Any] | None) -> dict[str, Any]:
        now = loss or {"name": usual, "params": {}}
        return {**now, "params": make(now["params"])}

    _edit(number, "loss", made)


def order(number: int, task: Task) -> None:
    """The classes from the lowest to the highest. One that is taken out comes back at the end: so any order can be made."""
    classes = state.run().facts["classes"].get(task.column, [])
    key = f"order.{task.column}"
    st.multiselect(
        f"Classes of {plain(task.column)}, lowest first", classes, format_func=plain, help=ORDER, key=state.bind(key, classes),
        on_change=_ordered, args=(number, classes, key),
    )  # fmt: skip


def _ordered(number: int, classes: list[str], key: str) -> None:
    if not state.turned(key):
        return
    chosen = list(state.value(key))
    _set(number, "order", [*chosen, *(name for name in classes if name not in chosen)])


def set_loss(number: int, choice: dict[str, Any]) -> None:
    _set(number, "loss", choice)


def _set(number: int, name: str, value: Any) -> None:
    _edit(number, name, lambda _: value)


def _edit(number: int, name: str, make: Callable[[Any], Any]) -> None:
    """By the task's place: a column may be called anything, also like a path."""

    def made() -> Experiment:
        document = state.document().model_dump(mode="json")
        document["tasks"][number][name] = make(document["tasks"][number][name])
        return parse(document)

    state.attempt(made)
