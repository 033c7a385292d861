"""A page begins at its top: Streamlit keeps the scroll position of the page before. Knows nothing of what pages show."""

import streamlit as st

JS = """
const seen = new WeakSet();  // a page that is left and entered again mounts anew
export default function ({ parentElement }) {
  if (seen.has(parentElement)) return;
  seen.add(parentElement);
  const main = document.querySelector('[data-testid="stMain"]');
  if (main) main.scrollTop = 0;
}
"""
STYLE = '<style>[class*="st-key-scroll-"] { position: absolute; height: 0; }</style>'

_SCROLL = st.components.v2.component("mtl_scroll", html="<span></span>", js=JS)


def scroll_to_top(page_name: str) -> None:
    """To be called first of all by a page: whoever opens it sees its beginning, and whoever changes something stays."""
    st.html(STYLE)
    with st.container(key=f"scroll-{page_name}"):
        _SCROLL(key=f"scroll.{page_name}")
