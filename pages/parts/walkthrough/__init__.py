"""The forward pass as matrices, and back: a browser component that asks for a walk (`core.training.walkthrough`) and shows it.

It asks the server by itself (`routes.py`) and follows the run by the stream that the transport bar has; the page's script runs
only when a person changes something. Knows nothing of how a walk is made.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from core.charts.palette import task_color
from core.runs.run import Run
from core.training.walkthrough import MOST
from pages.parts.bundle import bundle

FOLDER = Path(__file__).parent

_COMPONENT = st.components.v2.component(
    "walkthrough",
    html=(FOLDER / "walkthrough.html").read_text(encoding="utf-8"),
    css=(FOLDER / "walkthrough.css").read_text(encoding="utf-8"),
    js=bundle(FOLDER, "main.js"),
)


def walkthrough(run: Run, address: str, key: str) -> None:
    """Shows rows of a run's table on their way through its network. address: what the browser calls the run."""
    _COMPONENT(key=key, data=spec_of(run, address))


def spec_of(run: Run, address: str) -> dict[str, Any]:
    """What the component has to know before it asks, as JSON."""
    experiment = run.experiment
    return {
        "run": address,
        "version": run.version,
        "tasks": [
            {"name": task.column, "colors": list(task_color(number)[:2])} for number, task in enumerate(experiment.tasks)
        ],
        "replicas": experiment.replicas,
        "twin": experiment.network.twin,
        "most": MOST,
    }
