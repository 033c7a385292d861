"""Caches that can be emptied: what is made from a person's file must go when the file goes. Knows nothing of files.

Folders of files lie side by side. In every process `heed` compares a mark beside them with the one it saw last; whoever deletes
a folder moves the mark.
"""

import secrets
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

MARK = ".forgotten"
_clears: list[Callable[[], None]] = []
_seen: dict[Path, int] = {}


def remembered(maxsize: int) -> Callable[[Callable[..., Any]], Any]:
    """`functools.lru_cache`, emptied by `forget`."""

    def decorate(function: Callable[..., Any]) -> Any:
        cached = lru_cache(maxsize=maxsize)(function)
        _clears.append(cached.cache_clear)
        return cached

    return decorate


def forget(folder: Path) -> None:
    """Empties this process's caches, and those of every other before it next looks at a folder beside this one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    (folder.parent / MARK).write_text(secrets.token_hex(8))
    heed(folder)


def heed(folder: Path) -> None:
    """Empties the caches if a folder beside this one was forgotten since the last call."""
    try:
        mark = (folder.parent / MARK).stat().st_mtime_ns
    except OSError:
        return
    if _seen.get(folder.parent) != mark:
        _seen[folder.parent] = mark
        for clear in _clears:
            clear()
