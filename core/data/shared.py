"""Folders of files that several machines share, at an address that fsspec takes; each machine keeps copies of what it used.

A folder of one machine's own is named by a path, one that is shared by an address with `://` in it. Knows nothing of what the
files are, or of when they go.
"""

import hashlib
import shutil
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from core.settings import data_folder
from core.storage import Blobs


class Shared(NamedTuple):
    """root: the address that the folder lies at; name: its own, there; here: where this machine keeps copies of its files."""

    root: str
    name: str
    here: Path

    @property
    def blobs(self) -> Blobs:
        return _blobs(self.root)

    def tidy(self) -> None:
        """Drops the copies of what is no longer shared, in this folder and in those beside it."""
        for copy in self.here.parent.glob("*/" + 64 * "[0-9a-f]"):
            if not self.blobs.has(copy.parent.name, copy.name):
                for path in copy.parent.glob(f"{copy.name}*"):
                    path.unlink(missing_ok=True)

    def drop(self) -> None:
        """Drops the folder, and this machine's copies."""
        self.blobs.drop(self.name)
        shutil.rmtree(self.here, ignore_errors=True)


def shared(folder: Path | str) -> Shared | None:
    """What a folder's address says; None of a folder of this machine's own. Raises `UserError` for an address that is none."""
    if isinstance(folder, Path) or "://" not in folder:
        return None
    root, _, name = folder.rpartition("/")
    copies = data_folder() / "copies" / hashlib.sha256(root.encode()).hexdigest()[:16]
    return Shared(root, name, copies / name)


@lru_cache(maxsize=8)
def _blobs(root: str) -> Blobs:
    return Blobs(root, "MTL_FILES")
