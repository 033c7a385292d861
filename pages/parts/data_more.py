"""The rest of a long list, behind a button that unfolds it and folds it again. Layout only.

Not an expander: its label is part of what it is, so that another number of lines would fold it.
"""

import streamlit as st

from pages.parts import state


def unfolded(name: str, of: str, rest: int) -> bool:
    """Whether the list called `name` is unfolded; `toggle` has the button. of: another table's list is folded at first."""
    return rest > 0 and state.get(f"{name}.unfolded") == of


def toggle(name: str, of: str, rest: int) -> None:
    """The button, below the list: how many more there are, or fewer. Nothing where there are none."""
    if rest <= 0:
        return
    opened = unfolded(name, of, rest)
    st.button(
        "Show fewer" if opened else f"Show {rest:,} more",
        key=f"{name}.more",
        icon=":material/expand_less:" if opened else ":material/expand_more:",
        type="tertiary",
        on_click=state.put,
        args=(f"{name}.unfolded", "" if opened else of),
    )
