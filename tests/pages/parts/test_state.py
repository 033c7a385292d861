"""What a visitor has: one run, one document, at most one draft, and one sentence about the last fault."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.data.columns import begin, mark
from core.data.source import load
from core.errors import UserError
from core.experiment import Experiment, Source
from core.runs import engine, uploads
from core.runs.run import Run
from pages.parts import state


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
