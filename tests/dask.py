"""A dask cluster as its operator starts one: a scheduler and workers, each a process of its own on this machine.

Knows nothing of what is done with it.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0


@dataclass
class Dask:
    """folder: of logs, and of a data folder for each worker; address: of the scheduler."""

    folder: Path
    environment: Mapping[str, str]
    memory: str
    address: str = ""
    _started: dict[str, subprocess.Popen] = field(default_factory=dict)

    def start_scheduler(self) -> None:
        """At the address it had before, if it had one."""
        port, found = self.address.rpartition(":")[2] or "0", self.folder / "scheduler.json"
        found.unlink(missing_ok=True)
        options = ["--host", "127.0.0.1", "--port", port, "--no-dashboard", "--scheduler-file", str(found)]
        process = self._start("scheduler", "distributed.cli.dask_scheduler", *options, "--dashboard-address", "127.0.0.1:0")
        ends = time.monotonic() + PATIENCE
        while not self.address or not found.exists():
            if process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"The scheduler does not start:\n{self.said('scheduler')}")
            with suppress(OSError, json.JSONDecodeError, KeyError):
                self.address = json.loads(found.read_text())["address"]
            time.sleep(0.05)

    def start_worker(self, name: str) -> None:
        """With a nanny, which starts it again when it ends."""
        options = ["--nthreads", "1", "--nworkers", "1", "--memory-limit", self.memory, "--no-dashboard", "--name", name]
        place = ["--host", "127.0.0.1", "--local-directory", str(self.folder / name)]
        self._start(name, "distributed.cli.dask_worker", self.address, *options, *place)

    def pid(self, name: str) -> int:
        """Of the worker itself; it has one once it has started."""
        nanny = psutil.Process(self._started[name].pid)
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            for child in nanny.children():
                with suppress(psutil.Error):
                    if "spawn_main" in " ".join(child.cmdline()):
                        return child.pid
            time.sleep(0.05)
        raise RuntimeError(f"{name} does not start:\n{self.said(name)}")

    def kill_scheduler(self) -> None:
        self._started["scheduler"].kill()
        self._started["scheduler"].wait()

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.txt").read_text()[-4000:]

    def end(self) -> None:
        for name in list(self._started):
            self._end(name)

    def _end(self, name: str) -> None:
        process = self._started.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _start(self, name: str, module: str, *options: str) -> subprocess.Popen:
        if name in self._started:
            self._end(name)
        with (self.folder / f"{name}.txt").open("a") as output:
            self._started[name] = subprocess.Popen(
                [sys.executable, "-m", module, *options],
                cwd=ROOT,
                env=os.environ | {"MTL_DATA_DIR": str(self.folder / f"{name}-data")} | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that a worker can be ended with its nanny
            )
        return self._started[name]


@contextmanager
def cluster(*workers: str, environment: Mapping[str, str] | None = None, memory: str = "4GiB") -> Iterator[Dask]:
    """The cluster with workers of these names, until the tests are over. memory: that a worker may have."""
    with tempfile.TemporaryDirectory() as folder:
        made = Dask(Path(folder), environment or {}, memory)
        try:
            made.start_scheduler()
            for name in workers:
                made.start_worker(name)
            yield made
        finally:
            made.end()
