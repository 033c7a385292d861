"""Bytes under their SHA-256, in folders: on this machine's disk, or wherever an fsspec address leads.

Knows nothing of what the bytes are. Nothing is ever changed: the same bytes of a folder are kept once, until they are dropped.
"""

import hashlib
import re
import secrets
from collections.abc import Collection
from contextlib import suppress

import fsspec

from core.errors import UserError

FOLDER, NAME = re.compile(r"[0-9a-zA-Z_-]{1,64}(/[0-9a-zA-Z_-]{1,64})*"), re.compile(r"[0-9a-f]{64}")
USED = "used"


class Blobs:
    """At `address`: a folder, or what fsspec takes (`s3://bucket/folder`). Raises `UserError` where it takes neither.

    setting: what such an error calls the address.
    """

    def __init__(self, address: str, setting: str = "MTL_BLOBS") -> None:
        try:
            # No listing is remembered: other machines write here too.
            self._files, self._root = fsspec.url_to_fs(address, use_listings_cache=False)
            self._files.makedirs(self._root, exist_ok=True)
        except (ValueError, ImportError, OSError) as error:
            raise UserError(
                f"{setting} should be a folder or an address that fsspec knows.", f"{error}"[:200], "Correct it."
            ) from error

    def put(self, folder: str, raw: bytes) -> str:
        """Keeps `raw` and returns its SHA-256 (hex). Nobody ever sees half of it. Raises `OSError` where it has no room."""
        name = hashlib.sha256(raw).hexdigest()
        place = self._place(folder, name)
        if not self._files.exists(place):
            self._files.makedirs(self._place(folder), exist_ok=True)
            half = f"{place}.{secrets.token_hex(4)}"
            try:
                self._files.pipe_file(half, raw)
                self._files.mv(half, place)
            except OSError:
                if self._files.exists(half):
                    self._files.rm_file(half)
                raise
        return name

    def get(self, folder: str, name: str) -> bytes:
        """What is kept under a SHA-256. Raises `OSError` where there is nothing, or something else by now."""
        raw: bytes = self._files.cat_file(self._place(folder, name))
        if hashlib.sha256(raw).hexdigest() != name:
            raise OSError(f"What is kept under {name} is damaged")
        return raw

    def has(self, folder: str, name: str) -> bool:
        """Whether something is kept under a SHA-256."""
        found: bool = self._files.exists(self._place(folder, name))
        return found

    def names(self, folder: str) -> list[str]:
        """What is kept in a folder."""
        return sorted(name for name in map(_last, self._listed(self._place(folder))) if NAME.fullmatch(name))

    def remove(self, folder: str, name: str) -> None:
        """Drops one blob, if it is there."""
        with suppress(FileNotFoundError):
            self._files.rm_file(self._place(folder, name))

    def use(self, folder: str) -> None:
        """Notes that a folder is in use, for `unused`."""
        self._files.makedirs(self._place(folder), exist_ok=True)
        self._files.pipe_file(f"{self._place(folder)}/{USED}", b"used")

    def unused(self, before: float) -> list[str]:
        """The folders that were in use at some time, but not since `before`, in seconds since 1970."""
        found = []
        for folder in self._listed(self._root):
            with suppress(FileNotFoundError, NotADirectoryError):
                if self._files.modified(f"{folder}/{USED}").timestamp() < before:
                    found.append(_last(folder))
        return found

    def lying(self, folder: str) -> list[str]:
        """All that lies in a folder now, also what was broken off half way; for `keep`."""
        return self._listed(self._place(folder))

    def keep(self, folder: str, names: Collection[str], lying: Collection[str] | None = None) -> None:
        """Drops all of a folder but these. lying: what came later stays too."""
        for path in self.lying(folder) if lying is None else lying:
            if _last(path) not in names:
                with suppress(FileNotFoundError):
                    self._files.rm_file(path)

    def drop(self, folder: str) -> None:
        """Drops a folder and all in it."""
        with suppress(FileNotFoundError):
            self._files.rm(self._place(folder), recursive=True)

    def _listed(self, place: str) -> list[str]:
        try:
            return [path.rstrip("/") for path in self._files.ls(place, detail=False)]
        except FileNotFoundError:
            return []

    def _place(self, folder: str, name: str = "") -> str:
        if not FOLDER.fullmatch(folder) or (name and not NAME.fullmatch(name)):
            raise ValueError("A blob is named by its SHA-256, in a folder of plain letters")
        return f"{self._root}/{folder}/{name}".rstrip("/")


def _last(path: str) -> str:
    return path.rsplit("/", 1)[-1]
