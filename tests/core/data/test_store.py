import hashlib

import pytest

from core.data.store import Store
from core.errors import UserError


def test_what_was_put_comes_back(tmp_path):
    store = Store(tmp_path / "new" / "folder")
    sha256 = store.put(b"some bytes")
    assert sha256 == hashlib.sha256(b"some bytes").hexdigest()
    assert store.path(sha256).read_bytes() == b"some bytes"


def test_the_same_bytes_are_kept_once_and_nothing_half_written_stays(tmp_path):
    store = Store(tmp_path)
    assert store.put(b"a") == store.put(b"a")
    store.put(b"b")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("name", ["", "../secret", "/etc/hostname", "0" * 63, "0" * 64 + "\n", "G" * 64, "A" * 64])
def test_only_a_sha256_is_looked_for(tmp_path, name):
    with pytest.raises(UserError, match="64 hex digits"):
        Store(tmp_path).path(name)


def test_what_was_never_put_is_told(tmp_path):
    with pytest.raises(UserError, match="Upload it"):
        Store(tmp_path / "none").path("0" * 64)
