"""Keeps the bytes of uploaded files in a folder, under their SHA-256. Knows nothing of what is in them."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError


@dataclass(frozen=True)
class Store:
    """Files by the SHA-256 of their bytes: the same bytes are kept once, and nothing is ever changed."""

    folder: Path

    def put(self, raw: bytes | memoryview) -> str:
        """Keeps `raw` and returns its SHA-256 (hex). Another process never sees half a file."""
        sha256 = hashlib.sha256(raw).hexdigest()
        path = Path(self.folder) / sha256
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(raw)
            os.replace(file.name, path)
        return sha256

    def drop(self, sha256: str) -> None:
        """Forgets what is kept under `sha256`, if anything is."""
        if self.has(sha256):
            (Path(self.folder) / sha256).unlink()

    def has(self, sha256: str) -> bool:
        """Whether something is kept under `sha256`."""
        return bool(re.fullmatch(r"[0-9a-f]{64}", sha256)) and (Path(self.folder) / sha256).is_file()

    def path(self, sha256: str) -> Path:
        """Where the bytes of `sha256` lie. Raises `UserError` when it is no SHA-256 or nothing is kept under it."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise UserError(
                "A stored file should be named by its SHA-256, 64 hex digits.", f"“{sha256:.80}”", "Upload it again."
            )
        path = Path(self.folder) / sha256
        if not path.is_file():
            raise UserError(
                "The file of this experiment should be here.", "none like it in this visitor's folder", "Upload it."
            )
        return path
