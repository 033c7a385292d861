"""The browser side of live training: the transport bar, and what has been learned with the losses and metrics.

Both listen to the run's stream by themselves and share one connection; the page's script runs only when a person
changes something. Knows nothing of how runs are trained: it names a run, the browser does the rest.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from core.runs import engine
from pages.parts.bundle import bundle

FOLDER = Path(__file__).parent
PARTS = ("view", "loss", "pull", "metrics")
INSIDE = ("sharing", "twins", "units", "health", "gallery")


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


_TRANSPORT = st.components.v2.component(
    "mtl_transport", html=_text("transport.html"), css=_text("transport.css"), js=bundle(FOLDER, "transport.js")
)
_OUTPUTS = st.components.v2.component(
    "mtl_outputs", html='<div class="outputs">\n</div>', css=_text("outputs.css"), js=bundle(FOLDER, "outputs.js")
)


def transport(run: str, key: str, on_restarted: Callable[[], None] | None = None, asleep: str = "") -> Any:
    """The transport bar of a run: 56 px high, two rows where it is narrow.

    Args:
        run: the run's id, as in `/live/<run>`, or its id for looking alone, with which nothing can be pressed.
        key: the element's key; stays the same when the run changes.
        on_restarted: called before the page's script runs again after a new start, which changes the document's seed, and
            after another tab has changed the document.
        asleep: a sentence on what the page waits for; until then the run can only be paused.
    """
    known = engine().find(run) or engine().library.find_watched(run)
    watched = known is not None and known.id != run
    data = {"run": run, "version": known.version if known else None, "asleep": asleep, "watched": watched}
    return _TRANSPORT(key=key, data=data, on_restarted_change=on_restarted or _nothing)


def outputs(
    run: str,
    parts: tuple[str, ...] = PARTS,
    height: int = 700,
    key: str = "outputs",
    edit: bool = False,
    gallery: dict[str, Any] | None = None,
    features: list[str] | None = None,
    on_point: Callable[[], None] | None = None,
    on_param: Callable[[], None] | None = None,
    bare: bool = False,
    detail: bool = False,
) -> Any:
    """What a run has learned, in a box of fixed height.

    Args:
        run: the run's id, or its id for looking alone.
        parts: which of `PARTS` and `INSIDE` to show, from top to bottom; they share the height.
        height: in pixels, all parts together.
        key: the element's key.
        edit: points of curves can be added, moved and removed. Then the returned `.point` is, for one run of the script,
            {"op": "add", "task", "x", "y"}, {"op": "move", "task", "row", "x", "y"} or {"op": "remove", "task", "row"}.
        gallery: the activation that the part "gallery" shows: {"name", "title", "z", "f", "d"}, lists of numbers,
            and in "dials" what `core.network.gallery.dials` says of its parameters. Each has a slider, which draws while it is
            dragged; once it is let go, `.param` is for one run of the script {"activation", "name", "value"}.
        features: names of what goes into the first layer, for the matrix in the part "twins".
        on_point: called before the page's script runs again after such an edit.
        on_param: called before the page's script runs again after such a slider was let go.
        bare: losses of the tasks alone, without the one number that is optimised.
        detail: the part "pull" with all its charts, and every layer's agreement.

    Raises:
        ValueError: an unknown part.
    """
    unknown = [part for part in parts if part not in (*PARTS, *INSIDE)]
    if unknown or not parts:
        raise ValueError(f"`parts` should be some of {(*PARTS, *INSIDE)}. Found {parts}.")
    data = {"run": run, "parts": list(parts), "height": height, "edit": edit, "gallery": gallery, "features": features}
    data |= {"bare": bare, "detail": detail}
    hears, sets = on_point or _nothing, on_param or _nothing
    return _OUTPUTS(key=key, data=data, height=height, on_point_change=hears, on_param_change=sets)


def _nothing() -> None:
    pass
