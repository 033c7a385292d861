"""Sizes of the network before there is one: every matrix, how many parameters it has, what shape a batch has on its way.

Knows nothing of tensors, and makes none. It follows hard sharing: a trunk, then a tower for each task with the
matrix to its outputs at the end.
"""

from dataclasses import dataclass

from core.experiment import Experiment, Layer

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

    parameters: weights and biases, scale and shift where a batch norm follows, and what its activation learns.
    """

    where: str
    at: int
    inputs: int
    outputs: int
    parameters: int
    last: bool = False

    @property
    def text(self) -> str:
        return dims(self.inputs, self.outputs)


@dataclass(frozen=True)
class Shapes:
    """All matrices from left to right, trunk first. rows: of a batch; None when it holds all training rows."""

    features: int
    rows: int | None
    matrices: tuple[Matrix, ...]

    def of(self, where: str) -> tuple[Matrix, ...]:
        """The matrices of one stack, in order; a task's end with the one to its outputs."""
        return tuple(matrix for matrix in self.matrices if matrix.where == where)

    def batch(self, units: int) -> str:
        """The shape of a batch where there are `units` numbers per row; “rows” stands for all of them."""
        return dims(self.rows or "rows", units)

    def parameters(self, where: str) -> int:
        return sum(matrix.parameters for matrix in self.of(where))

    @property
    def shared(self) -> int:
        return self.parameters(TRUNK)

    @property
    def total(self) -> int:
        return sum(matrix.parameters for matrix in self.matrices)


def shapes(experiment: Experiment, n_features: int, outputs: dict[str, int]) -> Shapes:
    """Sizes of the document's network. n_features: features after encoding; outputs: numbers per task, by column."""
    network = experiment.network
    trunk = _stack(TRUNK, network.trunk, n_features)
    width = network.trunk[-1].width if network.trunk else n_features
    found = list(trunk)
    for column in experiment.columns:
        own = experiment.tower(column)
        where, last = where_of(column), own[-1].width if own else width
        found += _stack(where, own, width)
        found.append(Matrix(where, len(own), last, outputs[column], (last + 1) * outputs[column], last=True))
    return Shapes(n_features, experiment.training.batch_size, tuple(found))


def _stack(where: str, layers: tuple[Layer, ...], inputs: int) -> list[Matrix]:
    widths = [inputs, *(layer.width for layer in layers)]
    return [
        Matrix(where, at, widths[at], layer.width, (widths[at] + 1 + 2 * layer.batch_norm) * layer.width + _learned(layer))
        for at, layer in enumerate(layers)
    ]


def _learned(layer: Layer) -> int:
    """How many numbers its activation learns; none where there is no such activation."""
    from core.network.activations import ACTIVATIONS  # only here, since it brings torch

    return len(getattr(ACTIVATIONS.get(layer.activation.name), "LEARNED", ()))
