"""A whole run in one go: what it tells on the way and what it leaves."""

import json

import pytest

from core.errors import UserError
from core.training.outcome import OFTEN, train
from tests.making import dataset, experiment

TASKS = {"a": "multiclass", "b": "regression"}


def test_it_leaves_json_with_a_row_for_every_epoch_split_task_and_replica() -> None:
    document, data = experiment(TASKS, replicas=2, training__epochs=3), dataset(TASKS)
    found = json.loads(json.dumps(train(document, data), allow_nan=False))
    assert list(found) == ["experiment", "seconds", "steps", "history", "test", "baseline"]
    assert len({(row["epoch"], row["split"], row["task"], row["replica"]) for row in found["history"]}) == 4 * 2 * 2 * 2
    assert len(found["history"]) == 4 * 2 * 2 * 2
    assert {len(values) for task in found["test"].values() for values in task.values()} == {2}
    assert found["steps"] == 3 * 5  # 144 training rows in batches of 32


def test_whoever_watches_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.training.outcome.OFTEN", 0.001)
    assert OFTEN > 0.001
    document, data, shares = experiment(TASKS, training__epochs=20), dataset(TASKS), []
    watched = train(document, data, lambda share, record: shares.append((share, record["epoch"])))
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert shares[-1] == (1, 20)
    assert watched | {"seconds": 0} == train(document, data) | {"seconds": 0}


def test_twins_are_scored_apart() -> None:
    found = train(experiment(TASKS, network__twin=True, replicas=2), dataset(TASKS))
    assert list(found["test"]) == ["with", "without", "least_squares"]
    assert found["test"]["with"] != found["test"]["without"]
    assert list(found["test"]["least_squares"]) == ["b"]
    assert sum(row["twin"] for row in found["history"]) == len(found["history"]) / 2


def test_an_explosion_is_an_error_that_says_what_to_do() -> None:
    document = experiment(TASKS, training__learning_rate=100.0, training__optimizer={"name": "sgd"})
    with pytest.raises(UserError, match="Lower the learning rate"):
        train(document, dataset(TASKS))
