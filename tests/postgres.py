"""A PostgreSQL of the tests' own, in a temporary folder, reached through a socket in it; gone with them.

Knows nothing of what is kept in it. It refuses to run as root, so root starts it as the user whom Debian's package brings.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

USER = "postgres"
# Nothing of it has to outlive the machine, and several of them run at a time.
SETTINGS = "-c fsync=off -c listen_addresses='' -c shared_buffers=16MB -c max_connections=60"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, where Debian puts those of the newest version, or on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    named = shutil.which("initdb")
    if found or named:
        return (found[-1] if found else Path(str(named))).resolve().parent
    return None


def lacking() -> str:
    """Why it cannot be started here; "" where it can."""
    if programs() is None:
        return "PostgreSQL is not installed; `make test` gets it on Debian, as root"
    if os.geteuid() == 0:
        with suppress(KeyError):
            pwd.getpwnam(USER)
            return ""
        return f"PostgreSQL does not run as root, and there is no user {USER}"
    return ""


@dataclass
class Postgres:
    """folder: of its socket; `fresh` makes databases in it."""

    folder: Path
    _number: Iterator[int] = field(default_factory=count)

    def fresh(self) -> str:
        """The address of a new, empty database, as SQLAlchemy has it."""
        name = f"test{next(self._number)}"
        with psycopg.connect(f"host={self.folder} user={USER} dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"


@contextmanager
def started() -> Iterator[Postgres]:
    """Raises `RuntimeError` with what it said when it does not start."""
    found = programs()
    assert found is not None, lacking()
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has at most a hundred letters
    data, said, root = str(folder / "data"), folder / "said.txt", os.geteuid() == 0
    if root:
        shutil.chown(folder, USER)

    def run(*command: str) -> None:
        with said.open("a") as output:
            made = subprocess.run(
                [str(found / command[0]), *command[1:]],
                cwd=folder,
                user=USER if root else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        if made.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{said.read_text()[-2000:]}")

    try:
        run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log.txt"), "-o", f"{SETTINGS} -k {folder}", "start")
        yield Postgres(folder)
    finally:
        with suppress(RuntimeError):
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
