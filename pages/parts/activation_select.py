"""One activation for all layers. Layout only."""

from core.network.activations import ACTIVATIONS
from core.network.edit import set_activation_everywhere
from pages.parts import controls, state

HELP = (
    "What every unit does to its sum. Another one is taken up while it trains: the weights stay. Click a layer in the picture "
    "of the network to choose for that layer alone."
)


def activation_select(key: str) -> None:
    """One activation for all layers; “mixed” where they differ."""
    document = state.document()
    layers = [*document.network.trunk, *(layer for column in document.columns for layer in document.tower(column))]
    names = {layer.activation.name for layer in layers}
    current = names.pop() if len(names) == 1 else None
    titles: dict[str | None, str] = {} if current else {None: "mixed"}
    titles |= {name: module.TITLE for name, module in ACTIVATIONS.items()}
    controls.select("Activation", key, current, titles, _take, HELP)


def _take(name: str | None) -> None:
    if name:
        state.attempt(lambda: set_activation_everywhere(state.document(), {"name": name}))
