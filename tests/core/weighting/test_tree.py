"""A tree of schemes: it is the scheme where there are no groups, and by hand what it should be where there are."""

import numpy as np
import pytest

from core.experiment import Experiment
from core.weighting import SCHEMES, Scheme, Signal, Tree, Weighed, direction, top, tree_of
from core.weighting._dice import Dice
from tests.core.weighting import making
from tests.core.weighting.making import REPLICAS, TASKS, only, signal, some
from tests.core.weighting.test_contract import EXTREMES, permuted, same, sound
from tests.making import experiment

KINDS = {"a": "multiclass", "b": "binary", "c": "regression"}
RANDOM = {"random", "pcgrad", "gradvac", "graddrop"}
STEPS = 7


def group(name: str, members: list[str], scheme: str = "equal", ema: float = 0.0, **params: object) -> dict:
    return {"name": name, "members": members, "weighting": {"name": scheme, "params": params, "ema": ema}}


def document(outside: str, *groups: dict, kinds: dict[str, str] = KINDS, **params: object) -> Experiment:
    made = experiment(kinds, groups=list(groups)) if groups else experiment(kinds)
    return made.changed("weighting", {"name": outside, "params": params})


def run(tree: Tree, signals: list[Signal]) -> list[Weighed]:
    state, found = tree.init(len(signals[0].losses)), []
    for given in signals:
        weighed = tree.weigh(state, given)
        state = weighed.state
        if "losses_after" in tree.needs:
            state = tree.after(state, given.losses, given.losses * (1.0 - 0.1 / (1.0 + np.abs(given.losses))))
        found.append(weighed._replace(state=state))
    return found


@pytest.fixture(params=SCHEMES)
def inside(request: pytest.FixtureRequest) -> Tree:
    """Two tasks weighed by each scheme, beside a third."""
    return tree_of(document("uncertainty", group("g", ["a", "b"], request.param)))


@pytest.fixture(params=SCHEMES)
def outside(request: pytest.FixtureRequest) -> Tree:
    return tree_of(document(request.param, group("g", ["a", "b"], "famo")))


@pytest.mark.parametrize("name", SCHEMES)
def test_without_groups_it_is_the_scheme_to_the_last_bit(name: str) -> None:
    tree = tree_of(document(name))
    (node,) = tree.nodes
    assert isinstance(node.scheme, Scheme)
    assert (tree.needs, tree.balances, tree.where) == (node.scheme.needs, node.scheme.balances, node.scheme.where)
    signals = [some(step) for step in range(STEPS)]
    for one, other in zip(run(tree, signals), making.run(node.scheme, signals), strict=True):
        same(one, other, 0.0)
        assert one.state.keys() == other.state.keys()


@pytest.mark.parametrize("name", sorted(set(SCHEMES) - RANDOM))
def test_a_group_of_all_under_equal_weights_is_the_scheme(name: str) -> None:
    """Its dice are others, so schemes that throw them are left out."""
    tree, scheme = tree_of(document("equal", group("all", list(TASKS), name))), tree_of(document(name)).nodes[0].scheme
    signals = [some(step) for step in range(STEPS)]
    for one, other in zip(run(tree, signals), making.run(scheme, signals), strict=True):
        np.testing.assert_allclose(one.weights, other.weights, rtol=1e-9, atol=1e-12)


def test_a_task_s_weight_is_the_product_along_its_path() -> None:
    inner = group("inner", ["b", "c"], "fixed", weights={"b": 2.0, "c": 5.0})
    outer = group("outer", ["a", "inner"], "fixed", weights={"a": 7.0, "inner": 3.0})
    tree = tree_of(document("fixed", outer, inner, weights={"outer": 0.5}))
    assert tree.groups == ("inner", "outer")
    (weighed,) = run(tree, [some(replicas=1)])
    assert weighed.weights.tolist() == [[3.5, 3.0, 7.5]]
    assert weighed.groups is not None
    assert weighed.groups.tolist() == [[1.5, 0.5]]
    (even,) = run(tree_of(document("equal", group("outer", ["a", "inner"]), group("inner", ["b", "c"]))), [some()])
    assert (even.weights == 1.0).all()


def test_groups_stand_where_their_first_task_does() -> None:
    made = document("equal", group("late", ["c"]), group("early", ["b"]))
    assert top(made) == ("a", "early", "late")
    assert tree_of(made).nodes[-1].members == ("a", "early", "late")


def test_uncertainty_within_and_upgrad_around_by_hand() -> None:
    tree = tree_of(document("upgrad", group("g", ["a", "c"], "uncertainty", rate=0.1)))
    signals = [some(step, replicas=1) for step in range(STEPS)]
    learned = making.run(
        tree.nodes[0].scheme, [given._replace(losses=given.losses[:, [0, 2]]) for given in signals], ("a", "c")
    )
    for given, one, found in zip(signals, learned, run(tree, signals), strict=True):
        assert given.jacobian is not None
        (first, second), rows = one.weights[0], given.jacobian[0]
        grouped = first * rows[0] + second * rows[2]
        (weight, other) = direction("upgrad", np.stack([grouped, rows[1]])).weights
        np.testing.assert_allclose(found.weights[0], [weight * first, other, weight * second], rtol=1e-8)
        assert found.own is not None
        np.testing.assert_allclose(found.own[0], [first, 1.0, second], err_msg="UPGrad leaves the tasks' own layers alone")


def test_a_group_is_scored_by_the_mean_and_judged_by_its_weighted_losses() -> None:
    seen: list[Signal] = []
    tree = tree_of(document("famo", group("g", ["a", "b"], "fixed", weights={"a": 2.0, "b": 3.0})))
    root = tree.nodes[-1].scheme
    told: list[tuple] = []

    class Heard(Scheme):
        def weigh(self, state: dict, given: Signal) -> Weighed:
            seen.append(given)
            return super().weigh(state, given)

        def after(self, state: dict, before: np.ndarray, after: np.ndarray) -> dict:
            told.append((before, after))
            return super().after(state, before, after)

    heard = Tree(tree.tasks, (tree.nodes[0], type(tree.nodes[1])("", tree.nodes[1].members, Heard(root.module, root.params))))
    given = some()
    run(heard, [given])
    assert given.score is not None
    assert seen[0].score is not None
    np.testing.assert_allclose(seen[0].score, np.stack([given.score[:, :2].mean(1), given.score[:, 2]], 1))
    expected = np.stack([2 * given.losses[:, 0] + 3 * given.losses[:, 1], given.losses[:, 2]], 1)
    np.testing.assert_allclose(seen[0].losses, expected)
    np.testing.assert_allclose(told[0][0], expected)
    rows = np.stack([given.jacobian[:, 0] * 2 + given.jacobian[:, 1] * 3, given.jacobian[:, 2]], 1)
    np.testing.assert_allclose(seen[0].gramian, rows @ rows.transpose(0, 2, 1), rtol=1e-9)


def test_directions_that_are_no_sum_count_only_without_groups() -> None:
    given = [some()]
    assert run(tree_of(document("graddrop")), given)[0].direction is not None
    assert run(tree_of(document("graddrop", group("g", ["a", "b"]))), given)[0].direction is None


def test_gradients_are_taken_where_all_that_look_at_them_agree() -> None:
    last = {"weighting": {"name": "cagrad", "params": {"where": "last"}}}
    assert tree_of(document("equal", group("g", ["a", "b"]) | last)).where == "last"
    assert tree_of(document("nash-mtl", group("g", ["a", "b"]) | last)).where == "all"
    assert tree_of(document("nash-mtl", group("g", ["a", "b"]) | last, where="last")).where == "last"


def test_dice_of_two_groups_differ() -> None:
    tree = tree_of(
        document("equal", group("g", ["a", "b"], "random"), group("h", ["c", "d"], "random"), kinds=KINDS | {"d": "binary"})
    )
    weights = run(tree, [some(tasks=4)])[0].weights
    assert not np.allclose(weights[:, :2], weights[:, 2:])


def each(tree: Tree) -> list[Weighed]:
    return run(tree, [some(step) for step in range(STEPS)])


def test_it_repeats_itself_and_leaves_its_state_alone(inside: Tree) -> None:
    for one, other in zip(each(inside), each(inside), strict=True):
        same(one, other, 0.0)
    state = inside.init(REPLICAS)
    before = {name: values.copy() for name, values in state.items()}
    inside.weigh(state, some())
    assert all(np.array_equal(state[name], values) for name, values in before.items())


def test_replicas_do_not_meet(outside: Tree) -> None:
    signals = [some(step) for step in range(STEPS)]
    alone = run(outside, [only(given, REPLICAS - 1) for given in signals])
    for one, all_of_them in zip(alone, run(outside, signals), strict=True):
        np.testing.assert_allclose(one.weights[0], all_of_them.weights[-1], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", sorted(set(SCHEMES) - RANDOM))
def test_the_order_of_the_tasks_does_not_matter(name: str) -> None:
    if SCHEMES[name].FAMILY == "priority":
        pytest.skip("its order is the point")
    order = [2, 0, 1]
    plain = tree_of(document("uncertainty", group("g", ["a", "b"], name)))
    turned = tree_of(document("uncertainty", group("g", ["a", "b"], name), kinds={TASKS[at]: KINDS[TASKS[at]] for at in order}))
    signals = [some(step) for step in range(STEPS)]
    for one, other in zip(run(plain, signals), run(turned, [permuted(given, order) for given in signals]), strict=True):
        np.testing.assert_allclose(one.weights[:, order], other.weights, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("extreme", [name for name, rows in EXTREMES.items() if len(rows) == 3])
def test_extreme_gradients_have_a_finite_answer(inside: Tree, extreme: str) -> None:
    rows = np.stack([EXTREMES[extreme]] * 2)
    for weighed in run(inside, [signal(rows, None, step, step) for step in range(4)]):
        sound(weighed, 2, 3)


@pytest.mark.parametrize("losses", [[0.0, 0.0, 0.0], [-1.0, 0.5, -1e6], [1e-30, 1e30, 1.0]])
def test_extreme_losses_have_a_finite_answer(outside: Tree, losses: list[float]) -> None:
    given = some(replicas=2)
    signals = [given._replace(losses=np.array([losses] * 2), step=step, epoch=step) for step in range(4)]
    for weighed in run(outside, signals):
        sound(weighed, 2, 3)


def test_a_change_keeps_what_was_learned_where_members_stay() -> None:
    before = tree_of(document("gradnorm", group("g", ["a", "b"], "uncertainty")))
    state = each(before)[-1].state
    slower = tree_of(document("gradnorm", group("g", ["a", "b"], "uncertainty", rate=0.5)))
    taken = slower.taken_up(before, state, REPLICAS)
    assert all(np.array_equal(taken[name], state[name]) for name in taken)
    assert any(name.startswith("group/g/") for name in taken)
    other = tree_of(document("gradnorm", group("g", ["b", "c"], "uncertainty")))
    fresh = other.init(REPLICAS)
    begun = other.taken_up(before, state, REPLICAS)
    assert all(np.array_equal(begun[name], fresh[name]) for name in fresh)
    flat = tree_of(document("gradnorm"))
    assert flat.taken_up(before, state, REPLICAS).keys() == flat.init(REPLICAS).keys()


def test_states_of_groups_with_slashes_in_their_names_stay_apart() -> None:
    tree = tree_of(document("equal", group("x", ["a", "b"], "uncertainty"), group("x/y", ["c"], "uncertainty")))
    state = tree.init(1)
    assert [node.state(state).keys() for node in tree.nodes[:2]] == [
        node.scheme.init(node.members, 1).keys() for node in tree.nodes[:2]
    ]
    assert tree.nodes[0].state(state)["learned"].shape == (1, 2)


def test_dice_apart_are_the_same_each_time() -> None:
    dice = Dice(3, [0, 1])
    assert dice.apart("") is dice
    np.testing.assert_array_equal(dice.apart("g").uniform(5, 3), Dice(3, [0, 1]).apart("g").uniform(5, 3))
    assert not np.array_equal(dice.apart("g").uniform(5, 3), dice.uniform(5, 3))
