import pandas as pd
import pytest

from core.data import columns
from core.data.columns import against, begin, drawable, follow, mark, role_of, set_kind
from core.data.dataset import Table
from core.data.samples import SAMPLES
from core.data.source import load
from core.errors import UserError
from core.experiment import Choice, Source, parse

TABLE = Table("any", pd.DataFrame({"a": [0.5 * i for i in range(100)], "b": [1, 2, 3, 1] * 25, "c": ["no", "yes"] * 50}))
FILE = Source(kind="file", name="any.csv", sha256="0" * 64)


def test_a_file_begins_with_all_columns_as_inputs_and_no_task():
    found = begin(FILE, TABLE)
    assert found.data.inputs == {"a": "number", "b": "category", "c": "yes-no"}
    assert found.tasks == ()
    assert found.network.trunk
    assert found.network.towers == {}


def test_two_waves_begin_with_two_layers_of_16_and_a_tower_for_each_task():
    source = Source(kind="sample", name="two-waves")
    found = begin(source, load(source), SAMPLES["two-waves"])
    assert [(layer.width, layer.activation.name) for layer in found.network.trunk] == [(16, "tanh")] * 2
    assert [(task.column, task.kind) for task in found.tasks] == [("sin(2x)", "regression"), ("cos(x)", "regression")]
    assert all(len(found.tower(column)) == 1 for column in found.columns)


def test_long_tables_begin_with_larger_batches():
    long = Table("any", pd.concat([TABLE.frame] * 60))
    assert begin(FILE, long).training.batch_size > begin(FILE, TABLE).training.batch_size


def test_input_task_ignore_and_back():
    start = begin(FILE, TABLE)
    task = mark(start, TABLE, "b", "task")
    assert (role_of(task, "b"), task.tasks[0].kind) == ("task", "multiclass")
    assert list(task.data.inputs) == ["a", "c"]
    assert task.network.towers["b"]
    ignored = mark(task, TABLE, "b", "ignore")
    assert role_of(ignored, "b") == "ignore"
    assert ignored.network.towers == {}
    assert mark(ignored, TABLE, "b", "input") == start
    assert list(mark(ignored, TABLE, "b", "input").data.inputs) == ["a", "b", "c"]


def test_the_same_role_again_changes_nothing():
    found = set_kind(begin(FILE, TABLE), "b", "number")
    assert mark(found, TABLE, "b", "input") is found


def test_a_new_task_takes_the_layers_of_the_last_one_and_leaves_the_others_alone():
    found = mark(begin(FILE, TABLE), TABLE, "c", "task")
    found = found.changed("network.towers.c.0.width", 5).changed("tasks.c.loss", {"name": "focal"})
    more = mark(found, TABLE, "a", "task")
    assert more.columns == ("c", "a")
    assert more.tower("a") == found.tower("c")
    assert more.tasks[0] == found.tasks[0]
    assert more.training == found.training


def test_marks_for_missing_come_with_the_column():
    table = Table("any", pd.DataFrame({"x": [0.5 * i for i in range(91)], "thal": [0] + [1, 2, 3] * 30}))
    found = begin(FILE, table)
    assert found.data.missing == {"thal": (0.0,)}
    assert mark(found, table, "thal", "task").data.missing == {"thal": (0.0,)}
    own = found.changed("data.missing", {"thal": [3]})
    assert mark(own, table, "thal", "task").data.missing == {"thal": (3.0,)}


def test_kinds_can_be_overruled():
    found = mark(begin(FILE, TABLE), TABLE, "b", "task")
    found = found.model_copy(update={"tasks": (found.tasks[0].model_copy(update={"loss": Choice(name="focal")}),)})
    assert set_kind(found, "b", "multiclass") == found
    other = set_kind(set_kind(found, "b", "regression"), "a", "category")
    assert (other.tasks[0].kind, other.tasks[0].loss) == ("regression", None)
    assert other.data.inputs["a"] == "category"


def test_a_column_or_kind_that_does_not_exist_is_refused():
    found = mark(begin(FILE, TABLE), TABLE, "c", "ignore")
    with pytest.raises(UserError, match="nowhere"):
        mark(found, TABLE, "nowhere", "task")
    with pytest.raises(UserError, match="ignored"):
        set_kind(found, "c", "number")
    with pytest.raises(UserError, match="number, category, yes-no"):
        set_kind(found, "a", "regression")


def test_a_document_follows_its_sample_to_other_parameters():
    sample = SAMPLES["related"]
    sources = [Source(kind="sample", name="related", params={"tasks": tasks}) for tasks in (2, 4)]
    tables = [load(source) for source in sources]
    two = begin(sources[0], tables[0], sample).changed("training.learning_rate", 0.5)
    four = follow(two, sources[1], tables[1], sample)
    assert four.columns == ("task A", "task B", "task C", "task D")
    assert set(four.network.towers) == set(four.columns)
    assert four.training.learning_rate == 0.5
    assert follow(four, sources[0], tables[0], sample) == two


def test_a_task_that_was_taken_out_stays_out_when_only_the_noise_changes():
    source = Source(kind="sample", name="two-waves")
    table, sample = load(source), SAMPLES["two-waves"]
    one = mark(begin(source, table, sample), table, "cos(x)", "ignore")
    louder = Source(kind="sample", name="two-waves", params={"noise": 0.5})
    found = follow(one, louder, load(louder), sample)
    assert found.columns == ("sin(2x)",)
    assert found.data.source == louder


def test_columns_of_numbers_can_be_drawn_however_few_values_they_have():
    mixed = Table("any", TABLE.frame.assign(d=[True, False] * 50))
    assert drawable(mixed) == ["a", "b"]


def test_one_column_against_others_is_an_input_against_tasks():
    start = mark(begin(FILE, TABLE), TABLE, "a", "task")
    found = against(start, TABLE, "b", ["a"])
    assert found.data.inputs == {"b": "number"}
    assert [(task.column, task.kind) for task in found.tasks] == [("a", "regression")]
    assert role_of(found, "c") == "ignore"


def test_many_columns_are_checked_at_once(monkeypatch):
    checked = []
    monkeypatch.setattr(columns, "parse", lambda document: checked.append(document) or parse(document))
    wide = Table("any", pd.DataFrame({f"x{place}": [0.5 * row + place for row in range(20)] for place in range(40)}))
    found = against(begin(FILE, wide), wide, "x3", ["x5", "x4", "none of these"])
    assert (found.data.inputs, found.columns) == ({"x3": "number"}, ("x4", "x5"))
    assert len(checked) <= 3


def test_what_is_said_of_a_task_in_the_weighting_goes_with_it():
    made = mark(mark(begin(FILE, TABLE), TABLE, "b", "task"), TABLE, "c", "task")
    for name, params in (("pcd", {"main": "c"}), ("fixed", {"weights": {"c": 2.0, "b": 1.0}})):
        weighed = made.changed("weighting", {"name": name, "params": params})
        left = mark(weighed, TABLE, "c", "ignore").weighting.params
        assert left == ({"main": ""} if name == "pcd" else {"weights": {"b": 1.0}})


def test_the_main_task_is_followed_to_its_new_name():
    before = Source(kind="sample", name="related")
    made = begin(before, load(before), SAMPLES["related"])
    first = made.columns[0]
    params = {"main": first, "order": {first: 1.0}}
    renamed = columns._renamed(made.changed("weighting", {"name": "pcd", "params": params}), {first: "other"})
    assert renamed.weighting.params == {"main": "other", "order": {"other": 1.0}}


def test_groups_and_phases_of_a_task_go_with_it_and_follow_its_name():
    made = mark(mark(mark(begin(FILE, TABLE), TABLE, "a", "task"), TABLE, "b", "task"), TABLE, "c", "task")
    weighting = {"name": "fixed", "params": {"weights": {"a": 2.0, "b": 3.0}}}
    made = made.changed(
        "groups", [{"name": "g", "members": ["a", "b"], "weighting": weighting}, {"name": "h", "members": ["c"]}]
    )
    made = made.changed("timeline.tasks", {"b": {"first": 1}, "c": {"first": 2}})
    left = mark(mark(made, TABLE, "c", "ignore"), TABLE, "b", "input")
    assert [(group.name, group.members, group.weighting.params) for group in left.groups] == [
        ("g", ("a",), {"weights": {"a": 2.0}})
    ]
    assert left.timeline.tasks == {}
    other = columns._renamed(made, {"b": "new"})
    assert other.groups[0].members == ("a", "new")
    assert other.groups[0].weighting.params == {"weights": {"a": 2.0, "new": 3.0}}
    assert set(other.timeline.tasks) == {"new", "c"}
