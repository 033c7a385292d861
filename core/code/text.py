"""Text from outside as Python: quoted names, keys, lists, plug-ins as they are written in PyTorch.

Knows nothing of networks, tasks or files: only that no name may leave its string.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import torch

from core.experiment import Choice
from core.registry import Registry

RESERVED = frozenset(dir(torch.nn.ModuleDict()))


def quoted(text: str) -> str:
    """A string literal in double quotes where it can be. Whatever is in the text, it stays inside."""
    literal = repr(str(text))
    return f'"{literal[1:-1]}"' if literal[0] == "'" and not {'"', "\\"} & set(literal) else literal


def keys(columns: Sequence[str]) -> dict[str, str]:
    """A name for each column that `torch.nn.ModuleDict` takes: letters, digits, underscores, each once."""
    found: dict[str, str] = {}
    for i, column in enumerate(columns):
        key = re.sub(r"\W+", "_", column, flags=re.ASCII).strip("_")
        if not key or key in RESERVED or key in found.values() or key[0].isdigit():
            key = f"task_{i}_{key}".rstrip("_")
        found[column] = key
    return found


def filled(items: Iterable[str], width: int = 56) -> str:
    """A list with as many items on each line as there is room for."""
    lines = [""]
    for item in items:
        if lines[-1] and len(lines[-1]) + len(item) > width:
            lines.append("")
        lines[-1] += f"{item}, "
    return "\n".join(["[", *(f"    {line}".rstrip() for line in lines), "]"]) if len(lines) > 1 else f"[{lines[0][:-2]}]"


def listed(items: Any, brackets: str = "[]") -> str:
    """A list on one line if it is short, else one item a line."""
    items = list(items)
    line = f"{brackets[0]}{', '.join(items)}{brackets[1]}"
    return line if len(line) <= 100 else "\n".join([brackets[0], *(f"    {item}," for item in items), brackets[1]])


def written(registry: Registry, choice: Choice, **more: Any) -> str | None:
    """A plug-in in PyTorch, or None when it does not say."""
    module, params = registry.resolve(choice.name, choice.params)
    if hasattr(module, "torch_code"):
        return module.torch_code(params).replace("{rate}", str(more.get("rate")))
    return module.TORCH.format(**params.model_dump() | more) if hasattr(module, "TORCH") else None
