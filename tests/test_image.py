"""The Dockerfile by its lines: what it copies is enough for the app, its commands run, and a normal user runs them.

Docker itself is not asked: the lines are carried out here, in a folder that has only what the image would have.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINES = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8")).splitlines()


def said(word: str) -> list[str]:
    """What stands behind an instruction, each time it is given."""
    return [line.removeprefix(f"{word} ").strip() for line in LINES if line.startswith(f"{word} ")]


def ignored() -> list[str]:
    return [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]


def test_it_runs_as_a_normal_user() -> None:
    (user,) = said("USER")
    number = int(user.split(":")[0])
    assert number >= 1000
    assert f"--uid {number}" in " ".join(said("RUN"))
    after = LINES[LINES.index(f"USER {user}") :]
    assert not [line for line in after if line.startswith(("RUN", "COPY", "ADD", "USER 0", "USER root"))]


def test_the_builder_gets_what_is_copied_and_nothing_of_anybodys() -> None:
    allowed = {line[1:] for line in ignored() if line.startswith("!")}
    assert ignored()[0] == "*"
    assert {line.split()[0] for line in said("COPY")} == allowed
    assert "data" not in allowed


def test_both_commands_are_lists_so_that_signals_arrive() -> None:
    (command,), (health,) = said("CMD"), said("HEALTHCHECK")
    assert json.loads(command)[0] == "python"
    assert json.loads(health.split("CMD", 1)[1])[0] == "python"


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The folder that the image would have, readable by all."""
    folder = tmp_path / "app"
    folder.mkdir()
    for line in said("COPY"):
        source, target = line.split()
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / target, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "*.md"))
        else:
            shutil.copy(ROOT / source, folder / target)
    return folder


@pytest.mark.long
def test_what_it_copies_is_an_app_that_starts_and_is_healthy(image: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (command,), (health,) = said("CMD"), said("HEALTHCHECK")
    words = [word.replace("8501", str(port)).replace("0.0.0.0", "127.0.0.1") for word in json.loads(command)]  # noqa: S104
    check = [word.replace("8501", str(port)) for word in json.loads(health.split("CMD", 1)[1])]
    data = tmp_path / "data"
    data.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(data), "MTL_DATA_DIR": str(data), "PYTHONDONTWRITEBYTECODE": "1"}
    before = sorted(image.rglob("*"))
    log = tmp_path / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *words[1:]], cwd=image, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        ends = time.monotonic() + 60
        while (checked := subprocess.run([sys.executable, *check[1:]], capture_output=True, check=False)).returncode != 0:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < ends, log.read_text()
            time.sleep(0.3)
        assert checked.returncode == 0
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            assert answer.status == 200
        began = time.monotonic()
        process.terminate()
        process.wait(15)
        assert time.monotonic() - began < 10
        assert (data / "mtl.db").exists()
        assert subprocess.run([sys.executable, *check[1:]], capture_output=True, check=False).returncode != 0
        assert sorted(image.rglob("*")) == before  # it writes into its data folder alone
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
