"""Our training and the plain loop from the same weights over the same batches: they must have the same losses.

Knows nothing of time.
"""

from dataclasses import replace

import torch
from torch import Tensor

from benchmarks.plain_loop import HeartNet, train
from core.data.dataset import Dataset
from core.experiment import Experiment
from core.network.parameters import views
from core.training.batches import Batches
from core.training.checkpoint import Checkpoint, architecture, start
from core.training.step import Stepper


def side_by_side(document: Experiment, data: Dataset) -> tuple[Tensor, Tensor]:
    """Losses `[step, task]` of ours (its first replica) and of the plain loop, over all epochs of the document."""
    begin, batches = start(document, data), Batches(document, data)
    epochs = document.training.epochs
    stepper = Stepper(begin, data, epochs * batches.per_epoch)
    with torch.inference_mode():
        ours = [stepper.take(batch, epoch)[0] for epoch in range(epochs) for batch in batches.epoch(epoch, 0)]
    plain = train(twin(begin, data), *training_rows(data), epochs=epochs, orders=orders(document, data))
    return torch.stack(ours), torch.tensor(plain)


def training_rows(data: Dataset) -> tuple[Tensor, Tensor, Tensor]:
    """Features `[row, feature]` and both tasks' answers `[row]`, as the plain loop takes them."""
    rows = data.train[0]
    thal, disease = (target.values[0][rows] for target in data.targets)
    return data.features[0][rows], thal, disease


def twin(checkpoint: Checkpoint, data: Dataset) -> HeartNet:
    """The plain network with the checkpoint's weights (its first replica)."""
    model = HeartNet(data.features.shape[-1])
    specs = architecture(checkpoint.experiment, data).specs
    blocks = views(checkpoint.parameters, specs, checkpoint.experiment.lanes)
    with torch.no_grad():
        for parameter, block in zip(model.parameters(), blocks, strict=True):
            parameter.copy_(block[0].T if parameter.dim() == 2 else block[0, 0])
    return model


def orders(document: Experiment, data: Dataset) -> list[Tensor]:
    """The order in which each epoch goes through the training rows `[row]`, counted among themselves.

    Read off the batches themselves, by giving every row its place as its only feature.
    """
    places = torch.zeros(1, data.features.shape[1], 1)
    places[0, data.train[0], 0] = torch.arange(data.train.shape[1], dtype=torch.float32)
    batches = Batches(document, replace(data, features=places))
    epochs = range(document.training.epochs)
    return [torch.cat([batch.features[0, :, 0] for batch in batches.epoch(epoch, 0)]).long() for epoch in epochs]
