"""What a worker process does: begin a run, train a slice of it, score its baselines, look at its test rows.

Knows nothing of people, speed or pages. Every job is a pure function of what it carries and of stored files, so a
job whose worker died is simply done again. What is costly to make from a document (tensors, grid) is kept by content.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.data.dataset import Dataset
from core.data.prepare import check_roles, prepare
from core.data.remember import Same, heed, remembered, remembered_by_weight
from core.data.samples import SAMPLES
from core.data.source import table_of
from core.data.store import Store
from core.experiment import Experiment, parse
from core.runs.limits import check_size
from core.runs.recording import Change, Way
from core.training.advance import Budget, Clock, Record, advance, look, parameters_of
from core.training.baseline import baseline
from core.training.checkpoint import MANY, Checkpoint, Failure, adopt, architecture, start, steps_per_epoch, unpack
from core.training.evaluate import Evaluator
from core.training.report import report
from core.training.surgery import edited
from core.training.view import View

SMALL, MOST = 1_000_000, 400_000_000
"""Bytes that tensors and picture of small data take at least; and that of all data are kept in a worker. A room of people, each
with data of their own, must find room."""


@dataclass(frozen=True)
class Begun:
    """A run at step 0. facts: sizes and names for pages; scene: the still part of its picture."""

    checkpoint: bytes
    record: Record
    facts: dict[str, Any]
    scene: dict[str, Any]
    view: dict[str, Any]


@dataclass(frozen=True)
class Sliced:
    """A run some steps further. seconds: spent in training steps; now: scores, where no record has them."""

    checkpoint: bytes
    records: list[Record]
    view: dict[str, Any]
    step: int
    failure: Failure | None
    seconds: float
    now: Record | None = None


@dataclass(frozen=True)
class Moment:
    """An earlier moment of a run, made again. scene: the still part of its picture; now: scores, where they were asked for."""

    checkpoint: bytes
    experiment: Experiment
    scene: dict[str, Any]
    view: dict[str, Any]
    now: Record | None


def begin(experiment: Experiment, folder: str, parts: Collection[str] = ()) -> Begun:
    """Step 0 of a run. parts: of its picture, see `core.training.view.INSIDE`.

    Raises `UserError` for whatever does not fit together in document and table.
    """
    dataset, view = prepared(experiment, folder)
    check_size(experiment, dataset)
    checkpoint = start(experiment, dataset)
    source = experiment.data.source
    facts = {
        "title": SAMPLES[source.name].TITLE if source.kind == "sample" else source.name,
        "units": dict(SAMPLES[source.name].UNITS) if source.kind == "sample" else {},
        "features": len(dataset.feature_names),
        "feature_names": list(dataset.feature_names),
        "words": dataset.words,
        "outputs": {target.column: target.outputs for target in dataset.targets},
        "classes": {target.column: list(target.classes) for target in dataset.targets},
        "counts": {target.column: dataset.known[number].tolist() for number, target in enumerate(dataset.targets)},
        "rows": {part: dataset.rows(part).shape[1] for part in ("train", "validation", "test")},
        "labelled": {
            target.column: {part: int(target.labelled[dataset.rows(part)[0]].sum()) for part in ("train", "validation", "test")}
            for target in dataset.targets
        },
        "steps_per_epoch": steps_per_epoch(experiment, dataset),
    }
    return Begun(checkpoint.pack(), look(checkpoint, dataset), facts, view.scene, view.frame(checkpoint, parts))


def go_on(
    checkpoint: bytes,
    folder: str,
    steps: int | None,
    seconds: float | None,
    standing: bool = False,
    parts: Collection[str] = (),
    held: Mapping[str, list[int]] | None = None,
) -> Sliced:
    """Trains until `steps` or `seconds` are used up, and draws what has been learned by then.

    standing: the run is to stand afterwards, so it is scored also between two epochs. parts: of the picture, as in `begin`.
    held: units that the picture shows already, see `core.training.anatomy`.
    """
    point = unpack(checkpoint)
    dataset, view = prepared(point.experiment, folder)
    clock = Clock()
    after, records = advance(point, dataset, Budget(steps, seconds), clock)
    drawn = view.frame(after, parts, held)
    scored = bool(records) and records[-1]["step"] == after.step
    now = look(after, dataset) if standing and not scored and after.failure is None else None
    return Sliced(after.pack(), records, drawn, after.step, after.failure, clock.training, now)


def picture(
    checkpoint: bytes, folder: str, parts: Collection[str], held: Mapping[str, list[int]] | None = None
) -> dict[str, Any]:
    """What a standing run has learned, drawn anew with the `parts` that are asked for by now."""
    point = unpack(checkpoint)
    return prepared(point.experiment, folder)[1].frame(point, parts, held)


def moment(way: Way, folder: str, scored: bool, parts: Collection[str] = ()) -> Moment:
    """Comes to a moment on its `way`, to the same bits as when the run was there. scored: looks at its scores too."""
    point = unpack(way.keyframe.raw)
    for change in way.through:
        point = _changed(_on(point, change.step, folder), change, folder)
    point = _on(point, way.step, folder)
    dataset, view = prepared(point.experiment, folder)
    now = look(point, dataset) if scored else None
    return Moment(point.pack(), point.experiment, view.scene, view.frame(point, parts), now)


def _on(point: Checkpoint, step: int, folder: str) -> Checkpoint:
    """Trained on to a step, without a look on the way."""
    if point.step >= step:
        return point
    dataset, _ = prepared(point.experiment, folder)
    return advance(point, dataset, Budget(step - point.step), looks=False)[0]


def _changed(point: Checkpoint, change: Change, folder: str) -> Checkpoint:
    if change.document is not None:
        point = adopt(point, change.document) or point
    if change.edit is not None:
        point = edited(point, architecture(point.experiment, prepared(point.experiment, folder)[0]), change.edit)
    return replace(point, step=change.to)


def baselines(experiment: Experiment, folder: str) -> list[dict[str, dict[str, float]]]:
    """Scores of the naive and of the linear model, per task and metric, on the validation rows; on those learned from if
    there are no others."""
    dataset, _ = prepared(experiment, folder)
    return baseline(dataset, "validation" if dataset.rows("validation").shape[1] else "train")


def final(checkpoint: bytes, folder: str) -> dict[str, Any]:
    """What the test rows say: the one look at them, with the baselines on the same rows."""
    point = unpack(checkpoint)
    dataset, _ = prepared(point.experiment, folder)
    network, parameters = parameters_of(point, dataset)
    outputs = Evaluator(point.experiment, dataset, network).outputs("test", parameters, point.buffers)
    found = report(dataset, outputs)
    for task in found["tasks"]:  # of the networks themselves: a mean over them and their twins would be nobody's
        task["metrics"] = {name: values[: point.experiment.replicas] for name, values in task["metrics"].items()}
    return {**found, "baseline": baseline(dataset, "test")}


def prepared(experiment: Experiment, folder: str) -> tuple[Dataset, View]:
    """Tensors and picture of a document's data; kept, because every slice of a run asks for the same."""
    heed(folder)
    return _prepared(data_key(experiment), folder if experiment.data.source.kind == "file" else "")


def data_key(experiment: Experiment) -> str:
    """The part of a document that decides its tensors, as canonical JSON."""
    return _data_key(Same(experiment))


@remembered(maxsize=MANY)
def _data_key(same: Same) -> str:
    experiment: Experiment = same.thing
    document: Mapping[str, Any] = experiment.model_dump(mode="json")
    parts = {name: document[name] for name in ("version", "data", "tasks", "seed")}
    parts["tasks"] = [{**task, "loss": None, "auxiliary": False, "fade": None} for task in parts["tasks"]]
    if experiment.data.split.vary:
        parts |= {"replicas": experiment.replicas, "network": {"twin": experiment.network.twin}}
    if experiment.texts:
        text = {name: document["network"]["text"][name] for name in ("words", "tokens")}
        parts["network"] = {**parts.get("network", {}), "text": text}
    return json.dumps(parts, sort_keys=True)


@remembered_by_weight(lambda made: made[0].nbytes + SMALL, MOST)
def _prepared(key: str, folder: str) -> tuple[Dataset, View]:
    experiment = parse(json.loads(key))
    check_roles(experiment)
    table = table_of(experiment.data, Store(folder))
    dataset = prepare(experiment, table)
    return dataset, View(experiment, dataset, table)
