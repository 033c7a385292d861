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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
STREAMLIT = ("-m", "streamlit", "run", "app.py")
START_SECONDS = 90
GRACE = 10
"""Seconds in which the app should end when it is told to."""


class App:
    """The app as a process of its own, that may be killed and started again on the same port and folder.

    log: where it writes what it says. environment: variables on top of our own.
    """

    def __init__(self, command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder, self.log = folder, log
        self._command, self._environment = command, environment
        self._processes: list[subprocess.Popen] = []

    @property
    def pid(self) -> int:
        return self._processes[-1].pid

    @property
    def workers(self) -> list[psutil.Process]:
        """The processes that train."""
        children = psutil.Process(self.pid).children(recursive=True)
        return [child for child in children if "popen_loky" in " ".join(_told(child))]

    @property
    def memory(self) -> int:
        """Bytes that the app and all its workers have for themselves (proportional where they share)."""
        here = psutil.Process(self.pid)
        return sum(_memory(each) for each in (here, *here.children(recursive=True)))

    def start(self) -> None:
        """Returns once it answers. Raises `RuntimeError` with the end of its log when it does not."""
        with self.log.open("a") as output:
            process = subprocess.Popen(
                [sys.executable, *self._command, "--server.port", str(self.port), "--server.address", "127.0.0.1"],
                cwd=ROOT,
                env=os.environ | {"MTL_DATA_DIR": str(self.folder), "PYTHONUNBUFFERED": "1"} | self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that its workers can be ended with it
            )
        self._processes.append(process)
        _wait(process, self.url, self.log)

    def kill(self) -> None:
        """As the machine does it: nothing is written any more, nobody is told, not even its workers."""
        self._processes[-1].kill()
        self._processes[-1].wait()

    def end(self) -> None:
        """As its operator does it; with all workers there ever were."""
        _end(self._processes[-1])
        for process in self._processes:
            with suppress(ProcessLookupError):  # a worker that outlived it
                os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def started(
    command: Sequence[str] = STREAMLIT,
    folder: Path | None = None,
    log: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[App]:
    """The app while it runs. Raises `RuntimeError` with the end of its log when it does not start.

    `command` takes Streamlit's settings as options; `folder` is where uploads are kept and `log` where the app writes
    what it says, temporary ones if left out.
    """
    with tempfile.TemporaryDirectory() as temporary:
        log = log or Path(temporary) / "log.txt"
        log.write_text("")
        app = App(command, folder or Path(temporary), log, environment or {})
        try:
            app.start()
            yield app
        finally:
            app.end()


@contextmanager
def running(command: Sequence[str] = STREAMLIT, folder: Path | None = None, log: Path | None = None) -> Iterator[str]:
    """The address of the app while it runs, see `started`."""
    with started(command, folder, log) as app:
        yield app.url


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
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _told(process: psutil.Process) -> list[str]:
    """Its command line; nothing of one that has just gone."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _memory(process: psutil.Process) -> int:
    try:
        return process.memory_full_info().pss
    except psutil.Error:
        return 0
