"""What a browser is told about a run: a *scene* once per start, then a *frame* per finished slice.

Knows nothing of HTTP. Both are JSON-able dicts. Over a replica axis a number becomes a *band*
`[mean, low, high]`; without replicas all three are equal. Task order is the document's.

scene = {
  "start": int                  counts starts of this run: a new value means "forget all records",
  "title": str                  the table's name,
  "epochs": int, "steps_per_epoch": int, "replicas": int,
  "twin": bool                  every replica has a twin without activations, which sees the same batches,
  "tasks": [{"name": str, "kind": "binary" | "multiclass" | "regression", "classes": [str], "unit": str,
             "loss": str (title), "metrics": [{"name": str, "title": str, "better": "higher" | "lower", "hint": str}],
             "primary": str (the metric shown large), "auxiliary": bool (then none is),
             "color": [light, dark], "dash": [px, px] or []}],
  "view": {"kind": "curve", "input": {"name", "unit"}, "x": [grid], "points": per task {"x", "y", "part", "row", "added"},
           "known": [low, high] (the range of x that is trained on), "least_squares": per task [y on the grid] or null}
        | {"kind": "map", "inputs": [{"name", "unit"} x 2], "bounds": [x0, x1, y0, y1], "n": int,
           "points": per task {"x", "y", "value", "part"}}
        | {"kind": "table", "tasks": per task: regression {"true": [..]}; else {"true": [class number ..]}}
             (rows are validation rows, at most 300; "part" is 0 training, 1 validation, 2 outside the range that is learned
              from; test is never sent; "row": of the table, "added": whether a person has put it there)
  "ghosts": [{"epoch": float, "epochs": [float], "objective": [number | null], "tasks": [{"train": [..], "validation": [..]}]}]
             (what came after `epoch` before the run went on from there another way: means of losses, the oldest branch first)
}
frame = {
  "start": int, "status": "ready" | "playing" | "paused" | "finished" | "failed",
  "message": "" | str           why it failed, or what it waits for,
  "hint": str                   one sentence: what to do or look at now,
  "version": int                counts changes of the document: a page with an older one should look again,
  "epoch": float, "epochs": int (in all), "step": int      how far the run is, whatever is looked at,
  "looking": null | {"epoch": float, "step": int}   the earlier moment that is shown: `view`, `now`, `nonlinear` are of it,
             and so is the scene's `view`,
  "edited": bool                weights were edited by hand that can be put back,
  "edited_last": bool           that was the newest change: an undo puts them back,
  "speed": float | null         steps per second asked for; null: as fast as it can,
  "rate": float (steps per second reached), "left": float | null (seconds to go at this rate),
  "from": int                   the number of the first of `records` in the run's history,
  "records": [{"epoch": int, "objective": band, "weights": [band per task], "learning_rate": float,
               "train": [per task {"loss": band, metric: band ...}], "validation": the same,
               "layers": [{"name": str, "gradient": number | null, "dead": share, "saturated": share | null}]
                 (outputs have a gradient alone; means over replicas; see core.training.inside),
               "pull": {"tasks": [{"norm": band, "progress": band}], "pairs": [cosine of tasks 0 and 1, 0 and 2 .. 1 and 2 ..],
                 "layers": [{"name": str, "pairs": the same}]}
                 (where several tasks share layers; cosines are means over replicas; see core.training.conflict),
               "sharing": {"gates": [{"task", "level", "shared", "experts": [{"mean", "first"}]}],
                 "stitches": [{"level", "groups", "size", "cells": [{"value"}]}], "skips": [{"task", "layers": [{"value"}]}],
                 "masks": [{"task", "level", "of", "units": [{"value"}]}], "feeds": [{"task", "from": [{"task", "share"}]}],
                 "apart": [{"level", "distance"}]} (means over replicas; only what there is; see core.training.shared_view),
               "batches": [per replica [per task, how many of the epoch's batches trained it]], where each trains one task,
               "stopped": [per replica [per task the epoch after which it stopped early, or null]], where it may,
               "twin": {objective, weights, train, validation, layers} of the twins, where there are any}],
  "now": null | a record        of the network as it stands, where it was changed or stepped on since the last record,
  "nonlinear": bool             whether the network's own activations are switched on,
  "marks": [{"epoch": float, "text": str}]   changes made while it ran, all of them each time,
  "failure": null | {"task": str, "loss": float | null, "twin": bool}   the loss that exploded in this step: of one batch,
  "baseline": null | per task {metric: {"naive": number, "linear": number}} (validation rows),
  "view": {"kind": "curve", "tasks": per task [{"label": str, "mean": [..], "low": [..], "high": [..]}]}
             (a line without gaps comes as steps, see core.runs.packing)
             (low and high only where there are several replicas)
             (regression one line; binary one line, the probability of yes; multiclass one line a class)
        | {"kind": "map", "tasks": per task {"bytes": base64 of n*n uint8, row by row from y0, "low", "high"}}
             (regression: low..high over 0..255; binary: probability 0..1; multiclass: class number * 16 + confidence * 15,
             all classes from the sixteenth on as one)
        | {"kind": "table", "tasks": per task: regression {"predicted": [..]}; binary {"yes": [probability ..]};
             multiclass {"confusion": [[count]] true by predicted}}
  view also has: "twin": the same as "tasks", of the twins, where there are any; "collapse": where no activation is in
             the twin or in the network itself, per task {"slope", "intercept", "gap"} (one number in, one out, in units) or
             {"matrix": [[feature by output]] | null where it is too large, "bias", "shape", "gap"} in standardised units;
             gap is the farthest that this lies from what the network says;
             and, for those who ask with `parts`: "units": per layer {"name", "units": [number], "of": int, "low", "high",
             "bytes": base64 of units x every second grid point, uint8} (curve only), "histograms": per hidden layer
             {"name", "share": [48 bins of z from -6 to 6]}; "network" (sent when it is another, else left out): of the first
             replica, {"layers": [{"name": "inputs" | "trunk.0" | "own.0@1" (copy 1 of a bank) | "tower1.0" | "output1" ..,
             "of": int (its units), "units": [those that are shown], "response": base64 of uint8, "low", "high": [per unit]
             (curve: 32 points a unit; map: 12 x 12, row by row from y0; both from `low` to `high`, 0 among them; table: 12 bars
             a class, of a histogram from `low` to `high`; "classes": how many, "by": number of the task or null),
             and of all but the inputs "from": name of the layer that it reads, "" for a mixture of several, "inputs": [its
             units], "weights": base64 of int8, input by unit, in 127ths of "scale" (of a mixture one row: mean sizes),
             "dead": [places in `units` of those that say 0 on every row], and of what several tasks share "use", "pull":
             base64 of uint8, task by unit, in 255ths of the layer's largest; see core.training.anatomy}]}
}
Metrics are in the column's units where they have one; `loss` is the raw task loss in standardised units and
`loss_units` the same in the column's units (regression only).
"""

import math
from collections.abc import Collection
from typing import Any

import orjson

from core.charts.palette import task_color
from core.losses import loss_of
from core.runs.packing import packed_view
from core.runs.run import Run
from core.runs.sentences import hint
from core.training.advance import Record
from core.training.metrics import METRICS, primary
from core.training.view import INSIDE

LATEST = 16
"""So many records are kept as they are told."""


def text(told: dict[str, Any]) -> str:
    """A scene or a frame as JSON; what is no number is null. Many a second go to every visitor."""
    return orjson.dumps(told, option=orjson.OPT_SERIALIZE_NUMPY).decode()


def scene(run: Run) -> dict[str, Any]:
    """What stays the same until the next start."""
    experiment = run.experiment
    tasks = []
    for number, task in enumerate(experiment.tasks):
        module, _ = loss_of(task)
        look = task_color(number)
        tasks.append(
            {
                "name": task.column,
                "kind": task.kind,
                "classes": run.facts["classes"][task.column],
                "unit": run.facts["units"].get(task.column, ""),
                "loss": module.TITLE,
                "metrics": [
                    {"name": metric.name, "title": metric.title, "better": metric.better, "hint": metric.help}
                    for metric in METRICS[task.kind]
                ],
                "primary": primary(task.kind),
                "auxiliary": task.auxiliary,
                "color": [look.light, look.dark],
                "dash": list(look.dash),
            }
        )
    return {
        "start": run.start,
        "title": run.facts["title"],
        "epochs": experiment.training.epochs,
        "steps_per_epoch": run.per_epoch,
        "replicas": experiment.replicas,
        "twin": experiment.network.twin,
        "tasks": tasks,
        "view": run.looking.scene if run.looking else run.scene,
        "ghosts": [vars(ghost) for ghost in run.ghosts],
    }


def frame(run: Run, since: int = 0, parts: Collection[str] = (), turn: float = 0.0) -> dict[str, Any]:
    """How the run stands now, with the records from number `since` on, and those of `INSIDE` that are named in `parts`.

    turn: seconds from one turn of a person to the next.
    """
    step = run.step if run.failure is None else run.failure.step
    to_go = run.steps - step
    limit = run.rate if run.speed is None else min(run.rate or run.speed, run.speed)
    looking = run.looking
    experiment, shown, now = (looking.experiment, looking.view, looking.now) if looking else (run.experiment, run.view, run.now)
    view = {name: value for name, value in shown.items() if name not in INSIDE or name in parts}
    return {
        "start": run.start,
        "status": run.status,
        "message": "" if looking else run.message,
        "hint": hint(run, turn),
        "version": run.version,
        "epoch": step / run.per_epoch,
        "epochs": run.experiment.training.epochs,
        "step": step,
        "looking": {"epoch": looking.epoch, "step": looking.step} if looking else None,
        "edited": run.edited,
        "edited_last": run.edited_last,
        "speed": run.speed,
        "rate": run.rate,
        "left": to_go / limit if limit else None,
        "from": since,
        "records": _since(run, since),
        "now": banded(now) if now else None,
        "nonlinear": experiment.network.nonlinear,
        "marks": run.marks,
        "failure": _failure(run),
        "baseline": run.baseline,
        "view": packed_view(view),
    }


def _since(run: Run, since: int) -> list[dict[str, Any]]:
    """The records from a number on. The latest are made once for all who hear of them: a room may follow one run."""
    records, kept = run.records, run.bands
    made, latest = [], len(records) - LATEST
    for number, record in enumerate(records[since:], since):
        known = kept.get(number)
        if known is None or known[0] is not record:
            known = record, banded(record)
        if number >= latest:
            kept[number] = known
        made.append(known[1])
    for number in tuple(kept):
        if number < latest:
            kept.pop(number, None)
    return made


def _failure(run: Run) -> dict[str, Any] | None:
    """Which task's loss exploded, and how large it was; None for a loss that is no number."""
    if run.failure is None:
        return None
    return {"task": run.failure.task, "loss": run.failure.loss, "twin": run.failure.replica >= run.experiment.replicas}


def banded(record: Record) -> dict[str, Any]:
    """A record with `[mean, low, high]` in place of every list over replicas."""
    made = {"epoch": record["epoch"], "learning_rate": record["learning_rate"], **_banded(record)}
    made |= {name: record[name] for name in ("batches", "stopped") if name in record}
    return made | {"twin": _banded(record["twin"])} if "twin" in record else made


def _banded(record: Record) -> dict[str, Any]:
    made = {
        "objective": band(record["objective"]),
        "weights": [band(list(task)) for task in zip(*record["weights"], strict=True)],
        "train": [{name: band(values) for name, values in task.items()} for task in record["train"]],
        "validation": [{name: band(values) for name, values in task.items()} for task in record["validation"]],
        "layers": [
            {name: value if isinstance(value, str) or value is None else band(value)[0] for name, value in layer.items()}
            for layer in record["layers"]
        ],
    }
    made |= {"sharing": _mean(record["sharing"])} if "sharing" in record else {}
    return made | {"pull": _pulled(record["pull"])} if "pull" in record else made


def _mean(told: Any) -> Any:
    """The same with the mean over replicas in place of every list of numbers."""
    if isinstance(told, dict):
        return {name: _mean(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_mean(value) for value in told] if told and isinstance(told[0], dict) else band(told)[0]
    return told


def _pulled(pull: dict[str, Any]) -> dict[str, Any]:
    def cosines(pairs: list[dict[str, list[float]]]) -> list[float | None]:
        return [band(pair["cosine"])[0] for pair in pairs]

    return {
        "tasks": [{name: band(values) for name, values in task.items()} for task in pull["tasks"]],
        "pairs": cosines(pull["pairs"]),
        "layers": [{"name": layer["name"], "pairs": cosines(layer["pairs"])} for layer in pull["layers"]],
    }


def band(values: list[float]) -> list[float | None]:
    """Mean, lowest, highest over replicas, of those that are numbers; None where none is."""
    if len(values) == 1:
        value = _short(values[0]) if math.isfinite(values[0]) else None
        return [value, value, value]
    known = [value for value in values if math.isfinite(value)]
    if not known:
        return [None, None, None]
    return [_short(sum(known) / len(known)), _short(min(known)), _short(max(known))]


def _short(value: float) -> float:
    return float(f"{value:.4g}")
