"""How the server is doing, in numbers: runs, queue, workers, memory. Knows nothing of who may see it.

No name, no id and nothing of anybody's data is among them.
"""

import time
from contextlib import suppress
from typing import Any

import psutil

from core.runs.engine import Engine

BEGUN = time.monotonic()


def status(engine: Engine) -> dict[str, Any]:
    """JSON-able. Times are in seconds, memory in megabytes.

    runs: in this process's memory; playing: of those it drives; mirrored: driven by another process; watched: by a browser.
    queue: works that wait and that are under way; turn: from one turn of a person to the next; slice: what a work takes.
    trouble: why runs cannot be written at the moment, "" where they can.
    """
    runs, line = list(engine.runs.values()), engine.line
    own = [run for run in runs if not run.mirror]
    workers = [_megabytes(pid) for pid in getattr(engine.pool, "pids", [])]
    return {
        "up": round(time.monotonic() - BEGUN, 1),
        "runs": {
            "here": len(runs),
            "playing": sum(run.status == "playing" for run in own),
            "mirrored": len(runs) - len(own),
            "watched": sum(run.watchers > 0 for run in runs),
            "streams": sum(run.watchers for run in runs),
            "people": len({run.person for run in runs}),
        },
        "queue": {
            "waiting": len(line),
            "under_way": line.under_way,
            "lanes": line.lanes,
            "people": line.people(),
            "turn": round(line.turn(), 3),
            "slice": round(line.lasts, 4),
        },
        "workers": workers,
        "memory": {"server": _megabytes(None), "workers": round(sum(workers), 1)},
        "trouble": engine.library.trouble,
    }


def _megabytes(pid: int | None) -> float:
    """Of a process; 0 of one that has ended."""
    with suppress(psutil.NoSuchProcess):
        return round(psutil.Process(pid).memory_info().rss / 1e6, 1)
    return 0.0
