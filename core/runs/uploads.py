"""Where people's files lie, and how long. Knows nothing of what is in them.

Every run has a folder of its own under `uploads/`, named by a hash of the run's id: an id leads to its files, and neither the
folders nor another person's document do. A folder nobody has used for `settings.keep_hours()` is deleted, as is one whose
owner says so. The root is a folder of this machine, or an address that several share (`core.data.shared`).
"""

import hashlib
import os
import shutil
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from core.data.remember import forget
from core.data.shared import Shared, shared

UPLOADS = "uploads"
AGAIN = 600.0
"""Seconds for which one note is enough that a shared folder is in use."""
_noted: dict[str, float] = {}


def folder_of(root: str, run: str) -> Path | str:
    """The folder of a run's files; it need not exist."""
    name = hashlib.sha256(run.encode()).hexdigest()[:40]
    return f"{root.rstrip('/')}/{UPLOADS}/{name}" if "://" in root else Path(root) / UPLOADS / name


def use(root: str, run: str) -> None:
    """Notes that the run's files are needed."""
    folder = folder_of(root, run)
    if away := shared(folder):
        _note(away)
    elif Path(folder).is_dir():
        os.utime(folder)


def delete(root: str, run: str) -> None:
    """Deletes the run's files at once, and what was made of them before the next look at anything."""
    _drop(folder_of(root, run))


def sweep(root: str, hours: float, playing: Collection[str] = ()) -> int:
    """Deletes the folders that nobody has used for so long, but those of runs that are playing. How many those were."""
    for run in playing:
        use(root, run)
    before = time.time() - 3600 * hours
    old: list[Path | str] = []
    if away := shared(folder_of(root, "")):
        old += [f"{away.root}/{name}" for name in away.blobs.unused(before)]
    else:
        old += [folder for folder in (Path(root) / UPLOADS).glob("*/") if folder.stat().st_mtime < before]
    for folder in old:
        _drop(folder)
    return len(old)


def _note(away: Shared) -> None:
    now = time.monotonic()
    if now - _noted.get(away.name, -AGAIN) >= AGAIN and away.blobs.names(away.name):
        with suppress(OSError):
            away.blobs.use(away.name)
            _noted[away.name] = now


def _drop(folder: Path | str) -> None:
    if away := shared(folder):
        away.drop()
        _noted.pop(away.name, None)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    forget(folder)
