"""The little CSS that Streamlit's theme has no setting for. Nothing foreign is ever put into it."""

import streamlit as st

from pages.parts.theme import is_dark

CSS = """
<style>
[data-testid="stMainBlockContainer"] { padding: 3.2rem 1.25rem 0.5rem; max-width: 1800px; }
[data-testid="stHeader"] { height: 3rem; }
[data-testid="stVerticalBlock"] { gap: 0.55rem; }
[data-testid="stFileUploaderDropzone"] {
  padding: 0.4rem 0.6rem; min-height: 0; flex-flow: row nowrap !important; align-items: center; }
/* What may be dropped, in place of how large it may be. */
[data-testid="stFileUploaderDropzoneInstructions"] {
  flex: 1 1 0; min-width: 0; margin: 0; white-space: normal; text-align: left; }
[data-testid="stFileUploaderDropzoneInstructions"] > * { display: none; }
[data-testid="stFileUploaderDropzoneInstructions"]::after {
  content: "CSV, Excel, Parquet"; font-size: 0.8rem; line-height: 1.2; }
[class*="st-key-experiment-file"] [data-testid="stFileUploaderDropzoneInstructions"]::after { content: "JSON, as saved here"; }
/* Letters that the theme has no setting for: as dark, or as light, as reading takes, 4.5 to 1. */
[data-testid="stCaptionContainer"] { opacity: 1; color: light-dark(#5c606d, #a7abb8); }
[data-testid="stSliderThumbValue"] p, button[data-selected="true"] p { color: light-dark(#4a43d6, #a9a8ff); }
[data-testid="stCode"] .token:is(.keyword, .class-name, .function, .boolean) { color: light-dark(#1463b3, #6db1ff); }
[data-testid="stCode"] .token.string { color: light-dark(#08722a, #5ce488); }
[data-testid="stCode"] .token.number { color: light-dark(#0d7568, #5fd9c6); }
[data-testid="stCode"] .token.comment { color: light-dark(#5f6472, #9a9fae); }
/* What a room's presenter has locked: the room's bar makes it inert. */
[class*="st-key-part-"]:has(> [inert]) { cursor: not-allowed; }
[class*="st-key-part-"] > [inert] { opacity: 0.45; }
.st-key-room-bar { margin-top: 0.6rem; }
/* What is said for a moment may not lie on the buttons that it speaks of, which are at the top. */
[data-testid="stToastContainer"] { top: auto; bottom: 1rem; }
.st-key-steps { position: fixed; z-index: 999991; top: 0.6rem; right: 1.25rem; width: max-content !important; }
.st-key-steps button { min-height: 1.9rem; }
@media (max-width: 1000px) {
  .st-key-steps { top: auto; bottom: 0.6rem; padding: 0 0.8rem; border-radius: 0.375rem;
    background: light-dark(#ffffff, #12141b); border: 1px solid light-dark(#d5d8e2, #363b4c); }
  [data-testid="stMainBlockContainer"]:has(.st-key-steps) { padding-bottom: 3.5rem; }
  [data-testid="stToastContainer"] { bottom: 3.5rem; } }
.st-key-fault {
  position: fixed; z-index: 100; bottom: 1.2rem; left: 50%; transform: translateX(-50%); width: min(44rem, 92vw); }
.st-key-fault:empty { display: none; }
.st-key-fault [data-testid="stAlert"] {
  background: canvas; border-radius: 0.375rem; box-shadow: 0 4px 24px #0005; animation: told 0.6s 20s forwards; }
@keyframes told { to { opacity: 0; visibility: hidden; } }
@media (max-width: 1100px) {
  .st-key-playground > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] { flex-wrap: wrap; }
  .st-key-playground > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] > [data-testid="stColumn"] {
    min-width: 100%; flex: 1 1 100%; }
  /* What is learned comes right below the buttons that make it learn. */
  .st-key-playground [data-testid="stColumn"]:has(.st-key-learned) { order: -1; }
}
</style>
"""


def apply(*more: str) -> None:
    """more: the static style of single controls.

    Streamlit tells the colour scheme to the page alone, not to what opens above it. When somebody changes it, that hears of it
    with the next click.
    """
    scheme = "dark" if is_dark() else "light"
    st.html("".join([CSS, *more, f"<style>:root {{ color-scheme: {scheme}; }}</style>"]))
