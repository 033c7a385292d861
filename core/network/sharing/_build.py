"""What architectures have in common when they put a network together: stacks of layers, experts, gates, towers.

Before all of them stands what reads texts, where an input is one: its parameters are shared by all tasks, whatever else is.

Knows nothing of any one architecture.
"""

from collections.abc import Sequence
from typing import NamedTuple

from core.errors import UserError
from core.experiment import Layer, Network
from core.network.embedding import Columns, Embedding, Mean
from core.network.graph import FEATURES, Node, Plan
from core.network.layer import Bent, Dense, bent_of
from core.network.mixing import Join, Mixture, Part, Softmax
from core.network.parameters import SHARED
from core.network.recurrent import GRU, LSTM


class Inputs(NamedTuple):
    """What a network is given: features of a table, and after them numbers of words, of which there are so many; 0: no text."""

    table: int
    words: int = 0


class Builder(Plan):
    """A plan that knows how wide each value is. outputs: numbers per task, by column.

    start: what an architecture begins with: the features, or what has been read of the texts, beside the features of a table.
    """

    def __init__(self, network: Network, inputs: Inputs, outputs: dict[str, int]) -> None:
        super().__init__()
        self.network, self.counts, self.bent = network, outputs, bent_of(network)
        self.tasks = tuple(outputs)
        self.widths = {FEATURES: inputs.table}
        self.start = self._read(inputs) if inputs.words else FEATURES

    def _read(self, inputs: Inputs) -> int:
        text, skip = self.network.text, inputs.table
        words = self.add(Embedding("text.embedding", skip, inputs.words, text.embedding), FEATURES)
        reader = (
            Mean("text.mean", skip)
            if text.reader == "mean"
            else {"lstm": LSTM, "gru": GRU}[text.reader](f"text.{text.reader}", skip, text.embedding, text.width)
        )
        read = self.add(reader, words, FEATURES)
        self.widths[read] = text.outputs
        if not skip:
            return read
        table = self.add(Columns("text.beside", skip), FEATURES)
        self.widths[table] = skip
        return self.joined("text.joined", [read, table], SHARED)

    def dense(self, name: str, value: int, layer: Layer, owner: str = SHARED, bent: Bent | None = None, copies: int = 0) -> int:
        """One layer; without `bent` it never has an activation."""
        made = self.add(Dense(name, owner, self.widths[value], layer, bent, copies=copies), value, owner=owner)
        self.widths[made] = layer.width
        return made

    def stack(self, name: str, value: int, layers: Sequence[Layer], owner: str = SHARED, copies: int = 0) -> int:
        """Layers one after another."""
        for at, layer in enumerate(layers):
            value = self.dense(f"{name}.{at}", value, layer, owner, self.bent, copies)
        return value

    def towers(self, values: Sequence[int]) -> None:
        """Every task's own layers and outputs, from the value that it begins with."""
        for column, value in zip(self.tasks, values, strict=True):
            self.tower(column, value)

    def tower(self, column: str, value: int, owner: str | None = None) -> int:
        """A task's own layers and outputs; gives these. owner: if others use them too."""
        task, owner = self.tasks.index(column), column if owner is None else owner
        value = self.stack(f"tower{task}", value, self.network.towers.get(column, ()), owner)
        value = self.dense(f"output{task}", value, Layer(width=self.counts[column]), owner)
        self.output(column, value)
        return value

    def gate(self, name: str, value: int, experts: int, owner: str = SHARED) -> int:
        """How much each expert counts, row by row, from what the gate sees."""
        logits = self.dense(name, value, Layer(width=experts), owner)
        return self.add(Softmax(f"{name}.weights"), logits, owner=owner)

    def mixture(self, name: str, weights: int, banks: dict[int, int], owner: str = SHARED) -> int:
        """Experts by their weights. banks: value -> how many copies."""
        made = self.add(Mixture(name, list(banks.values())), weights, *banks, owner=owner)
        self.widths[made] = self.widths[next(iter(banks))]
        return made

    def then(self, node: Node, *values: int, owner: str = SHARED) -> int:
        """A step whose value is as wide as the last of those that it is given."""
        made = self.add(node, *values, owner=owner)
        self.widths[made] = self.widths[values[-1]]
        return made

    def joined(self, name: str, values: Sequence[int], owner: str) -> int:
        """Values side by side; one alone stays as it is."""
        if len(values) == 1:
            return values[0]
        made = self.add(Join(name), *values, owner=owner)
        self.widths[made] = sum(self.widths[value] for value in values)
        return made

    def parts(self, name: str, bank: int) -> list[int]:
        """Every task's copy of a bank that has one for each."""
        tasks = len(self.tasks)
        return [self.then(Part(f"{name}{task}", tasks, task), bank, owner=column) for task, column in enumerate(self.tasks)]

    def needs_layers(self, title: str) -> None:
        """Raises `UserError` where there is no shared layer to make experts or copies of."""
        if not self.network.trunk:
            raise UserError(
                f"{title} should have a shared layer.", "none", "Add one to the shared layers, with + in the picture."
            )
