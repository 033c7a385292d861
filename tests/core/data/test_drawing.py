"""What is drawn becomes a new, checked document, or one sentence and no change."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.columns import begin, mark
from core.data.drawing import drawable, drawn
from core.data.prepare import prepare
from core.data.samples import HAND_DRAWN, SAMPLES
from core.data.source import load
from core.errors import UserError
from core.experiment import Experiment, Source, parse


def document(name: str = HAND_DRAWN) -> Experiment:
    source = Source(kind="sample", name=name)
    return begin(source, load(source), SAMPLES[name])


FIRST = document()
ARC, SIDE = ({"name": name, "kind": "classes", "classes": 2} for name in ("arc", "side"))
LEVEL = {"name": "level", "kind": "value", "classes": 2}


def board(*tasks: dict, inputs: int = 2, points: list | None = None) -> dict:
    if points is None:
        points = [[i / 40, (i % 7) / 7, *((i + place) % 2 for place in range(len(tasks)))] for i in range(40)]
    return {"inputs": inputs, "tasks": list(tasks), "drawn": points}


def kinds(experiment: Experiment) -> dict[str, str]:
    return {task.column: task.kind for task in experiment.tasks}


def prepared(experiment: Experiment) -> None:
    prepare(experiment, load(experiment.data.source))


def test_the_document_holds_all_that_is_drawn() -> None:
    made = drawn(FIRST, board(ARC, SIDE) | {"n": 12})
    assert made.data.source.params == board(ARC, SIDE)
    assert made.model_copy(update={"data": FIRST.data}) == FIRST
    assert parse(made.to_json()) == made
    prepared(made)
    assert len(load(FIRST.data.source).frame) == 96  # the given document stays as it was


def test_a_new_task_comes_last_with_layers_of_its_own() -> None:
    made = drawn(FIRST, board(ARC, SIDE, LEVEL))
    assert kinds(made) == {"arc": "binary", "side": "binary", "level": "regression"}
    assert made.network.towers["level"] == made.network.towers["side"]
    prepared(made)


def test_a_task_without_any_answer_yet_has_the_kind_it_was_given() -> None:
    points = [[i / 40, (i % 7) / 7, i % 2, None, None] for i in range(40)]
    made = drawn(FIRST, board(ARC, {**SIDE, "classes": 3}, LEVEL, points=points))
    assert kinds(made) == {"arc": "binary", "side": "multiclass", "level": "regression"}


def test_a_task_that_goes_takes_its_layers_along() -> None:
    made = drawn(FIRST, board(SIDE))
    assert list(made.network.towers) == ["side"]
    prepared(made)


def test_a_task_of_another_name_keeps_its_layers_and_its_loss() -> None:
    before = FIRST.changed("network.towers.side", [{"width": 5}]).changed("tasks.side.loss", {"name": "focal", "params": {}})
    made = drawn(before, board(ARC, {**SIDE, "name": "half"}))
    assert made.columns == ("arc", "half")
    assert [layer.width for layer in made.network.towers["half"]] == [5]
    assert made.tasks[1].loss is not None
    prepared(made)


@pytest.mark.parametrize(
    ("change", "kind"), [({"classes": 4}, "multiclass"), ({"kind": "value"}, "regression"), ({}, "binary")]
)
def test_a_task_changes_its_kind_also_while_it_gets_another_name(change: dict, kind: str) -> None:
    for name in ("side", "half"):
        made = drawn(FIRST, board(ARC, {**SIDE, **change, "name": name}))
        assert kinds(made) == {"arc": "binary", name: kind}
        prepared(made)


def test_inputs_come_and_go() -> None:
    one = drawn(FIRST, board(ARC, SIDE, inputs=1))
    assert list(one.data.inputs) == ["x"]
    prepared(one)
    two = drawn(one, board(ARC, SIDE))
    assert two.data.inputs == FIRST.data.inputs
    prepared(two)


def test_a_column_that_is_ignored_stays_so_while_one_draws() -> None:
    made = drawn(mark(FIRST, load(FIRST.data.source), "side", "ignore"), board(ARC, SIDE))
    assert made.columns == ("arc",)


def test_all_points_may_go_and_come_again() -> None:
    empty = drawn(FIRST, board(ARC, SIDE, points=[]))
    with pytest.raises(UserError, match="Draw on the page Data to add points"):
        prepared(empty)
    assert drawn(empty, board(ARC, SIDE)) == drawn(FIRST, board(ARC, SIDE))


@pytest.mark.parametrize("name", ["two-moons", "own-points", "heart"])
def test_other_tables_are_left_alone(name: str) -> None:
    made = document(name)
    assert not drawable(made)
    with pytest.raises(UserError, match="Draw your own"):
        drawn(made, board(ARC))


def test_a_file_of_that_name_is_no_board() -> None:
    assert not drawable(FIRST.changed("data.source", {"kind": "file", "name": HAND_DRAWN, "sha256": "0" * 64}))


ANY = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | some.text(max_size=9)
    | some.lists(some.integers(), max_size=4)
)
CELL = some.sampled_from([0, 1, 0.5, -1, None]) | ANY
TASK = some.fixed_dictionaries(
    {"name": some.sampled_from(["arc", "side", "x", "new"]) | some.text(max_size=9)},
    optional={"kind": some.sampled_from(["classes", "value"]) | ANY, "classes": some.integers(1, 6) | ANY},
)
BOARD = some.fixed_dictionaries(
    {
        "inputs": some.sampled_from([1, 2]) | ANY,
        "tasks": some.lists(TASK, max_size=4) | ANY,
        "drawn": some.lists(some.lists(CELL, min_size=2, max_size=5), max_size=3) | ANY,
    }
)


@given(BOARD | ANY | some.dictionaries(some.text(max_size=6), ANY, max_size=4))
def test_junk_gives_a_document_that_loads_or_one_sentence(junk: object) -> None:
    try:
        made = drawn(FIRST, junk)
    except UserError:
        return
    assert isinstance(junk, dict)
    assert parse(made.to_json()) == made
    assert len(load(made.data.source).frame) == len(junk["drawn"])
