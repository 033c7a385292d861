"""What outlives the server: a database for what is small, a place for blobs. Knows nothing of runs, rooms or people."""

from core.storage.blobs import Blobs
from core.storage.database import AwayError, Database

__all__ = ["Blobs", "AwayError", "Database"]
