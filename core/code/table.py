"""How the columns of a file became features, read off the features' names, and the same as Python text.

Knows nothing of cells: the file itself is read by the text of `load.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.code.text import listed, quoted
from core.data.reading.cells import EMPTY
from core.data.values import label
from core.experiment import Experiment


@dataclass(frozen=True)
class Table:
    """How the columns of a file become features. levels: of each category; gaps: columns with empty cells."""

    numbers: list[str]
    yes_no: list[str]
    levels: dict[str, list[str]]
    gaps: list[str]


def table_of(experiment: Experiment, n_features: int, feature_names: Sequence[str]) -> Table | None:
    """What the features' names say of the columns; None for samples, texts, and names that do not fit the document."""
    if experiment.data.source.kind != "file" or experiment.texts:
        return None
    kinds, names = experiment.data.inputs, list(feature_names)
    numbers = [name for name, kind in kinds.items() if kind == "number"]
    yes_no = [name for name, kind in kinds.items() if kind == "yes-no"]
    if names[: len(numbers) + len(yes_no)] != [*numbers, *yes_no] or len(names) != n_features:
        return None
    rest = names[len(numbers) + len(yes_no) :]
    gaps = [name for name in kinds if kinds[name] != "category" and f"{name} is missing" in rest]
    one_hot = rest[: len(rest) - len(gaps)]
    levels: dict[str, list[str]] = {}
    for name in (name for name, kind in kinds.items() if kind == "category"):
        start = f"{name} = "
        end = next((i for i, feature in enumerate(one_hot) if not feature.startswith(start)), len(one_hot))
        levels[name], one_hot = [feature.removeprefix(start) for feature in one_hot[:end]], one_hot[end:]
    return None if one_hot else Table(numbers, yes_no, levels, gaps)


def columns_text(experiment: Experiment, table: Table, classes: Mapping[str, Sequence[str]]) -> str:
    """What the file's columns are, as Python text."""
    marks = {name: list(map(label, values)) for name, values in experiment.data.missing.items() if values}
    named = {task.column: classes[task.column] for task in experiment.tasks if task.column in classes}
    lines = {
        "NUMBERS": listed(map(quoted, table.numbers)),
        "YES_NO": listed(map(quoted, table.yes_no)),
        "CATEGORIES": _texts(table.levels),
        "GAPS": f"{listed(map(quoted, table.gaps))}  # empty cells are filled in, and a feature of their own says so",
        "MISSING": f"{_texts(marks)}  # values that mean not known",
        "CLASSES": f"{_texts(named)}  # of yes/no: no first",
        "EMPTY": f"{list(EMPTY)!r}".replace("'", '"'),
    }
    return "\n".join(f"{name} = {text}" for name, text in lines.items())


def _texts(items: Mapping[str, Sequence[str]]) -> str:
    return listed((f"{quoted(name)}: [{', '.join(map(quoted, texts))}]" for name, texts in items.items()), "{}")
