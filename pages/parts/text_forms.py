"""How texts are read, as widgets; nothing where no input is a text. Layout only."""

import streamlit as st

from core.experiment import Text
from core.registry import bounds
from pages.parts import controls, state

READ = (
    "Each word becomes a row of numbers that are learned. Then the mean of a text's words is taken, blind to their order; or "
    "they are read one after the other with a memory (LSTM, or the simpler GRU). All tasks share what reads."
)
READERS = {"mean": "the mean of the words", "lstm": "in order (LSTM)", "gru": "in order (GRU)"}
NUMBERS = {
    "embedding": ("Numbers for each word", "How many numbers a word becomes."),
    "width": ("Memory", "How many numbers are remembered from word to word."),
    "tokens": ("Words read of a row", "What comes after so many words is cut."),
    "words": ("Different words", "So many are told apart, the most frequent of the training rows; all others are unknown."),
}


def text_forms(key: str) -> None:
    """The reader, its sizes, and its limits."""
    document = state.document()
    if not document.texts:
        return
    text = document.network.text
    controls.select("Reading of texts", f"{key}.reader", text.reader, READERS, controls.at("network.text.reader"), READ)
    for place, name in zip(st.columns(2) + st.columns(2), NUMBERS, strict=True):
        label, help = NUMBERS[name]
        low, high = bounds(Text.model_fields[name].metadata)
        with place:
            controls.number(
                label, f"{key}.{name}", getattr(text, name), controls.at(f"network.text.{name}"), help, low, high, 1,
                disabled=name == "width" and text.reader == "mean",
            )  # fmt: skip
