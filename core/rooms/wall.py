"""The wall of a room: how everyone's run stands and how it came there, small enough to look at all of them at once.

Knows nothing of rooms, keys or pages. What it tells is JSON-able, and leads to nobody's run.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from core.rooms.result import Result, result_of
from core.rooms.room import Member
from core.runs.engine import Engine
from core.runs.run import Run
from core.runs.wire import band
from core.training.metrics import METRICS, primary

POINTS = 60
"""So many points of a curve are told."""


def wall(members: Iterable[Member], runs: dict[str, Run]) -> list[dict[str, Any]]:
    """A tile for each member, in their order. runs: those that are there, by id.

    A tile: `id` and `nickname` of the member, `status` ("" for who has no run yet), `epoch` and `epochs` (in all),
    `parameters`, `seconds`, and `tasks`: of each `name`, `metric` (title of its primary metric), `value` of it now (None where
    it has none), `auxiliary`, and `curve`: its validation loss as `[epoch, loss or None]`, at most 60 points, the first and
    the newest among them. Numbers are means over replicas, of four digits.
    """
    return [_tile(member, runs.get(member.run_id or "")) for member in members]


def at_hand(engine: Engine, run_id: str | None) -> Run | None:
    """A member's run, wherever it is; a glance at the wall does not keep a run playing that nobody else looks at."""
    run = engine.runs.get(run_id or "")
    if run is not None and not run.mirror:
        return run
    return engine.find(run_id) if run_id else None


def _tile(member: Member, run: Run | None) -> dict[str, Any]:
    tile: dict[str, Any] = {"id": member.id, "nickname": member.nickname, "status": "", "epoch": 0.0, "epochs": 0}
    told: dict[str, Any] = {"parameters": 0, "seconds": 0.0, "tasks": []}
    if run is not None:
        with suppress(LookupError):  # it just becomes another: the next look finds it whole
            told = _told(run)
    return tile | told


def _told(run: Run) -> dict[str, Any]:
    result, records = result_of(run), thinned(run.records)
    tasks = [
        {
            "name": task.column,
            "metric": next(metric.title for metric in METRICS[task.kind] if metric.name == primary(task.kind)),
            "value": result.scores.get(task.column),
            "auxiliary": task.auxiliary,
            "curve": [[record["epoch"], band(record["validation"][number]["loss"])[0]] for record in records],
        }
        for number, task in enumerate(run.experiment.tasks)
    ]
    return {
        "status": run.status,
        "epoch": result.epochs,
        "epochs": run.experiment.training.epochs,
        "parameters": result.parameters,
        "seconds": result.seconds,
        "tasks": tasks,
    }


def result_on(tile: dict[str, Any]) -> Result:
    """What a tile tells of a run's result."""
    scores = {task["name"]: task["value"] for task in tile["tasks"] if not task["auxiliary"]}
    return Result(scores, tile["parameters"], tile["epoch"], tile["seconds"])


def thinned(records: list[Any]) -> list[Any]:
    """At most 60 of them, evenly taken, the first and the last among them."""
    last = len(records) - 1
    if last < POINTS:
        return list(records)
    return [records[round(number * last / (POINTS - 1))] for number in range(POINTS)]
