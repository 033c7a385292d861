"""What the server says of itself: lines of JSON with nothing about people in them."""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest

from core import logs
from core.logs import Lines, adopt, masked, set_up

COLUMN = "blood_pressure_of_ada"
RUN = "Zk3-yq_T0aBcDeFgHiJkLmNoPqRsTuVw"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """All loggers are as they were afterwards: pytest has handlers of its own."""
    known = [each for each in logging.root.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    kept = [(each, each.handlers, each.propagate, each.level) for each in [*known, logging.root]]
    hooks = warnings.showwarning, threading.excepthook
    yield
    for name in logs.SILENT:
        logging.getLogger(name).disabled = False
    for each, handlers, propagate, level in kept:
        each.handlers, each.propagate = handlers, propagate
        each.setLevel(level)
    warnings.showwarning, threading.excepthook = hooks


def said(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_message_of_ours_is_a_line_with_its_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    logging.getLogger("core.runs.engine").info("A turn of %d ms", 20, extra={"numbers": {"runs": {"playing": 3}}})
    (line,) = said(capsys)
    assert line.pop("time").startswith("20")
    assert line == {"level": "info", "from": "core.runs.engine", "message": "A turn of 20 ms", "runs": {"playing": 3}}


def test_of_an_error_its_kind_and_place_are_told_and_not_what_it_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up()
    for name in ("core.runs.engine", "streamlit.error_util"):
        try:
            raise KeyError(COLUMN)
        except KeyError:
            logging.getLogger(name).exception("Failed")
    heard = capsys.readouterr().err
    assert COLUMN not in heard
    for line in map(json.loads, heard.splitlines()):
        assert line["error"] == "KeyError"
        assert "test_of_an_error" in line["at"][-1]
    monkeypatch.setenv("MTL_LOG_DATA", "yes")
    try:
        raise KeyError(COLUMN)
    except KeyError:
        logging.getLogger("core").exception("Failed")
    assert COLUMN in said(capsys)[0]["said"]


def test_of_what_others_say_only_the_fixed_text_is_told_and_only_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    other = logging.getLogger("streamlit.runtime.app_session")
    adopt(other)
    other.info("Session %s begins", COLUMN)
    other.warning("Column %s is odd", COLUMN)
    assert [line["message"] for line in said(capsys)] == ["Column %s is odd"]
    logging.getLogger("uvicorn.access").warning("GET /live/%s", RUN)
    assert said(capsys) == []


def test_ids_are_told_as_a_short_hash(capsys: pytest.CaptureFixture[str]) -> None:
    session = "0b5a3b6e-6a3c-4b8e-9d0e-0f1a2b3c4d5e"
    for id in (RUN, session, "a" * 64):
        told = masked(f"Run {id}.")
        assert id not in told
        assert told == masked(f"Run {id}.") != masked(f"Run {id[:-1]}x.")
    set_up()
    logging.getLogger("core").warning("Run %s is lost", RUN)
    assert RUN not in capsys.readouterr().err
    assert masked("Runs cannot be written for now: OperationalError") == "Runs cannot be written for now: OperationalError"


def test_warnings_and_dying_threads_are_lines_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    logs._warned(UserWarning(COLUMN), UserWarning, __file__, 12)

    def die() -> None:
        raise ValueError(COLUMN)

    thread = threading.Thread(target=die)
    thread.start()
    thread.join()
    heard = capsys.readouterr().err
    assert COLUMN not in heard
    first, second = map(json.loads, heard.splitlines())
    assert first["message"].startswith("UserWarning at tests/core/test_logs.py:12")
    assert (second["error"], second["from"]) == ("ValueError", "core.threads")


def test_a_line_is_one_line_whatever_is_said() -> None:
    record = logging.LogRecord("core", logging.INFO, "x", 1, "a\nb%s", ("\n" * 5,), None)
    assert "\n" not in Lines().format(record)
    assert sys.getsizeof(Lines().format(logging.LogRecord("core", 20, "x", 1, "ab " * 10_000, (), None))) < 2000
