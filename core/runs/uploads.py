"""Where people's files lie, and how long. Knows nothing of what is in them.

Every run has a folder of its own under `uploads/`, named by a hash of the run's id: an id leads to its files, and neither the
folders nor another person's document do. A folder nobody has used for `settings.keep_hours()` is deleted, as is one whose
owner says so.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Collection
from pathlib import Path

from core.data.remember import forget

UPLOADS = "uploads"


def folder_of(root: str, run: str) -> Path:
    """The folder of a run's files; it need not exist."""
    return Path(root) / UPLOADS / hashlib.sha256(run.encode()).hexdigest()[:40]


def use(root: str, run: str) -> None:
    """Notes that the run's files are needed."""
    folder = folder_of(root, run)
    if folder.is_dir():
        os.utime(folder)


def delete(root: str, run: str) -> None:
    """Deletes the run's files at once, and what was made of them before the next look at anything."""
    folder = folder_of(root, run)
    shutil.rmtree(folder, ignore_errors=True)
    forget(folder)


def sweep(root: str, hours: float, playing: Collection[str] = ()) -> int:
    """Deletes the folders that nobody has used for so long, but those of runs that are playing. How many those were."""
    for run in playing:
        use(root, run)
    before = time.time() - 3600 * hours
    old = [folder for folder in (Path(root) / UPLOADS).glob("*/") if folder.stat().st_mtime < before]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
        forget(folder)
    return len(old)
