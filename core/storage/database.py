"""The database: SQLite in a file, or PostgreSQL, by its address. Brought to today's tables when it is opened.

Knows nothing of what is kept in it.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
    TimeoutError,
)

from core.errors import UserError

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 30
"""Seconds to wait for another writer."""
AGAIN = 0.02
"""Seconds until what could not be had is asked for again."""
LOCK = 7_217_001
"""Any number: whoever changes tables holds PostgreSQL's advisory lock of it."""


class AwayError(UserError, SQLAlchemyError):
    """The database does not answer just now. Whoever waits for it can say so, and whoever goes on without it knows it as
    SQLAlchemy's. What the driver says may name machines: it is the cause, for logs, and no part of the sentence."""

    def __init__(self) -> None:
        super().__init__("The database should answer.", "that it does not just now", "Try again in a moment.")


class Database:
    """Opened, with today's tables. address: as SQLAlchemy has it, `sqlite:///file.db` or `postgresql+psycopg://…`.

    Raises `UserError` for an address that is none, a database that cannot be reached, and one of a newer app.
    """

    def __init__(self, address: str) -> None:
        self._engine = _connected(address)
        try:
            with self.write() as connection:
                _migrate(connection)
        except (AwayError, DatabaseError) as error:
            self._engine.dispose()
            found = _shortly(error.__cause__ if isinstance(error, AwayError) and error.__cause__ else error)
            raise UserError(
                "MTL_DATABASE should lead to a database that answers.", found, "Start it, or correct the address."
            ) from error
        except UserError:
            self._engine.dispose()
            raise

    @property
    def name(self) -> str:
        """Its address without the password."""
        return self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, whole or not at all. Of several writers one waits for the other. Raises `AwayError`."""
        with _answering(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Looks at one moment of the database; waits for no writer. Raises `AwayError`."""
        options = {"reading": True} if self._engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with _answering(), self._engine.connect().execution_options(**options) as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, TimeoutError) as error:
        raise AwayError from error


def _connected(address: str) -> Engine:
    try:
        url = make_url(address)
        sqlite = url.get_backend_name() == "sqlite"
        if sqlite and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, **({} if sqlite else {"pool_pre_ping": True, "pool_size": 10}))
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        fix = "Write sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME."
        raise UserError("MTL_DATABASE should be a database's address.", _shortly(error), fix) from error
    if sqlite:
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # transactions begin as `_begin` has it, also around changes of tables
    connection.execute(f"PRAGMA busy_timeout={1000 * PATIENCE}")
    _write_ahead(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """For this alone SQLite does not wait until another, who does the same, is done."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(AGAIN)
        else:
            return


def _begin(connection: Connection) -> None:
    """A writer takes its turn at once: one that reads first may find that it cannot write any more."""
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reading") else "BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    current = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(config)
    try:
        known = current is None or scripts.get_revision(current) is not None
    except CommandError:
        known = False
    if not known:
        raise UserError(
            "The database should be of this app or an older one.",
            f"one of a newer app, version {current:.20}",
            "Update the app, or set MTL_DATABASE to another database.",
        )
    if current != scripts.get_current_head():
        command.upgrade(config, "head")


def _shortly(error: BaseException) -> str:
    """The first line of what a driver says, without its statement."""
    told = str(getattr(error, "orig", None) or error).strip()
    return told.splitlines()[0][:200] if told else type(error).__name__


__all__ = ["AwayError", "Database", "SQLAlchemyError"]
