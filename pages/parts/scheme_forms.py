"""How the tasks' losses are weighed, as widgets: the scheme, its parameters, where gradients are taken, smoothing. Layout only.

On the Playground as many as there is room for, the rest behind "More settings"; on the page Network all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st
from pydantic.fields import FieldInfo

from core.experiment import Experiment, Weighting
from core.registry import choices, title_of
from core.weighting import PLACES, SCHEMES, top
from core.weighting._about import about, by_task, limits, otherwise
from pages.parts import controls, state
from pages.parts.network_sizes import fits, sizes
from pages.parts.plain import plain

Draw = Callable[[], None]
BY_HAND = ("equal", "fixed")
"""Schemes whose weights a person sets."""
SCHEME = (
    "How much each task counts. What is lowered is the sum over the tasks of weight times loss. The list begins with schemes "
    "that look at losses alone; then come those that look at the tasks' gradients, then those with a main task or an order."
)
ALL = "All of them, with formulas and what a step costs, are on the page *Schemes*."
WEIGHT = "Twice the weight pulls the shared layers twice as hard. 0 leaves the task untrained. Acts while it trains."
SMOOTHING = "How much of the last step's weights is kept. 0: the scheme's own weights. Near 1: they change slowly (CR-MOGM)."
FIRST = "the first task"
NOTHING_SHARED = (
    "“{scheme}” compares the tasks' gradients where layers are shared. Here none is: each task learns from its own loss alone, "
    "and gradients never meet. Choose an architecture that shares layers, or equal weights."
)
MOST = 0.99


@dataclass(frozen=True)
class Spot:
    """A weighting of the document: by its path there; members: what it weighs; key: what its widgets' keys begin with."""

    path: str
    choice: Weighting
    members: tuple[str, ...]
    key: str = ""

    def change(self, path: str, value: Any) -> None:
        """What a scheme refuses leaves everything as it was: the run has no use for a draft over that."""
        self.edit(path, lambda _: value)

    def edit(self, path: str, make: Callable[[Any], Any]) -> None:
        """The same with what `make` makes of the value as it stands by now."""
        where = f"{self.path}.{path}" if path else self.path
        state.attempt(lambda: state.document().edited(where, make), draft=state.waiting())

    def set(self, name: str, value: Any) -> None:
        self.edit("params", lambda params: {**params, name: value})

    def begin(self, name: str) -> None:
        """Another scheme starts with its own defaults; the smoothing stays."""
        self.edit("", lambda choice: {**choice, "name": name, "params": {}})


def root(document: Experiment) -> Spot:
    """The document's own weighting."""
    return Spot("weighting", document.weighting, top(document))


def change_scheme(name: str) -> None:
    root(state.document()).begin(name)


def scheme_select(label: str, spot: Spot | None = None) -> None:
    spot = spot or root(state.document())
    choice = spot.choice
    idea = f"\n\n**{SCHEMES[choice.name].TITLE}**: {SCHEMES[choice.name].HELP}" if choice.name in SCHEMES else ""
    titles = {name: module.TITLE for name, module in SCHEMES.items()}
    controls.select(label, f"{spot.key}scheme", choice.name, titles, spot.begin, f"{SCHEME}{idea}\n\n{ALL}")


def weighting(document: Experiment) -> None:
    """The scheme with all there is to set of it."""
    spot_forms("Task weighting", root(document))


def spot_forms(label: str, spot: Spot) -> None:
    scheme_select(label, spot)
    if spot.choice.name not in SCHEMES:
        return
    st.caption(SCHEMES[spot.choice.name].HELP)
    pretence(spot.choice)
    for group in _groups(spot):
        for draw in group:
            draw()


def pretence(choice: Weighting) -> None:
    """Where a scheme looks at gradients and none meet, says so."""
    if len(state.document().tasks) < 2 or choice.name not in SCHEMES or not about(choice.name)["where"]:
        return
    if fits() and not sizes().shared:
        st.info(NOTHING_SHARED.format(scheme=SCHEMES[choice.name].TITLE), icon=":material/info:")


def split(document: Experiment, room: int) -> tuple[list[Draw], list[Draw]]:
    """The scheme's widgets: those for which there is room, and the rest. A parameter of every task is shown whole or not."""
    shown: list[Draw] = []
    rest: list[Draw] = []
    for group in _groups(root(document)):
        (shown if len(shown) + len(group) <= room else rest).extend(group)
    return shown, rest


def _groups(spot: Spot) -> list[list[Draw]]:
    """A widget for each parameter, or one a task; then the smoothing of weights that move by themselves."""
    name_of = spot.choice.name
    if name_of not in SCHEMES:
        return []
    groups: list[list[Draw]] = []
    for name, field in SCHEMES[name_of].Params.model_fields.items():
        if by_task(field):
            groups.append([partial(_of_task, spot, name, field, member) for member in spot.members])
        elif name == "where":
            groups.append([partial(_where, spot, field)])
        elif field.annotation is str:
            groups.append([partial(_task, spot, name, field)])
        else:
            groups.append([partial(_param, spot, name)])
    return groups if name_of in BY_HAND else [*groups, [partial(_smoothing, spot)]]


def _param(spot: Spot, name: str) -> None:
    choice, edit = spot.choice, partial(spot.edit, "params")
    controls.params(f"{spot.key}scheme.{choice.name}", SCHEMES[choice.name].Params, choice.params, edit, (name,))


def _of_task(spot: Spot, name: str, field: FieldInfo, member: str) -> None:
    """A task's own number. All tasks' numbers are written at once, so that they are what is shown."""
    usual = otherwise(field)

    def given(params: Mapping[str, Any]) -> dict[str, float]:
        return {each: float(params.get(name, {}).get(each, usual)) for each in spot.members}

    def told(value: float) -> None:
        spot.edit("params", lambda params: {**params, name: {**given(params), member: value}})

    key, help, shown = f"{spot.key}{name}.{member}", field.description or "", given(spot.choice.params)[member]
    label = plain(member) if spot.choice.name in BY_HAND else f"{title_of(name, field)}: {plain(member)}"
    if usual:
        controls.slider(label, key, shown, told, help, 0.0, 5.0, 0.1)
    else:
        controls.number(label, key, shown, told, help, *limits(field), 0.1)


def _where(spot: Spot, field: FieldInfo) -> None:
    names, choice = choices(field.annotation), spot.choice
    titles = {name: PLACES[name] for name in names}
    current, key = choice.params.get("where", names[0]), f"{spot.key}scheme.{choice.name}.where"
    controls.select("Gradients taken at", key, current, titles, partial(spot.set, "where"), field.description or "")


def _task(spot: Spot, name: str, field: FieldInfo) -> None:
    """A parameter that names a task; without one it is the first."""
    titles = {"": FIRST, **{member: member for member in spot.members}}
    key, change, label = f"{spot.key}scheme.{spot.choice.name}.{name}", partial(spot.set, name), title_of(name, field)
    controls.select(label, key, spot.choice.params.get(name, ""), titles, change, field.description or "")


def _smoothing(spot: Spot) -> None:
    value, key = float(spot.choice.ema), f"{spot.key}scheme.ema"
    controls.slider("Smoothing (CR-MOGM)", key, value, partial(spot.change, "ema"), SMOOTHING, 0.0, MOST, 0.01)
