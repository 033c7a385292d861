"""What is drawn on the board into the document: pure, a document in, a checked one out.

Knows nothing of boards and browsers; what comes from there is checked by the sample's own parameters.
"""

from typing import Any

from core.data.columns import follow, role_of, set_kind
from core.data.samples import HAND_DRAWN, SAMPLES, tasks_of
from core.data.source import load
from core.errors import UserError
from core.experiment import Experiment

PARTS = ("inputs", "tasks", "drawn")


def drawable(experiment: Experiment) -> bool:
    """Whether the document's rows are drawn on the board."""
    return experiment.data.source.kind == "sample" and experiment.data.source.name == HAND_DRAWN


def drawn(experiment: Experiment, board: Any) -> Experiment:
    """The document with all that is on the board: {"inputs": 1 or 2, "tasks": [...], "drawn": [[x, y, answer, ...], ...]}.

    What still fits stays; tasks that are new, or of another kind, are as the board has them. Raises `UserError` where the
    document's table is another, and for whatever is no such board.
    """
    if not drawable(experiment):
        raise UserError("Points can be drawn into a table of your own points.", "another table", "Choose “Draw your own”.")
    if not isinstance(board, dict) or any(name not in board for name in PARTS):
        raise UserError("A drawing should have inputs, tasks and points.", "something else", "Draw once more.")
    source = experiment.data.source
    after = source.model_copy(update={"params": {name: board[name] for name in PARTS}})
    sample, params = SAMPLES.resolve(after.name, after.params)
    made = follow(experiment, after, load(after), sample)
    for column, kind in tasks_of(sample, params).items():
        if role_of(made, column) == "task":
            made = set_kind(made, column, kind)
    return made
