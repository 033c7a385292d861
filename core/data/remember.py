"""Caches that can be emptied: what is made from a person's file must go when the file goes. Knows nothing of files.

Folders of files lie side by side. In every process `heed` compares a mark beside them with the one it saw last; whoever deletes
a folder moves the mark. Where several machines share the folders, the mark is shared too, and is looked at once a second.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from core.data.shared import Shared, shared

MARK = ".forgotten"
SHARED_MARK = "forgotten"
"""A folder with one blob in it, beside the folders that are shared."""
EACH, MIND = 1.0, 10.0
"""Seconds between two looks at a mark that is shared; and between those of a process that does nothing else."""
_clears: list[Callable[[], None]] = []
_seen: dict[Path | str, Any] = {}
_looked: dict[str, float] = {}


def remembered(maxsize: int) -> Callable[[Callable[..., Any]], Any]:
    """`functools.lru_cache`, emptied by `forget`."""

    def decorate(function: Callable[..., Any]) -> Any:
        cached = lru_cache(maxsize=maxsize)(function)
        _clears.append(cached.cache_clear)
        return cached

    return decorate


class Same:
    """A thing that does not change, as a key: equal to itself alone, whatever is in it; held as long as it is a key."""

    __slots__ = ("thing",)

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing


def remembered_by_weight(weigh: Callable[[Any], int], most: int) -> Callable[[Callable[..., Any]], Any]:
    """As `remembered`, of hashable positional arguments alone: keeps as many of the latest answers as weigh `most` together,
    the very latest whatever it weighs."""

    def decorate(function: Callable[..., Any]) -> Any:
        kept: OrderedDict[tuple[Any, ...], tuple[Any, int]] = OrderedDict()
        lock = threading.Lock()

        def clear() -> None:
            with lock:
                kept.clear()

        @wraps(function)
        def cached(*arguments: Any) -> Any:
            with lock:
                if arguments in kept:
                    kept.move_to_end(arguments)
                    return kept[arguments][0]
            made = function(*arguments)
            with lock:
                kept[arguments] = made, weigh(made)
                while len(kept) > 1 and sum(weight for _, weight in kept.values()) > most:
                    kept.popitem(last=False)
            return made

        cached.cache_clear = clear  # type: ignore[attr-defined]
        _clears.append(clear)
        return cached

    return decorate


def forget(folder: Path | str) -> None:
    """Empties this process's caches, and those of every other before it next looks at a folder beside this one.

    Where several machines share the folder, at most `EACH` later, and the copies go that they made of its files.
    """
    if away := shared(folder):
        name = away.blobs.put(SHARED_MARK, secrets.token_bytes(16))
        away.blobs.keep(SHARED_MARK, [name])
        _looked.pop(away.root, None)
    else:
        parent = Path(folder).parent
        parent.mkdir(parents=True, exist_ok=True)
        (parent / MARK).write_text(secrets.token_hex(8))
    heed(folder)


def heed(folder: Path | str) -> None:
    """Empties the caches if a folder beside this one was forgotten since the last call."""
    if away := shared(folder):
        with suppress(OSError):  # it cannot be reached for now
            _heed_shared(away)
        return
    parent = Path(folder).parent
    try:
        mark = (parent / MARK).stat().st_mtime_ns
    except OSError:
        return
    if _seen.get(parent) != mark:
        _seen[parent] = mark
        _clear()


def mind(folder: Path | str) -> None:
    """Heeds from now on also while nothing else is done, if several machines share the folder."""

    def watch() -> None:
        while True:
            heed(folder)
            time.sleep(MIND)

    if shared(folder):
        threading.Thread(target=watch, name="mind", daemon=True).start()


def _heed_shared(away: Shared) -> None:
    now = time.monotonic()
    if now - _looked.get(away.root, -EACH) < EACH:
        return
    _looked[away.root] = now
    mark = away.blobs.names(SHARED_MARK)
    if _seen.get(away.root, []) != mark:
        _clear()
        away.tidy()
        _seen[away.root] = mark


def _clear() -> None:
    for clear in _clears:
        clear()
