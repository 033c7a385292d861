"""`python -m benchmarks`: prints every figure, and its exit code says whether a bound was broken."""

import importlib
from types import SimpleNamespace

import pytest

from benchmarks.__main__ import NAMES, main
from benchmarks.figure import Figure


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Figure]]:
    """What each benchmark would have measured, by name."""
    found = {name: [Figure(f"of {name}", 1.0, "ms", 2.0)] for name in NAMES}

    def module(name: str) -> SimpleNamespace:
        return SimpleNamespace(__doc__="What it is.", figures=lambda: found[name.removeprefix("benchmarks.")])

    monkeypatch.setattr(importlib, "import_module", module)
    return found


def test_all_within_bounds(measured: dict, capsys: pytest.CaptureFixture) -> None:
    assert main() == 0
    out = capsys.readouterr().out
    assert all(f"of {name}" in out for name in NAMES)
    assert "OVER" not in out


def test_a_broken_bound_is_marked_and_ends_in_1(measured: dict, capsys: pytest.CaptureFixture) -> None:
    measured["load"] = [Figure("too slow", 3.0, "ms", 2.0)]
    assert main() == 1
    out = capsys.readouterr().out
    assert next(line for line in out.splitlines() if line.startswith("too slow")).endswith("OVER")
    assert "1 out of bounds" in out


def test_one_alone(measured: dict, capsys: pytest.CaptureFixture) -> None:
    measured["load"] = [Figure("too slow", 3.0, "ms", 2.0)]
    assert main(["heart"]) == 0
    assert "too slow" not in capsys.readouterr().out


def test_an_unknown_name(capsys: pytest.CaptureFixture) -> None:
    assert main(["hart"]) == 2
    assert "heart" in capsys.readouterr().err
