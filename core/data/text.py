"""Texts as numbers of words. Knows nothing of networks, and of the table only which rows it is told to learn words from.

A word is a run of letters and digits, apostrophes within it included, in lower case; a sign of Chinese or Japanese writing is a
word by itself. Each has a number: 0 is no word at all (what fills up short rows), 1 an unknown word, and from 2 on come
the words of the training rows, the most frequent first. Several columns of texts are read as one text, one after the other.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np
import pandas as pd

from core.data.values import texts
from core.errors import UserError

PADDING, UNKNOWN, FIRST = 0, 1, 2
Marks = tuple[float | str, ...]
ALONE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Signs that are written without spaces between words."""


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    """What a word is. Signs that stand on a letter (accents, vowel signs of Indian writing) belong to it."""
    marks = [code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)).startswith("M")]
    runs = [[code for _, code in run] for _, run in groupby(enumerate(marks), lambda each: each[1] - each[0])]
    on = "".join(f"{re.escape(chr(run[0]))}-{re.escape(chr(run[-1]))}" for run in runs)
    letter = f"(?:(?![{ALONE}_])[\\w{on}])"
    return re.compile(f"[{ALONE}]|{letter}+(?:'{letter}+)*")


def words(text: str) -> list[str]:
    """The words of a text, in order: “Don't stop!” has “don't” and “stop”."""
    return _word().findall(unicodedata.normalize("NFC", text).lower().replace("\u2019", "'"))


def joined(frame: pd.DataFrame, columns: Sequence[tuple[str, Marks]]) -> list[list[str]]:
    """Each row's words, of all columns (name, values that mean missing) one after the other; none where nothing is known."""
    found: list[list[str]] = [[] for _ in range(len(frame))]
    for name, marks in columns:
        if name not in frame:
            raise UserError("A row should have every input.", f"no “{name}”", "Fill it in; an empty cell will do.")
        for row, text in zip(found, texts(frame[name], marks), strict=True):
            if text is not None:
                row += words(text)
    return found


def frequent(column: pd.Series, marks: Marks = (), most: int = 12) -> tuple[str, ...]:
    """The words that occur most often in a column."""
    return vocabulary((words(text) for text in texts(column, marks) if text is not None), most)


def vocabulary(rows: Iterable[Sequence[str]], most: int) -> tuple[str, ...]:
    """At most `most` words, the most frequent first; of equally frequent ones in the order of the alphabet."""
    counts = Counter(word for row in rows for word in row)
    return tuple(sorted(counts, key=lambda word: (-counts[word], word))[:most])


def numbered(rows: Sequence[Sequence[str]], known: dict[str, int], longest: int) -> np.ndarray:
    """Numbers of words `[row, word]`, float32 (exact, as there are far fewer than 2^24); 0 after a row's last, cut at
    `longest`, and as wide as the longest row that is left."""
    rows = [row[:longest] for row in rows]
    made = np.zeros((len(rows), max(map(len, rows), default=0) or 1), dtype=np.float32)
    for place, row in enumerate(rows):
        made[place, : len(row)] = [known.get(word, UNKNOWN) for word in row]
    return made


@dataclass(frozen=True)
class Words:
    """From a frame in the user's columns to numbers of words `[row, word]`. columns: name and values that mean missing there;
    vocabulary: of one split's training rows; longest: so many words of a row are read."""

    columns: tuple[tuple[str, Marks], ...]
    vocabulary: tuple[str, ...]
    longest: int

    def transform(self, frame: pd.DataFrame) -> np.ndarray:
        return self.of(joined(frame, self.columns))

    def of(self, rows: Sequence[Sequence[str]]) -> np.ndarray:
        """The same of rows whose words are found already."""
        return numbered(rows, {word: FIRST + place for place, word in enumerate(self.vocabulary)}, self.longest)


def longish(cells: Sequence[str], least: float) -> bool:
    """Whether these texts have so many words each, on average."""
    return bool(len(cells)) and sum(len(words(cell)) for cell in cells) >= least * len(cells)
