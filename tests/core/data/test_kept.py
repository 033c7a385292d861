"""Tables come back from beside their bytes as they were read, and go with these."""

import errno
import shutil
import threading

import numpy as np
import pandas as pd
import pytest

from core.data import kept as module
from core.data import source
from core.data.dataset import Table, Understood
from core.data.kept import keep, kept
from core.data.reading import read
from core.data.store import Store
from core.experiment import Reading, Source

CSV = b"n,x,word,sure,gap\n1,0.5,a,True,1\n2,1.5,,False,\n3,2.5,b,True,3\n"


@pytest.fixture
def store(tmp_path, monkeypatch) -> Store:
    monkeypatch.setattr(module, "LEAST", 1)
    return Store(tmp_path / "files")


def test_what_was_read_comes_back(store):
    sha256, reading = store.put(CSV), Reading(delimiter=",")
    table = read(CSV, "t.csv", reading)
    keep(store, sha256, reading, table)
    again = kept(store, sha256, "t.csv", reading)
    pd.testing.assert_frame_equal(again.frame, table.frame)
    assert (again.name, again.notes, again.understood) == (table.name, table.notes, table.understood)
    assert all(again.frame[name].dtype == table.frame[name].dtype for name in table.frame)


def test_dates_and_wide_tables_come_back_and_can_be_written(store):
    sha256 = store.put(b"any")
    frame = pd.DataFrame({"day": pd.to_datetime(["2026-01-02", None]), "a": [1.0, np.nan], "b": [0.5, 2.0]})
    keep(store, sha256, Reading(), Table("t", frame))
    again = kept(store, sha256, "t", Reading())
    pd.testing.assert_frame_equal(again.frame, frame)
    again.frame.loc[0, "b"] = 7.0
    assert kept(store, sha256, "t", Reading()).frame.loc[0, "b"] == 0.5


@pytest.mark.parametrize(("name", "reading"), [("other.csv", Reading()), ("t.csv", Reading(rows=2))])
def test_read_in_another_way_it_is_another_table(store, name, reading):
    sha256 = store.put(CSV)
    keep(store, sha256, Reading(), read(CSV, "t.csv"))
    assert kept(store, sha256, name, reading) is None


def test_it_goes_when_the_bytes_go(store):
    sha256 = store.put(CSV)
    keep(store, sha256, Reading(), read(CSV, "t.csv"))
    assert len(list(store.folder.iterdir())) == 2
    store.drop(sha256)
    assert not list(store.folder.iterdir())
    assert kept(store, sha256, "t.csv", Reading()) is None
    keep(store, sha256, Reading(), read(CSV, "t.csv"))
    assert not list(store.folder.iterdir())


def test_what_is_damaged_or_of_another_version_is_none(store, monkeypatch):
    sha256 = store.put(CSV)
    keep(store, sha256, Reading(), read(CSV, "t.csv"))
    monkeypatch.setattr(module, "VERSION", 2)
    assert kept(store, sha256, "t.csv", Reading()) is None
    (place,) = store.folder.glob("*.*")
    place.write_bytes(place.read_bytes()[:100])
    assert kept(store, sha256, "t.csv", Reading()) is None


def test_mixed_columns_and_small_files_are_not_kept(store, monkeypatch):
    sha256 = store.put(CSV)
    keep(store, sha256, Reading(), Table("t", pd.DataFrame({"odd": np.array([True, None], dtype=object)})))
    monkeypatch.setattr(module, "LEAST", 10_000)
    keep(store, sha256, Reading(), read(CSV, "t.csv"))
    assert len(list(store.folder.iterdir())) == 1


def test_where_it_cannot_be_kept_nothing_is_left_and_nothing_fails(store, monkeypatch):
    sha256 = store.put(CSV)
    table = read(CSV, "t.csv")
    keep(Store(store.folder / "gone"), sha256, Reading(), table)

    def full(*given):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module.os, "replace", full)
    keep(store, sha256, Reading(), table)
    assert [each.name for each in store.folder.iterdir()] == [sha256]


def test_a_folder_that_goes_while_its_table_is_being_kept_is_no_fault(store, monkeypatch):
    sha256 = store.put(CSV)
    plain = module._plain
    monkeypatch.setattr(module, "_plain", lambda frame: shutil.rmtree(store.folder) or plain(frame))
    keep(store, sha256, Reading(), read(CSV, "t.csv"))
    assert not store.folder.exists()


def test_another_process_reads_no_bytes_a_second_time(store, monkeypatch):
    found = Source(kind="file", name="t.csv", sha256=store.put(CSV))
    first = source.load(found, store)
    for thread in [each for each in threading.enumerate() if each.name == "keep"]:
        thread.join()
    monkeypatch.setattr(source, "read", lambda *given: pytest.fail("read again"))
    pd.testing.assert_frame_equal(source._file.__wrapped__(store, found.sha256, "t.csv", Reading()).frame, first.frame)
    assert isinstance(first.understood, Understood)
