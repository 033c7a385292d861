"""A training of a comparison: slices change nothing, and every part is scored on the same rows."""

import math

import pytest
import torch

from core.compare.part import Part, compared, rows_of
from core.compare.report import twins
from core.compare.train import go_on
from core.training.advance import Budget, advance, parameters_of
from core.training.checkpoint import start
from core.training.evaluate import Evaluator
from tests.making import dataset, experiment

TASKS = {"a": "regression", "b": "binary", "c": "multiclass"}


def test_slices_end_where_one_go_does() -> None:
    document, data = compared(experiment(TASKS)), dataset(TASKS)
    part = Part(("a", "b"))
    whole = go_on(document, part, data).outcome
    sliced, count = go_on(document, part, data, seconds=0.0), 1
    shares = [sliced.share]
    assert sliced.outcome is None
    while sliced.outcome is None:
        sliced = go_on(document, part, data, sliced.checkpoint, sliced.seconds, seconds=0.004)
        shares.append(sliced.share)
        count += 1
    assert count > 2
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert whole is not None
    assert sliced.outcome.scores == whole.scores
    assert sliced.outcome.seconds > 0


def test_all_together_is_the_run_that_everyone_knows() -> None:
    document, data = compared(experiment(TASKS)), dataset(TASKS)
    found = go_on(document, Part(document.columns), data).outcome
    with torch.inference_mode():
        point, _ = advance(start(document, data), data, Budget())
        network, parameters = parameters_of(point, data)
        _, scores, _ = Evaluator(document, data, network).look("validation", parameters, point.buffers)
    assert found is not None
    assert [found.scores[column] for column in document.columns] == scores
    assert found.parameters * document.replicas == len(point.parameters)


def test_the_same_rows_are_scored_whoever_trains() -> None:
    document, data = compared(experiment(TASKS, training__epochs=1)), dataset(TASKS, missing=0.8)
    outcomes = {part: go_on(document, part, data).outcome for part in twins(document)}
    together = outcomes[Part(document.columns)]
    assert together is not None
    for place, column in enumerate(document.columns):
        alone = outcomes[Part((column,))]
        assert alone is not None
        known = int(data.targets[place].labelled[data.validation[0]].sum())
        assert alone.rows[column] == together.rows[column] == known
        assert alone.labels[column] == together.labels[column]
        assert alone.scored == "validation"
        assert len(alone.scores[column]["loss"]) == document.replicas


def test_alone_it_sees_the_same_batches() -> None:
    """Rows without a label of the task teach nothing: a task that is labelled throughout beside an empty one learns alike."""
    document = compared(experiment({"a": "regression", "b": "regression"}, training__epochs=3))
    data = dataset({"a": "regression", "b": "regression"})
    nobody = torch.zeros_like(data.targets[1].labelled)
    data.targets[1].labelled.copy_(nobody)
    together, alone = (go_on(document, Part(columns), data).outcome for columns in (("a", "b"), ("a",)))
    assert together is not None
    assert alone is not None
    assert alone.scores["a"]["r2"] == pytest.approx(together.scores["a"]["r2"], abs=1e-5)
    assert all(math.isnan(value) for value in together.scores["b"]["r2"])


def test_an_exploded_training_has_no_scores() -> None:
    document = compared(
        experiment(TASKS, training__learning_rate=100.0, training__epochs=40, training__optimizer={"name": "sgd"})
    )
    found = go_on(document, Part(("a",)), dataset(TASKS)).outcome
    assert found is not None
    assert found.failure == "a"
    assert all(math.isnan(value) for value in found.scores["a"]["r2"])


def test_without_validation_rows_it_is_the_training_rows() -> None:
    data = dataset(TASKS)
    none = rows_of(data, Part(("a",)), 0)
    object.__setattr__(none, "validation", none.validation[:, :0])
    document = compared(experiment({"a": "regression"}, training__epochs=1))
    found = go_on(document, Part(("a",)), none).outcome
    assert found is not None
    assert found.scored == "train"
    assert found.rows["a"] == none.train.shape[1]
