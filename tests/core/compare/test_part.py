"""A document and its data with some tasks only: what goes, what stays."""

from dataclasses import replace

import pytest
import torch

from core.compare.part import FEWEST, Part, compared, labels, only, rows_of
from tests.making import dataset, experiment

TASKS = {"a": "regression", "b": "binary", "c": "multiclass"}


def test_all_tasks_are_the_document_itself() -> None:
    made = experiment(TASKS)
    assert only(made, ("a", "b", "c")) is made


def test_what_names_another_task_goes_with_it() -> None:
    made = experiment(
        TASKS,
        network__trunk=[{"width": 8}, {"width": 8}],
        network__sharing={"name": "hard", "params": {"branch": {"a": 1, "b": 2}}},
        weighting={"name": "fixed", "params": {"weights": {"a": 1.0, "b": 2.0}}},
        groups=[{"name": "both", "members": ["a", "b"]}, {"name": "last", "members": ["c"]}],
        timeline={"tasks": {"a": {"first": 1}, "c": {"first": 2}}},
    )
    pair = only(made, ("a", "b"))
    assert pair.columns == ("a", "b")
    assert set(pair.network.towers) == {"a", "b"}
    assert [group.name for group in pair.groups] == ["both"]
    assert set(pair.timeline.tasks) == {"a"}
    single = only(made, ("a",))
    assert single.groups == ()
    assert single.weighting.name == "equal"
    assert single.network.sharing.params == {"branch": {"a": 1}}
    assert len(single.network.trunk) == 1  # the second layer was not on its way
    assert len(only(made, ("c",)).network.trunk) == 2


def test_auxiliary_tasks_alone_are_scored() -> None:
    made = experiment(TASKS).changed("tasks.b.auxiliary", True)
    assert only(made, ("a", "b")).tasks[1].auxiliary
    assert not only(made, ("b",)).tasks[0].auxiliary


def test_it_is_compared_over_five_networks_at_least_and_without_twins() -> None:
    made = compared(experiment(TASKS, network__twin=True))
    assert (made.replicas, made.lanes) == (5, 5)
    assert compared(experiment(TASKS, replicas=9)).replicas == 9
    assert made.seed == experiment(TASKS).seed


def test_rows_and_what_they_were_scaled_by_stay() -> None:
    data = dataset(TASKS, missing=0.7)
    part = rows_of(data, Part(("b",)), 0)
    assert [target.column for target in part.targets] == ["b"]
    assert part.targets[0] is data.targets[1]
    for name in ("features", "train", "validation", "test"):
        assert getattr(part, name) is getattr(data, name)


def test_fewer_labels_lie_among_the_more_and_only_in_training() -> None:
    data = dataset(TASKS, missing=0.2)
    full = data.targets[0].labelled
    kept = [rows_of(data, Part(("a", "b"), "a", share), 3).targets[0].labelled for share in (0.05, 0.1, 0.5)]
    for fewer, more in zip(kept, [*kept[1:], full], strict=True):
        assert bool((more | ~fewer).all())
        assert fewer.sum() < more.sum()
    for labelled in kept:
        held_back = torch.cat([data.validation[0], data.test[0]])
        assert torch.equal(labelled[held_back], full[held_back])
    assert int(kept[1][data.train[0]].sum()) == labels(data, "a", 0.1) == round(0.1 * labels(data, "a"))
    assert rows_of(data, Part(("a", "b"), "a", 0.1), 3).targets[1] is data.targets[1]
    assert labels(data, "a", 0.0001) == FEWEST


def test_fewer_labels_need_one_split_for_all() -> None:
    data = dataset(TASKS, splits=2)
    with pytest.raises(ValueError, match="one split"):
        rows_of(data, Part(("a",), "a", 0.5), 0)
    assert len(rows_of(replace(data, train=data.train[:1]), Part(("a",), "a", 0.5), 0).targets) == 1
