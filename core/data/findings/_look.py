"""A table as findings see it: at most 100,000 of its rows, each column read once. Knows nothing of what is looked for."""

from functools import cached_property

import numpy as np
import pandas as pd

from core.data.dataset import Table
from core.data.infer import Useless, kind_of, missing_marks, shared_marks, useless
from core.data.values import label, numbers
from core.experiment import Experiment, Kind, Task

GLANCE = 50
ROWS, CELLS = 100_000, 10_000_000
"""So many rows, and so many cells, are looked at; of longer tables a fixed sample."""

Marks = tuple[float | str, ...]


class Look:
    """frame: the rows that are looked at, in their order; whole: all of them. names: of all columns; others: of those that are
    no tasks and may be of use; out: of those that may not, with why. share: of the rows that are looked at."""

    def __init__(self, experiment: Experiment, table: Table) -> None:
        self.table, self.whole = table, table.frame
        self.data = experiment.data
        self.tasks: tuple[Task, ...] = tuple(task for task in experiment.tasks if task.column in table.frame)
        self.names = [str(name) for name in table.frame.columns]
        most = min(ROWS, max(CELLS // max(len(self.names), 1), 1_000))
        self.sampled = len(self.whole) > most
        self.frame = self.whole
        if self.sampled:
            drawn = np.random.default_rng(0).choice(len(self.whole), most, replace=False)
            self.frame = self.whole.take(np.sort(drawn))
        self.share = len(self.frame) / max(len(self.whole), 1)
        self._numbers: dict[tuple[str, Marks], np.ndarray] = {}
        self._codes: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    @cached_property
    def guessed(self) -> dict[str, Marks]:
        """Values that likely mean missing, by column, whatever the document says of them."""
        return {name: marks for name in self.names if (marks := missing_marks(self.whole[name]))}

    @cached_property
    def everywhere(self) -> tuple[float, ...]:
        """Those of them that likely do so in every column."""
        return shared_marks(self.whole, self.guessed)

    @cached_property
    def out(self) -> dict[str, Useless]:
        return useless(self.whole, self.guessed)

    @cached_property
    def others(self) -> list[str]:
        tasks = {task.column for task in self.tasks}
        return [name for name in self.names if name not in tasks and name not in self.out]

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """As what each column would be an input."""
        return {name: kind_of(self.frame[name], self.guessed.get(name, ())) for name in self.others}

    @property
    def amounts(self) -> list[str]:
        """The columns of `others` that are numbers."""
        return [name for name in self.others if self.kinds[name] == "number"]

    def marks(self, name: str) -> Marks:
        """Values that mean missing in a column, as the document has it."""
        return self.data.marks(name)

    def numbers(self, name: str, marks: Marks | None = None) -> np.ndarray:
        """Numbers `[row]` of the rows that are looked at, NaN where missing. marks: `guessed` ones where none are given."""
        marks = self.guessed.get(name, ()) if marks is None else marks
        if (name, marks) not in self._numbers:
            self._numbers[name, marks] = numbers(self.frame[name], marks)
        return self._numbers[name, marks]

    def codes(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Which of its values each row has `[row]`, -1 where missing, and the values, in the order in which they come."""
        if name not in self._codes:
            column = self.frame[name]
            codes, distinct = pd.factorize(column)
            if marks := {"", *map(label, self.guessed.get(name, ()))}:
                gone = np.array([label(value) in marks for value in distinct] if len(distinct) <= 1_000 else [], dtype=bool)
                if gone.any():
                    codes, distinct = pd.factorize(column.mask(np.append(gone, False)[codes]))
            self._codes[name] = codes, np.asarray(distinct)
        return self._codes[name]

    def has_words(self, name: str) -> bool:
        """Whether most of a column's different cells are no numbers, as far as the first ones tell."""
        glance = numbers(pd.Series(self.codes(name)[1][:GLANCE], dtype=object))
        return bool(2 * np.isnan(glance).sum() >= len(glance))

    def rows(self, count: int) -> str:
        """A number of the rows that are looked at, as one of all: “3 rows”, “about 1,200 rows”."""
        if not self.sampled:
            return "1 row" if count == 1 else f"{count:,} rows"
        return f"about {rounded(count / self.share):,} rows"

    def missing(self, name: str) -> float:
        """The share of rows without a value, by the document's marks."""
        column, marks = self.frame[name], self.marks(name)
        if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
            return float(np.isnan(self.numbers(name, marks)).mean())
        codes, distinct = pd.factorize(column)
        nothing = {"", *map(label, marks)}
        gone = np.array([*(label(value) in nothing for value in distinct), True])
        return float(gone[codes].mean())

    @property
    def at_least(self) -> str:
        """Stands before a number of different values: there may be more among rows that are not looked at."""
        return "at least " if self.sampled else ""

    @property
    def about(self) -> str:
        """Stands before a figure that is not of all rows."""
        return "about " if self.sampled else ""


def rounded(count: float) -> int:
    """To two digits: more would look exact."""
    digits = max(len(str(int(count))) - 2, 0)
    return int(round(count, -digits))
