"""The timeline as a picture one can touch: for each task and the shared layers a bar over the epochs in which they are trained.

A browser component that shows phases and hands back all of them after each move; `placed` makes a document of that. Knows
nothing of how a phase is trained.
"""

from pathlib import Path
from typing import Any

import streamlit as st
from pydantic import ValidationError

from core.charts.palette import task_color
from core.errors import UserError
from core.experiment import Experiment, Phase, Timeline
from core.training.timeline import always, in_turn
from pages.parts import state
from pages.parts.bundle import bundle

FOLDER = Path(__file__).parent
ROW, REST = 40, 90
"""Pixels of a bar, and of all below the bars."""
OFFERS = {
    "One after another": (in_turn, "Each task alone for its part of the run, the first task first."),
    "All the time": (always, "All tasks from the first epoch to the last, as at the beginning."),
}
"""Timelines that are a click away, and what is said of them. They go the way of the bars, so that none overtakes another."""

_COMPONENT = st.components.v2.component(
    "timeline",
    html=(FOLDER / "timeline.html").read_text(encoding="utf-8"),
    css=(FOLDER / "timeline.css").read_text(encoding="utf-8"),
    js=bundle(FOLDER, "main.js"),
)


def timeline(experiment: Experiment, run: str, key: str) -> None:
    """Shows the document's timeline, and where the run is on it; what is moved changes the document."""

    def hear() -> None:
        told: Any = state.value(key).moved
        state.put(f"{key}.heard", told.get("n") if isinstance(told, dict) else None)
        state.attempt(lambda: placed(state.document(), told), draft=False)

    data = {**spec_of(experiment), "run": run, "heard": state.get(f"{key}.heard")}
    _COMPONENT(key=key, data=data, height=ROW * (len(experiment.tasks) + 1) + REST, on_moved_change=hear)


def spec_of(experiment: Experiment) -> dict[str, Any]:
    """All that the picture shows of a document, as JSON."""
    return {
        **_phases(experiment),
        "epochs": experiment.training.epochs,
        "warmUp": experiment.timeline.warm_up,
        "offers": [_offer(experiment, title) for title in OFFERS],
    }


def _offer(experiment: Experiment, title: str) -> dict[str, Any]:
    """phases: None where it cannot be had; `help` says why."""
    make, help = OFFERS[title]
    try:
        return {"title": title, "help": help, "phases": _phases(make(experiment))}
    except UserError as error:
        return {"title": title, "help": str(error), "phases": None}


def _phases(experiment: Experiment) -> dict[str, Any]:
    line = experiment.timeline
    return {
        "tasks": [
            {
                "name": task.column,
                "colors": list(task_color(number)[:2]),
                "phase": line.tasks.get(task.column, Phase()).model_dump(),
            }
            for number, task in enumerate(experiment.tasks)
        ],
        "shared": line.shared.model_dump(),
    }


def placed(experiment: Experiment, told: Any) -> Experiment:
    """The document with the phases that a browser sent: `{"phases": {"tasks": {column: phase}, "shared": phase}}`.

    Phases that are all the time are left out. Raises `UserError` for whatever is no such thing.
    """
    phases = told.get("phases") if isinstance(told, dict) else None
    try:
        found = Timeline.model_validate(
            {**experiment.timeline.model_dump(), **(phases if isinstance(phases, dict) else {"": 0})}
        )
    except ValidationError as error:
        raise UserError(
            "A bar should say from which epoch to which it goes.", "something else", "Move it once more."
        ) from error
    tasks = {column: phase.model_dump() for column, phase in found.tasks.items() if phase != Phase()}
    return experiment.changed("timeline", {**found.model_dump(), "tasks": tasks})
