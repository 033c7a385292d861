"""How much tasks share, as widgets: the architecture, its parameters, and where a task branches off. Layout only.

Knows nothing of what an architecture does: titles, bounds and help come from its own file.
"""

from typing import Any

import streamlit as st

from core.experiment import Choice, Experiment
from core.network.sharing import SHARING
from pages.parts import controls, state
from pages.parts.plain import plain
from pages.parts.scheme_forms import pretence
from pages.parts.training_forms import off

SHARE = "Who uses the shared layers: all tasks the same ones, each its own copy, or several copies to choose among."
COPIES = "The shared layers in the picture say how deep and wide each copy is: editing one copy edits all."
ONE = ("hard", "hierarchical", "mtan")
"""Architectures with one trunk, of which there are no copies."""
STRENGTHS = [0.0, *(float(f"{mantissa}e{power}") for power in range(-3, 4) for mantissa in (1, 3))]
BRANCH = "After how many of the shared layers this task goes its own way."


def sharing_forms(key: str = "sharing") -> None:
    """The architecture with all there is to set of it; nothing where there is one task alone."""
    document = state.document()
    if len(document.tasks) < 2:
        return
    choice = document.network.sharing
    controls.plugin("How tasks share", key, choice, SHARING, _change, SHARE)
    if choice.name not in SHARING:
        return
    st.caption(f"{SHARING[choice.name].HELP}{'' if choice.name in ONE else f' {COPIES}'}")
    _params(document, choice)
    pretence(document.weighting)


def _params(document: Experiment, choice: Choice) -> None:
    """A widget for every parameter; for the place where tasks branch off, one a task."""
    model = SHARING[choice.name].Params
    others = tuple(name for name in model.model_fields if name not in ("branch", "strength"))
    controls.params(f"sharing.{choice.name}", model, choice.params, _edit, others)
    if "strength" in model.model_fields:
        _strength(choice)
    if "branch" in model.model_fields and document.network.trunk:
        with st.expander("Where each task branches off"):
            for column in document.columns:
                _branch(document, choice, column)


def _strength(choice: Choice) -> None:
    """How strong the pull is, in steps from none to so much that the networks are one."""
    field = SHARING[choice.name].Params.model_fields["strength"]
    current = float(choice.params.get("strength", field.default))

    def told(strength: float) -> None:
        _edit(lambda params: {**params, "strength": strength})

    help = f"{field.description} Acts while it trains."
    controls.steps("Strength of the pull", "sharing.strength", current, STRENGTHS, told, help, off)


def _branch(document: Experiment, choice: Choice, column: str) -> None:
    """A task that goes through all shared layers has no number, so that it still does when there are more."""
    depth = len(document.network.trunk)
    branch: dict[str, int] = choice.params.get("branch", {})

    def told(after: float) -> None:
        def made(params: dict[str, Any]) -> dict[str, Any]:
            others = {name: value for name, value in params.get("branch", {}).items() if name != column}
            places = others | ({column: int(after)} if after < depth else {})
            rest = {name: value for name, value in params.items() if name != "branch"}
            return {**rest, "branch": places} if places else rest

        _edit(made)

    controls.slider(plain(column), f"branch.{column}", min(branch.get(column, depth), depth), told, BRANCH, 0, depth, 1)


def _change(choice: dict[str, Any]) -> None:
    """What an architecture refuses leaves everything as it was, and is said."""
    state.attempt(lambda: state.document().changed("network.sharing", choice), draft=state.waiting())


def _edit(make: controls.Make) -> None:
    state.attempt(lambda: state.document().edited("network.sharing.params", make), draft=state.waiting())
