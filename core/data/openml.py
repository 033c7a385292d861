"""Data sets of openml.org by number or name, as a plain CSV with what is said of them. Knows nothing of pages.

scikit-learn's loader speaks with the server and checks the data's MD5. What comes from there is a stranger's table like any
other: it is read, and refused, as an uploaded file is.
"""

import re
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import quote

import pandas as pd
from sklearn.datasets import fetch_openml

from core.data.download import Line, missing, under
from core.data.reading.limits import MAX_BYTES
from core.errors import UserError
from core.settings import openml

FAMILY = "openml.org"
TIMEOUT = 30.0  # seconds of silence
WHOLE = 10  # times as long for all of it
AT_ONCE = 4
KEPT = 600.0  # seconds that an end is remembered
State = Literal["under way", "done", "failed", "stopped"]


@dataclass(frozen=True)
class Fetched:
    """name: of the file; raw: a CSV in UTF-8; targets: columns that OpenML has people predict; notes: whole sentences."""

    name: str
    raw: bytes
    targets: tuple[str, ...]
    notes: tuple[str, ...]


class Fetch:
    """A data set on its way here, in a thread of its own, which a server that hangs can keep but not the page.

    what: a number, a name, or the address of a data set's page. timeout: seconds that the server may be silent.
    """

    def __init__(self, what: str, timeout: float = TIMEOUT) -> None:
        self.what, self.began = what.strip(), time.monotonic()
        self.line = Line(openml(), FAMILY, timeout, WHOLE * timeout, MAX_BYTES)
        self.result: Fetched | None = None
        self._problem: UserError | None = None
        self._ended = 0.0
        threading.Thread(target=self._run, daemon=True, name="openml").start()

    @property
    def seconds(self) -> float:
        return (self._ended or time.monotonic()) - self.began

    @property
    def state(self) -> State:
        if self.line.stopped:
            return "stopped"
        if self.result is not None:
            return "done"
        return "failed" if self._problem or time.monotonic() > self.line.ends else "under way"

    @property
    def problem(self) -> str:
        """Why it failed, in one sentence."""
        return str(self._problem or self.line.late()) if self.state == "failed" else ""

    @property
    def stage(self) -> str:
        """What is being done, in a few words."""
        line = self.line
        if line.expected and line.heard == line.expected and "/api/" not in line.asked:
            return "making a table of it"
        if "/api/" not in line.asked:
            whole = f" of {line.expected / 10**6:,.1f}" if line.expected else ""
            size = f", {line.heard / 10**6:,.1f}{whole} MB" if line.heard else ""
            return f"fetching its rows{size}" if line.asked else "asking OpenML"
        return "looking for it" if "/list/" in line.asked else "reading what it is"

    def cancel(self) -> None:
        self.line.stop()

    def _run(self) -> None:
        try:
            self.result = fetched(self.what, self.line)
        except UserError as error:
            self._problem = error
        except Exception as error:  # noqa: BLE001 (whatever a stranger's answer leads to, the page must hear of it)
            self._problem = self.line.problem or _nonsense(error)
            self._problem.__cause__ = error
        self._ended = time.monotonic()


class Fetches:
    """What is on its way, by keys that nobody can guess."""

    def __init__(self) -> None:
        self._known: dict[str, Fetch] = {}
        self._lock = threading.Lock()

    def begin(self, what: str, timeout: float = TIMEOUT) -> str:
        """The key of a new fetch. Raises `UserError` for what is no name, and while too many others are under way."""
        asked(what)
        with self._lock:
            now = time.monotonic()
            self._known = {
                key: each for key, each in self._known.items() if each.state == "under way" or now < each.began + KEPT
            }
            if sum(each.state == "under way" for each in self._known.values()) >= AT_ONCE:
                raise UserError(f"At most {AT_ONCE} data sets should be fetched at once.", "more", "Try again in a minute.")
            key = secrets.token_urlsafe()
            self._known[key] = Fetch(what, timeout)
            return key

    def get(self, key: str | None) -> Fetch | None:
        return self._known.get(key or "")


@lru_cache(maxsize=1)
def fetches() -> Fetches:
    """Those of this process."""
    return Fetches()


def asked(what: str) -> dict[str, Any]:
    """How scikit-learn is asked for it. Raises `UserError` for what can be neither number nor name."""
    what = what.strip()
    address = re.fullmatch(r"https?://(?:www\.)?openml\.org\S*?(?:/d/|[?&]id=|/data/)(\d{1,9})\b\S*", what)
    if number := re.fullmatch(r"#?(\d{1,9})", what) or address:
        return {"data_id": int(number[1])}
    if not re.fullmatch(r"[\w .,()+\-]{1,200}", what) or not re.search(r"\w", what):
        raise UserError(
            "A data set at OpenML should be given by its number or name, such as 31 or credit-g.",
            f"“{what:.60}”" if what else "nothing",
            "Look it up at openml.org.",
        )
    return {"name": quote(what, safe="")}


def fetched(what: str, line: Line) -> Fetched:
    """A data set of OpenML, asked for through `line`. Raises `UserError`, and whatever a nonsensical answer leads to."""
    with under(line):
        found = fetch_openml(**asked(what), as_frame=True, parser="pandas", target_column=None, cache=False)
    frame, details = found.frame, found.details
    number, name = (re.sub(r"[^\w .()+-]", "", str(details.get(key, ""))).strip()[:80] for key in ("id", "name"))
    notes = (
        f"This is “{name}”, version {str(details.get('version', '?')):.10}, from OpenML: https://www.openml.org/d/{number}.",
        f"Its licence: {' '.join(str(details.get('licence') or 'none is given').split()):.120}.",
    )
    return Fetched(f"openml-{number} {name}.csv", _csv(frame), _targets(details, frame), notes)


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode()


def _targets(details: Mapping[str, Any], frame: pd.DataFrame) -> tuple[str, ...]:
    """The columns that OpenML has people predict; several stand with commas between them."""
    told = str(details.get("default_target_attribute") or "")
    names = [told] if told in frame else [part.strip() for part in told.split(",")]
    return tuple(name for name in names if name in frame)


def _nonsense(error: Exception) -> UserError:
    told = str(error)
    if type(error).__name__ == "OpenMLError":
        return missing(FAMILY)
    if "Sparse ARFF" in told:
        return UserError("A data set from OpenML should have a cell for each value.", "one of sparse rows", "Choose another.")
    if "md5 checksum" in told:
        return UserError("The data should be what OpenML says they are.", "another checksum (MD5)", "Try again later.")
    return UserError(
        "OpenML should send a table and say what is in it.",
        "an answer that makes no sense",
        "Choose another, or try again later.",
    )
