"""What the curves are fitted to: a made-up curve, a formula, points of one's own, columns of a file. Layout only."""

import streamlit as st

from core.data.columns import against, drawable
from core.data.points import cleared, editable
from core.data.reach import span
from core.data.samples import SAMPLES, inputs_of, widgets_of
from core.experiment import Experiment
from pages.parts import controls, state
from pages.parts.data_panel import fresh, sample_params, take_sample
from pages.parts.data_upload import upload
from pages.parts.faults import fault
from pages.parts.plain import plain
from pages.parts.presets_box import box, note

PRESET = "curves.preset"
COMMON = ("function", "second", "rows", "noise")
WHAT = "A curve to fit. Or drop a CSV below, and choose which of its columns to draw against which."
LEARN = "Rows outside this range are shown, but never learned from: see what the network says where it knows nothing."
CLICK = "Click into a picture to add a point, drag one to move it, Alt-click one of yours to take it away."
ACROSS = "The column that the network sees."
UP = "The columns that it learns to predict from it, one picture each."


def curve_target() -> None:
    document = state.document()
    source = document.data.source
    titles = {name: sample.TITLE for name, sample in SAMPLES.items() if plain_inputs(name)}
    if source.kind == "file":
        titles[""] = source.name
    chosen = source.name if source.kind == "sample" else ""
    controls.select("Curve to learn", "curves.source", chosen, titles, _take, WHAT)
    if source.kind == "file":
        _columns(document)
    elif chosen in SAMPLES:
        sample = SAMPLES[chosen]
        names = widgets_of(sample)
        first = [name for name in names if name in COMMON] or names[:2]
        sample_params(tuple(first))
        fault()
        if editable(document):
            st.caption(CLICK)
            _clear(document)
        if rest := tuple(name for name in names if name not in first):
            with st.popover("More about the curve", icon=":material/tune:", width="stretch"):
                sample_params(rest)
    if source.kind == "file":
        fault()
    _range(document)
    upload("Or drop your own file", "upload", fresh)
    box(PRESET)
    note(PRESET)


def plain_inputs(name: str) -> bool:
    """Whether a sample has one or two numbers as inputs: only such are curves or maps."""
    kinds = list(inputs_of(SAMPLES[name], SAMPLES[name].Params()).values())
    return len(kinds) <= 2 and set(kinds) == {"number"}


def _take(name: str) -> None:
    take_sample(name)
    if not state.waiting() and state.document().data.source.name == name:
        state.set_value("network.twin", True)


def _clear(document: Experiment) -> None:
    params = document.data.source.params
    count = len(params.get("points", ())) + len(params.get("moved", ()))
    if not count:
        return
    drawn = getattr(SAMPLES[document.data.source.name], "DRAWN", False)  # nothing but points: there are first ones
    st.button(
        "Back to the first points" if drawn else f"Take back {count} point{'s' * (count > 1)} of yours",
        icon=":material/undo:",
        width="stretch",
        help="The curve as it was made.",
        on_click=lambda: state.attempt(lambda: cleared(state.document())),
    )


def _range(document: Experiment) -> None:
    """From where to where it may learn, for one numeric input."""
    if state.run().scene.get("kind") != "curve" or state.waiting():
        return
    ends = span(document.data, state.table().frame)
    if ends is None:
        return
    low, high = ends
    if not low < high:
        st.warning(
            f"“{plain(next(iter(document.data.inputs)))}” is {low:g} in every row: at one place there is no curve to learn. "
            "Choose another column.",
            icon=":material/warning:",
        )
        return
    given = document.data.split.learn_from
    at = given or (low, high)
    low, high = min(low, at[0]), max(high, at[1])
    step = float(f"{(high - low) / 50:.1g}")

    def told() -> None:
        found = state.value("curves.range")
        whole = found[0] <= low and found[1] >= high
        state.set_value("data.split.learn_from", None if whole else list(found))

    bound = state.bind("curves.range", (float(at[0]), float(at[1])))
    st.slider("Learn only from", low, high, step=step, key=bound, on_change=told, help=LEARN)


def _columns(document: Experiment) -> None:
    """Which column of a file lies across, and which go up."""
    frame, numbers = state.table().frame, drawable(state.table())
    if len(numbers) < 2:
        st.info("A curve needs two columns of numbers. This file has fewer.", icon=":material/info:")
        return
    if not document.tasks and state.get("curves.drawn") != document.data.source.sha256:
        state.put("curves.drawn", document.data.source.sha256)
        state.put("marking", False)
        _draw(numbers[0], [numbers[-1]])  # something to look at, to be changed below
        st.rerun()
    across = _across()
    across = across if across in numbers else None
    controls.select("Across (x)", "curves.x", across, {None: "choose a column", **{name: name for name in numbers}},
                    _lies_across, ACROSS)  # fmt: skip
    up = [column for column in frame.columns if column != across]
    state.bind("curves.y", [column for column in document.columns if column in up])
    st.multiselect("Up (y)", up, key="curves.y", help=UP, on_change=lambda: _draw(_across(), state.value("curves.y")))


def _across() -> str | None:
    """What lies across by now."""
    names = list(state.document().data.inputs)
    return names[0] if len(names) == 1 else None


def _lies_across(name: str | None) -> None:
    _draw(name, [column for column in state.document().columns if column != name])


def _draw(across: str | None, up: list[str]) -> None:
    """One column against others: all else is ignored."""
    if across is None:
        return
    before = state.document()
    rest = [name for name in up if name != across]
    swapped = [name for name in before.data.inputs if name != across][:1]  # what lay across goes up, if nothing else does
    state.attempt(lambda: against(before, state.table(), across, rest or swapped))
