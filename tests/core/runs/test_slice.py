"""Jobs of a worker: pure functions of what they carry, whose faults travel whole."""

import pickle
from dataclasses import asdict
from pathlib import Path

import pytest

from core.data.columns import begin as document_of
from core.data.columns import mark
from core.data.samples import SAMPLES
from core.data.source import load
from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment, Source
from core.runs import slice as work
from core.training import least_squares
from core.training.advance import Budget, advance
from core.training.checkpoint import unpack


def sample(name: str = "two-waves", **changes: object) -> Experiment:
    source = Source(kind="sample", name=name)
    made = document_of(source, load(source), SAMPLES[name])
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def test_the_same_job_twice_gives_the_same() -> None:
    made = sample(network__trunk=[{"width": 8, "dropout": 0.3, "batch_norm": True}])
    first = work.begin(made, "")
    assert asdict(first) == asdict(work.begin(made, ""))
    assert work.go_on(first.checkpoint, "", 9, None) != work.go_on(first.checkpoint, "", 8, None)
    sliced, again = (work.go_on(first.checkpoint, "", 9, None) for _ in range(2))
    assert (sliced.checkpoint, sliced.records, sliced.view, sliced.step) == (
        again.checkpoint,
        again.records,
        again.view,
        again.step,
    )
    assert repr(work.final(sliced.checkpoint, "")) == repr(work.final(again.checkpoint, ""))
    assert work.baselines(made, "") == work.baselines(made, "")


def test_the_last_look_scores_the_networks_and_not_their_twins() -> None:
    alone, beside = (
        work.final(work.begin(sample(replicas=2, network__twin=twin), "").checkpoint, "") for twin in (False, True)
    )
    assert {len(values) for task in beside["tasks"] for values in task["metrics"].values()} == {2}
    for one, other in zip(alone["tasks"], beside["tasks"], strict=True):
        for name, values in one["metrics"].items():
            assert other["metrics"][name] == pytest.approx(values, rel=1e-5)


def test_a_run_that_is_to_stand_is_scored_where_no_record_has_it() -> None:
    first = work.begin(sample(), "")
    per_epoch = first.facts["steps_per_epoch"]
    assert work.go_on(first.checkpoint, "", 3, None).now is None
    standing = work.go_on(first.checkpoint, "", 3, None, standing=True)
    assert standing.now["step"] == 3
    assert standing.checkpoint == work.go_on(first.checkpoint, "", 3, None).checkpoint
    assert work.go_on(first.checkpoint, "", per_epoch, None, standing=True).now is None
    again = work.go_on(standing.checkpoint, "", 0, None, standing=True)
    assert again.now == standing.now


def test_without_rows_held_back_the_baselines_are_of_those_learned_from() -> None:
    made = sample("own-points")
    data, _ = work.prepared(made, "")
    exact = least_squares.scores(data, data.targets[0], "train")
    assert work.baselines(made, "")[0]["r2"]["linear"] == pytest.approx(exact["r2"], rel=1e-6)


def test_a_slice_equals_a_slice_of_a_worker_that_remembers_nothing() -> None:
    first = work.begin(sample(), "")
    here = work.go_on(first.checkpoint, "", 9, None)
    work._prepared.cache_clear()
    assert work.go_on(first.checkpoint, "", 9, None).checkpoint == here.checkpoint


def test_a_slice_is_advance_and_a_picture() -> None:
    made = sample()
    first = work.begin(made, "")
    sliced = work.go_on(first.checkpoint, "", 5, None)
    data, view = work.prepared(made, "")
    point, records = advance(unpack(first.checkpoint), data, Budget(steps=5))
    assert (sliced.checkpoint, sliced.step, sliced.records) == (point.pack(), 5, records)
    assert sliced.view == view.frame(point) != first.view
    assert sliced.seconds > 0


def test_a_slice_of_no_steps_draws_and_leaves_the_run_where_it_was() -> None:
    first = work.begin(sample(), "")
    sliced = work.go_on(first.checkpoint, "", 0, None)
    assert (sliced.checkpoint, sliced.view, sliced.step, sliced.records) == (first.checkpoint, first.view, 0, [])


def test_the_clock_ends_a_slice() -> None:
    made = sample(training__epochs=100_000)
    sliced = work.go_on(work.begin(made, "").checkpoint, "", None, 0.05)
    assert 0 < sliced.step < 400_000


def test_an_explosion_is_told_with_its_task() -> None:
    made = sample(training__learning_rate=100.0, training__optimizer={"name": "sgd"})
    sliced = work.go_on(work.begin(made, "").checkpoint, "", None, None)
    assert sliced.failure is not None
    assert sliced.failure.task in made.columns


def test_the_facts_of_a_run() -> None:
    facts = work.begin(sample("heart"), "").facts
    assert facts["title"] == SAMPLES["heart"].TITLE
    assert facts["outputs"] == {"thal": 3, "target": 1}
    assert facts["classes"] == {"thal": ["1", "2", "3"], "target": ["0", "1"]}
    assert facts["units"]["age"] == "years"
    assert facts["features"] == len(facts["feature_names"])
    rows = facts["rows"]
    assert sum(rows.values()) == sum(facts["labelled"]["target"].values())
    assert sum(facts["labelled"]["thal"].values()) < sum(rows.values())
    assert facts["steps_per_epoch"] == -(-rows["train"] // 32)


def test_an_uploaded_file_is_found_by_its_bytes(tmp_path: Path) -> None:
    raw = b"a,b,c\n" + b"".join(b"%d,%d,%s\n" % (i, i * i % 7, b"yn"[i % 2 : i % 2 + 1]) for i in range(40))
    store = Store(tmp_path)
    source = Source(kind="file", name="mine.csv", sha256=store.put(raw))
    table = load(source, store)
    made = mark(document_of(source, table), table, "c", "task")
    begun = work.begin(made, str(tmp_path))
    assert (begun.facts["title"], begun.facts["units"]) == ("mine.csv", {})
    with pytest.raises(UserError, match="Upload it"):
        work.begin(made, str(tmp_path / "elsewhere"))


def test_validation_and_test_rows_may_be_none() -> None:
    made = sample("heart", data__split__validation=0.0, data__split__test=0.0)
    begun = work.begin(made, "")
    assert begun.facts["rows"]["validation"] == begun.facts["rows"]["test"] == 0
    sliced = work.go_on(begun.checkpoint, "", 20, None)
    assert sliced.step == 20
    assert work.final(sliced.checkpoint, "")["tasks"][0]["rows"] == 0
    assert set(work.baselines(made, "")[0]) >= {"accuracy"}


def test_a_document_that_cannot_run_is_refused_in_a_sentence_that_travels() -> None:
    for made in (
        sample(weighting={"name": "by-mood"}),
        sample(network__trunk=[{"width": 3, "activation": {"name": "hope"}}]),
        sample(training__schedule={"name": "stairs"}),
        sample(training__optimizer={"name": "luck"}),
        sample(sampling={"name": "none"}),
        sample(network__sharing={"name": "not-at-all"}),
        sample(tasks__0__loss={"name": "bce"}),
        sample(data__inputs={"y": "number"}),
        sample(data__source__name="gone"),
    ):
        with pytest.raises(UserError) as caught:
            work.begin(made, "")
        error = caught.value
        back = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert type(back) is UserError
        assert (str(back), back.expected, back.found, back.fix) == (str(error), error.expected, error.found, error.fix)
        assert error.expected
        assert error.found


def test_what_changes_no_tensor_prepares_none_anew() -> None:
    made = sample()
    kept = work.prepared(made, "")
    for path, value in {
        "training.learning_rate": 1.0,
        "network.trunk": [],
        "replicas": 4,
        "tasks.0.loss": {"name": "mae"},
    }.items():
        assert work.prepared(made.changed(path, value), "") is kept
    for path, value in {"seed": 1, "data.split.test": 0.3, "data.source.params": {"noise": 0.5}}.items():
        assert work.prepared(made.changed(path, value), "") is not kept
    varied = made.changed("data.split.vary", True)
    assert work.data_key(varied) != work.data_key(varied.changed("replicas", 2))
