"""What the server is told from outside."""

import os
from pathlib import Path

import pytest

from core.settings import data_folder, hosts, openml, workers

ROOT = Path(__file__).parents[2]


def test_files_are_kept_where_the_environment_says_else_beside_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_DATA_DIR", "/somewhere/else")
    assert data_folder() == Path("/somewhere/else")
    for nothing in (lambda: monkeypatch.setenv("MTL_DATA_DIR", ""), lambda: monkeypatch.delenv("MTL_DATA_DIR")):
        nothing()
        assert data_folder() == ROOT / "data"


def test_as_many_workers_as_asked_for_else_one_a_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_WORKERS", "3")
    assert workers() == 3
    monkeypatch.delenv("MTL_WORKERS")
    assert workers() == os.cpu_count()


def test_host_names_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_HOSTS", "mtl.example.org, Lab.Example.org,")
    assert hosts() == ("mtl.example.org", "lab.example.org")
    monkeypatch.delenv("MTL_HOSTS")
    assert hosts() == ()


def test_data_sets_come_from_openml_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_OPENML", "http://mirror.example.org")
    assert openml() == "http://mirror.example.org"
    monkeypatch.delenv("MTL_OPENML")
    assert openml() == "https://www.openml.org"
