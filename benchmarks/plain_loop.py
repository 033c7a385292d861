"""The heart network as anyone would write it: `nn.Module`, `DataLoader`, `torch.optim.Adam`. The yardstick, and an oracle."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Sampler, TensorDataset


class HeartNet(nn.Module):
    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(inputs, 32), nn.ReLU(), nn.Linear(32, 64), nn.ReLU())
        self.thal = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 3))
        self.disease = nn.Sequential(nn.Linear(64, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        shared = self.trunk(x)
        return self.thal(shared), self.disease(shared).squeeze(-1)


class Orders(Sampler):
    """The same order of rows as another loop had, epoch by epoch."""

    def __init__(self, orders: list[Tensor]) -> None:
        self.orders, self.epoch = orders, 0

    def __iter__(self) -> Iterator[int]:
        self.epoch += 1
        return iter(self.orders[self.epoch - 1].tolist())

    def __len__(self) -> int:
        return len(self.orders[0])


def train(
    model: HeartNet, x: Tensor, thal: Tensor, disease: Tensor, epochs: int, orders: list[Tensor] | None = None
) -> list[tuple[float, float]]:
    """Trains in place; the losses of thal and disease at every step."""
    data = TensorDataset(x, thal, disease)
    loader = (
        DataLoader(data, batch_size=32, sampler=Orders(orders)) if orders else DataLoader(data, batch_size=32, shuffle=True)
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    cross_entropy, binary = nn.CrossEntropyLoss(), nn.BCEWithLogitsLoss()
    history = []
    for _ in range(epochs):
        for features, label, ill in loader:
            optimizer.zero_grad()
            thal_out, disease_out = model(features)
            first, second = cross_entropy(thal_out, label), binary(disease_out, ill)
            (first + second).backward()
            optimizer.step()
            history.append((first.item(), second.item()))
    return history
