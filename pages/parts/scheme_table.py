"""All weighting schemes as a table: what each looks at, its idea, formula, cost. A click on a row unfolds it. Layout only."""

import inspect
from typing import Any

import streamlit as st

from core.runs.costs import costs, measure_again
from core.weighting import PLACES, SCHEMES
from core.weighting._about import FAMILIES, FAMILY_HELP, HEADS, NEEDS, needs, notes, schemes
from pages.parts import state, wrapped
from pages.parts.plain import plain
from pages.parts.room_part import part
from pages.parts.scheme_forms import change_scheme

OPEN, ALL = "schemes.open", "All"
TICK = 0.5
WIDTHS = [0.17, 0.37, 0.33, 0.13]
COST = (
    "A training step of the heart network (preset *heart*, one network) with this scheme, against one with equal weights. "
    "Measured once on this machine, as the time of one processor; on a busy machine it is off by some tenths."
)
CONVENTIONS = """
- **What is lowered** is the *sum* over tasks of weight times task loss. Equal weighting is a weight of 1 for each task.
- **A gradient** of a task says how its loss changes with each number of the shared layers. Tasks *conflict* where a step that
  lowers one task's loss raises the other's. Gradients are taken over **all shared layers**, or where a scheme's paper does so,
  at the **last shared layer** or at **what the shared layers hand on** to the tasks, which costs less; then you can choose.
- **A task's own layers** follow its loss times its weight in some schemes, its plain loss in others: as in each one's paper.
- **The effective weight** of a task is its weight in the step $d = \\sum_k w_k g_k$, where $g_k$ are the tasks' gradients: the
  app draws it as the task's weight. Where a scheme's step is no such sum, it is the nearest one (least squares).
- In formulas $L_k$ is the loss of task $k$, $w_k$ its weight, and $K$ the number of tasks.
"""
STYLE = """
<style>
.st-key-schemes [data-testid="stVerticalBlock"] { gap: 0.2rem; }
[class*="st-key-scheme-row-"] {
  position: relative; padding: 0.4rem 0.5rem 0.7rem; border-top: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
.st-key-scheme-head { padding: 0.4rem 0.5rem 0; }
[class*="st-key-scheme-row-"]:hover { background: color-mix(in srgb, currentColor 5%, transparent); }
/* All of a row is its button. */
[class*="st-key-scheme-row-"] [data-testid="stButton"] button::after { content: ""; position: absolute; inset: 0; }
[class*="st-key-scheme-row-"] [data-testid="stButton"] button { position: static; min-height: 0; padding: 0; text-align: left; }
[class*="st-key-scheme-row-"] :is([data-testid="stColumn"], [data-testid="stVerticalBlock"], [data-testid="stElementContainer"],
  [data-testid="stLayoutWrapper"], [data-testid="stHorizontalBlock"], .stButton) { position: static; }
[class*="st-key-scheme-row-"] p, [class*="st-key-scheme-row-"] [data-testid="stCaptionContainer"] { margin: 0; }
[class*="st-key-scheme-detail"] { padding: 0.2rem 1rem 1rem; border-left: 3px solid var(--st-primary-color, #2563eb); }
</style>
"""


def conventions() -> None:
    """What holds for all of them, said once."""
    st.markdown("#### Ways to weigh the tasks")
    with st.expander("What all of them have in common, and the words used here", icon=":material/menu_book:", expanded=True):
        st.markdown(CONVENTIONS)


def scheme_table() -> None:
    st.html(STYLE)
    measured = costs()
    watch(measured is None)
    with st.container(key="schemes"):
        found = filtered(measured or {})
        head()
        for scheme in found:
            row(scheme, measured)
            if state.get(OPEN) == scheme["name"]:
                detail(scheme)
        if not found:
            st.caption("None matches. Clear the filter to see all.")


def watch(waits: bool) -> None:
    """Draws the page anew once costs are there."""

    @st.fragment(run_every=TICK if waits else None)
    def look() -> None:
        if waits and costs() is not None:
            st.rerun()

    look()


def filtered(measured: dict[str, float]) -> list[dict[str, Any]]:
    """The schemes that a person asks for, in order or by cost."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        text = st.text_input(
            "Filter", key="schemes.text", placeholder="a name, an author, a word", width=280,
            help="Shows the schemes in whose name, idea or reference all your words are.",
        )  # fmt: skip
        explained = "\n".join(f"- **{title}**: {FAMILY_HELP[family]}" for family, title in FAMILIES.items())
        family = st.segmented_control(
            "Family", [ALL, *FAMILIES], format_func=lambda each: FAMILIES.get(each, ALL), default=ALL, key="schemes.family",
            help=explained,
        )  # fmt: skip
        cheap = st.toggle("Cheapest first", key="schemes.cheap", disabled=not measured, help="Sorts by what a step costs.")
        st.button("Measure again", icon=":material/timer:", type="tertiary", disabled=not measured, on_click=measure_again,
                  help="What a step costs, for when the machine was busy the first time.")  # fmt: skip
    shown = [scheme for scheme in schemes() if family in (None, ALL, scheme["family"]) and matches(scheme, text)]
    return sorted(shown, key=lambda scheme: measured.get(scheme["name"], 0.0)) if cheap else shown


def matches(scheme: dict[str, Any], text: str) -> bool:
    """Whether every word of `text` is somewhere in what is said of the scheme."""
    said = " ".join(scheme[part] for part in ("name", "title", "help", "reference")).casefold()
    return all(word in said for word in text.casefold().split())


def head() -> None:
    names = {"Scheme": "", "Idea": "", "Formula": "", "Cost of a step": COST}
    with st.container(key="scheme-head"):
        for place, (name, help) in zip(st.columns(WIDTHS), names.items(), strict=True):
            place.markdown(f"**{name}**", help=help or None)


def row(scheme: dict[str, Any], measured: dict[str, float] | None) -> None:
    name = scheme["name"]
    used = " :green-badge[:material/check: in use]" if name == state.document().weighting.name else ""
    with st.container(key=f"scheme-row-{name}"):
        title, idea, formula, price = st.columns(WIDTHS, vertical_alignment="top")
        with title:
            st.button(f"**{scheme['title']}**", type="tertiary", key=f"schemes.open.{name}", on_click=unfold, args=(name,))
            st.markdown(f":small[{FAMILIES[scheme['family']]} · needs {needs(scheme)}]{used}")
        idea.markdown(f"{scheme['help']}\\\n:gray[:small[{plain(scheme['reference'])}]]")
        formula.markdown(f"${scheme['formula']}$")
        price.markdown(cost_text(name, measured))


def cost_text(name: str, measured: dict[str, float] | None) -> str:
    if measured is None:
        return ":gray[measuring …]"
    if name not in measured:
        return "–"
    ratio = measured[name] / measured[next(iter(SCHEMES))]
    return f"**{ratio:.1f} ×**\\\n:gray[:small[{measured[name]:,.0f} µs]]"


def unfold(name: str) -> None:
    state.put(OPEN, None if state.get(OPEN) == name else name)


def use(name: str) -> None:
    if state.document().weighting.name != name:  # else it keeps what is set of it
        change_scheme(name)


def detail(scheme: dict[str, Any]) -> None:
    name = scheme["name"]
    with st.container(key=f"scheme-detail-{name}"):
        use_button(name)
        st.latex(scheme["formula"])
        left, right = wrapped.columns(f"scheme-{name}", [0.5, 0.5])
        with left:
            said = "; ".join(["the tasks' losses", *(NEEDS[need] for need in scheme["needs"])])
            st.markdown(f"**It looks at** {said}.")
            if places := [PLACES[place].lower() for place in scheme["where"]]:
                first = ": the first, unless you choose" if len(places) > 1 else ""
                st.markdown(f"**Gradients are taken at** {' or '.join(places)}{first}.")
            st.markdown(f"**Its weights:** {plain(scheme['scale'])}. {HEADS[scheme['heads']]}")
            params(scheme["params"])
        with right:
            if told := notes(name):
                st.markdown("**More exactly, and where it differs from the paper**")
            for text in told:
                if text.startswith(" "):
                    st.code(inspect.cleandoc(text), language=None, wrap_lines=True)
                else:
                    st.caption(plain(text.replace("`", "")))


def use_button(name: str) -> None:
    used = state.document().weighting.name == name
    with st.container(horizontal=True, vertical_alignment="center"):
        with part("weighting", "schemes", width="content"):
            st.button("Use this scheme", icon=":material/check:", type="primary", key=f"schemes.use.{name}",
                      on_click=use, args=(name,), disabled=used)  # fmt: skip
        if used:
            st.markdown(f"The Playground now uses **{SCHEMES[name].TITLE}**.", width="content")
            playground = st.Page("playground.py", title="Playground", default=True)  # as `pages/_main.py` has it
            st.page_link(playground, label="Go there", icon=":material/play_circle:")


def params(listed: list[dict[str, Any]]) -> None:
    if not listed:
        st.markdown("**Parameters:** none.")
        return
    lines = ["| Parameter | Unless set | Allowed | What it does |", "|---|---|---|---|"]
    for param in listed:
        formula = f" ${param['formula']}$" if param["formula"] else ""
        cells = (f"{param['title']}{formula}", usual(param), allowed(param), param["help"])
        lines.append(f"| {' | '.join(cells)} |")
    st.markdown("\n".join(lines))


def usual(param: dict[str, Any]) -> str:
    default = param["default"]
    if param["name"] == "where":
        return PLACES[default].lower()
    if isinstance(default, dict):
        return "the same for each task"
    return (
        "the first task" if param["type"] == "task" else plain(f"{default:g}" if isinstance(default, float) else str(default))
    )


def allowed(param: dict[str, Any]) -> str:
    if param["choices"]:
        names = [PLACES.get(choice, choice).lower() if param["name"] == "where" else str(choice) for choice in param["choices"]]
        return plain(", ".join(names))
    if param["type"] == "task":
        return "a task"
    low, high = (None if bound is None else f"{bound:g}" for bound in (param["min"], param["max"]))
    return f"{low} to {high}" if low is not None and high is not None else "any number"
