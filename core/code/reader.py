"""What reads texts in front of the network, as a `torch.nn.Module`, and the line that puts it there.

Knows nothing of what follows it, nor of where numbers of words come from.
"""

from core.experiment import Text

MEAN = [
    "shares = known / known.sum(1, keepdim=True).clamp(min=1)",
    "read = (self.words(words) * shares.unsqueeze(-1)).sum(1)  # the mean of a row's words",
]
MEMORY = [
    "steps, _ = self.reader(self.words(words))",
    "last = (known.sum(1) - 1).clamp(min=0)  # what stands after a row's last word is not looked at",
    "read = steps[torch.arange(len(x)), last] * known.any(1, keepdim=True)",
]


def reader_text(text: Text, columns: int, words: int) -> str:
    """The class `Reader`, as Python text. columns: of a table, which come first; words: how many numbers of words there are."""
    module = {"lstm": "LSTM", "gru": "GRU"}.get(text.reader)
    made = [f"        self.reader = torch.nn.{module}({text.embedding}, {text.width}, batch_first=True)"] if module else []
    body = MEMORY if module else MEAN
    return "\n".join([
        "class Reader(torch.nn.Module):",
        '    """Of each row the numbers of its words, 0 after the last, 1 of unknown ones; before them a table\'s."""',
        "",
        "    def __init__(self):",
        "        super().__init__()",
        f"        self.words = torch.nn.Embedding({words}, {text.embedding})",
        *made,
        "",
        "    def forward(self, x):",
        f"        table, words = x[:, :{columns}], x[:, {columns}:].long()",
        "        known = words > 0",
        *(f"        {line}" for line in body),
        "        return torch.cat([read, table], 1)",
    ])  # fmt: skip


def reading(network: str) -> str:
    """The text of a class `Network`, with a reader in front of it."""
    network = network.replace("        super().__init__()\n", "        super().__init__()\n        self.read = Reader()\n", 1)
    start = network.index("class Network(")
    forward = "    def forward(self, x):\n"
    place = network.index(forward, start) + len(forward)
    return f"{network[:place]}        x = self.read(x)\n{network[place:]}"
