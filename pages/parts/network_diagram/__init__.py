"""The network as a picture one can touch: a browser component that shows a spec and hands back edits.

Knows nothing of training or of what an edit does: sizes come from `core.network.shapes`, edits go to
`core.network.edit`. Nothing is computed here; `spec_of` only arranges what it is given.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from core.errors import UserError
from core.experiment import MAX_LAYERS, MAX_WIDTH, Experiment, Layer, Task
from core.network.edit import FIRST
from core.network.shapes import TRUNK, Matrix, Shapes, where_of
from core.network.sharing import SHARING
from pages.parts import state
from pages.parts.bundle import bundle

FOLDER = Path(__file__).parent
LARGEST_DROPOUT = 0.9
NO_STEPS: Mapping[str, str | None] = {"undo": None, "redo": None}

_COMPONENT = st.components.v2.component(
    "network_diagram",
    html=(FOLDER / "diagram.html").read_text(encoding="utf-8"),
    css=(FOLDER / "diagram.css").read_text(encoding="utf-8"),
    js=bundle(FOLDER, "main.js"),
)


def network_diagram(
    spec: dict[str, Any],
    height: int,
    key: str,
    version: int = 0,
    run: str = "",
    on_edit: Callable[[], None] = lambda: None,
    steps: Mapping[str, str | None] = NO_STEPS,
) -> dict[str, Any] | None:
    """Shows a spec as wide as there is room; the edit just made, as `core.network.edit.apply` takes it, or None.

    `{"op": "undo"}` and `{"op": "redo"}` are edits too; `steps` says in a few words what each would change, None: nothing.

    `on_edit` is called before the page is drawn anew; there, `st.session_state[key].edit` is the edit. Applying it there
    spares a second run of the page. `version` is that of the document: the browser tells the page's other parts that it is
    seen now. `run` is the run whose network is shown as it is now, "" for none. The browser draws an edit at once and sends
    the next when it reads in `heard` that this one has arrived, so no click is lost when one follows another.
    """
    name = f"{key}.heard"

    def hear() -> None:
        """Takes each edit once: the browser sends it again when this was interrupted before it was heard."""
        edit, held = state.value(key).edit, state.memory()
        number = edit.get("n") if isinstance(edit, dict) else None
        known = held.get(name)
        if isinstance(number, int) and isinstance(known, int) and number <= known:
            return
        on_edit()
        held[name] = number

    heard = state.memory().get(name)
    data = {"run": run, "spec": spec, "height": height, "heard": heard, "version": version, "steps": dict(steps)}
    return _COMPONENT(key=key, data=data, height=height, on_edit_change=hear).edit


def spec_of(
    experiment: Experiment,
    shapes: Shapes,
    colors: Mapping[str, Sequence[str]],
    activations: Mapping[str, str],
    feature_names: Sequence[str] = (),
) -> dict[str, Any]:
    """All that the picture shows, as JSON. colors: (on light, on dark) by column; activations: titles by name."""
    return {
        "data": experiment.data.source.name,
        "inputs": {"width": shapes.features, "names": list(feature_names), "batch": shapes.batch(shapes.features)},
        "trunk": {
            "where": TRUNK,
            "parameters": shapes.shared,
            "layers": _layers(experiment.network.trunk, TRUNK, shapes, activations),
        },
        "tasks": [_task(experiment, task, shapes, colors[task.column], activations) for task in experiment.tasks],
        "sharing": _sharing(experiment),
        "nonlinear": experiment.network.nonlinear,
        "total": shapes.total,
        "activations": [[name, title] for name, title in activations.items()],
        "limits": {"width": MAX_WIDTH, "layers": MAX_LAYERS, "dropout": LARGEST_DROPOUT, "first": FIRST.width},
    }


def _sharing(experiment: Experiment) -> dict[str, Any] | None:
    """The architecture with its parameters, `branch` for every task; None where all tasks share one trunk to its end."""
    choice = experiment.network.sharing
    try:
        module, params = SHARING.resolve(choice.name, choice.params)
    except UserError:
        return None
    given = params.model_dump(mode="json")
    branch = given.pop("branch", {})
    if choice.name == "hard" and not branch:
        return None
    depth = len(experiment.network.trunk)
    reach = [branch.get(column, depth) for column in experiment.columns]
    return {"name": choice.name, "title": module.TITLE, **given, "branch": reach}


def _task(
    experiment: Experiment, task: Task, shapes: Shapes, color: Sequence[str], activations: Mapping[str, str]
) -> dict[str, Any]:
    where = where_of(task.column)
    last = shapes.of(where)[-1]
    kinds = {"binary": "yes or no", "multiclass": f"{last.outputs} classes", "regression": "a number"}
    return {
        "where": where,
        "title": task.column,
        "kind": kinds[task.kind],
        "color": list(color),
        "parameters": shapes.parameters(where),
        "layers": _layers(experiment.tower(task.column), where, shapes, activations),
        "output": {"width": last.outputs, **_sizes(last, shapes)},
    }


def _layers(layers: Sequence[Layer], where: str, shapes: Shapes, activations: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "width": layer.width,
            "activation": layer.activation.name,
            "title": activations.get(layer.activation.name, layer.activation.name),
            "batch_norm": layer.batch_norm,
            "dropout": layer.dropout,
            **_sizes(matrix, shapes),
        }
        for layer, matrix in zip(layers, shapes.of(where), strict=False)
    ]


def _sizes(matrix: Matrix, shapes: Shapes) -> dict[str, Any]:
    return {"matrix": matrix.text, "batch": shapes.batch(matrix.outputs), "parameters": matrix.parameters}
