"""Sample datasets, one file each. A sample knows how to make or read its table, and its story.

Contract: `TITLE`, `HELP` (one line), `STORY` (two or three sentences: what it is, what to look for), `LICENCE`, `Params`,
`INPUTS` (column -> kind) or `inputs(params)`, `TASKS` (column -> task kind) or `tasks(params)`, `UNITS` (column -> unit,
where there is one), `MADE_UP` (bool: the rows are generated, and the pages say so) and
`table(params) -> pandas.DataFrame`: the same rows for the same params, missing values as NaN, no global random state.

Optional: `LABELS` (column -> plain words, shown as its help) and `START` (the parts of the document that this sample
opens with, where the usual ones do not suit it: any of `tasks`, for their losses, `network`, `weighting`, `sampling`,
`training`, `split`, as JSON).
In `START["network"]`, layers for the tower `"*"` are those of every task without one of its own. `PER_TASK` names the
parameters that are lists of one item per task; `Params.items` says what the items are called, and each gets a widget.
`HIDDEN` names the parameters that get no widget: they are set in the picture. `always(params)` says how many of the last
rows always train, whatever the split; the other rows are dealt out as if these were not there. `DRAWN`: how a person adds
points ("Click into the picture"), where the table is nothing but these; then two are enough to train on.
"""

from types import ModuleType

from core.experiment import Kind, TaskKind
from core.registry import Params, Registry

BY_HAND = ("points", "moved")
"""Parameters that hold what a person has put into the picture; a run goes on when they change."""
HAND_DRAWN = "drawn-points"
"""The sample that is drawn on the board."""

SAMPLES = Registry("core.data.samples", "sample", ("STORY", "LICENCE", "UNITS", "MADE_UP", "table"))


def widgets_of(sample: ModuleType) -> tuple[str, ...]:
    """The sample's parameters that get a widget."""
    return tuple(name for name in sample.Params.model_fields if name not in getattr(sample, "HIDDEN", ()))


def inputs_of(sample: ModuleType, params: Params) -> dict[str, Kind]:
    """The sample's input columns, each with its kind."""
    return dict(sample.inputs(params) if hasattr(sample, "inputs") else sample.INPUTS)


def tasks_of(sample: ModuleType, params: Params) -> dict[str, TaskKind]:
    """The sample's task columns, each with its kind."""
    return dict(sample.tasks(params) if hasattr(sample, "tasks") else sample.TASKS)
