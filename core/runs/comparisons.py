"""Comparisons in the background: their trainings one after another, in slices between everybody's runs.

Knows nothing of pages. What was trained is kept by content: whoever asks the same of the same document has it at once.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Literal

from core.compare.part import Part
from core.compare.train import Outcome, Slice, go_on
from core.data.remember import heed, remembered
from core.errors import UserError
from core.experiment import Experiment, parse
from core.runs.engine import Engine
from core.runs.slice import prepared
from core.runs.uploads import folder_of

LOG = logging.getLogger(__name__)
SLICE = 0.25
"""The most seconds that a slice trains for: so long a run's next picture may wait."""
MOST, RUNS = 2_000, 200
"""Outcomes kept, and runs whose latest comparison is; then the oldest are forgotten."""
Status = Literal["running", "finished", "cancelled", "failed"]


def train(document: str, part: Part, folder: str, checkpoint: bytes, before: float, seconds: float | None) -> Slice:
    """What a worker does: one slice of one training. document: as JSON."""
    experiment = parse(document)
    dataset, _ = prepared(experiment, folder)
    return go_on(experiment, part, dataset, checkpoint, before, seconds)


@dataclass
class Comparison:
    """What is under way for one run. Only the engine's thread changes it. person: whose time it takes.

    now: the share of the training under way.
    """

    experiment: Experiment
    folder: str
    parts: tuple[Part, ...]
    person: str
    status: Status = "running"
    message: str = ""
    now: float = 0.0

    @property
    def done(self) -> int:
        """How many of its trainings there are already."""
        found = known(self.experiment, self.folder)
        return sum(part in found for part in self.parts)

    @property
    def share(self) -> float:
        """Of all of it, from 0 to 1."""
        return min(1.0, (self.done + self.now) / max(1, len(self.parts)))


_lock = threading.Lock()
_under_way: dict[str, Comparison] = {}


@remembered(maxsize=1)
def _kept() -> dict[tuple[str, Part], Outcome]:
    """Outcomes by content; emptied with all else when a file is deleted."""
    return {}


def key(experiment: Experiment, folder: str) -> str:
    """What decides a training beside its part: the document, and for a file whose it is."""
    own = folder if experiment.data.source.kind == "file" else ""
    text = json.dumps([experiment.model_dump(mode="json"), own], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def known(experiment: Experiment, folder: str) -> Mapping[Part, Outcome]:
    """What is trained already of the document as `compared` gives it."""
    heed(folder)
    here = key(experiment, folder)
    with _lock:
        return {part: outcome for (document, part), outcome in _kept().items() if document == here}


def of(run: str) -> Comparison | None:
    """The latest comparison of a run, by its id."""
    return _under_way.get(run)


def compare(engine: Engine, run: str, experiment: Experiment, parts: Sequence[Part]) -> Comparison:
    """Begins to train what is not known yet; whatever was under way for this run is cancelled.

    experiment: as `compared` gives it.
    """
    cancel(run)
    folder = str(folder_of(engine.folder, run))
    whose = engine.runs.get(run)
    made = Comparison(experiment, folder, tuple(parts), whose.person if whose else run)
    _under_way[run] = made
    for other in [name for name, each in _under_way.items() if each.status != "running"][: max(0, len(_under_way) - RUNS)]:
        del _under_way[other]
    _next(engine, made)
    return made


def cancel(run: str) -> None:
    """Nothing more is trained; what there is stays."""
    found = _under_way.get(run)
    if found and found.status == "running":
        found.status = "cancelled"


def _next(engine: Engine, comparison: Comparison) -> None:
    found = known(comparison.experiment, comparison.folder)
    part = next((part for part in comparison.parts if part not in found), None)
    comparison.now = 0.0
    if part is None:
        _end(comparison, "finished")
    elif comparison.status == "running":
        _slice(engine, comparison, part, b"", 0.0)


def _slice(engine: Engine, comparison: Comparison, part: Part, checkpoint: bytes, before: float) -> None:
    def take(done: Future) -> None:
        error = done.exception()
        if error is not None:
            if not isinstance(error, UserError):
                LOG.error("A comparison failed", exc_info=error)
            comparison.message = str(error) if isinstance(error, UserError) else "It stopped unexpectedly. Try again."
            _end(comparison, "failed")
            return
        trained: Slice = done.result()
        comparison.now = trained.share
        if trained.outcome is not None:
            _keep((key(comparison.experiment, comparison.folder), part), trained.outcome)
            _next(engine, comparison)
        elif comparison.status == "running":
            _slice(engine, comparison, part, trained.checkpoint, trained.seconds)

    document = comparison.experiment.to_json()
    engine.aside(comparison.person, take, train, document, part, comparison.folder, checkpoint, before, SLICE)


def _keep(name: tuple[str, Part], outcome: Outcome) -> None:
    with _lock:
        kept = _kept()
        kept[name] = outcome
        while len(kept) > MOST:
            del kept[next(iter(kept))]


def _end(comparison: Comparison, status: Status) -> None:
    if comparison.status == "running":
        comparison.status = status
