"""What all tests share. Knows no room of the core."""

from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, settings

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
