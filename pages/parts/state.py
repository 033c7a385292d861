"""The only place that touches session state and the address: which run this visitor has, and the document as it stands.

The document belongs to the run, so that every page and every tab sees the same. A change that does not fit its data
(no task chosen yet) is kept as a draft beside the run, with the sentence that says what is missing.
Knows nothing of layout.
"""

from typing import Any

import streamlit as st

from core import runs
from core.data.columns import begin
from core.data.dataset import Table
from core.data.samples import SAMPLES
from core.data.source import load, table_of
from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment, Source
from core.runs import engine, uploads
from core.runs.run import Run
from core.settings import keep_hours

FIRST = "two-waves"
_RUN, _PROBLEM, _SHOWN = "mtl.run", "mtl.problem", "mtl.shown"


def run() -> Run:
    """This visitor's run: the one in the address, the one of this session, or a new one of the first sample."""
    known = engine().runs
    asked = st.query_params.get("run", "")
    name = asked if asked in known else st.session_state.get(_RUN, "")
    if name not in known:
        name = engine().create(first()).id
    st.session_state[_RUN] = name
    if asked != name:
        st.query_params["run"] = name
    _still_there(known[name])
    return known[name]


def first() -> Experiment:
    """The document that everyone begins with."""
    source = Source(kind="sample", name=FIRST)
    return begin(source, load(source), SAMPLES[FIRST])


def _still_there(run: Run) -> None:
    """Notes that the run's file is in use; of a file that is gone, says so and goes back to the first sample."""
    source = (run.draft or run.experiment).data.source
    if source.kind != "file":
        return
    uploads.use(engine().folder, run.id)
    if not runs.store(run.id).has(source.sha256):
        engine().change(run, first())
        run.draft = None
        st.session_state[_PROBLEM] = (
            f"{source.name} was deleted here: a file that nobody uses stays for {keep_hours():g} hours. Upload it again."
        )


def document() -> Experiment:
    """The document as it stands: the run's, or a draft that does not fit its data yet."""
    return run().draft or run().experiment


def waiting() -> bool:
    """Whether the document is a draft that no run has taken up."""
    return run().draft is not None


def store() -> Store:
    """Where this visitor's files lie; nobody else's document leads there."""
    return runs.store(run().id)


def table() -> Table:
    """The table of the document as it stands."""
    return table_of(document().data, store())


def change(experiment: Experiment, anew: bool = False, draft: bool = True) -> None:
    """Takes another document. What does not fit its data stays a draft, and `problem` says why.

    anew: training starts anew, also where the change could be taken up on the way. draft: without, what does not fit is
    forgotten, and everything stays as it was.
    """
    st.session_state[_PROBLEM] = None
    try:
        engine().change(run(), experiment, anew=anew)
    except UserError as error:
        if draft:
            run().draft = experiment
        st.session_state[_PROBLEM] = str(error)
    else:
        run().draft = None


def set_value(path: str, value: Any) -> None:
    """Replaces one value of the document; a value that is refused leaves everything as it was, and `problem` says why."""
    attempt(lambda: document().changed(path, value))


def attempt(make: Any, anew: bool = False, draft: bool = True) -> None:
    """Changes to the document that `make()` returns; what it refuses with a `UserError` is said and changes nothing."""
    try:
        made = make()
    except UserError as error:
        st.session_state[_PROBLEM] = str(error)
    else:
        change(made, anew, draft)


def problem() -> str | None:
    """What is wrong with the last change, in one sentence."""
    return st.session_state.get(_PROBLEM)


def forget_problem() -> None:
    """A fault is said once: the next full run of a page without a new one clears it."""
    if not waiting():
        st.session_state[_PROBLEM] = None


def bind(key: str, value: Any) -> str:
    """Gives a widget's key the document's value before the widget is made, so that it always shows the document."""
    st.session_state[key] = value
    st.session_state.setdefault(_SHOWN, {})[key] = value
    return key


def turned(key: str) -> bool:
    """Whether a person has set a widget to something other than it showed, and notes that this is known.

    Streamlit also reports a widget that a fragment no longer draws, with the value it had: such a report is no news.
    """
    shown = st.session_state.get(_SHOWN, {})
    told = value(key)
    if key in shown and shown[key] == told:
        return False
    shown[key] = told
    return True


def value(key: str) -> Any:
    """What the person has just set a widget to."""
    return st.session_state.get(key)


def get(key: str, default: Any = None) -> Any:
    """A page's own small memory, such as what is unfolded."""
    return st.session_state.get(f"mtl.page.{key}", default)


def put(key: str, item: Any) -> None:
    st.session_state[f"mtl.page.{key}"] = item
