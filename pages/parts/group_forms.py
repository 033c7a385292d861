"""The tree of tasks: groups made by ticking, each with a scheme of its own, and what each counts now. Layout only."""

from collections.abc import Callable

import streamlit as st

from core.experiment import Experiment, Group
from core.groups import ROOT, around, dissolved, free_name, grouped, members, moved, renamed, rows, within
from core.runs.run import Run
from core.runs.wire import band
from core.weighting import SCHEMES, tree_of
from pages.parts import state
from pages.parts.plain import plain
from pages.parts.scheme_forms import Spot, spot_forms
from pages.parts.words import spread

TICK = 1.0
"""Seconds between two looks at the weights."""
TITLE = "Groups of tasks"
IDEA = (
    "Tasks in a group are weighed among themselves first, by a scheme of the group's own. What comes of it is one loss, which "
    "counts as a task to what is around the group."
)
TICKED = "Tick tasks that belong together, or groups."
NAME = "What the group is called here and in the saved experiment."
MAKE = "Puts what is ticked into a new group. Its members count alike until you choose a scheme for it."
MEMBERS = "What is in the group. Take one in from wherever it stands, or take one out: it then stands beside the group."
DISSOLVE = "Takes the group away. Its members then stand where it stood."
TREE = "Once it trains, the number behind each is its effective weight: the product of the weights along its path."


def group_forms() -> None:
    document = state.document()
    with st.expander(TITLE, icon=":material/account_tree:", expanded=bool(document.groups)):
        st.caption(f"{IDEA} {TREE}" if document.groups else IDEA)
        if document.groups:
            _tree()
            with st.container(horizontal=True):
                for number, group in enumerate(document.groups):
                    with st.popover(plain(group.name), icon=":material/tune:", key=f"group.{number}"):
                        _group(document, number, group)
        _new(document)


def _new(document: Experiment) -> None:
    names = [name for _, name in rows(document)]
    st.pills(
        "Members of a new group", names, selection_mode="multi", format_func=plain, help=TICKED,
        key=state.bind("group.ticked", _ticked(names)), on_change=_tick,
    )  # fmt: skip
    ticked, name = _ticked(names), _free(document)
    name_at, make_at = st.columns([0.6, 0.4], vertical_alignment="bottom")
    with name_at:
        st.text_input("Name of the group", help=NAME, key=state.bind("group.name", name), on_change=_name)
    with make_at:
        st.button("Make a group", key="group.make", icon=":material/add:", help=MAKE, disabled=len(ticked) < 2, on_click=_make)


def _free(document: Experiment) -> str:
    """What a new group will be called."""
    return state.get("group.name") or free_name(document)


def _ticked(names: list[str]) -> list[str]:
    return [name for name in state.get("group.ticked", []) if name in names]


def _tick() -> None:
    state.put("group.ticked", state.value("group.ticked"))


def _name() -> None:
    state.put("group.name", state.value("group.name"))


def _make() -> None:
    """By what has been ticked and typed by now: the page may be drawn with less."""

    def made() -> Experiment:
        document = state.document()
        return grouped(document, _free(document), _ticked([name for _, name in rows(document)]))

    _do(made)
    if not state.problem():
        state.put("group.ticked", [])
        state.put("group.name", "")


def _do(make: Callable[[], Experiment]) -> None:
    state.attempt(make, draft=state.waiting())


def _group(document: Experiment, number: int, group: Group) -> None:
    """All there is to set of a group."""
    key = f"group.{number}"

    def told() -> None:
        _do(lambda: renamed(state.document(), group.name, state.value(f"{key}.name").strip()))

    def turned() -> None:
        _do(lambda: _regrouped(state.document(), group.name, state.value(f"{key}.members")))

    st.text_input("Name of the group", help=NAME, key=state.bind(f"{key}.name", group.name), on_change=told)
    names = [name for _, name in rows(document) if name != group.name and not within(document, group.name, name)]
    here = [name for name in names if name in group.members]
    st.multiselect("Members", names, format_func=plain, help=MEMBERS, key=state.bind(f"{key}.members", here), on_change=turned)
    spot_forms("Scheme within the group", Spot(f"groups.{number}.weighting", group.weighting, group.members, f"{key}."))
    st.button(
        "Dissolve", key=f"{key}.dissolve", icon=":material/link_off:", help=DISSOLVE, on_click=_dissolve, args=(group.name,)
    )


def _dissolve(name: str) -> None:
    _do(lambda: dissolved(state.document(), name))


def _regrouped(document: Experiment, name: str, chosen: list[str]) -> Experiment:
    """The document with these members in a group; what is taken out stands beside it."""
    here = members(document, name)
    home = around(document, name)
    for member in chosen:
        document = moved(document, member, name)
    for member in here:
        document = document if member in chosen else moved(document, member, home)
    return document


def _tree() -> None:
    """What is in what, with the weights of the latest step. Looked at again and again: Play does not draw the page anew."""

    @st.fragment(run_every=TICK)
    def look() -> None:
        st.markdown(told(state.document(), weights(state.run())))

    look()


def told(document: Experiment, counts: dict[str, str]) -> str:
    """The tree as a list within lists: root first."""
    schemes = {group.name: group.weighting.name for group in document.groups} | {ROOT: document.weighting.name}

    def line(name: str) -> str:
        scheme = SCHEMES[schemes[name]].TITLE if schemes.get(name) in SCHEMES else ""
        words = [f"**{plain(name)}**" if scheme else plain(name), scheme, counts.get(name, "")]
        return " · ".join(word for word in words if word)

    top = f"- **All** · {SCHEMES[schemes[ROOT]].TITLE if schemes[ROOT] in SCHEMES else ''}"
    return "\n".join([top, *(f"{'  ' * (depth + 1)}- {line(name)}" for depth, name in rows(document))])


def weights(run: Run) -> dict[str, str]:
    """Effective weights at the latest look, of tasks and groups: the mean over replicas, and the range where there is one."""
    record = run.now or (run.records[-1] if run.records else None)
    if record is None or ("groups" in record) != bool(run.experiment.groups):
        return {}
    names = [*run.experiment.columns, *(tree_of(run.experiment).groups if run.experiment.groups else ())]
    groups = record.get("groups", [[]] * len(record["weights"]))
    lanes = [[*of_tasks, *of_groups] for of_tasks, of_groups in zip(record["weights"], groups, strict=True)]
    if any(len(lane) != len(names) for lane in lanes):
        return {}
    return {name: spread(band(list(values))) for name, values in zip(names, zip(*lanes, strict=True), strict=True)}
