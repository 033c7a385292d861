"""The gallery: one activation at a time, with all that is known of it and a slider for each of its numbers. Layout only."""

import re
from functools import partial
from typing import Any

import streamlit as st

from core.errors import UserError
from core.network.activations import ACTIVATIONS
from core.network.edit import set_activation_everywhere
from core.network.gallery import dials, drawn
from pages.parts import controls, live, state

KEY = "curves.gallery"
CARD = 340
SYMBOLS = {
    r"\Phi": r"$\Phi(z)$ is the share of the bell curve (the standard normal distribution) below $z$",
    r"\varphi": r"$\varphi(z)$ is the height of that bell curve at $z$",
    r"\sigma": r"$\sigma(z) = 1 / (1 + e^{-z})$ is the sigmoid",
}
"""What formulas take for granted."""


def gallery() -> None:
    names = list(ACTIVATIONS)
    at_first = _current()
    left, right = st.columns([0.42, 0.58], gap="large")
    with left:
        chosen = st.selectbox(
            "Activation to look at", names, index=names.index(at_first) if at_first in names else 0,
            format_func=lambda name: ACTIVATIONS[name].TITLE, key="gallery.name", help="To look changes nothing.",
        )  # fmt: skip
        module, values = ACTIVATIONS[chosen], _values(chosen)
        moved = dials(chosen, values)
        rest = tuple(name for name in module.Params.model_fields if name not in [dial["name"] for dial in moved])
        controls.params(f"gallery.{chosen}", module.Params, values, partial(_edit, chosen), only=rest)
        st.markdown(f"$$f(z) = {module.FORMULA}$$\n\n$$f'(z) = {module.DERIVATIVE}$$\n\n{_symbols(module)}")
        low, high = module.RANGE(module.Params(**values))
        st.markdown(f"**Range** {_end(low)} to {_end(high)} · {minus(module.HELP)}")
        st.markdown(f"**When it fails** {minus(module.FAILS)}")
        st.caption(module.REFERENCE)
        with st.container(horizontal=True):
            st.button("Use it in every layer", icon=":material/check:", on_click=_use, args=(chosen,),
                      help="The run goes on with it where it can.")  # fmt: skip
    with right:
        shown = drawn(chosen, values) | {"dials": moved}
        live.outputs(state.address(), ("gallery",), CARD, key=KEY, gallery=shown, on_param=lambda: on_param(KEY))


def on_param(key: str) -> None:
    """Keeps the value of a parameter whose slider was let go. What is no such parameter, or no value of it, changes nothing."""
    told: Any = getattr(state.value(key), "param", None)
    told = told if isinstance(told, dict) else {}
    activation, name, value = told.get("activation"), told.get("name"), told.get("value")
    if activation not in list(ACTIVATIONS) or not isinstance(name, str) or isinstance(value, bool):
        return
    try:
        _, known = ACTIVATIONS.resolve(activation, {**_values(activation), name: value})
    except UserError:
        return
    _keep(activation, known.model_dump())


def minus(text: str) -> str:
    """The text with true minus signs before its numbers."""
    return re.sub(r"(?<![\w-])-(?=[\d∞])", "−", text)


def _values(name: str) -> dict[str, Any]:
    return state.get(f"gallery.{name}", {})


def _keep(name: str, values: dict[str, Any]) -> None:
    state.put(f"gallery.{name}", values)


def _edit(name: str, make: controls.Make) -> None:
    _keep(name, make(_values(name)))


def _symbols(module: Any) -> str:
    """What the letters in its formulas stand for, where they do not say so themselves."""
    used = [text for letter, text in SYMBOLS.items() if letter in module.FORMULA + module.DERIVATIVE]
    return f"Here {', and '.join(used)}." if used and not module.FORMULA.startswith(r"\sigma") else ""


def _current() -> str:
    layers = state.document().network.trunk
    return layers[0].activation.name if layers else next(iter(ACTIVATIONS))


def _use(name: str) -> None:
    state.attempt(lambda: set_activation_everywhere(state.document(), {"name": name, "params": _values(name)}))


def _end(value: float) -> str:
    return minus({float("inf"): "∞", float("-inf"): "-∞"}.get(value, f"{value:.4g}"))
