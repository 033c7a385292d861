import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.experiment import MAX_LAYERS, Choice, Experiment, parse
from core.network import edit
from core.network.edit import apply, stack
from core.network.shapes import where_of


def heart(**network) -> Experiment:
    plan = {
        "trunk": [{"width": 32}, {"width": 64}],
        "towers": {"thal": [{"width": 32}], "disease": [{"width": 16, "activation": {"name": "tanh"}}]},
    }
    return parse(
        {
            "version": 1,
            "data": {"source": {"kind": "sample", "name": "heart"}, "inputs": {"age": "number"}},
            "tasks": [{"column": "thal", "kind": "multiclass"}, {"column": "disease", "kind": "binary"}],
            "network": plan | network,
        }
    )


def widths(experiment: Experiment, where: str) -> list[int]:
    return [layer.width for layer in stack(experiment, where)]


def test_add_copies_the_neighbour_before():
    assert widths(edit.add_layer(heart(), "trunk", 1), "trunk") == [32, 32, 64]
    assert widths(edit.add_layer(heart(), "trunk", 2), "trunk") == [32, 64, 64]
    assert widths(edit.add_layer(heart(), "trunk", 0), "trunk") == [32, 32, 64]
    added = stack(edit.add_layer(heart(), "disease", 1), "disease")[1]
    assert (added.width, added.activation.name) == (16, "tanh")


def test_add_to_an_empty_stack_takes_sixteen_units_and_the_networks_activation():
    bare = heart(trunk=[], towers={"thal": [{"width": 4, "activation": {"name": "tanh"}}]})
    layer = stack(edit.add_layer(bare, "trunk", 0), "trunk")[0]
    assert (layer.width, layer.activation.name) == (16, "tanh")
    assert stack(edit.add_layer(heart(trunk=[], towers={}), "thal", 0), "thal")[0].activation.name == "relu"


def test_remove_and_move():
    assert widths(edit.remove_layer(heart(), "trunk", 0), "trunk") == [64]
    assert widths(edit.remove_layer(heart(), "thal", 0), "thal") == []
    assert widths(edit.move_layer(heart(), "trunk", 0, 1), "trunk") == [64, 32]
    three = edit.add_layer(heart(), "trunk", 2)
    assert widths(edit.move_layer(three, "trunk", 2, 0), "trunk") == [64, 32, 64]


def test_the_given_experiment_stays_as_it_was():
    before = heart()
    text = before.to_json()
    edit.add_layer(before, "thal", 0)
    edit.set_nonlinear(before, False)
    assert before.to_json() == text


def test_change_keeps_what_it_is_not_told():
    changed = stack(edit.change_layer(heart(), "disease", 0, dropout=0.5, batch_norm=True), "disease")[0]
    assert (changed.width, changed.activation.name, changed.batch_norm, changed.dropout) == (16, "tanh", True, 0.5)
    assert stack(edit.change_layer(heart(), "trunk", 1, activation="tanh"), "trunk")[1].activation == Choice(name="tanh")


def test_branch_earlier_hands_the_last_shared_layer_to_every_task():
    moved = edit.branch_earlier(heart())
    assert [widths(moved, where) for where in ("trunk", "thal", "disease")] == [[32], [64, 32], [64, 16]]
    assert edit.branch_later(moved) == heart()


def test_branch_later_keeps_the_widest_where_first_layers_differ():
    moved = edit.branch_later(heart())
    assert [widths(moved, where) for where in ("trunk", "thal", "disease")] == [[32, 64, 32], [], []]
    with pytest.raises(UserError, match="layer of its own.*“thal”"):
        edit.branch_later(moved)


def test_branch_needs_something_to_move():
    with pytest.raises(UserError, match="shared layer"):
        edit.branch_earlier(heart(trunk=[]))


def early(**branch: int) -> Experiment:
    """Hard sharing, where some tasks branch off early."""
    return heart(sharing={"name": "hard", "params": {"branch": branch}})


def seen(experiment: Experiment) -> tuple:
    """Widths of the shared layers, of both tasks' own, and where tasks branch off early."""
    return (*(widths(experiment, where) for where in ("trunk", "thal", "disease")), experiment.network.sharing.params)


def test_a_task_that_branches_off_takes_copies_along_and_gives_them_back():
    apart = edit.branch_task(heart(), "thal", 0)
    assert seen(apart) == ([32, 64], [32, 64, 32], [16], {"branch": {"thal": 0}})
    half = edit.branch_task(apart, "thal", 1)
    assert seen(half) == ([32, 64], [64, 32], [16], {"branch": {"thal": 1}})
    assert edit.branch_task(half, "thal", 2) == heart()
    assert edit.branch_task(apart, "thal", 2) == heart()
    assert edit.branch_task(heart(), "thal", 2) == heart()


def test_a_copy_that_was_changed_since_stays_a_layer_of_its_own():
    changed = edit.change_layer(edit.branch_task(heart(), "thal", 0), "thal", 0, width=8)
    assert seen(edit.branch_task(changed, "thal", 2)) == ([32, 64], [8, 64, 32], [16], {})
    changed = edit.change_layer(edit.branch_task(heart(), "thal", 0), "thal", 1, width=8)
    assert seen(edit.branch_task(changed, "thal", 2)) == ([32, 64], [8, 32], [16], {})


def test_the_last_task_that_leaves_takes_the_shared_layers_along():
    assert seen(edit.branch_task(early(thal=1), "disease", 0)) == ([32], [32], [32, 64, 16], {"branch": {"disease": 0}})
    assert seen(edit.branch_task(early(thal=0), "disease", 0)) == ([], [32], [32, 64, 16], {})


def test_only_hard_sharing_with_several_tasks_lets_one_branch_off():
    with pytest.raises(UserError, match="hard sharing.*“mmoe”"):
        edit.branch_task(heart(sharing={"name": "mmoe"}), "thal", 0)
    alone = parse(heart(towers={}).model_dump(mode="json") | {"tasks": [{"column": "thal", "kind": "multiclass"}]})
    with pytest.raises(UserError, match="one task"):
        edit.branch_task(alone, "thal", 0)


def test_the_branch_point_of_all_leaves_a_task_alone_that_went_its_own_way_before():
    assert seen(edit.branch_earlier(early(thal=0))) == ([32], [32], [64, 16], {"branch": {"thal": 0}})
    assert seen(edit.branch_later(early(thal=0))) == ([32, 64, 16], [32], [], {"branch": {"thal": 0}})
    assert seen(edit.branch_earlier(early(thal=1))) == ([32], [32], [64, 16], {})


def test_a_shared_layer_that_comes_or_goes_does_not_move_where_a_task_leaves():
    assert seen(edit.add_layer(early(thal=1), "trunk", 0))[-1] == {"branch": {"thal": 2}}
    assert seen(edit.add_layer(early(thal=1), "trunk", 1))[-1] == {"branch": {"thal": 1}}
    assert seen(edit.remove_layer(early(thal=1), "trunk", 0))[-1] == {"branch": {"thal": 0}}
    assert seen(edit.remove_layer(early(thal=1), "trunk", 1))[-1] == {}


def test_as_many_shared_layers_as_said():
    assert edit.share_layers(heart(), 0) == edit.branch_earlier(edit.branch_earlier(heart()))
    assert edit.share_layers(edit.share_layers(heart(), 0), 2) == heart()
    assert edit.share_layers(heart(), 3) == edit.branch_later(heart())
    with pytest.raises(UserError, match="layer of its own"):
        edit.share_layers(heart(), 4)


def test_activation_everywhere_and_the_switch():
    plain = edit.set_activation_everywhere(heart(), "tanh")
    assert {layer.activation.name for where in ("trunk", "thal", "disease") for layer in stack(plain, where)} == {"tanh"}
    off = edit.set_nonlinear(heart(), False)
    assert not off.network.nonlinear
    assert edit.set_nonlinear(off, True) == heart()


@pytest.mark.parametrize("column", ["trunk", "trunk'", "trunk''"])
def test_a_task_may_be_called_trunk(column):
    base = heart(towers={})
    experiment = parse(base.model_dump(mode="json") | {"tasks": [{"column": column, "kind": "binary"}]})
    changed = edit.add_layer(experiment, where_of(column), 0)
    assert len(changed.network.trunk) == 2
    assert len(changed.tower(column)) == 1
    assert len(edit.branch_earlier(changed).tower(column)) == 2


def test_every_op_of_the_browser_does_what_its_function_does():
    done = {
        "add": ({"where": "thal", "at": 0}, edit.add_layer(heart(), "thal", 0)),
        "remove": ({"where": "trunk", "at": 1}, edit.remove_layer(heart(), "trunk", 1)),
        "move": ({"where": "trunk", "at": 1, "to": 0}, edit.move_layer(heart(), "trunk", 1, 0)),
        "change": ({"where": "trunk", "at": 1, "fields": {"width": 8}}, edit.change_layer(heart(), "trunk", 1, width=8)),
        "branch-earlier": ({}, edit.branch_earlier(heart())),
        "branch-later": ({}, edit.branch_later(heart())),
        "share": ({"layers": 1}, edit.branch_earlier(heart())),
        "branch": ({"where": "thal", "after": 1}, edit.branch_task(heart(), "thal", 1)),
        "activation": ({"choice": {"name": "tanh"}}, edit.set_activation_everywhere(heart(), "tanh")),
        "nonlinear": ({"on": False}, edit.set_nonlinear(heart(), False)),
    }
    assert set(done) == set(edit.OPS)
    for name, (arguments, expected) in done.items():
        sent = json.loads(json.dumps({"op": name, **arguments, "n": 7}))
        assert apply(heart(), sent) == expected


BAD = [
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"width": 0}}, "1 to 1024 units. Found 0"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"width": 5000}}, "1 to 1024 units. Found 5000"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"width": 2.5}}, "Found 2.5"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"width": True}}, "Found True"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"width": float("nan")}}, "Found nan"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"dropout": 2}}, "dropout"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"dropout": "much"}}, "dropout"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"batch_norm": 3}}, "batch_norm"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"activation": "magic"}}, "“magic”"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"activation": 5}}, "activation"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"activation": {"name": "relu", "params": {"q": 1}}}}, "“q”"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": {"where": "thal"}}, "no “where”"),
    ({"op": "change", "where": "trunk", "at": 0, "fields": 3}, "by name"),
    ({"op": "remove", "where": "trunk", "at": 2}, "from 0 to 1"),
    ({"op": "remove", "where": "trunk", "at": -1}, "from 0 to 1"),
    ({"op": "remove", "where": "trunk", "at": True}, "from 0 to 1"),
    ({"op": "move", "where": "trunk", "at": 0, "to": 9}, "from 0 to 1"),
    ({"op": "add", "where": "nobody", "at": 0}, "“nobody”"),
    ({"op": "add", "where": ["trunk"], "at": 0}, "addressed"),
    ({"op": "add", "where": "trunk"}, "should say at, where"),
    ({"op": "add", "where": "trunk", "at": 0, "experiment": 1}, "should say at, where"),
    ({"op": "branch-later", "at": 1}, "nothing more"),
    ({"op": "branch", "where": "thal", "after": 3}, "from 0 to 2"),
    ({"op": "branch", "where": "trunk", "after": 1}, "“trunk”"),
    ({"op": "share", "layers": -1}, "from 0 to 12"),
    ({"op": "share", "layers": "all"}, "“all”"),
    ({"op": "nonlinear", "on": "yes"}, "on or off"),
    ({"op": "explode"}, "“explode”"),
    ({"op": ["add"]}, "one of add"),
    ({}, "one of add"),
    (None, "one of add"),
    ("add", "“add”"),
]


@pytest.mark.parametrize(("op", "words"), BAD)
def test_bad_ops_are_refused_in_one_sentence(op, words):
    with pytest.raises(UserError) as error:
        apply(heart(), op)
    assert words in str(error.value)
    assert error.value.expected
    assert error.value.found
    assert error.value.fix


def test_more_than_the_largest_number_of_layers_is_refused():
    full = heart(trunk=[{"width": 4}] * MAX_LAYERS, towers={"thal": [{"width": 4}] * MAX_LAYERS, "disease": [{"width": 4}]})
    for op in (
        {"op": "add", "where": "trunk", "at": 0},
        {"op": "add", "where": "thal", "at": 3},
        {"op": "branch-earlier"},
        {"op": "branch-later"},
    ):
        with pytest.raises(UserError, match="at most 12 layers. Found 13. Remove one first."):
            apply(full, op)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["trunk", "thal", "relu", "disease"])
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["width", "name", "params", "dropout"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries(
        {"op": st.sampled_from([*edit.OPS, "?"])},
        optional=dict.fromkeys(("where", "at", "to", "fields", "on", "choice", "layers", "after"), JSON),
    )
)
def test_whatever_is_sent_gives_an_experiment_or_a_user_error(op):
    with contextlib.suppress(UserError):
        assert isinstance(apply(heart(), op), Experiment)
