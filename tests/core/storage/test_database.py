"""The database: its tables are what the migrations make, one of a newer app is refused, a writer waits for another."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, insert, select, update

from core.errors import UserError
from core.storage import Database
from core.storage.tables import METADATA, PROCESSES


@pytest.fixture
def address(database_address: str) -> str:
    return database_address


@pytest.fixture
def opened(address: str) -> Iterator[Callable[[], Database]]:
    """Opens the database, as often as asked for."""
    made: list[Database] = []

    def again() -> Database:
        made.append(Database(address))
        return made[-1]

    yield again
    for each in made:
        each.close()


def test_migrations_make_the_tables_that_the_code_has(opened: Callable[[], Database]) -> None:
    with opened().read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_opened_again_it_has_what_was_written(opened: Callable[[], Database]) -> None:
    first = opened()
    with first.write() as connection:
        connection.execute(insert(PROCESSES).values(id="a", beat=1))
    first.close()
    with opened().read() as connection:
        assert connection.execute(select(PROCESSES.c.id)).scalars().all() == ["a"]


def test_what_fails_half_way_is_not_there(opened: Callable[[], Database]) -> None:
    database = opened()

    def fails() -> None:
        with database.write() as connection:
            connection.execute(insert(PROCESSES).values(id="a", beat=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(PROCESSES)).scalar() == 0


def test_many_open_a_new_one_at_the_same_time(address: str) -> None:
    faults: list[Exception] = []

    def opened() -> None:
        try:
            Database(address).close()
        except UserError as error:
            faults.append(error)

    threads = [threading.Thread(target=opened) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_who_opens_a_file_that_another_is_writing_waits(tmp_path: Path, how: str) -> None:
    """The file is not of the kind yet in which nobody waits for a writer."""
    other = sqlite3.connect(tmp_path / "new.db", isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE theirs (a)")
    other.execute(f"BEGIN {how}")
    threading.Timer(0.5, lambda: other.execute("COMMIT")).start()
    began = time.monotonic()
    Database(f"sqlite:///{tmp_path / 'new.db'}").close()
    assert time.monotonic() - began > 0.4
    other.close()


def test_a_reader_waits_for_no_writer_and_a_writer_for_the_other(opened: Callable[[], Database]) -> None:
    database, order = opened(), []
    further = update(PROCESSES).values(beat=PROCESSES.c.beat + 1)
    with database.write() as connection:
        connection.execute(insert(PROCESSES).values(id="a", beat=1))

    def slow() -> None:
        with database.write() as connection:
            connection.execute(further)
            order.append("slow begins")
            time.sleep(0.5)
            order.append("slow ends")

    thread = threading.Thread(target=slow)
    thread.start()
    while not order:
        time.sleep(0.01)
    with database.read() as connection:
        assert connection.execute(select(PROCESSES.c.beat)).scalar() == 1
    order.append("read")
    with database.write() as connection:
        connection.execute(further)
        order.append("other")
    thread.join()
    assert order == ["slow begins", "read", "slow ends", "other"]
    with database.read() as connection:
        assert connection.execute(select(PROCESSES.c.beat)).scalar() == 3


def test_a_reader_sees_one_moment_however_long_it_looks(opened: Callable[[], Database]) -> None:
    database, counted = opened(), select(func.count()).select_from(PROCESSES)
    with database.read() as reader:
        assert reader.execute(counted).scalar() == 0
        with database.write() as writer:
            writer.execute(insert(PROCESSES).values(id="a", beat=1))
        assert reader.execute(counted).scalar() == 0
    with database.read() as reader:
        assert reader.execute(counted).scalar() == 1


def test_one_of_a_newer_app_is_refused_in_one_sentence(address: str) -> None:
    database = Database(address)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(UserError, match="newer app, version 9999"):
        Database(address)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("klingon", "should be a database's address"),
        ("oracle://a/b", "should be a database's address"),
        ("postgresql+psycopg://u:secret@127.0.0.1:1/x", "should lead to a database that answers"),
    ],
)
def test_a_wrong_address_is_said_in_one_sentence(wrong: str, told: str) -> None:
    with pytest.raises(UserError, match=told) as caught:
        Database(wrong)
    assert "secret" not in str(caught.value)


def test_its_name_holds_no_password(address: str) -> None:
    database = Database(address.replace("postgres@", "postgres:secret@"))
    assert database.name.startswith(address.partition(":")[0])
    assert "secret" not in database.name
    database.close()
