"""All tasks on every batch: an epoch is every training row once, in random order."""

from core.registry import Params as Params

TITLE = "All tasks, all rows"
HELP = "Every batch trains every task that has a label in it. An epoch is every training row once, in random order."
FORMULA = r"p_k = 1"
BY_TASK = False
ORDER = 0
