"""People's files: a folder a run, deleted at once or when nobody needs it, and never one that is in use."""

import os
import time
from pathlib import Path

from core.data.store import Store
from core.runs.run import new_id
from core.runs.uploads import delete, folder_of, sweep, use


def kept(root: Path, run: str, hours: float = 0.0) -> Path:
    folder = folder_of(str(root), run)
    Store(folder).put(b"a,b")
    then = time.time() - 3600 * hours
    os.utime(folder, (then, then))
    return folder


def test_a_folder_tells_nobody_whose_it_is(tmp_path: Path) -> None:
    one, two = new_id(), new_id()
    assert folder_of(str(tmp_path), one) != folder_of(str(tmp_path), two)
    assert one not in str(folder_of(str(tmp_path), one))
    assert len(one) >= 32


def test_an_id_from_outside_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    for run in ("../../etc", "/etc", "", "..", "a/b"):
        assert folder_of(str(tmp_path), run).parent == tmp_path / "uploads"


def test_a_file_goes_at_once_when_its_owner_says_so(tmp_path: Path) -> None:
    mine, other = kept(tmp_path, "mine"), kept(tmp_path, "other")
    delete(str(tmp_path), "mine")
    assert not mine.exists()
    assert list(other.iterdir())
    delete(str(tmp_path), "mine")  # twice is no fault


def test_a_file_nobody_uses_goes_and_one_in_use_stays(tmp_path: Path) -> None:
    old, new, playing, used = (kept(tmp_path, name, hours) for name, hours in (("a", 25), ("b", 23), ("c", 25), ("d", 25)))
    use(str(tmp_path), "d")
    assert sweep(str(tmp_path), 24.0, ["c"]) == 1
    assert [each.exists() for each in (old, new, playing, used)] == [False, True, True, True]
    assert sweep(str(tmp_path), 24.0) == 0
    assert sweep(str(tmp_path / "none"), 24.0) == 0


def shared(root: str, run: str, days: float = 0.0) -> Path:
    """A file at an address that several machines share, used last so many days ago."""
    folder = folder_of(root, run)
    Store(folder).put(b"a,b")
    here = Path(str(folder).removeprefix("file://"))
    then = time.time() - 86400 * days
    os.utime(here / "used", (then, then))
    return here


def test_at_an_address_that_is_shared_files_go_in_the_same_way(tmp_path: Path) -> None:
    root = f"file://{tmp_path}/there"
    mine, other = shared(root, "mine"), shared(root, "other")
    delete(root, "mine")
    assert not mine.exists()
    assert other.exists()
    assert not list((tmp_path / "data").glob(f"copies/*/{mine.name}"))
    delete(root, "mine")


def test_at_an_address_that_is_shared_what_nobody_uses_goes(tmp_path: Path) -> None:
    root = f"file://{tmp_path}/there"
    old, new, playing, used = (shared(root, name, days) for name, days in (("a", 2), ("b", 0.5), ("c", 2), ("d", 2)))
    use(root, "d")
    use(root, "never")
    assert sweep(root, 24.0, ["c"]) == 1
    assert [each.exists() for each in (old, new, playing, used)] == [False, True, True, True]
    assert sweep(root, 24.0) == 0
    assert folder_of(root, "a") == f"{root}/uploads/{old.name}"
