"""Keeps the bytes of uploaded files in a folder, under their SHA-256. Knows nothing of what is in them."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.data.shared import shared
from core.errors import UserError


@dataclass(frozen=True)
class Store:
    """Files by the SHA-256 of their bytes: the same bytes are kept once, and nothing is ever changed.

    folder: of this machine, or an address that several share (`core.data.shared`): what is used is fetched to `here`, once.
    """

    folder: Path | str

    @property
    def here(self) -> Path:
        """The folder on this machine: itself, or that of its copies."""
        away = shared(self.folder)
        return away.here if away else Path(self.folder)

    def put(self, raw: bytes | memoryview) -> str:
        """Keeps `raw` and returns its SHA-256 (hex). Another process never sees half a file."""
        if away := shared(self.folder):
            away.blobs.put(away.name, bytes(raw))
            away.blobs.use(away.name)
        return self._keep(raw)

    def drop(self, sha256: str) -> None:
        """Forgets what is kept under `sha256`, if anything is."""
        if self.has(sha256):
            if away := shared(self.folder):
                away.blobs.remove(away.name, sha256)
            for path in (self.here / sha256, *self.here.glob(f"{sha256}.*")):
                path.unlink(missing_ok=True)

    def beside(self, sha256: str, name: str) -> Path:
        """Where something made from the bytes of `sha256` may lie, until they are dropped. name: letters and digits."""
        return self.path(sha256).with_suffix(f".{name}")

    def has(self, sha256: str) -> bool:
        """Whether something is kept under `sha256`."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            return False
        away = shared(self.folder)
        return (self.here / sha256).is_file() or (away is not None and away.blobs.has(away.name, sha256))

    def path(self, sha256: str) -> Path:
        """Where the bytes of `sha256` lie. Raises `UserError` when it is no SHA-256 or nothing is kept under it."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise UserError(
                "A stored file should be named by its SHA-256, 64 hex digits.", f"“{sha256:.80}”", "Upload it again."
            )
        path, away = self.here / sha256, shared(self.folder)
        if away and not path.is_file() and away.blobs.has(away.name, sha256):
            self._keep(away.blobs.get(away.name, sha256))
        if not path.is_file():
            raise UserError(
                "The file of this experiment should be here.", "none like it in this visitor's folder", "Upload it."
            )
        return path

    def _keep(self, raw: bytes | memoryview) -> str:
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self.here / sha256
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(raw)
            os.replace(file.name, path)
        return sha256
