"""What the server is told from outside, by environment variables. Knows no document and no run."""

import os
from pathlib import Path


def data_folder() -> Path:
    """Where uploaded files are kept: `MTL_DATA_DIR`, else `data` beside the app."""
    return Path(os.environ.get("MTL_DATA_DIR") or Path(__file__).parent.parent / "data")


def keep_hours() -> float:
    """For how long a file stays that nobody uses: `MTL_KEEP_HOURS`, else a day."""
    return float(os.environ.get("MTL_KEEP_HOURS") or 24.0)


def hosts() -> tuple[str, ...]:
    """Names that the app is reached by, beside this machine's own: `MTL_HOSTS`, with commas between them."""
    return tuple(name.strip().lower() for name in os.environ.get("MTL_HOSTS", "").split(",") if name.strip())


def workers() -> int:
    """How many processes train: `MTL_WORKERS`, else one for every processor."""
    return int(os.environ.get("MTL_WORKERS") or os.cpu_count() or 1)


def openml() -> str:
    """Where data sets from the web are asked for: `MTL_OPENML`, else openml.org itself."""
    return os.environ.get("MTL_OPENML") or "https://www.openml.org"
