import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.errors import UserError
from core.experiment import MAX_LAYERS, MAX_REPLICAS, MAX_TASKS, MAX_WIDTH, Document, Experiment, in_words, parse
from tests import making

WAVES: dict[str, Any] = {
    "version": 1,
    "data": {"source": {"kind": "sample", "name": "two-waves"}, "inputs": {"x": "number"}},
    "tasks": [
        {"column": "sin", "kind": "regression"},
        {"column": "up", "kind": "binary", "loss": {"name": "focal", "params": {"gamma": 2.0}}},
    ],
    "network": {
        "trunk": [{"width": 16}, {"width": 8, "activation": {"name": "tanh"}, "batch_norm": True, "dropout": 0.5}],
        "towers": {"sin": [{"width": 4}]},
    },
}


@pytest.fixture
def waves() -> Experiment:
    return parse(WAVES)


def planted(path: str, value: Any) -> dict[str, Any]:
    """WAVES as plain JSON with one value replaced or added."""
    document = json.loads(json.dumps(WAVES))
    *steps, last = path.split(".")
    place = document
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
    place[last] = value
    return document


# Round trip


def test_round_trip_changes_nothing(waves):
    assert parse(waves.to_json()) == waves
    assert parse(waves.to_json().encode()) == waves
    assert parse(waves.to_json()).to_json() == waves.to_json()


def test_json_holds_every_default_so_that_a_later_default_does_not_change_an_old_run(waves):
    document = json.loads(waves.to_json())
    assert set(document) == {
        "version",
        "data",
        "tasks",
        "network",
        "weighting",
        "groups",
        "sampling",
        "timeline",
        "training",
        "seed",
        "replicas",
    }
    assert document["network"]["sharing"] == {"name": "hard", "params": {}}
    assert document["training"]["batch_size"] == 32
    assert document["network"]["trunk"][0]["activation"] == {"name": "relu", "params": {}}


def test_a_file_with_a_byte_order_mark_is_read(waves):
    assert parse(b"\xef\xbb\xbf" + waves.to_json().encode()) == waves


names = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
scalars = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | names
choices = st.fixed_dictionaries({"name": names, "params": st.dictionaries(names, scalars, max_size=3)})
layers = st.fixed_dictionaries(
    {"width": st.integers(1, MAX_WIDTH)},
    optional={"activation": choices, "batch_norm": st.booleans(), "dropout": st.floats(0.0, 0.95)},
)
stacks = st.lists(layers, max_size=4)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    columns = draw(st.lists(names, min_size=1, max_size=6, unique=True))
    cut = draw(st.integers(0, len(columns)))
    inputs, tasks = columns[:cut], columns[cut:]
    validation = draw(st.floats(0.0, 0.8))
    return {
        "version": 1,
        "data": {
            "source": draw(st.fixed_dictionaries({"kind": st.sampled_from(["sample", "file"]), "name": names})),
            "inputs": {column: draw(st.sampled_from(["number", "category", "yes-no"])) for column in inputs},
            "split": {"validation": validation, "test": draw(st.floats(0.0, min(0.8, 0.89 - validation)))},
        },
        "tasks": [
            {
                "column": column,
                "kind": draw(st.sampled_from(["binary", "multiclass", "regression"])),
                "loss": draw(st.none() | choices),
            }
            for column in tasks
        ],
        "network": {
            "sharing": draw(choices),
            "trunk": draw(stacks),
            "towers": {column: draw(stacks) for column in tasks if draw(st.booleans())},
            "nonlinear": draw(st.booleans()),
        },
        "weighting": draw(choices),
        "training": {
            "learning_rate": draw(st.floats(1e-12, 100.0)),
            "batch_size": draw(st.none() | st.integers(1, 100_000)),
            "clip": draw(st.none() | st.floats(1e-9, 1e9)),
        },
        "seed": draw(st.integers(0, 2**31 - 1)),
        "replicas": draw(st.integers(1, MAX_REPLICAS)),
    }


@given(documents())
def test_any_document_survives_the_round_trip_to_the_last_bit(document):
    experiment = parse(document)
    assert parse(experiment.to_json()) == experiment
    assert parse(experiment.to_json()).to_json() == experiment.to_json()


@given(documents(), st.integers(0, 2**31 - 1))
def test_a_change_changes_one_thing(document, seed):
    experiment = parse(document)
    changed = experiment.changed("seed", seed)
    assert changed.seed == seed
    assert changed.changed("seed", experiment.seed) == experiment


# Refusals


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("colour", "the experiment"),
        ("data.colour", "the data"),
        ("data.source.colour", "the source of the data"),
        ("data.split.colour", "the split"),
        ("tasks.0.colour", "task 1"),
        ("tasks.1.loss.colour", "the loss of task 2"),
        ("network.colour", "the network"),
        ("network.sharing.colour", "the sharing"),
        ("network.trunk.0.colour", "shared layer 1"),
        ("network.trunk.1.activation.colour", "the activation of shared layer 2"),
        ("network.towers.sin.0.colour", "layer 1 of the task “sin”"),
        ("weighting.colour", "the weighting"),
        ("sampling.colour", "the sampling"),
        ("training.colour", "the training"),
        ("training.optimizer.colour", "the optimizer"),
        ("training.schedule.colour", "the schedule"),
    ],
)
def test_an_unknown_key_is_refused_at_every_level(path, place):
    document = planted(path, "red")
    if path.split(".")[0] in ("weighting", "sampling"):
        document[path.split(".")[0]]["name"] = "equal"
    for inner in ("optimizer", "schedule"):
        if inner in path:
            document["training"][inner]["name"] = "adam"
    if "sharing" in path:
        document["network"]["sharing"]["name"] = "hard"
    with pytest.raises(UserError) as error:
        parse(document)
    assert str(error.value) == f"There is no setting called “colour” in {place}. Remove it, or check its spelling."
    assert error.value.path == path


@pytest.mark.parametrize("missing", ["data", "tasks"])
def test_a_missing_part_is_named(missing):
    document = {key: value for key, value in WAVES.items() if key != missing}
    with pytest.raises(
        UserError, match=f"The {'list of tasks' if missing == 'tasks' else missing} should be given. Found nothing. Add it."
    ):
        parse(document)


def test_a_cut_document_is_refused_wherever_it_was_cut(waves):
    text = waves.to_json()
    for end in range(0, len(text), 37):
        with pytest.raises(UserError, match="whole JSON document"):
            parse(text[:end])


@pytest.mark.parametrize(
    "text", [b"\xff\xfe\x00\xd8", b"\x89PNG\r\n\x1a\n", "", "   ", "{'version': 1}", "version: 1", "\ufeff{"]
)
def test_what_is_no_json_is_refused(text):
    with pytest.raises(UserError, match="whole JSON document"):
        parse(text)


@pytest.mark.parametrize("text", ["[" * 200_000, '{"version": ' + "1" * 10_000 + "}"], ids=["deep", "long-number"])
def test_json_that_is_made_to_break_a_reader_is_refused(text):
    with pytest.raises(UserError):
        parse(text)


@pytest.mark.parametrize("text", ["[]", "1", "null", '"version"', "true"])
def test_json_that_is_no_object_is_refused(text):
    with pytest.raises(UserError, match="should be a JSON object"):
        parse(text)


@pytest.mark.parametrize("version", [0, 2, "1", None, [1], {"major": 1}, 1.5, -1])
def test_another_version_is_refused(version):
    with pytest.raises(UserError, match="An experiment should be of version 1"):
        parse(WAVES | {"version": version})


def test_no_version_is_refused():
    with pytest.raises(UserError, match="Found no version."):
        parse({key: value for key, value in WAVES.items() if key != "version"})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("network.trunk.0.width", 0),
        ("network.trunk.0.width", MAX_WIDTH + 1),
        ("network.trunk.0.width", 1.5),
        ("network.trunk.0.width", None),
        ("network.trunk.0.dropout", 1.0),
        ("network.trunk.0.dropout", -0.1),
        ("network.trunk", [{"width": 1}] * (MAX_LAYERS + 1)),
        ("network.towers.sin", [{"width": 1}] * (MAX_LAYERS + 1)),
        ("network.trunk", "deep"),
        ("tasks", [{"column": str(i), "kind": "binary"} for i in range(MAX_TASKS + 1)]),
        ("tasks.0.kind", "ranking"),
        ("tasks.0.column", 3),
        ("data.inputs.x", "picture"),
        ("data.source.kind", "url"),
        ("data.split", {"validation": 0.9}),
        ("data.split", {"test": -0.1}),
        ("training.learning_rate", 0),
        ("training.learning_rate", -0.1),
        ("training.learning_rate", 1e9),
        ("training.learning_rate", float("nan")),
        ("training.learning_rate", float("inf")),
        ("training.batch_size", 0),
        ("training.epochs", 0),
        ("training.epochs", 10**9),
        ("training.l1", -1),
        ("training.l2", -1),
        ("training.clip", 0),
        ("seed", -1),
        ("seed", 2**31),
        ("replicas", 0),
        ("replicas", MAX_REPLICAS + 1),
    ],
)
def test_a_value_out_of_bounds_is_refused_and_named(path, value):
    with pytest.raises(UserError) as error:
        parse(planted(path, value))
    told = str(error.value)
    assert error.value.path.startswith(path)
    assert path not in told or "." not in path
    assert (
        told.startswith(f"T{in_words(tuple(error.value.path.split('.')))[1:]} should ") or "layer 1" in told or "task 1" in told
    )
    assert error.value.fix
    assert len(told) < 200


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("network.trunk.0.width", 0, "The number of units of shared layer 1 should be at least 1. Found 0. "
         "Choose a larger number."),
        ("network.towers.sin.0.width", 1.5, "The number of units of layer 1 of the task “sin” should be a whole number. "
         "Found 1.5. Choose a whole number."),
        ("network.trunk", [{"width": 1}] * (MAX_LAYERS + 1), "The shared layers should have at most 12 items. Found 13. "
         "Remove some."),
        ("network.trunk", "deep", "The shared layers should be a list. Found “deep”. Put it in square brackets."),
        ("tasks.0.kind", "ranking", "The kind of task 1 should be binary, multiclass or regression. Found “ranking”. "
         "Choose one of these."),
        ("tasks.1.loss.name", 3, "The name of the loss of task 2 should be a text. Found 3. Put it in quotes."),
        ("data.inputs.x", "picture", "The kind of the input “x” should be number, category, yes-no or text. Found “picture”. "
         "Choose one of these."),
        ("data.missing", {"x": [[1]]}, "Value 1 that means missing in “x” should be a number. Found a list of 1. "
         "Choose a number."),
        ("network.nonlinear", 4, "The switch for activations should be true or false. Found 4. Choose one of the two."),
        ("training.epochs", 10**9, "The number of epochs should be at most 100000. Found 1000000000. Choose a smaller number."),
        ("training.learning_rate", float("nan"), "The learning rate should be a finite number. Found nan. Choose a number."),
    ],
)  # fmt: skip
def test_a_refusal_says_in_words_where_and_what(path, value, sentence):
    with pytest.raises(UserError) as error:
        parse(planted(path, value))
    assert str(error.value) == sentence


def test_every_setting_has_words():
    """None of them is the name of a field with an underscore, or pydantic's."""

    def paths(model, before=()):
        for name, field in model.model_fields.items():
            yield (*before, name)
            if isinstance(field.annotation, type) and issubclass(field.annotation, Document):
                yield from paths(field.annotation, (*before, name))

    for path in paths(Experiment):
        words = in_words(path)
        assert words.startswith("the ")
        assert "_" not in words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "an empty text"),
        ('{"version": 1,\n"tasks": [', "a text that breaks off at line 2"),
        ('{"version": 1,\n"tasks": [],\n"da', "a text that breaks off at line 3"),
        ('{"version": 1,\n"tasks": ]\n}', "a text that is damaged at line 2"),
        (b"\x89PNG", "bytes that are no text"),
        ("[" * 200_000, "brackets within brackets without end"),
        ('{"version": ' + "1" * 10_000 + "}", "a number of too many digits"),
    ],
    ids=["empty", "cut", "cut within a word", "damaged", "bytes", "deep", "long number"],
)
def test_a_text_that_is_no_json_is_told_apart_in_plain_words(text, found):
    with pytest.raises(UserError) as error:
        parse(text)
    assert error.value.found == found


def test_validation_and_test_leave_rows_to_train_on():
    with pytest.raises(UserError, match=r"at least 10 % of the rows for training. Found 60% \+ 40%. Lower one"):
        parse(planted("data.split", {"validation": 0.6, "test": 0.4}))


def test_a_column_is_one_task_only():
    task = {"column": "sin", "kind": "regression"}
    with pytest.raises(UserError, match="Each task should have a column of its own. Found “sin” twice."):
        parse(WAVES | {"tasks": [task, task]})


def test_a_column_is_not_both_input_and_task():
    with pytest.raises(UserError, match="input or a task, not both. Found “sin” marked as both."):
        parse(planted("data.inputs.sin", "number"))


def test_layers_belong_to_a_task():
    with pytest.raises(UserError, match="Layers should belong to a task. Found layers for “cos”, which is no task."):
        parse(planted("network.towers.cos", [{"width": 4}]))


def test_no_task_yet_is_a_document_too():
    """So that a page can hold a table whose tasks are still to be chosen."""
    assert parse(WAVES | {"tasks": [], "network": {}}).columns == ()


# Reading


def test_is_frozen(waves):
    with pytest.raises(ValidationError):
        waves.seed = 1
    with pytest.raises(ValidationError):
        waves.training.epochs = 1


def test_columns_are_in_order(waves):
    assert waves.columns == ("sin", "up")


def test_a_task_without_layers_of_its_own_has_an_empty_tower(waves):
    assert [layer.width for layer in waves.tower("sin")] == [4]
    assert waves.tower("up") == ()


# Changing


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        ("seed", 7, lambda e: e.seed),
        ("training.learning_rate", 0.5, lambda e: e.training.learning_rate),
        ("training.batch_size", None, lambda e: e.training.batch_size),
        ("network.trunk.1.width", 64, lambda e: e.network.trunk[1].width),
        ("network.trunk.0.activation.name", "gelu", lambda e: e.network.trunk[0].activation.name),
        ("network.towers.sin.0.width", 5, lambda e: e.network.towers["sin"][0].width),
        ("network.nonlinear", False, lambda e: e.network.nonlinear),
        ("tasks.0.kind", "binary", lambda e: e.tasks[0].kind),
        ("tasks.up.loss.name", "binary-cross-entropy", lambda e: e.tasks[1].loss.name),
        ("tasks.up.loss.params.gamma", 3.0, lambda e: e.tasks[1].loss.params["gamma"]),
        ("tasks.up.loss", None, lambda e: e.tasks[1].loss),
        ("weighting.params.new", 1, lambda e: e.weighting.params["new"]),
        ("data.inputs.z", "category", lambda e: e.data.inputs["z"]),
    ],
)
def test_changed_replaces_what_the_path_names(waves, path, value, read):
    before = waves.to_json()
    changed = waves.changed(path, value)
    assert read(changed) == value
    assert waves.to_json() == before, "the document itself stays as it was"
    assert changed.changed(path, value) == changed


def test_edited_makes_the_new_value_of_the_old_one(waves):
    after = waves.edited("network.trunk.0.width", lambda width: width + 1)
    assert after.network.trunk[0].width == waves.network.trunk[0].width + 1
    after = waves.edited("weighting.params", lambda params: {**params, "new": 1})
    after = after.edited("weighting.params.new", lambda old: -old)
    assert after.weighting.params["new"] == -1
    assert waves.edited("weighting.params.new", lambda old: [old]).weighting.params["new"] == [None], "there was none"


def test_changed_takes_a_whole_part(waves):
    changed = waves.changed("network.towers.up", [{"width": 3}])
    assert [layer.width for layer in changed.tower("up")] == [3]
    assert changed.network.trunk == waves.network.trunk


def test_a_column_may_have_dots_in_its_name():
    document = parse(
        WAVES | {"tasks": [{"column": "sin(2.5x)", "kind": "regression"}, {"column": "sin(2", "kind": "binary"}], "network": {}}
    )
    changed = document.changed("tasks.sin(2.5x).kind", "multiclass")
    assert [task.kind for task in changed.tasks] == ["multiclass", "binary"]


def test_changed_reaches_into_a_list_of_numbers(waves):
    listed = waves.changed("tasks.up.loss.params.weights", [1.0, 2.0])
    assert listed.changed("tasks.up.loss.params.weights.1", 5.0).tasks[1].loss.params["weights"] == [1.0, 5.0]


@pytest.mark.parametrize(
    "path",
    [
        "nowhere.at.all",
        "network.trunk.2.width",
        "network.trunk.-1.width",
        "network.trunk.²",
        "tasks.cos.kind",
        "tasks.sin.loss.name",
        "seed.of.all",
        "training.momentum",
        "network.trunk.0.activation.",
        "colour",
        ".",
        "",
    ],
)
def test_changed_says_that_a_path_leads_nowhere(waves, path):
    with pytest.raises(
        UserError, match="A setting should be named by its path in the document|There is no setting called"
    ) as error:
        waves.changed(path, 1)
    assert f"“{path}”" in str(error.value) or error.value.path.split(".")[-1] == path.split(".")[-1]


def test_changed_checks_the_new_document(waves):
    with pytest.raises(UserError, match="number of epochs"):
        waves.changed("training.epochs", 0)
    with pytest.raises(UserError, match="marked as both"):
        waves.changed("data.inputs.sin", "number")


@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from([*WAVES, "0", "sin", "trunk", "loss", "inputs", "x"]), max_size=5).map(".".join)
)
def test_no_path_does_worse_than_a_user_error(path):
    with suppress(UserError):
        parse(WAVES).changed(path, 1)


def test_results_of_a_whole_run_are_the_experiment_in_them():
    made = making.experiment({"a": "binary"})
    results = {"experiment": made.model_dump(mode="json"), "history": [], "test": {}}
    assert parse(json.dumps(results)) == made
    with pytest.raises(UserError, match="no version"):
        parse({"experiment": made.model_dump(mode="json")})
