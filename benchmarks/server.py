"""Starts the app as a user does, on a free port with an empty store, and ends it with all its workers.

Knows nothing of what the pages show.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
STREAMLIT = ("-m", "streamlit", "run", "app.py")
START_SECONDS = 90


@contextmanager
def running(command: Sequence[str] = STREAMLIT, folder: Path | None = None, log: Path | None = None) -> Iterator[str]:
    """The address of the app while it runs. Raises `RuntimeError` with the end of its log when it does not start.

    `command` takes Streamlit's settings as options; `folder` is where uploads are kept and `log` where the app writes
    what it says, temporary ones if left out.
    """
    with socket.socket() as free, tempfile.TemporaryDirectory() as temporary:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        log = log or Path(temporary) / "log.txt"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, *command, "--server.port", str(port), "--server.address", "127.0.0.1"],
                cwd=ROOT,
                env=os.environ | {"MTL_DATA_DIR": str(folder or temporary), "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that its workers can be ended with it
            )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(process, url, log)
            yield url
        finally:
            _end(process)


def _wait(process: subprocess.Popen, url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:  # noqa: S310 our own
            if answer.status == 200:
                return
        time.sleep(0.1)
    end_of_log = log.read_text(errors="replace")[-4000:]
    raise RuntimeError(f"The app should answer within {START_SECONDS} s. Its log ends:\n{end_of_log}")


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with suppress(ProcessLookupError):  # a worker that outlived it
        os.killpg(process.pid, signal.SIGKILL)
