"""A closer look beneath the curves: units, what goes on inside, and the activations themselves. Layout only."""

import streamlit as st

from pages.parts import live, state
from pages.parts.curve_gallery import gallery

LOOKS = {
    "units": ("Units, layer by layer", "How the bends are put together: what each unit makes of x."),
    "health": ("Dead units and gradients", "Which units have stopped learning, and how strong the slopes are in each layer."),
    "gallery": ("Activations", "Each with its formula, its slope and when it fails, over what your network feeds it."),
}
HEIGHT = {"units": 420, "health": 300}


def closer_look() -> None:
    names = [name for name in LOOKS if name != "units" or state.run().scene.get("kind") == "curve"]
    chosen = st.segmented_control(
        "A closer look", names, format_func=lambda name: LOOKS[name][0], key="curves.look", help="\n".join(
            f"- **{LOOKS[name][0]}**: {LOOKS[name][1]}" for name in names
        ), default=names[0], required=True,
    )  # fmt: skip
    if chosen == "gallery":
        gallery()
    elif chosen in names:
        live.outputs(state.address(), (chosen,), HEIGHT[chosen], key=f"curves.{chosen}")
