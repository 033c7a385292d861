"""A run as the server holds it: counts from its facts, forgets at a new start, wakes who listens."""

import pytest

from core.data.columns import begin
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Source
from core.runs import slice as work
from core.runs.run import DEFAULT_SPEED, SPEEDS, Run


@pytest.fixture(scope="module")
def begun() -> work.Begun:
    return work.begin(document(), "")


def document():
    source = Source(kind="sample", name="two-waves")
    return begin(source, load(source), SAMPLES["two-waves"])


def test_a_fresh_run_waits_to_be_played(begun: work.Begun) -> None:
    run = Run(document())
    run.begun(begun)
    assert (run.status, run.start, run.step, run.epoch) == ("ready", 1, 0, 0.0)
    assert run.records == [begun.record]
    assert (run.per_epoch, run.steps) == (4, 800)
    assert run.speed == DEFAULT_SPEED
    assert DEFAULT_SPEED in SPEEDS


def test_epochs_may_be_broken(begun: work.Begun) -> None:
    run = Run(document(), facts=begun.facts, step=6)
    assert run.epoch == 1.5


def test_no_two_runs_share_an_id_and_none_can_be_guessed() -> None:
    names = {Run(document()).id for _ in range(50)}
    assert len(names) == 50
    assert min(map(len, names)) >= 32


def test_a_new_start_forgets_everything_learned(begun: work.Begun) -> None:
    run = Run(document())
    run.begun(begun)
    run.step, run.rate, run.message, run.report, run.looks = 9, 3.0, "exploded", {"tasks": []}, 1
    run.records.append(begun.record)
    run.mark("learning rate → 1")
    run.begun(begun)
    assert (run.start, run.step, run.rate, run.message, run.report, run.looks) == (2, 0, 0.0, "", None, 0)
    assert (run.records, run.marks) == ([begun.record], [])


def test_two_runs_of_one_start_share_no_list(begun: work.Begun) -> None:
    first, second = Run(document()), Run(document())
    for run in (first, second):
        run.begun(begun)
    first.records.append(begun.record)
    first.mark("x")
    assert (len(second.records), second.marks) == (1, [])


def test_a_mark_stands_where_the_run_is(begun: work.Begun) -> None:
    run = Run(document(), facts=begun.facts, step=10)
    run.mark("learning rate → 0.1")
    assert run.marks == [{"epoch": 2.5, "text": "learning rate → 0.1"}]


def test_all_listeners_hear_news_and_one_may_leave_while_it_hears() -> None:
    run, heard = Run(document()), []

    def once() -> None:
        heard.append("once")
        run.listeners.discard(once)

    run.listeners |= {once, lambda: heard.append("always")}
    run.tell()
    run.tell()
    assert sorted(heard) == ["always", "always", "once"]
