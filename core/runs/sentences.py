"""What a run says of itself in words: what to do now, why it stopped. Knows nothing of pages."""

import math

from core.runs.run import Run
from core.training.checkpoint import Failure
from core.training.outcome import has_jumped
from core.weighting import SCHEMES

JUMPED = "The loss of “{}” has jumped. Try a lower learning rate."
IN_TURN = "Many people train here now: yours is in turn, about every {} s."
BUSY = 1.5
"""Seconds between two turns from which on that is said."""


def hint(run: Run, turn: float = 0.0) -> str:
    """One sentence: what to do or look at now. turn: seconds from one turn of a person to the next."""
    tasks = " and ".join(f"“{column}”" for column in run.experiment.columns) if len(run.experiment.tasks) < 4 else "all tasks"
    if run.looking is not None:
        return f"Epoch {run.looking.epoch:.4g} of {run.experiment.training.epochs:,}: press Play to go on from here."
    at_once = " at once" if len(run.experiment.tasks) > 1 else ""
    match run.status:
        case "ready":
            return f"Press Play: {'the' if len(run.experiment.tasks) == 1 else 'one'} network learns {tasks}{at_once}."
        case "playing":
            task = jumped(run)
            if task is None and turn >= BUSY and not run.mirror:
                return IN_TURN.format(round(turn))
            return JUMPED.format(task) if task else "Watch each task's loss fall. Change a setting and see what it does."
        case "paused":
            return "Paused. Press Play to go on, or step through it."
        case "finished":
            return "Trained. The page Results scores it on rows it never saw. Or change something and start again."
    return run.message


def jumped(run: Run) -> str | None:
    """The task whose training loss is far above that of the untrained network, if there is one."""
    if not run.records:
        return None
    losses = [[scores["loss"] for scores in record["train"]] for record in (run.records[0], run.records[-1])]
    return next((column for column, *ends in zip(run.experiment.columns, *losses, strict=False) if has_jumped(*ends)), None)


def _size(loss: float) -> str:
    if not math.isfinite(loss):
        return "it is no longer a number"
    return f"it reached {loss:,.0f}" if abs(loss) < 1e15 else "it is larger than a thousand trillion"


def advice(run: Run, failure: Failure) -> str:
    """Why a run stopped, in one sentence with what to try."""
    rate = run.experiment.training.learning_rate
    name = run.experiment.weighting.name
    under = f" under the scheme {SCHEMES[name].TITLE}" if name in SCHEMES and name != "equal" else ""
    return (
        f"Stopped at step {failure.step}: the loss of “{failure.task}” exploded{under} ({_size(failure.loss)}). "
        f"Try a learning rate of {rate / 10:g} instead of {rate:g}, then press Play, or rewind."
    )
