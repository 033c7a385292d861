"""A closer look beneath the curves: units, what goes on inside, and the activations themselves. Layout only."""

import streamlit as st

from core.network.activations import ACTIVATIONS
from core.network.edit import set_activation_everywhere
from core.network.gallery import drawn
from pages.parts import controls, live, state

LOOKS = {
    "units": ("Units, layer by layer", "How the bends are put together: what each unit makes of x."),
    "health": ("Dead units and gradients", "Which units have stopped learning, and how strong the slopes are in each layer."),
    "gallery": ("Activations", "Each with its formula, its slope and when it fails, over what your network feeds it."),
}
HEIGHT = {"units": 420, "health": 300}
CARD = 340


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
        live.outputs(state.run().id, (chosen,), HEIGHT[chosen], key=f"curves.{chosen}")


def gallery() -> None:
    """One activation at a time, with all that is known of it."""
    names = list(ACTIVATIONS)
    at_first = _current()
    left, right = st.columns([0.42, 0.58], gap="large")
    with left:
        chosen = st.selectbox(
            "Activation to look at", names, index=names.index(at_first) if at_first in names else 0,
            format_func=lambda name: ACTIVATIONS[name].TITLE, key="gallery.name", help="To look changes nothing.",
        )  # fmt: skip
        module = ACTIVATIONS[chosen]
        values = state.get(f"gallery.{chosen}", {})
        controls.params(f"gallery.{chosen}", module.Params, values, lambda found: state.put(f"gallery.{chosen}", found))
        st.markdown(f"$$f(z) = {module.FORMULA}$$\n\n$$f'(z) = {module.DERIVATIVE}$$")
        low, high = module.RANGE(module.Params(**values))
        st.markdown(f"**Range** {_end(low)} to {_end(high)} · **{module.HELP}**")
        st.markdown(f"**When it fails** {module.FAILS}")
        st.caption(module.REFERENCE)
        with st.container(horizontal=True):
            st.button("Use it in every layer", icon=":material/check:", on_click=_use, args=(chosen, values),
                      help="The run goes on with it where it can.")  # fmt: skip
    with right:
        live.outputs(state.run().id, ("gallery",), CARD, key="curves.gallery", gallery=drawn(chosen, values))


def _current() -> str:
    layers = state.document().network.trunk
    return layers[0].activation.name if layers else next(iter(ACTIVATIONS))


def _use(name: str, params: dict) -> None:
    state.attempt(lambda: set_activation_everywhere(state.document(), {"name": name, "params": params}))


def _end(value: float) -> str:
    return {float("inf"): "∞", float("-inf"): "−∞"}.get(value, f"{value:.4g}")
