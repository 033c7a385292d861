"""What a step of a network is called on the page that walks through it, with whose it is. Knows nothing of tensors."""

import re
from collections.abc import Sequence

from core.network.naming import part_of

TITLES = {
    "text.embedding": "Words as numbers",
    "text.mean": "Mean of the words",
    "text.lstm": "Reading with an LSTM",
    "text.gru": "Reading with a GRU",
    "text.beside": "Numbers of the table",
    "text.joined": "Text and table side by side",
}
ENDS = {
    ".weights": ", as shares",
    ".seen": ", put on",
    ".join": ", what it sees",
    ".in": ", first matrix",
    ".out": ", second matrix",
}
PART = re.compile(r"^(?:level\d+\.)?([a-z]+)(?:\.\d+)?\.?(\d*)$")


def title(name: str, columns: Sequence[str]) -> str:
    """What a step is, in words, with whose it is."""
    if name in TITLES:
        return TITLES[name]
    stem, dot, last = name.rpartition(".")
    end = ENDS.get(dot + last, "")
    part = part_of(stem if end else name)
    task: int | None
    if part is None or (part.kind == "own" and name.count(".") > 1):  # a mixture, one task's copy of a bank
        found = PART.match(name)
        kind, task = (found[1], int(found[2]) if found[2] else None) if found else (name, None)
        said = {"mixture": "mixture of experts", "own": "own copy", "join": "side by side", "stop": "as it is"}.get(kind, kind)
    else:
        task, at = part.task, "" if part.at is None else f" {part.at + 1}"
        words = {"trunk": f"shared layer{at}", "tower": f"own layer{at}", "output": "outputs", "mask": f"mask{at}"}
        words["own"] = f"copies of layer{at}, one a task" if task is None else f"copy of layer{at}"
        said = words.get(part.kind, part.words) + end
    if task is None or task >= len(columns):
        return said[:1].upper() + said[1:]
    return f"{columns[task]}: {said}"
