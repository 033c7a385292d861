"""Sizes of the network before there is one: every matrix, how many parameters it has, what shape a batch has on its way.

Knows nothing of tensors, and makes none. Hard sharing is a trunk, then a tower for each task with the matrix to its outputs
at the end; the sizes of other architectures are read off the steps that these are put together of.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import UserError
from core.experiment import Experiment, Layer
from core.network.naming import TRUNK_KINDS, Part, part_of

if TYPE_CHECKING:
    from core.network.graph import Step

TRUNK = "trunk"


def where_of(column: str) -> str:
    """The address of a task's own layers: its column, marked where it could be taken for the trunk."""
    return f"{column}'" if column.rstrip("'") == TRUNK else column


def dims(*sizes: int | str) -> str:
    """“32 × 64”: sizes as they are written everywhere, rows first."""
    return " × ".join(map(str, sizes))


@dataclass(frozen=True)
class Matrix:
    """One product with a matrix `[inputs, outputs]` and a bias. `last`: it leads to a task's outputs.

    where: whose it is, as an address. parameters: weights and biases, scale and shift where a batch norm follows, and what its
    activation learns; of all `copies` together. stack: the address of the document's layer that it is or is a copy of, "" of
    what no layer stands for. words: what it is, where that is no layer, or one of several copies of one.
    """

    where: str
    at: int
    inputs: int
    outputs: int
    parameters: int
    last: bool = False
    stack: str = ""
    copies: int = 1
    words: str = ""

    @property
    def text(self) -> str:
        return dims(self.inputs, self.outputs)


@dataclass(frozen=True)
class Shapes:
    """All matrices from left to right, trunk first. rows: of a batch; None when it holds all training rows."""

    features: int
    rows: int | None
    matrices: tuple[Matrix, ...]

    def of(self, stack: str) -> tuple[Matrix, ...]:
        """A matrix for each layer of one of the document's stacks, in order; a task's end with the one to its outputs."""
        found: dict[int, Matrix] = {}
        for matrix in self.matrices:
            if matrix.stack == stack:
                found.setdefault(matrix.at, matrix)
        return tuple(found[at] for at in sorted(found))

    def batch(self, units: int) -> str:
        """The shape of a batch where there are `units` numbers per row; “rows” stands for all of them."""
        return dims(self.rows or "rows", units)

    def parameters(self, where: str) -> int:
        """How many numbers belong to an owner: to `TRUNK`, that is to several tasks, or to one."""
        return sum(matrix.parameters for matrix in self.matrices if matrix.where == where)

    @property
    def shared(self) -> int:
        return self.parameters(TRUNK)

    @property
    def total(self) -> int:
        return sum(matrix.parameters for matrix in self.matrices)


def shapes(experiment: Experiment, n_features: int, outputs: dict[str, int], words: int = 0) -> Shapes:
    """Sizes of the document's network. n_features: features after encoding; outputs: numbers per task, by column.

    words: how many words the texts are made of, where inputs are texts; what is read of these stands beside the features.

    What does not fit its architecture, so that it cannot be built, has the sizes of hard sharing.
    """
    sharing, reader = experiment.network.sharing, _reader(experiment, words)
    if reader:
        n_features += experiment.network.text.outputs
    found = None if sharing.name == "hard" and not sharing.params.get("branch") else _built(experiment, n_features, outputs)
    matrices = (*reader, *(found or _hard(experiment, n_features, outputs)))
    return Shapes(n_features, experiment.training.batch_size, matrices)


def _reader(experiment: Experiment, words: int) -> tuple[Matrix, ...]:
    """What reads texts; nothing where no input is one."""
    text = experiment.network.text
    if not experiment.texts:
        return ()
    embedding = Matrix(TRUNK, 0, words, text.embedding, words * text.embedding, words="a row of numbers for each word")
    if text.reader == "mean":
        return (embedding,)
    gates, inner = 4 if text.reader == "lstm" else 3, text.embedding
    parameters = (inner + text.width + 1) * gates * text.width + (text.width if text.reader == "gru" else 0)
    name = f"{text.reader.upper()}, from word to word"
    return embedding, Matrix(TRUNK, 0, inner + text.width, gates * text.width, parameters, words=name)


def _hard(experiment: Experiment, n_features: int, outputs: dict[str, int]) -> tuple[Matrix, ...]:
    network = experiment.network
    trunk = _stack(TRUNK, network.trunk, n_features)
    width = network.trunk[-1].width if network.trunk else n_features
    found = list(trunk)
    for column in experiment.columns:
        own = experiment.tower(column)
        where, last = where_of(column), own[-1].width if own else width
        found += _stack(where, own, width)
        parameters = (last + 1) * outputs[column]
        found.append(Matrix(where, len(own), last, outputs[column], parameters, last=True, stack=where))
    return tuple(found)


def _built(experiment: Experiment, n_features: int, outputs: dict[str, int]) -> tuple[Matrix, ...] | None:
    """From the steps of the network itself, which has no tensors yet; None where it cannot be built."""
    from core.network.sharing import build  # only here, since it brings torch

    columns = experiment.columns
    try:
        graph = build(experiment.network, n_features, {column: outputs[column] for column in columns})
    except UserError:
        return None
    return tuple(_matrix(step, experiment) for step in graph.steps if step.node.specs)


def _matrix(step: "Step", experiment: Experiment) -> Matrix:
    """What one step of the network learns; a step without a known name goes by the one it has."""
    specs, columns = step.node.specs, experiment.columns
    part = part_of(step.node.name) or Part("", None, None)
    stack, shape = _stack_of(part, columns), specs[0].shape
    copies = shape[0] if len(shape) > 2 else 1
    words = "" if stack and (stack != TRUNK or part.kind == "trunk") else part.words or step.node.name
    if part.kind == "own":
        words = f"layer {words}"
        words += f", for {columns[part.task]}" if part.task is not None else ""
    if copies > 1:
        words += f", {copies} copies"
    same = [spec for spec in specs if spec.shape[:-1] == shape[:-1] and spec.shape[-2] > 1]
    return Matrix(
        where_of(step.owner) if step.owner else TRUNK,
        len(experiment.tower(columns[part.task])) if part.kind == "output" and part.task is not None else part.at or 0,
        shape[-2],
        shape[-1] if stack else sum(spec.shape[-1] for spec in same) or shape[-1],
        sum(spec.size for spec in specs),
        last=part.kind == "output",
        stack=stack,
        copies=copies,
        words=words,
    )


def _stack_of(part: Part, columns: tuple[str, ...]) -> str:
    """Which of the document's stacks a step is of, "" of none."""
    if part.kind in TRUNK_KINDS:
        return TRUNK
    return where_of(columns[part.task]) if part.kind in ("tower", "output") and part.task is not None else ""


def _stack(where: str, layers: tuple[Layer, ...], inputs: int) -> list[Matrix]:
    widths = [inputs, *(layer.width for layer in layers)]
    return [
        Matrix(
            where, at, widths[at], layer.width, (widths[at] + 1 + 2 * layer.batch_norm) * layer.width + _learned(layer),
            stack=where,
        )
        for at, layer in enumerate(layers)
    ]  # fmt: skip


def _learned(layer: Layer) -> int:
    """How many numbers its activation learns; none where there is no such activation."""
    from core.network.activations import ACTIVATIONS  # only here, since it brings torch

    return len(getattr(ACTIVATIONS.get(layer.activation.name), "LEARNED", ()))
