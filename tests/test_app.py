"""The server as `app.py` starts it: what it runs on."""

import sys
from pathlib import Path

import pytest

from benchmarks.server import started


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="what a process has loaded is read from /proc")
def test_the_server_runs_on_uvloop() -> None:
    with started() as app:
        loaded = Path(f"/proc/{app.pid}/maps").read_text()
    assert "uvloop" in loaded
