"""What all policies that train one task per batch have in common: rows may be balanced over a task's classes.

It is a parameter and no policy of its own, since it goes with every way to choose the task. Knows nothing of chances.
"""

from core.registry import Params, param


class ByTask(Params):
    balanced: bool = param(
        False,
        "Every class of a task comes equally often, however few rows it has. Numbers to predict have no classes.",
        title="All classes equally often",
    )
