"""What a visitor has: one run, one document, at most one draft, and one sentence about the last fault."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.data.columns import begin, mark
from core.data.source import load
from core.errors import UserError
from core.experiment import Experiment, Source
from core.runs import engine, uploads
from core.runs.run import Run
from core.training.checkpoint import unpack
from pages.parts import state
from pages.parts.person import COOKIE, person_of
from tests.core.runs.running import until


class Visitor:
    """A session that does what it is told, within a page's script."""

    def __init__(self, **query: str) -> None:
        self.todo: list[Callable[[], Any]] = []
        self.results: list[Any] = []

        def page(todo, results):
            results[:] = [act() for act in todo]

        self.app = AppTest.from_function(page, default_timeout=60, args=(self.todo, self.results))
        for name, value in query.items():
            self.app.query_params[name] = value

    def do(self, *acts: Callable[[], Any]) -> Any:
        """The last act's result."""
        self.todo[:] = acts
        self.app.run()
        assert not self.app.exception
        return self.results[-1]


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def no_task() -> Experiment:
    made = state.document().model_dump(mode="json")
    made["tasks"], made["network"]["towers"] = [], {}
    return Experiment.model_validate(made)


def test_a_new_visitor_has_a_run_of_the_first_sample_and_keeps_it(visitor: Visitor) -> None:
    run = visitor.do(state.run)
    assert run.experiment.data.source == Source(kind="sample", name=state.FIRST)
    assert visitor.do(state.run) is run
    assert visitor.app.query_params["run"] == run.id
    assert visitor.do(state.document) == run.experiment
    assert visitor.do(state.waiting) is False
    assert visitor.do(state.problem) is None


def test_a_run_is_its_visitor_s_who_stays_the_same(visitor: Visitor) -> None:
    person = visitor.do(state.person)
    assert visitor.do(state.person) == person
    assert visitor.do(state.run).person == person
    assert Visitor().do(state.person) != person


def test_the_cookie_says_who_a_visitor_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(st.context), "cookies", {COOKIE: "x" * 32})
    assert Visitor().do(state.person) == Visitor().do(state.person) == person_of({COOKIE: "x" * 32})


def test_two_visitors_have_two_runs(visitor: Visitor) -> None:
    assert Visitor().do(state.run) is not visitor.do(state.run)


def test_who_has_the_address_has_the_run(visitor: Visitor) -> None:
    run = visitor.do(state.run)
    assert Visitor(run=run.id).do(state.run) is run


def test_an_address_of_a_run_that_is_gone_leads_to_a_new_one() -> None:
    visitor = Visitor(run="gone")
    run = visitor.do(state.run)
    assert run.id != "gone"
    assert visitor.app.query_params["run"] == run.id


def test_a_change_is_the_runs(visitor: Visitor) -> None:
    run = visitor.do(state.run)
    visitor.do(lambda: state.set_value("training.learning_rate", 0.2))
    assert run.experiment.training.learning_rate == 0.2
    assert run.start == 1


def test_a_refused_value_leaves_everything_and_is_said_once(visitor: Visitor) -> None:
    before = visitor.do(state.document)
    said = visitor.do(lambda: state.set_value("training.learning_rate", 0), state.problem)
    assert "learning rate" in said
    assert visitor.do(state.document) == before
    assert visitor.do(state.waiting) is False
    assert visitor.do(state.forget_problem, state.problem) is None


def test_a_change_that_works_takes_the_last_fault_away(visitor: Visitor) -> None:
    visitor.do(state.run, lambda: state.set_value("training.epochs", -1))
    assert visitor.do(lambda: state.set_value("training.epochs", 5), state.problem) is None


def test_what_does_not_fit_its_data_stays_a_draft_beside_the_run(visitor: Visitor) -> None:
    run: Run = visitor.do(state.run)
    before, start = run.experiment, run.start
    draft = visitor.do(no_task)
    said = visitor.do(lambda: state.change(draft), state.problem)
    assert "at least one task" in said
    assert visitor.do(state.waiting) is True
    assert visitor.do(state.document) == draft
    assert (run.experiment, run.start) == (before, start)
    assert visitor.do(state.forget_problem, state.problem) == said


def test_a_draft_that_comes_to_fit_is_taken_up(visitor: Visitor) -> None:
    run = visitor.do(state.run)
    visitor.do(lambda: state.change(no_task()))
    visitor.do(lambda: state.set_value("training.epochs", 7))
    assert visitor.do(state.waiting) is True
    tasks = [{"column": "cos(x)", "kind": "regression"}]
    visitor.do(lambda: state.set_value("tasks", tasks))
    assert visitor.do(state.waiting) is False
    assert visitor.do(state.problem) is None
    assert (run.experiment.columns, run.experiment.training.epochs) == (("cos(x)",), 7)


def test_going_back_to_the_run_drops_the_draft(visitor: Visitor) -> None:
    run = visitor.do(state.run)
    visitor.do(lambda: state.change(no_task()))
    visitor.do(lambda: state.change(run.experiment))
    assert visitor.do(state.waiting) is False
    assert visitor.do(state.document) == run.experiment
    assert run.start == 1


def test_a_draft_belongs_to_its_run(visitor: Visitor) -> None:
    other = Visitor().do(state.run)
    visitor.do(lambda: state.change(no_task()))
    visitor.app.query_params["run"] = other.id
    assert visitor.do(state.run) is other
    assert visitor.do(state.waiting) is False


def test_an_unknown_plugin_that_could_be_adopted_is_refused_all_the_same(visitor: Visitor) -> None:
    run = visitor.do(state.run)
    before = run.experiment
    said = visitor.do(lambda: state.set_value("training.schedule", {"name": "stairs"}), state.problem)
    assert "stairs" in said
    assert (run.experiment, run.status) == (before, "ready")


def test_the_table_is_that_of_the_document(visitor: Visitor) -> None:
    visitor.do(state.run)
    assert visitor.do(lambda: list(state.table().frame.columns)) == ["x", "sin(2x)", "cos(x)"]
    visitor.do(lambda: state.set_value("data.source.params", {"rows": 40}))
    assert visitor.do(lambda: len(state.table().frame)) == 40


def test_files_lie_where_the_workers_look_for_them(visitor: Visitor) -> None:
    run = visitor.do(state.run)
    assert str(visitor.do(state.store).folder) == engine().place(run)


def test_a_file_that_is_gone_is_told_and_the_first_sample_comes_back(visitor: Visitor) -> None:
    run = visitor.do(state.run)
    raw = b"a,b\n" + b"".join(b"%d,%d\n" % (i % 7, i * i % 5) for i in range(30))
    source = Source(kind="file", name="mine.csv", sha256=visitor.do(state.store).put(raw))
    table = load(source, visitor.do(state.store))
    engine().change(run, mark(begin(source, table), table, "b", "task"))
    assert visitor.do(state.document).data.source == source
    uploads.delete(engine().folder, run.id)
    assert visitor.do(state.document).data.source.name == state.FIRST
    said = visitor.do(state.problem)
    assert "mine.csv was deleted" in said
    assert "24 hours" in said


def test_another_visitors_document_leads_to_nobodys_file(visitor: Visitor) -> None:
    run = visitor.do(state.run)
    raw = b"a,b\n" + b"".join(b"%d,%d\n" % (i % 7, i * i % 5) for i in range(30))
    source = Source(kind="file", name="mine.csv", sha256=visitor.do(state.store).put(raw))
    table = load(source, visitor.do(state.store))
    document = mark(begin(source, table), table, "b", "task")
    engine().change(run, document)
    with pytest.raises(UserError, match="Upload it"):
        engine().create(document)


def test_a_pages_own_memory(visitor: Visitor) -> None:
    assert visitor.do(lambda: state.get("open", "no")) == "no"
    visitor.do(lambda: state.put("open", "yes"))
    assert visitor.do(lambda: state.get("open", "no")) == "yes"


def rate(value: float) -> Callable[[], None]:
    return lambda: state.set_value("training.learning_rate", value)


def test_every_change_is_undone_and_redone_wherever_it_was_made(visitor: Visitor) -> None:
    first = visitor.do(state.document)
    sample = Source(kind="sample", name="two-waves", params={"rows": 40})
    visitor.do(rate(0.2), lambda: state.set_value("data.source", sample.model_dump(mode="json")))
    visitor.do(lambda: state.attempt(lambda: state.document().changed("network.nonlinear", False)))
    last = visitor.do(state.document)
    assert visitor.do(state.undo, state.document).network.nonlinear is True
    assert visitor.do(state.undo, state.document).data == first.data
    assert visitor.do(lambda: len(state.table().frame)) > 40
    assert visitor.do(state.undo, state.document) == first
    assert visitor.do(state.undo, state.document) == first
    assert visitor.do(state.redo, state.redo, state.redo, state.redo, state.document) == last
    assert visitor.do(state.run).experiment == last


def test_what_goes_with_a_page_is_no_step(visitor: Visitor) -> None:
    first = visitor.do(state.document)
    visitor.do(rate(0.2), lambda: state.settle("network.twin", True))
    assert visitor.do(state.document).network.twin
    assert visitor.do(state.undo, state.document) == first
    visitor.do(lambda: state.settle("network.twin", True))
    again = visitor.do(state.redo, state.document)
    assert (again.network.twin, again.training.learning_rate) == (True, 0.2)
    assert visitor.do(state.undo, state.undo, state.document) == first.changed("network.twin", True)


def test_a_step_says_what_it_would_change(visitor: Visitor) -> None:
    assert visitor.do(state.steps) == {"undo": None, "redo": None}
    visitor.do(rate(0.2))
    said = visitor.do(state.steps)
    assert "learning rate" in said["undo"]
    assert said["redo"] is None
    said = visitor.do(state.undo, state.steps)
    assert said["undo"] is None
    assert said["redo"] == "learning rate → 0.2"


def test_a_refused_change_is_no_step(visitor: Visitor) -> None:
    visitor.do(state.run)
    assert visitor.do(rate(0), state.steps) == {"undo": None, "redo": None}


def test_a_draft_is_a_step_and_undone_too(visitor: Visitor) -> None:
    first = visitor.do(state.document)
    draft = visitor.do(no_task)
    visitor.do(lambda: state.change(draft))
    assert visitor.do(state.undo, state.document) == first
    assert visitor.do(state.waiting) is False
    assert visitor.do(state.redo, state.document) == draft
    assert visitor.do(state.waiting) is True


def test_a_change_that_came_another_way_is_undone_by_itself(visitor: Visitor) -> None:
    run = visitor.do(state.run)
    visitor.do(rate(0.2))
    engine().change(run, run.experiment.changed("seed", 7))
    undone = visitor.do(state.undo, state.document)
    assert (undone.seed, undone.training.learning_rate) == (0, 0.2)
    assert visitor.do(state.undo, state.document).training.learning_rate != 0.2


def test_weights_edited_by_hand_are_put_back_before_the_document_and_nothing_trained_is_lost(visitor: Visitor) -> None:
    run = visitor.do(state.run, rate(0.2), state.run)
    engine().command(run, "step")
    until(lambda: run.step == 1)
    trained = run.checkpoint
    engine().command(run, "edit", {"op": "off", "layer": "trunk.0", "unit": 1})
    until(lambda: run.edited)
    assert run.edited_last
    assert "before they were edited" in visitor.do(state.steps)["undo"]
    document = visitor.do(state.undo, state.document)
    until(lambda: not run.edited)
    assert document.training.learning_rate == 0.2
    assert run.step == 1
    assert unpack(run.checkpoint).parameters.equal(unpack(trained).parameters)
    assert visitor.do(state.undo, state.document).training.learning_rate != 0.2


def test_steps_belong_to_their_run_and_session(visitor: Visitor) -> None:
    visitor.do(state.run, rate(0.2))
    other = Visitor()
    run = other.do(state.run)
    assert other.do(state.steps)["undo"] is None
    visitor.app.query_params["run"] = run.id
    assert visitor.do(state.steps)["undo"] is None


def test_what_must_not_be_kept_is_forgotten(visitor: Visitor) -> None:
    visitor.do(state.run, rate(0.2))
    assert visitor.do(state.forget_steps, state.steps) == {"undo": None, "redo": None}


def test_what_a_browser_says_of_a_widget_that_showed_something_older_is_no_news(visitor: Visitor) -> None:
    """With every message it sends what all widgets show, also before it has heard that the document was changed another way."""

    def late(value: int) -> Callable[[], None]:
        return lambda: st.session_state.update({"widget": value})

    def show(value: int) -> Callable[[], str]:
        return lambda: state.bind("widget", value, anew=True)

    turned = lambda: state.turned("widget")  # noqa: E731
    assert visitor.do(state.run, show(1)) == "widget"
    assert visitor.do(show(1)) == "widget"
    second = visitor.do(show(2))
    assert second != "widget"
    for old in (1, 7, 1):
        assert visitor.do(late(old), turned) is False
    assert visitor.do(lambda: st.session_state.update({second: 5}), turned) is True
    assert visitor.do(lambda: state.value("widget")) == 5
    assert visitor.do(show(5)) == second, "what a person turned it to is no other widget"
    assert visitor.do(lambda: st.session_state.update({second: 6}), turned, show(5)) == second, "nor where that is refused"
    assert visitor.do(show(4)) not in ("widget", second)


def test_a_widget_whose_change_was_undone_before_it_was_made_again_is_another_one(visitor: Visitor) -> None:
    """A run of the script can be ended by the next click: what was turned is never drawn, and goes back before it could be."""

    def show(value: float) -> Callable[[], str]:
        return lambda: state.bind("widget", value, anew=True)

    before = visitor.do(state.run, show(0.1), state.document)
    after = before.changed("training.learning_rate", 0.2)
    assert visitor.do(lambda: st.session_state.update({"widget": 0.2}), lambda: state.turned("widget")) is True
    visitor.do(lambda: state.change(after), lambda: state.given(before))
    anew = visitor.do(show(0.1))
    assert anew != "widget"
    late = lambda: st.session_state.update({"widget": 0.2})  # noqa: E731
    assert visitor.do(late, lambda: state.turned("widget")) is False


def test_another_s_run_is_shown_and_not_touched(visitor: Visitor) -> None:
    mine, theirs = visitor.do(state.run), engine().create(state.first())
    visitor.do(lambda: state.show(theirs.id))
    assert visitor.do(state.run) is theirs
    assert visitor.do(state.own) is mine
    assert (visitor.do(state.looking), visitor.do(state.address)) == (True, theirs.watch_id)
    assert visitor.app.query_params["run"] == mine.id
    before, own = theirs.experiment, mine.experiment
    for act in (rate(0.2), state.undo, state.redo, lambda: state.change(own.changed("seed", 5))):
        visitor.do(state.forget_problem, act)
        assert visitor.do(state.problem) == state.LOOKING
    assert (theirs.experiment, mine.experiment) == (before, own)
    assert visitor.do(state.steps) == {"undo": None, "redo": None}
    assert visitor.do(lambda: state.show(""), state.address) == mine.id
    assert visitor.do(rate(0.2), state.document).training.learning_rate == 0.2


def test_of_another_s_run_no_draft_is_shown(visitor: Visitor) -> None:
    theirs = engine().create(state.first())
    engine().draft(theirs, visitor.do(no_task))
    visitor.do(lambda: state.show(theirs.id))
    assert visitor.do(state.document) == theirs.experiment
    assert visitor.do(state.waiting) is False


def test_a_run_to_look_at_that_is_gone_gives_back_one_s_own(visitor: Visitor) -> None:
    mine = visitor.do(state.run)
    assert visitor.do(lambda: state.show("x" * 32), state.run) is mine
    assert visitor.do(state.looking) is False


def test_a_restriction_is_asked_before_every_change_whoever_makes_it(visitor: Visitor) -> None:
    def refusal(old: Experiment, new: Experiment) -> str | None:
        return "Not the rate." if old.training.learning_rate != new.training.learning_rate else None

    visitor.do(rate(0.3))
    visitor.do(lambda: state.restrict(refusal))
    before = visitor.do(state.document)
    for act in (rate(0.2), lambda: state.change(before.changed("training.learning_rate", 0.5)), state.undo):
        visitor.do(state.forget_problem, act)
        assert visitor.do(state.problem) == "Not the rate."
        assert visitor.do(state.document) == before
    with pytest.raises(AssertionError):
        visitor.do(lambda: state.check(before.changed("training.learning_rate", 0.5)))
    assert visitor.do(lambda: state.set_value("seed", 9), state.document).seed == 9
    given = visitor.do(lambda: state.given(before.changed("training.learning_rate", 0.7)), state.document)
    assert given.training.learning_rate == 0.7
    assert visitor.do(lambda: state.restrict(None), state.undo, state.document).training.learning_rate == 0.3


def test_a_run_is_taken_up_where_nothing_else_leads_to_one() -> None:
    run = engine().create(state.first())
    visitor = Visitor()
    assert visitor.do(lambda: state.resume(run.id), state.run) is run
    other = engine().create(state.first())
    assert visitor.do(lambda: state.resume(other.id), state.run) is run
    assert visitor.do(lambda: state.enter(other), state.run) is other
    assert visitor.app.query_params["run"] == other.id


def test_the_address_says_more_than_the_run(visitor: Visitor) -> None:
    assert visitor.do(lambda: state.asked("room")) == ""
    visitor.do(lambda: state.tell("room", "BCDFGH"))
    assert visitor.do(lambda: state.asked("room")) == "BCDFGH"
    visitor.do(lambda: state.tell("room", ""))
    assert "room" not in visitor.app.query_params


def test_a_widget_that_comes_back_to_what_it_showed_is_heard_without_a_picture_too(visitor: Visitor) -> None:
    def message() -> bool:
        st.session_state["widget"] = 1
        return state.turned("widget")

    visitor.do(state.run, lambda: state.bind("widget", 1))
    visitor.do(lambda: state.bind("widget", 2))
    assert visitor.do(message) is True
