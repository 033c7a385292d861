"""All rows, once an epoch, for all tasks."""

from core.sampling import SAMPLING
from core.training.batches import Batches
from tests.making import dataset, experiment

TASKS = {"a": "binary", "b": "regression"}


def test_every_row_once_and_every_task_on_each_batch() -> None:
    assert not SAMPLING["all"].BY_TASK
    data = dataset(TASKS, missing=0.3)
    found = list(Batches(experiment(TASKS), data).epoch(0, 0))
    assert sum(batch.features.shape[1] for batch in found) == data.train.shape[1]
    assert all(batch.present is None for batch in found)
