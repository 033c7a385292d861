"""Changes of the tree of tasks, and what is left of it when a task goes or has another name."""

import pytest

from core.errors import UserError
from core.experiment import Experiment, parse
from core.groups import dissolved, free_name, grouped, leaves, members, moved, rename, renamed, rows, tidy, within
from tests.making import experiment

KINDS = {"a": "multiclass", "b": "binary", "c": "regression", "d": "binary"}


@pytest.fixture
def flat() -> Experiment:
    return experiment(KINDS)


@pytest.fixture
def nested(flat: Experiment) -> Experiment:
    """((b, c) inner, d) outer beside a."""
    made = grouped(grouped(flat, "inner", ["b", "c"]), "outer", ["inner", "d"])
    made = made.changed("groups.0.weighting", {"name": "fixed", "params": {"weights": {"b": 2.0, "c": 3.0}}})
    made = made.changed("groups.1.weighting", {"name": "fixed", "params": {"weights": {"inner": 4.0, "d": 5.0}}})
    return made.changed("weighting", {"name": "fixed", "params": {"weights": {"a": 6.0, "outer": 7.0}}})


def test_a_group_is_made_where_its_members_stand(flat: Experiment) -> None:
    made = grouped(flat, "outer", ["a", "b", "c"])
    made = grouped(made, "inner", ["b", "c"])
    assert rows(made) == [(0, "outer"), (1, "a"), (1, "inner"), (2, "b"), (2, "c"), (0, "d")]
    assert leaves(made, "outer") == ("a", "b", "c")
    assert members(made, "") == ("outer", "d")
    assert within(made, "b", "outer")
    assert not within(made, "d", "outer")


def test_members_from_two_places_meet_at_the_root(nested: Experiment) -> None:
    made = grouped(nested, "new", ["b", "d"])
    assert rows(made) == [(0, "a"), (0, "new"), (1, "b"), (1, "d"), (0, "outer"), (1, "inner"), (2, "c")]


def test_weights_by_name_follow_who_is_there(nested: Experiment) -> None:
    made = moved(nested, "b", "outer")
    assert [group.weighting.params["weights"] for group in made.groups] == [{"c": 3.0}, {"inner": 4.0, "d": 5.0}]
    assert moved(nested, "outer", "") == nested, "it is there"
    assert moved(moved(nested, "b", ""), "c", "").groups[0].name == "outer", "an empty group goes"


def test_a_dissolved_group_leaves_its_members_in_its_place(nested: Experiment) -> None:
    made = dissolved(nested, "inner")
    assert [(group.name, set(group.members)) for group in made.groups] == [("outer", {"b", "c", "d"})]
    assert made.groups[0].weighting.params["weights"] == {"d": 5.0}
    assert members(dissolved(made, "outer"), "") == ("a", "b", "c", "d")


def test_another_name_is_known_everywhere(nested: Experiment) -> None:
    made = renamed(nested, "inner", "core")
    assert made.groups[1].members == ("core", "d")
    assert made.groups[1].weighting.params["weights"] == {"core": 4.0, "d": 5.0}
    assert renamed(made, "core", "inner") == nested


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda made: grouped(made, "new", ["a"]), "two members"),
        (lambda made: grouped(made, "d", ["a", "outer"]), "name of its own"),
        (lambda made: grouped(made, " ", ["a", "outer"]), "have a name"),
        (lambda made: grouped(made, "new", ["outer", "b"]), "what is in it"),
        (lambda made: moved(made, "outer", "inner"), "part of itself"),
        (lambda made: renamed(made, "inner", "outer"), "name of its own"),
    ],
)
def test_what_makes_no_tree_is_refused_in_a_sentence(nested: Experiment, change, said: str) -> None:
    with pytest.raises(UserError, match=said):
        change(nested)


def test_a_free_name_is_free(flat: Experiment) -> None:
    made = grouped(flat, free_name(flat), ["a", "b"])
    assert (free_name(flat), free_name(made)) == ("Group 1", "Group 2")


def test_what_speaks_of_a_task_that_is_gone_goes(nested: Experiment) -> None:
    made = nested.changed("timeline.tasks", {"a": {"last": 3}, "b": {"first": 1}}).changed("tasks.a.auxiliary", True)
    document = made.model_dump(mode="json")
    document["tasks"] = [task for task in document["tasks"] if task["column"] in ("a", "d")]
    for column in ("b", "c"):
        del document["network"]["towers"][column]
    tidy(document)
    left = parse(document)
    assert [(group.name, group.members) for group in left.groups] == [("outer", ("d",))]
    assert left.groups[0].weighting.params["weights"] == {"d": 5.0}
    assert set(left.timeline.tasks) == {"a"}
    assert [task.auxiliary for task in left.tasks] == [True, False]
    document["tasks"] = document["tasks"][:1]
    del document["network"]["towers"]["d"]
    tidy(document)
    assert parse(document).groups == ()
    assert not parse(document).tasks[0].auxiliary, "a task alone is scored"


def test_a_main_task_that_leaves_is_main_no_more(flat: Experiment) -> None:
    made = flat.changed("weighting", {"name": "priority", "params": {"main": "b"}})
    assert grouped(made, "g", ["b", "c"]).weighting.params["main"] == ""
    document = made.model_dump(mode="json")
    rename(document, {"b": "e"})
    assert document["weighting"]["params"]["main"] == "e"
