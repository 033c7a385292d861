"""The network of a document, and its training, as plain PyTorch that anyone can read and run.

Knows nothing of this app's own layers and training: the text imports only torch, and pandas and scikit-learn where it
reads a CSV file. Names of columns come from strangers; they appear as string literals only, and never in a comment.

Plug-ins say how they are written in PyTorch, by a template `TORCH` filled in with their parameters, or by a function
`torch_code`, which wins:

- activation: a module; `TORCH = "torch.nn.LeakyReLU({slope})"`, `torch_code(params)`;
- task loss: something called with (output, answer); both are `[row]`, or for several classes the output `[row, class]`
  and the answer class numbers; `torch_code(params, kind, counts)`. Without counts of rows per class, `class_weights` and
  `yes_weight` in it stand for tensors, and without mean / standard deviation of an amount `mean_over_spread`; `torch_answer`,
  with the same arguments, what its outputs stand for, where that is something else than elsewhere;
- optimizer: `TORCH = "torch.optim.SGD(model.parameters(), lr={rate})"`, with {rate} the learning rate;
- schedule: a scheduler of `optimizer`, moved every step, with {steps} the number of steps: `torch_code(params)`.

Where a plug-in says nothing, the text says that it does not and takes the plainest thing in its place.
"""

from collections.abc import Mapping, Sequence

from core.code.graph import pull_text
from core.code.load import load_text
from core.code.losses import losses_text
from core.code.network import graph_of, network_text
from core.code.reader import reader_text, reading
from core.code.table import columns_text, table_of
from core.code.text import filled, quoted
from core.code.training import training_text
from core.code.trial import trial_text
from core.experiment import Experiment
from core.network.shapes import shapes

ORDER = (
    "# In the order in which the network gets them: numbers,\n"
    "# yes/no, a feature per value of each category, then\n"
    "# which cells were empty. Weights begin as PyTorch's do."
)
IMPORTS = """import sys

import pandas as pd
import torch
from sklearn.compose import ColumnTransformer
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler"""


def pytorch(
    experiment: Experiment,
    n_features: int,
    outputs: dict[str, int],
    feature_names: Sequence[str] = (),
    counts: Mapping[str, Sequence[float]] | None = None,
    classes: Mapping[str, Sequence[str]] | None = None,
    words: int = 0,
) -> str:
    """Python text: the network, the tasks' losses, a training loop, and made-up rows to try it on or, for a file, its own rows.

    n_features, outputs (numbers per task, by column), feature_names: those of the prepared data. counts: by column what its
    loss is told, labelled training rows per class or mean / standard deviation of an amount. classes: names of the classes,
    by column (no first, yes second). words: how many numbers of words the texts have, 0 without.
    Raises `UserError` for plug-ins or parameters that do not exist.
    """
    sizes = shapes(experiment, n_features, outputs, words)
    table = table_of(experiment, n_features, feature_names)
    known = {column: tuple(names) for column, names in (classes or {}).items() if names}
    graph = graph_of(experiment, sizes.features, outputs)
    network = network_text(experiment, sizes.features, outputs)
    pull = pull_text(graph) if graph else ""
    head = [
        f'"""Inputs: {n_features}. Tasks: {len(outputs)}. Parameters: {sizes.total:,}."""',
        IMPORTS if table else "import torch",
        *([f"{ORDER}\nFEATURES = {filled(map(quoted, feature_names))}"] if feature_names else []),
        *([columns_text(experiment, table, known)] if table else []),
    ]
    body = [
        *([reader_text(experiment.network.text, n_features, words), reading(network)] if words else [network]),
        losses_text(experiment, outputs, counts or {}),
        *([load_text(experiment, table)] if table else []),
        *([pull] if pull else []),
        training_text(experiment, bool(pull)),
        trial_text(experiment, n_features, outputs, table is not None, words),
    ]
    return "\n\n".join(head) + "\n\n\n" + "\n\n\n".join(body) + "\n"
