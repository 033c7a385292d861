"""Presets: whole documents as JSON files in `sample_data/presets/`, each with a title and what to look for.

Knows nothing of pages. A preset is a document like any other; on somebody's own data it lends all but the data.
"""

import json
from functools import lru_cache
from pathlib import Path

from core.errors import UserError
from core.experiment import Experiment, Layer, parse

FOLDER = Path(__file__).parent.parent / "sample_data" / "presets"
ABOUT = "about.json"


@lru_cache(maxsize=1)
def about() -> dict[str, dict[str, str]]:
    """name -> {"title", "look"}, in the order in which presets are shown."""
    return json.loads((FOLDER / ABOUT).read_text(encoding="utf-8"))


def load(name: str) -> Experiment:
    """The document of a preset. Raises `UserError` naming those that exist."""
    if name not in about():
        raise UserError(f"A preset should be one of {', '.join(about())}.", f"“{name}”", "Choose one of these.")
    try:
        return parse((FOLDER / f"{name}.json").read_bytes())
    except FileNotFoundError as error:
        raise UserError("The file of a preset should be here.", f"none of “{name}”", "Choose another preset.") from error


def onto(preset: Experiment, own: Experiment) -> Experiment:
    """`own` data and tasks with everything else from the preset; inputs of the same name take the kind they have there.

    A task takes the tower and the loss of the preset's task of the same name; else of the first of its kind; else the last
    tower of the preset and its own kind's usual loss.
    """
    alike = preset.columns == own.columns
    towers: dict[str, tuple[Layer, ...]] = {}
    tasks = []
    for task in own.tasks:
        same = [other for other in preset.tasks if other.column == task.column and other.kind == task.kind]
        kin = same or [other for other in preset.tasks if other.kind == task.kind]
        model = kin[0] if kin else preset.tasks[-1]
        towers[task.column] = preset.tower(model.column)
        fade = {"auxiliary": model.auxiliary, "fade": model.fade} if alike else {}
        tasks.append(task.model_copy(update={"loss": model.loss if kin else None, **fade}))
    network = preset.network.model_copy(update={"towers": towers})
    tree = {name: getattr(preset if alike else own, name) for name in ("weighting", "groups")}
    inputs = {column: preset.data.inputs.get(column, kind) for column, kind in own.data.inputs.items()}
    data = own.data.model_copy(update={"inputs": inputs})
    changes = {"data": data, "tasks": tuple(tasks), "network": network, **tree}
    changes |= {name: getattr(preset, name) for name in ("sampling", "training", "seed", "replicas")}
    return parse(own.model_copy(update=changes).model_dump(mode="json"))
