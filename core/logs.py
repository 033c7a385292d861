"""What the server says of itself while it runs: a line of JSON for each event, on standard error, and nothing about people.

Our own messages hold numbers and names of ours. Of what others write only the fixed text is told, never what it was filled
with; of an error its kind and where it was, not what it says, for that may name a column. Whatever looks like an id is told as
a short hash: the same for the same id, and no way back. Knows nothing of runs.
"""

import hashlib
import logging
import re
import sys
import threading
import traceback
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from core.settings import ROOT, settings

OURS = ("core", "pages", "app")
SILENT = ("uvicorn.access",)
"""It would write down every request with its address, in which ids are."""
ID = re.compile(r"[0-9A-Za-z_-]{32,}")
LONGEST, FRAMES = 500, 12
"""Letters of a message, and places of a traceback."""


class Lines(logging.Formatter):
    """`extra={"numbers": {...}}` of a message become fields of its line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": masked(record.getMessage() if _is_ours(record) else str(record.msg)),
            **getattr(record, "numbers", {}),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"error": type(error).__name__, "at": _places(error)}
            if settings().log_data:
                line["said"] = masked(str(error))
        return orjson.dumps(line, default=str).decode()


def masked(text: str) -> str:
    """A text without ids."""
    return ID.sub(lambda found: f"#{hashlib.sha256(found[0].encode()).hexdigest()[:8]}", text)[:LONGEST]


def set_up() -> None:
    """All that is logged in this process from now on goes to standard error in lines of JSON; warnings, dying threads too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    handler.addFilter(_matters)
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.INFO)
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            adopt(logger)
    for name in SILENT:
        logging.getLogger(name).disabled = True
    warnings.showwarning = _warned
    threading.excepthook = _died


def adopt(logger: logging.Logger) -> None:
    """Takes a logger's own handlers away: what it says goes where all goes."""
    logger.handlers = []
    logger.propagate = True


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] in OURS


def _matters(record: logging.LogRecord) -> bool:
    """What others have to say is told from warnings on."""
    return _is_ours(record) or record.levelno >= logging.WARNING


def _places(error: BaseException) -> list[str]:
    found = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{_short(each.filename)}:{each.lineno} {each.name}" for each in found]


def _short(file: str) -> str:
    path = Path(file)
    return "/".join(path.relative_to(ROOT).parts[-3:] if path.is_relative_to(ROOT) else path.parts[-3:])


def _warned(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, file: object = None, line: str | None = None
) -> None:
    logging.getLogger("core.warnings").warning("%s at %s:%d", category.__name__, _short(filename), lineno)


def _died(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        error = (told.exc_type, told.exc_value, told.exc_traceback)
        logging.getLogger("core.threads").error("A thread ended with an error", exc_info=error)
