"""Bad input, one test for each kind: one clear sentence, a page that stays usable, and what was there before stays."""

import json
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.data.columns import begin, mark
from core.data.dataset import Table
from core.data.prepare import prepare
from core.data.reading import read
from core.data.samples import SAMPLES
from core.data.source import load
from core.errors import UserError
from core.experiment import Experiment, Source, parse
from core.runs import engine, store
from core.runs.run import Run
from tests.pages.conftest import widgets_by_name  # noqa: F401 for every test here

ROOT = Path(__file__).parent.parent
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"
CONSTANT = b"a,b,same\n" + b"".join(b"%d,%d,1\n" % (i, i * i % 7) for i in range(40))


def waves() -> Experiment:
    source = Source(kind="sample", name="two-waves")
    return begin(source, load(source), SAMPLES["two-waves"])


def clear(error: UserError) -> None:
    """What was expected, what was found, what to do: short, on one line, without Python in it."""
    told = str(error)
    assert error.expected
    assert error.found
    assert error.fix
    assert len(told) < 400
    assert "\n" not in told
    assert not any(word in told for word in ("Traceback", "ValidationError", "pydantic", "object at 0x", "NoneType"))


class Page:
    """A page with a run that has been trained a little."""

    def __init__(self, name: str = "playground") -> None:
        self.app = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60).run()
        engine().command(self.run, "epoch")
        ends = time.monotonic() + 30
        while self.run.status != "paused":
            assert time.monotonic() < ends, "it did not train"
            time.sleep(0.01)
        self.before = self.standing()

    @property
    def run(self) -> Run:
        return engine().runs[self.app.session_state["mtl.run"]]

    def standing(self) -> tuple:
        run = self.run
        return run.experiment, run.start, run.step, run.status, run.checkpoint

    def says(self, words: str) -> None:
        """The page says it, is usable, and the run is what it was."""
        assert not self.app.exception
        told = [each.value.replace("\\", "") for each in (*self.app.error, *self.app.info, *self.app.warning)]
        assert any(words in text for text in told), told
        assert self.standing() == self.before
        self.usable()

    def usable(self) -> None:
        """The next change works, and the fault is gone."""
        if self.run.draft is not None:
            self.app.selectbox(key="source").set_value("two-moons").run()
            assert self.run.experiment.data.source.name == "two-moons"
        else:
            engine().change(self.run, self.run.experiment.changed("training.learning_rate", 0.123))
            self.app.run()
            assert self.run.experiment.training.learning_rate == 0.123
        assert not self.app.exception
        assert not self.app.error

    def upload(self, raw: bytes, name: str = "mine.csv") -> None:
        self.app.file_uploader(key="upload.0").set_value((name, raw, "text/csv")).run()


def load_experiment(raw: bytes) -> Page:
    page = Page("network")
    page.app.file_uploader[0].set_value(("mine.json", raw, "application/json")).run()
    return page


# -- tasks and columns -------------------------------------------------------------------------------------------------


def test_no_task_chosen() -> None:
    source = Source(kind="sample", name="two-waves")
    table = load(source)
    made = waves()
    for column in made.columns:
        made = mark(made, table, column, "ignore")
    with pytest.raises(UserError, match="at least one task") as caught:
        prepare(made, table)
    clear(caught.value)


def test_no_task_chosen_on_the_page() -> None:
    page = Page()
    page.upload(CONSTANT)
    page.says("Mark at least one column as a task")


@pytest.mark.parametrize("column", ["x", "cos(x)"])
def test_the_same_column_as_input_and_task(column: str) -> None:
    document = waves().model_dump(mode="json")
    document["data"]["inputs"][column] = "number"
    document["tasks"] += [] if column == "cos(x)" else [{"column": column, "kind": "regression"}]
    with pytest.raises(UserError, match="not both") as caught:
        parse(document)
    clear(caught.value)
    assert f"“{column}”" in str(caught.value)


def test_the_same_column_as_input_and_task_in_a_file_on_the_page() -> None:
    document = waves().model_dump(mode="json")
    document["data"]["inputs"]["cos(x)"] = "number"
    load_experiment(json.dumps(document).encode()).says("not both")


@pytest.mark.parametrize(
    ("kind", "words"), [("binary", "two classes"), ("multiclass", "two classes"), ("regression", "different values")]
)
def test_a_task_with_one_class(kind: str, words: str) -> None:
    table = read(CONSTANT, "mine.csv")
    made = begin(Source(kind="file", name="mine.csv", sha256="0" * 64), table)
    made = mark(made, table, "same", "task").changed("tasks.same.kind", kind)
    with pytest.raises(UserError, match=words) as caught:
        prepare(made, table)
    clear(caught.value)
    assert "“same”" in str(caught.value)


def test_a_task_with_one_class_on_the_page() -> None:
    page = Page("network")
    files = store(page.run.id)
    source = Source(kind="file", name="mine.csv", sha256=files.put(CONSTANT))
    table = load(source, files)
    made = mark(begin(source, table), table, "same", "task").changed("tasks.same.kind", "binary")
    page.app.file_uploader[0].set_value(("mine.json", made.to_json().encode(), "application/json")).run()
    page.says("two classes")


# -- sizes ------------------------------------------------------------------------------------------------------------

SIZES = {
    "width 0": ("network.trunk", [{"width": 0}]),
    "width -3": ("network.trunk", [{"width": -3}]),
    "width 100000": ("network.trunk", [{"width": 100_000}]),
    "width of a tower": ("network.towers", {"cos(x)": [{"width": 10**12}]}),
    "1000 layers": ("network.trunk", [{"width": 1}] * 1000),
    "batch 0": ("training.batch_size", 0),
    "batch -1": ("training.batch_size", -1),
    "batch 10**9": ("training.batch_size", 10**9),
    "epochs 0": ("training.epochs", 0),
    "epochs 10**9": ("training.epochs", 10**9),
    "replicas 10**6": ("replicas", 10**6),
    "replicas 0": ("replicas", 0),
    "dropout of everything": ("network.trunk", [{"width": 4, "dropout": 1.0}]),
    "learning rate 0": ("training.learning_rate", 0),
    "learning rate below 0": ("training.learning_rate", -0.1),
    "learning rate 1e9": ("training.learning_rate", 1e9),
    "learning rate not a number": ("training.learning_rate", float("nan")),
    "learning rate without end": ("training.learning_rate", float("inf")),
    "learning rate in words": ("training.learning_rate", "fast"),
    "seed below 0": ("seed", -1),
    "10**9 rows": ("data.source.params", {"rows": 10**9}),
}


@pytest.mark.parametrize(("path", "value"), SIZES.values(), ids=SIZES)
def test_absurd_values_are_refused_and_the_document_stays(path: str, value: object) -> None:
    before = waves()
    with pytest.raises(UserError) as caught:
        load(before.changed(path, value).data.source)
    clear(caught.value)
    assert before == waves()


def test_absurd_values_in_a_file_leave_the_page_as_it_was() -> None:
    page = Page("network")
    absurd = {
        "network.trunk": ([{"width": 0}], "The number of units of shared layer 1 should be at least 1. Found 0."),
        "training.learning_rate": (1e9, "The learning rate should be at most 100."),
        "replicas": (10**6, "The number of replicas should be at most 64."),
    }
    for path, (value, words) in absurd.items():
        document = waves().model_dump(mode="json")
        place = document
        *way, last = path.split(".")
        for step in way:
            place = place[step]
        place[last] = value
        raw = json.dumps(document).encode()
        page.app.file_uploader[0].set_value(("mine.json", raw, "application/json")).run()
        assert not page.app.exception
        assert any(words in each.value.replace("\\", "") for each in page.app.error)
        assert page.standing() == page.before
    page.usable()


def test_too_many_features_are_refused_before_memory_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.data.prepare.MAX_CELLS", 100)
    with pytest.raises(UserError, match="at most 100 numbers") as caught:
        prepare(waves(), load(waves().data.source))
    clear(caught.value)


def test_a_learning_rate_that_is_allowed_but_far_too_large_stops_the_run_and_says_what_to_try() -> None:
    page = Page()
    run = page.run
    start = run.start
    engine().change(run, run.experiment.changed("training.optimizer", {"name": "sgd"}).changed("training.learning_rate", 100))
    engine().command(run, "speed", None)
    engine().command(run, "play")
    ends = time.monotonic() + 30
    while run.status != "failed":
        assert time.monotonic() < ends, "it did not explode"
        time.sleep(0.01)
    assert "“sin(2x)”" in run.message or "“cos(x)”" in run.message
    assert "Try a learning rate of 10" in run.message
    assert run.start == start + 1
    page.app.run()
    assert not page.app.exception
    page.usable()
    assert run.status == "paused"


# -- files ------------------------------------------------------------------------------------------------------------

FILES = {
    "empty": (b"", "empty"),
    "blank": (b"\xef\xbb\xbf \n\n", "empty"),
    "a picture": (PNG, "a picture"),
    "a zip file that is none": (b"PK\x03\x04" + b"\0" * 40, "whole zip file"),
    "only a header": (b"a,b\n", "rows below its header"),
    "prose": (b"Dear all, \nplease find attached\nthe table, as promised, yesterday\n", "cells"),
    "one row": (b"a;b\n1;2\n", "two rows"),
    "one column": (b"only\n1\n2\n", "two columns"),
    "a line too long": (b"a,b\n1,2\n3,4,5\n", "line 3"),
}


@pytest.mark.parametrize(("raw", "words"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_table(raw: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        read(raw, "mine.csv")
    clear(caught.value)


@pytest.mark.parametrize("name", ["empty", "a picture"])
def test_a_file_that_is_no_table_on_the_page(name: str) -> None:
    raw, words = FILES[name]
    page = Page()
    page.upload(raw)
    page.says(words)


def test_a_table_of_too_few_rows() -> None:
    table = read(b"a,b\n" + b"1,2\n2,1\n" * 3, "mine.csv")
    made = mark(begin(Source(kind="file", name="mine.csv", sha256="0" * 64), table), table, "b", "task")
    with pytest.raises(UserError, match="at least 10 rows") as caught:
        prepare(made, table)
    clear(caught.value)


# -- presets and experiments as JSON ------------------------------------------------------------------------------------


def whole() -> dict:
    return waves().model_dump(mode="json")


DOCUMENTS = {
    "cut": (waves().to_json().encode()[:300], "whole JSON"),
    "empty": (b"", "whole JSON"),
    "a picture": (PNG, "whole JSON"),
    "a list": (b"[]", "JSON object"),
    "old": (json.dumps(whole() | {"version": 0}).encode(), "version 1"),
    "newer": (json.dumps(whole() | {"version": 2}).encode(), "version 1"),
    "without a version": (json.dumps({k: v for k, v in whole().items() if k != "version"}).encode(), "Found no version"),
    "unknown key": (json.dumps(whole() | {"colour": "red"}).encode(), "“colour”"),
    "unknown key within": (json.dumps(whole() | {"training": {"speed": 9}}).encode(), "“speed” in the training"),
    "without data": (json.dumps({"version": 1, "tasks": []}).encode(), "data should be given"),
}


@pytest.mark.parametrize(("raw", "words"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_an_experiment_that_is_none(raw: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        parse(raw)
    clear(caught.value)


@pytest.mark.parametrize("name", ["cut", "old", "unknown key"])
def test_a_preset_that_is_none(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, words = DOCUMENTS[name]
    page = Page()
    monkeypatch.setattr("core.presets.FOLDER", tmp_path)
    (tmp_path / "heart.json").write_bytes(raw)
    page.app.selectbox(key="preset").set_value("heart").run()
    page.says(words)


@pytest.mark.parametrize("name", ["cut", "old", "unknown key", "a picture"])
def test_an_experiment_that_is_none_on_the_page(name: str) -> None:
    raw, words = DOCUMENTS[name]
    load_experiment(raw).says(words)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("training.schedule", {"name": "stairs"}, "stairs"),
        ("training.optimizer", {"name": "luck"}, "luck"),
        ("weighting", {"name": "by-mood"}, "by-mood"),
        ("data.source", {"kind": "sample", "name": "gone"}, "gone"),
        ("data.source", {"kind": "file", "name": "mine.csv", "sha256": "0" * 64}, "Upload"),
    ],
)
def test_an_experiment_that_names_what_is_not_here(path: str, value: object, words: str) -> None:
    load_experiment(waves().changed(path, value).to_json().encode()).says(words)


def test_a_table_without_the_documents_columns() -> None:
    table = Table("other", load(waves().data.source).frame.rename(columns={"x": "t"}))
    with pytest.raises(UserError, match="“x”") as caught:
        prepare(waves(), table)
    clear(caught.value)
