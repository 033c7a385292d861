"""What the server is told from outside: environment and file, wrong and unknown settings, and the table of all."""

import os
from pathlib import Path

import pytest

from core.errors import UserError
from core.settings import (
    PREFIX,
    Settings,
    blobs,
    cluster,
    data_folder,
    database,
    files,
    hosts,
    keep_hours,
    openml,
    settings,
    table,
    workers,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MTL_SETTINGS", str(tmp_path / "mine.toml"))
    return tmp_path / "mine.toml"


def test_files_are_kept_where_the_environment_says_else_beside_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_DATA_DIR", "/somewhere/else")
    assert data_folder() == Path("/somewhere/else")
    for nothing in (lambda: monkeypatch.setenv("MTL_DATA_DIR", ""), lambda: monkeypatch.delenv("MTL_DATA_DIR")):
        nothing()
        assert data_folder() == ROOT / "data"


def test_all_that_is_kept_lies_in_the_data_folder_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_DATA_DIR", "/here")
    assert database() == "sqlite:////here/mtl.db"
    assert blobs() == "/here/blobs"
    assert files() == "/here"
    given = {"database": "postgresql+psycopg://me@there/mtl", "blobs": "s3://box/blobs", "files": "s3://box/files"}
    for name, value in given.items():
        monkeypatch.setenv(f"MTL_{name.upper()}", value)
    assert {"database": database(), "blobs": blobs(), "files": files()} == given


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


def test_a_cluster_is_named_by_its_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cluster() == ""
    monkeypatch.setenv("MTL_CLUSTER", " tcp://there:8786 ")
    assert cluster() == "tcp://there:8786"


def test_the_file_says_what_the_environment_does_not(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('workers = 5\nkeep_hours = 2.5\nhosts = ["A.example.org", "b.example.org"]\n')
    monkeypatch.setenv("MTL_WORKERS", "3")
    assert workers() == 3
    assert keep_hours() == 2.5
    assert hosts() == ("a.example.org", "b.example.org")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MTL_WORKERS", "many", "MTL_WORKERS should be a whole number from 1 to 1,024. Found “many”."),
        ("MTL_WORKERS", "0", "MTL_WORKERS should be a whole number from 1 to 1,024. Found “0”."),
        ("MTL_WORKERS", "2.5", "Found “2.5”."),
        ("MTL_KEEP_HOURS", "nan", "MTL_KEEP_HOURS should be a number from 0.01 to 87,600. Found “nan”."),
        ("MTL_OPENML", "file:///etc/passwd", "MTL_OPENML should be an address such as https://www.openml.org."),
        ("MTL_CLUSTER", "there:8786", "MTL_CLUSTER should be an address such as tcp://HOST:8786. Found “there:8786”."),
        ("MTL_LOG_DATA", "perhaps", "MTL_LOG_DATA should be true or false."),
        ("MTL_WORKRES", "3", "Found “MTL_WORKRES” in the environment. Did you mean MTL_WORKERS?"),
        ("MTL_ZZZ", "3", "`python -m core settings` lists all that there are."),
    ],
)
def test_what_is_wrong_in_the_environment_is_refused(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UserError) as refused:
        settings()
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("wrokers = 2", "Found “wrokers” in mine.toml. Did you mean workers?"),
        ("workers = 'x'", "“workers” in mine.toml should be a whole number from 1 to 1,024. Found “x”."),
        ("workers = ", "The settings file mine.toml should be TOML."),
        ("[server]\nworkers = 2", "Found “server” in mine.toml."),
        ("hosts = 3", "“hosts” in mine.toml should be names with commas between them."),
    ],
)
def test_what_is_wrong_in_the_file_is_refused(text: str, sentence: str, file: Path) -> None:
    file.write_text(text)
    with pytest.raises(UserError) as refused:
        settings()
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_named_should_be_there(file: Path) -> None:
    with pytest.raises(UserError, match="MTL_SETTINGS should lead to a text file"):
        settings()
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match="MTL_SETTINGS should lead to a text file"):
        settings()


def test_a_key_is_never_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTL_STATUS_KEY", "tooshort")
    with pytest.raises(UserError, match="at least 16 characters") as refused:
        settings()
    assert "tooshort" not in str(refused.value)


def test_the_table_has_every_setting() -> None:
    lines = table().splitlines()
    assert len(lines) == len(Settings.model_fields) + 3
    for name, field in Settings.model_fields.items():
        assert f"| `MTL_{name.upper()}` | `{name}` | {field.description} |" in table()
    assert str(ROOT) not in table()
    assert all(line.count("|") == 6 for line in lines)
