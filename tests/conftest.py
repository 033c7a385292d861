"""What all tests share. Knows no room of the core."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, settings

from tests.postgres import Postgres, lacking, started

ROOT = Path(__file__).parent.parent
HEART = ROOT.parent / "shared" / "data" / "heart.csv"

# As in a worker process: these matrices are so small that a second thread costs more than it does.
torch.set_num_threads(1)

# How long one example takes says more of what else the machine is doing than of the code.
settings.register_profile("project", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store for every test: none sees what another left, and none writes into the repository."""
    folder = tmp_path / "data"
    monkeypatch.setenv("MTL_DATA_DIR", str(folder))
    return folder


@pytest.fixture(scope="session")
def heart_csv() -> Path:
    """The real heart table, which is not part of the repository."""
    if not HEART.exists():
        pytest.skip("the real heart.csv is not on this machine")
    return HEART


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of the tests' own; where there can be none, who asks for it is skipped and says why."""
    if why := lacking():
        pytest.skip(why)
    with started() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of an empty database, one of each kind that the app knows."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'mtl.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.fresh()
