"""The only place that touches session state and the address: which run this visitor has, and the document as it stands.

The document belongs to the run, so that every page and every tab sees the same. A change that does not fit its data
(no task chosen yet) is kept as a draft beside the run, with the sentence that says what is missing. What it was before is
kept for this session, to undo any change, wherever it was made.

A visitor may also be shown another's run, to look at and nothing else (`show`), and what may be changed may be restricted
(`restrict`): both are a room's affair, of which this module knows no more.

Streamlit may end a script at any access to session state, when something else was clicked meanwhile (callbacks alone are done
to their end: `whole`). So a change reads all that it needs first, and what it writes then is in one dict that it holds: it is
made whole or not at all.
Knows nothing of layout.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

from core import runs
from core.data.columns import begin
from core.data.dataset import Table
from core.data.samples import SAMPLES
from core.data.source import load, table_of
from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment, Source, parse
from core.runs import engine, uploads
from core.runs.difference import difference
from core.runs.run import Run, new_id
from core.settings import keep_hours
from pages.parts.history import Steps
from pages.parts.person import named, person_of

FIRST = "two-waves"
_RUN, _SHOWN, _MEMORY, _PERSON = "mtl.run", "mtl.shown", "mtl.memory", "mtl.person"
_PROBLEM, _HISTORY, _MADE, _MOVED = "problem", "history", "made", "moved"
_SHOW, _REFUSAL = "show", "refusal"
BY_HAND = "weights as they were before they were edited"
LOOKING = "You are watching the presenter's run. You can change things again when following ends."

Refusal = Callable[[Experiment, Experiment], str | None]
"""What is wrong with going from one document to another, in a sentence; None: nothing."""


def run() -> Run:
    """The run that pages show: this visitor's own, or another's that this visitor looks at."""
    return _shown() or own()


def _shown() -> Run | None:
    shown = memory().get(_SHOW, "")
    return engine().find(shown) if shown else None


def looking() -> bool:
    """Whether what is shown is another's run."""
    return _shown() is not None


def refused() -> bool:
    """Whether what is shown is another's run, with which nothing may be done; then that is said."""
    held, found = memory(), looking()
    if found:
        held[_PROBLEM] = LOOKING
    return found


def show(run_id: str) -> None:
    """Shows another's run from now on; "" this visitor's own again."""
    memory()[_SHOW] = run_id


def restrict(refusal: Refusal | None) -> None:
    """Asks `refusal` before every change of the document from now on."""
    memory()[_REFUSAL] = refusal


def address() -> str:
    """What a browser may know of the run that is shown: with it one acts on one's own run, and looks at another's."""
    shown = _shown()
    return own().id if shown is None else shown.watch_id


def own() -> Run:
    """This visitor's run: the one in the address, the one of this session, or a new one of the first sample."""
    asked = st.query_params.get("run", "")
    found = engine().find(asked) or engine().find(st.session_state.get(_RUN, ""))
    found = found or engine().create(first(), person=person())
    st.session_state[_RUN] = found.id
    if asked != found.id:
        st.query_params["run"] = found.id
    _still_there(found)
    return found


def resume(run_id: str | None) -> None:
    """Takes up a run of this visitor's where neither the address nor this session leads to one."""
    if run_id and not engine().find(st.query_params.get("run", "")) and not engine().find(st.session_state.get(_RUN, "")):
        st.session_state[_RUN] = run_id


def enter(run: Run) -> None:
    """Makes a run this visitor's own from now on."""
    st.session_state[_RUN] = st.query_params["run"] = run.id


def asked(name: str) -> str:
    """What the address says beside the run; "" where it says nothing of that name."""
    return st.query_params.get(name, "")


def tell(name: str, value: str) -> None:
    """Puts something into the address, so that a refresh finds it again; "" takes it out."""
    if asked(name) == value:
        return
    if value:
        st.query_params[name] = value
    else:
        del st.query_params[name]


def person() -> str:
    """Who this visitor is: the same in all tabs of a browser; where it takes no cookies, this session alone."""
    return person_of(st.context.cookies) or named(st.session_state.setdefault(_PERSON, new_id()))


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
        engine().draft(run, None)
        memory()[_PROBLEM] = (
            f"{source.name} was deleted here: a file that nobody uses stays for {keep_hours():g} hours. Upload it again."
        )


def document() -> Experiment:
    """The document as it stands: the run's, or a draft that does not fit its data yet. Of another's run never a draft."""
    shown = _shown()
    return shown.experiment if shown else own().draft or own().experiment


def waiting() -> bool:
    """Whether the document is a draft that no run has taken up."""
    return not looking() and own().draft is not None


def store() -> Store:
    """Where the files of the run that is shown lie; no document leads to those of another."""
    return runs.store(run().id)


def table() -> Table:
    """The table of the document as it stands."""
    return table_of(document().data, store())


def change(experiment: Experiment, anew: bool = False, draft: bool = True) -> None:
    """Takes another document. What does not fit its data stays a draft, and `problem` says why.

    anew: training starts anew, also where the change could be taken up on the way. draft: without, what does not fit is
    forgotten, and everything stays as it was.
    """
    if refused():
        return
    here, held = own(), memory()
    _history(here, held)
    if sentence := _restricted(here, held, experiment):
        held[_PROBLEM] = sentence
        return
    _take(here, held, experiment, anew, draft)
    _history(here, held)


def settle(path: str, value: Any) -> None:
    """Replaces one value that goes with the page and that nobody chose: no step that could be undone, and nothing where it may
    not be changed."""
    here, held = own(), memory()
    made = document().changed(path, value)
    if looking() or _restricted(here, held, made):
        return
    steps = _history(here, held)
    _take(here, held, made)
    held[_HISTORY] = (here.id, *steps.instead((here.draft or here.experiment).to_json()))


def given(experiment: Experiment) -> None:
    """Takes a document that is not this visitor's choice: whatever may be changed, and training starts anew."""
    here, held = own(), memory()
    _history(here, held)
    _take(here, held, experiment, anew=True)
    _history(here, held)


def check(experiment: Experiment) -> None:
    """Raises `UserError` where the document may not become this one now."""
    if sentence := _restricted(own(), memory(), experiment):
        raise UserError("A change should be of what is not locked.", sentence, "Wait until it is unlocked.")


def _restricted(run: Run, held: dict[str, Any], experiment: Experiment) -> str | None:
    """Without any access to session state."""
    refusal: Refusal | None = held.get(_REFUSAL)
    return refusal(run.draft or run.experiment, experiment) if refusal else None


def _take(run: Run, held: dict[str, Any], experiment: Experiment, anew: bool = False, draft: bool = True) -> None:
    """Gives the run a document, without any access to session state."""
    held[_PROBLEM] = None
    held.get(_MOVED, set()).clear()
    try:
        engine().change(run, experiment, anew=anew)
    except UserError as error:
        if draft:
            engine().draft(run, experiment)
        held[_PROBLEM] = str(error)
    else:
        engine().draft(run, None)


def set_value(path: str, value: Any) -> None:
    """Replaces one value of the document; a value that is refused leaves everything as it was, and `problem` says why."""
    attempt(lambda: document().changed(path, value))


def edit_value(path: str, make: Callable[[Any], Any]) -> None:
    """Replaces one value of the document by what `make` makes of it as it stands by now, else as `set_value`."""
    attempt(lambda: document().edited(path, make))


def attempt(make: Any, anew: bool = False, draft: bool = True) -> None:
    """Changes to the document that `make()` returns; what it refuses with a `UserError` is said and changes nothing."""
    if refused():
        return
    _history(own(), memory())  # before: a file that is loaded tries its document on the run first
    try:
        made = make()
    except UserError as error:
        memory()[_PROBLEM] = str(error)
    else:
        change(made, anew, draft)


def undo() -> None:
    """Takes back the last change of the document, whichever page or button made it."""
    _step(-1)


def redo() -> None:
    """Makes the change again that was undone last."""
    _step(1)


def steps() -> dict[str, str | None]:
    """What `undo` and `redo` would change, in a few words; None where there is nothing to undo or redo."""
    if looking():
        return {"undo": None, "redo": None}
    now = _history(own(), memory())
    moved = {"undo": now.moved(-1), "redo": now.moved(1)}
    told = {name: there and (_words(now.text, there.text) or "the document") for name, there in moved.items()}
    return told | ({"undo": BY_HAND} if own().edited_last else {})


def forget_steps() -> None:
    """Forgets what the document was: it speaks of data that must not be kept."""
    memory().pop(_HISTORY, None)


def _step(by: int) -> None:
    if refused():
        return
    here, held = own(), memory()
    if by < 0 and here.edited_last:
        engine().command(here, "edit", {"op": "restore"})
        return
    moved = _history(here, held).moved(by)
    if moved is None:
        return
    document = parse(moved.text)
    if sentence := _restricted(here, held, document):
        held[_PROBLEM] = sentence
        return
    held[_HISTORY] = (here.id, *moved)
    _take(here, held, document)


def _history(run: Run, held: dict[str, Any]) -> Steps:
    """What the document was in this session, with the document as it stands, also where another tab or a button changed it."""
    run_id, texts, at = held.get(_HISTORY, ("", (), -1))
    known = Steps(texts, at) if run_id == run.id else Steps()
    steps = known.seen((run.draft or run.experiment).to_json())
    held[_HISTORY] = (run.id, *steps)
    return steps


def memory() -> dict[str, Any]:
    """What this session remembers beside the document; writing into it cannot be interrupted."""
    return st.session_state.setdefault(_MEMORY, {})


@lru_cache(maxsize=256)
def _words(old: str, new: str) -> str:
    return difference(parse(old), parse(new))


def problem() -> str | None:
    """What is wrong with the last change, in one sentence."""
    return memory().get(_PROBLEM)


def forget_problem() -> None:
    """A fault is said once: the next full run of a page without a new one clears it."""
    if not waiting():
        memory()[_PROBLEM] = None


def bind(key: str, value: Any, anew: bool = False) -> str:
    """Gives a widget's key the document's value before the widget is made, so that it always shows the document.

    Returns the key that the widget takes. anew: where the document was changed another way it is another widget, with another
    key. A browser sends with every message what all its widgets show, also before it has heard of that change; what it sends of
    a widget that is gone says nothing.
    """
    shown, moved = st.session_state.setdefault(_SHOWN, {}), memory().setdefault(_MOVED, set())
    if anew and key in shown and shown[key] != value and key not in moved:
        made = memory().setdefault(_MADE, {})
        made[key] = made.get(key, 0) + 1
    moved.discard(key)
    shown[key] = value
    st.session_state[_named(key)] = value
    return _named(key)


def turned(key: str) -> bool:
    """Whether a person has set a widget to something other than it showed, and notes that this is known.

    Streamlit also reports a widget that a fragment no longer draws, with the value it had: such a report is no news. Where the
    document does not follow, as what was asked is refused, the same widget tells so; but where it followed and has been changed
    back before the widget was made again, that is a change made another way (`bind`).
    """
    shown = st.session_state.get(_SHOWN, {})
    told = value(key)
    if key in shown and shown[key] == told:
        return False
    shown[key] = told
    memory().setdefault(_MOVED, set()).add(key)
    return True


def value(key: str) -> Any:
    """What the person has just set a widget to."""
    return st.session_state.get(_named(key))


def _named(key: str) -> str:
    """The key that a widget has by now."""
    made = memory().get(_MADE, {}).get(key, 0)
    return f"{key}~{made}" if made else key


def get(key: str, default: Any = None) -> Any:
    """A page's own small memory, such as what is unfolded."""
    return st.session_state.get(f"mtl.page.{key}", default)


def put(key: str, item: Any) -> None:
    st.session_state[f"mtl.page.{key}"] = item
