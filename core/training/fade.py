"""How much is left of a task's weight as it fades out. Knows nothing of schemes: it multiplies what they say."""

from collections.abc import Sequence

import numpy as np

from core.experiment import Task


def left(task: Task, epoch: int) -> float:
    """1 before the first of its two epochs, 0 from the second on, a straight line between; 1 where it does not fade."""
    if task.fade is None:
        return 1.0
    first, last = task.fade
    return min(max((last - epoch) / (last - first), 0.0), 1.0)


def shares(tasks: Sequence[Task], epoch: int) -> np.ndarray | None:
    """What is left of every task's weight `[task]` in an epoch, counted from 0; None where all of all is left."""
    if not any(task.fade for task in tasks):
        return None
    found = np.array([left(task, epoch) for task in tasks])
    return None if (found == 1.0).all() else found
