"""What a document was, step by step, so that changes can be undone and redone: a bounded list of texts, and which one stands.

Knows nothing of sessions, of runs, or of what the texts say.
"""

from typing import NamedTuple

MOST, LARGEST = 100, 2_000_000
"""So many texts are kept, of so many characters together."""


class Steps(NamedTuple):
    """The texts in the order in which they came, and the place of the one that stands; -1 while there is none."""

    texts: tuple[str, ...] = ()
    at: int = -1

    def seen(self, text: str) -> "Steps":
        """With `text` standing. One that did not stand before comes after the one that did; what was undone is forgotten."""
        if self.texts and self.texts[self.at] == text:
            return self
        kept = [*self.texts[: self.at + 1], text][-MOST:]
        while len(kept) > 1 and sum(map(len, kept)) > LARGEST:
            kept.pop(0)
        return Steps(tuple(kept), len(kept) - 1)

    def instead(self, text: str) -> "Steps":
        """With `text` in place of the one that stands: a change that is no step of its own."""
        return Steps((*self.texts[: self.at], text, *self.texts[self.at + 1 :]), self.at)

    def moved(self, by: int) -> "Steps | None":
        """With the text before (-1) or after (1) standing; None where there is none."""
        return Steps(self.texts, self.at + by) if 0 <= self.at + by < len(self.texts) else None

    @property
    def text(self) -> str:
        """The text that stands."""
        return self.texts[self.at]
