"""Comparisons in the background: they go on by themselves, are cancelled, and are known when asked again."""

import pytest

from core.compare.part import Part, compared
from core.compare.report import twins
from core.compare.train import go_on
from core.data.remember import forget
from core.data.samples import SAMPLES
from core.data.store import Store
from core.experiment import Source
from core.runs import comparisons
from core.runs.engine import Engine
from core.runs.slice import prepared
from core.runs.uploads import folder_of
from tests.core.runs.running import two_waves, until

FOLDER = "nobody"


def over(found: comparisons.Comparison) -> bool:
    return found.status != "running"


def test_it_trains_all_of_it_and_tells_how_far_it_is(engine: Engine) -> None:
    document = compared(two_waves(seed=11))
    parts = twins(document)
    found = comparisons.compare(engine, "one", document, parts)
    shares: list[float] = []

    def watched() -> bool:
        shares.append(found.share)
        return over(found)

    until(watched)
    assert found.status == "finished"
    assert found.done == len(parts)
    assert shares == sorted(shares)
    assert found.share == 1
    assert comparisons.of("one") is found
    known = comparisons.known(document, FOLDER)
    data, _ = prepared(document, FOLDER)
    for part in parts:
        whole = go_on(document, part, data).outcome
        assert whole is not None
        assert known[part].scores == whole.scores


def test_the_same_again_is_known_at_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    document = compared(two_waves(seed=12))
    first = comparisons.compare(engine, "first", document, twins(document))
    until(lambda: over(first))

    def never(*arguments: object) -> None:
        raise AssertionError("it was trained again")

    monkeypatch.setattr(engine, "aside", never)
    again = comparisons.compare(engine, "second", document, twins(document))
    assert again.status == "finished"
    assert comparisons.known(document.changed("seed", 13), FOLDER) == {}
    assert comparisons.known(document.changed("training.epochs", 21), FOLDER) == {}


def test_cancel_stops_the_rest_and_keeps_what_there_is(engine: Engine) -> None:
    document = compared(two_waves(seed=14, training__epochs=3000))
    quick, long = Part(("sin(2x)",)), Part(document.columns)
    parts = [long, quick]
    assert set(quick.columns) < set(document.columns)
    found = comparisons.compare(engine, "run", document, parts)
    until(lambda: found.now > 0)
    comparisons.cancel("run")
    assert found.status == "cancelled"
    until(lambda: engine.line.under_way == 0)
    assert found.status == "cancelled"
    assert comparisons.known(document, FOLDER) == {}
    comparisons.cancel("run")
    comparisons.cancel("unheard of")


def test_another_comparison_of_a_run_ends_the_first(engine: Engine) -> None:
    first = comparisons.compare(engine, "run", compared(two_waves(seed=15, training__epochs=3000)), [Part(("sin(2x)",))])
    document = compared(two_waves(seed=16))
    second = comparisons.compare(engine, "run", document, [Part(("sin(2x)",))])
    assert first.status == "cancelled"
    until(lambda: over(second))
    assert second.status == "finished"


def test_runs_go_on_beside_it(engine: Engine) -> None:
    document = compared(two_waves(seed=17, training__epochs=3000))
    found = comparisons.compare(engine, "other", document, twins(document))
    run = engine.create(two_waves(training__epochs=5))
    engine.command(run, "speed", None)
    engine.command(run, "play")
    until(lambda: run.status == "finished")
    assert found.status == "running"
    comparisons.cancel("other")


def test_what_does_not_fit_fails_with_a_sentence(engine: Engine) -> None:
    document = compared(two_waves()).changed("data.source", {"kind": "file", "name": "gone.csv", "sha256": "0" * 64})
    found = comparisons.compare(engine, "run", document, twins(document))
    until(lambda: over(found))
    assert found.status == "failed"
    assert found.message


def test_a_files_outcomes_are_its_owners_and_go_with_it(engine: Engine) -> None:
    sample = SAMPLES["two-waves"]
    table = sample.table(sample.Params())
    mine, theirs = (folder_of(engine.folder, run) for run in ("mine", "theirs"))
    raw = table.to_csv(index=False).encode()
    source = Source(kind="file", name="waves.csv", sha256=Store(mine).put(raw))
    document = compared(two_waves().changed("data.source", source.model_dump(mode="json")))
    part = Part(("sin(2x)",))
    found = comparisons.compare(engine, "mine", document, [part])
    until(lambda: over(found))
    assert found.status == "finished", found.message
    assert part in comparisons.known(document, str(mine))
    assert comparisons.known(document, str(theirs)) == {}
    forget(mine)
    assert comparisons.known(document, str(mine)) == {}


def test_of_runs_long_gone_nothing_is_kept(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparisons, "RUNS", 2)
    monkeypatch.setattr(comparisons, "_under_way", {})
    document = compared(two_waves(seed=12))
    for name in ("first", "second", "third"):
        comparisons.compare(engine, name, document, ())
    assert comparisons.of("first") is None
    assert comparisons.of("third") is not None
