"""Folders that several machines share: each keeps copies of what it used, until that is shared no more."""

from pathlib import Path

import pytest

from core.data import remember
from core.data.remember import forget, heed, remembered
from core.data.shared import shared
from core.data.store import Store
from core.errors import UserError


@pytest.fixture
def root(tmp_path: Path) -> str:
    return f"file://{tmp_path}/shared/uploads"


def machine(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """From now on this process is on another machine, with a data folder of its own, and a second later."""
    monkeypatch.setenv("MTL_DATA_DIR", str(tmp_path / name))
    remember._looked.clear()
    return tmp_path / name


def copies(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_only_an_address_is_shared(tmp_path: Path, root: str) -> None:
    assert shared(tmp_path) is None
    assert shared(str(tmp_path)) is None
    found = shared(f"{root}/mine")
    assert (found.root, found.name) == (root, "mine")
    assert found.here.is_relative_to(tmp_path)


def test_an_address_that_is_none_is_said() -> None:
    with pytest.raises(UserError, match="MTL_FILES should be a folder or an address"):
        Store("klingon://there/mine").put(b"a")


def test_what_one_machine_puts_another_fetches_once(tmp_path: Path, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(f"{root}/mine")
    machine("one", tmp_path, monkeypatch)
    name = store.put(b"some bytes")
    there = machine("two", tmp_path, monkeypatch)
    assert store.has(name)
    assert copies(there) == set()
    assert store.path(name).read_bytes() == b"some bytes"
    assert store.path(name).is_relative_to(there)
    monkeypatch.setattr(type(shared(store.folder).blobs), "get", None)  # it is asked no more
    assert store.path(name).read_bytes() == b"some bytes"
    assert not Store(f"{root}/other").has(name)
    with pytest.raises(UserError, match="Upload it"):
        Store(f"{root}/other").path(name)


def test_what_was_damaged_on_the_way_is_not_taken(tmp_path: Path, root: str) -> None:
    name = Store(f"{root}/mine").put(b"some bytes")
    shared(f"{root}/mine").drop()
    away = tmp_path / "shared" / "uploads" / "mine"
    away.mkdir()
    (away / name).write_bytes(b"others")
    with pytest.raises(OSError, match="damaged"):
        Store(f"{root}/mine").path(name)


def test_one_file_is_dropped_everywhere(tmp_path: Path, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store, here = Store(f"{root}/mine"), machine("one", tmp_path, monkeypatch)
    name, other = store.put(b"one"), store.put(b"another")
    store.beside(name, "table").write_text("made of it")
    store.drop(name)
    assert not store.has(name)
    assert copies(here) == {other}


def test_what_is_deleted_leaves_every_machine_and_every_cache(
    tmp_path: Path, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    @remembered(maxsize=4)
    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    mine, other = Store(f"{root}/mine"), Store(f"{root}/other")
    names = mine.put(b"mine"), other.put(b"other")
    there = machine("two", tmp_path, monkeypatch)
    for store, name in zip((mine, other), names, strict=True):
        store.path(name)
    mine.beside(names[0], "table").write_text("made of it")
    heed(mine.folder)
    double(1)
    machine("one", tmp_path, monkeypatch)
    shared(mine.folder).drop()
    forget(mine.folder)
    machine("two", tmp_path, monkeypatch)
    remember._seen.clear()
    heed(f"{root}/any")
    assert copies(there) == {names[1]}
    double(1)
    assert made == [1, 1]
    heed(f"{root}/any")
    double(1)
    assert made == [1, 1]


def test_the_mark_is_looked_at_once_a_second(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []
    names = type(shared(f"{root}/mine").blobs).names
    monkeypatch.setattr(type(shared(f"{root}/mine").blobs), "names", lambda *asked: looks.append("look") or names(*asked))
    remember._looked.clear()
    for _ in range(100):
        heed(f"{root}/mine")
    assert len(looks) == 1


def test_files_that_cannot_be_reached_stop_nobody_who_needs_none(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> list[str]:
        raise OSError(113, "No route to host")

    monkeypatch.setattr(type(shared(f"{root}/mine").blobs), "names", fails)
    remember._looked.clear()
    heed(f"{root}/mine")
