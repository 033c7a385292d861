"""Bytes by content: the same ones come back, or none."""

import hashlib
import time
from pathlib import Path

import pytest

from core.errors import UserError
from core.storage import Blobs

NAME = "0" * 64


@pytest.fixture(params=["folder", "address", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    places = {"folder": str(tmp_path / "blobs"), "address": f"file://{tmp_path}/there", "memory": f"memory://{tmp_path.name}"}
    return Blobs(places[request.param])


def test_what_was_put_comes_back_under_its_hash(blobs: Blobs) -> None:
    name = blobs.put("runs/a", b"tensor")
    assert name == hashlib.sha256(b"tensor").hexdigest()
    assert blobs.put("runs/a", b"tensor") == name
    assert blobs.get("runs/a", name) == b"tensor"
    with pytest.raises(FileNotFoundError):
        blobs.get("runs/b", name)


def test_only_what_is_named_is_kept(blobs: Blobs) -> None:
    names = [blobs.put("runs/a", text) for text in (b"1", b"2", b"3")]
    other = blobs.put("runs/b", b"1")
    lying = blobs.lying("runs/a")
    later = blobs.put("runs/a", b"4")
    blobs.keep("runs/a", names[:1], lying)
    assert blobs.get("runs/a", later) == b"4"
    assert blobs.get("runs/a", names[0]) == b"1"
    with pytest.raises(FileNotFoundError):
        blobs.get("runs/a", names[1])
    blobs.drop("runs/a")
    blobs.drop("runs/a")
    blobs.keep("runs/never", [])
    with pytest.raises(FileNotFoundError):
        blobs.get("runs/a", names[0])
    assert blobs.get("runs/b", other) == b"1"


def test_one_is_looked_for_and_removed_by_its_name(blobs: Blobs) -> None:
    names = sorted(blobs.put("runs/a", text) for text in (b"1", b"2"))
    blobs.use("runs/a")
    assert blobs.names("runs/a") == names
    assert blobs.names("runs/never") == []
    assert blobs.has("runs/a", names[0])
    assert not blobs.has("runs/b", names[0])
    blobs.remove("runs/a", names[0])
    blobs.remove("runs/a", names[0])
    assert blobs.names("runs/a") == names[1:]


def test_folders_in_use_are_told_from_those_that_were(blobs: Blobs) -> None:
    for folder in ("a", "b"):
        blobs.put(folder, b"1")
    blobs.use("a")
    assert blobs.unused(time.time() - 60) == []
    assert blobs.unused(time.time() + 60) == ["a"]  # of "b" nobody ever said that it is used
    blobs.drop("a")
    assert blobs.unused(time.time() + 60) == []


def test_half_a_blob_is_never_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = Blobs(str(tmp_path))

    def full(path: str, raw: bytes) -> None:
        Path(path).write_bytes(raw[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(blobs._files, "pipe_file", full)
    with pytest.raises(OSError, match="space"):
        blobs.put("runs", b"whole")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_damaged_blob_is_none(tmp_path: Path) -> None:
    blobs = Blobs(str(tmp_path))
    name = blobs.put("runs", b"whole")
    (tmp_path / "runs" / name).write_bytes(b"half")
    with pytest.raises(OSError, match="damaged"):
        blobs.get("runs", name)


@pytest.mark.parametrize(("folder", "name"), [("../up", NAME), ("runs", "../../etc/passwd"), ("", NAME), ("a//b", NAME)])
def test_nothing_outside_can_be_named(folder: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="named by its SHA-256"):
        Blobs(str(tmp_path)).get(folder, name)


def test_an_address_that_is_none_is_said() -> None:
    with pytest.raises(UserError, match="MTL_BLOBS"):
        Blobs("klingon://there")
    with pytest.raises(UserError, match="MTL_FILES"):
        Blobs("klingon://there", "MTL_FILES")
