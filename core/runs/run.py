"""One run as the server holds it: document, checkpoint, records, picture. Only the engine's thread changes it.

Knows nothing of executors or HTTP. What a browser gets of it is written down in `core.runs.wire`.
"""

import math
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from core.experiment import Experiment
from core.network.graph import Graph
from core.network.sharing import build
from core.runs.recording import CLOSE, Keyframe, Recording
from core.runs.slice import Begun
from core.training.advance import Record
from core.training.checkpoint import Failure, unpack
from core.training.surgery import numbers

Status = Literal["ready", "playing", "paused", "finished", "failed"]
SPEEDS: tuple[float | None, ...] = (1, 5, 20, 60, 200, 1000, None)
"""Steps per second that a person may ask for; None: as fast as it can."""
DEFAULT_SPEED = 60.0


ID = re.compile(r"[0-9A-Za-z_-]{32}")


def new_id() -> str:
    """What nobody can guess: it leads to a run, and to its owner's files."""
    return secrets.token_urlsafe(24)


def plausible(id: str) -> bool:
    """Whether a text has the form of an id; nothing else is ever looked for."""
    return ID.fullmatch(id) is not None


GHOSTS, POINTS = 3, 240
"""Earlier branches that are kept, and how many epochs of each."""


@dataclass(frozen=True)
class Looking:
    """An earlier moment that is looked at. step: as it was asked for, in epochs as they are now; epoch: where that is.

    keyframe: the moment itself; experiment: its document; scene, view, now: as those of the run are, at that moment.
    """

    step: int
    epoch: float
    per_epoch: int
    keyframe: Keyframe
    experiment: Experiment
    scene: dict[str, Any]
    view: dict[str, Any]
    now: Record
    parts: frozenset[str]


@dataclass(frozen=True)
class Ghost:
    """What came after `epoch`, before the run went on from there another way.

    Means over replicas, a number for each of `epochs`. tasks: of each the losses "train" and "validation".
    """

    epoch: float
    epochs: list[float]
    objective: list[float | None]
    tasks: list[dict[str, list[float | None]]]


@dataclass
class Run:
    experiment: Experiment
    id: str = field(default_factory=new_id)
    status: Status = "ready"
    message: str = ""
    draft: Experiment | None = None
    """A document that its owner has asked for and that does not fit its data yet."""
    version: int = 0
    """Counts changes of the document: a page that shows an older one should look again."""
    failure: Failure | None = None
    """The step whose loss exploded; parameters are still those from before it."""
    speed: float | None = DEFAULT_SPEED
    start: int = 0
    checkpoint: bytes = b""
    step: int = 0
    rate: float = 0.0
    seconds: float = 0.0
    """Of training steps, on a worker, since the start."""
    facts: dict[str, Any] = field(default_factory=dict)
    scene: dict[str, Any] = field(default_factory=dict)
    view: dict[str, Any] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    now: Record | None = None
    """How the network stands, where it stands between two epochs or was changed since the last record."""
    marks: list[dict[str, Any]] = field(default_factory=list)
    recording: Recording = field(default_factory=lambda: Recording(b"", 1))
    looking: Looking | None = None
    """The earlier moment that is shown in place of the newest."""
    ghosts: list[Ghost] = field(default_factory=list)
    edited: bool = False
    """Whether weights were edited by hand that can be put back."""
    baseline: list[dict[str, dict[str, float]]] | None = None
    report: dict[str, Any] | None = None
    looks: int = 0
    measured: float = field(default_factory=time.monotonic)
    left: int | None = None
    """Steps that are still to be trained before it pauses by itself; None: it goes on."""
    watch_id: str = field(default_factory=new_id)
    """Leads here for looking, and for nothing else."""
    person: str = ""
    """Whose time it trains on."""
    mirror: bool = False
    """Whether another process of the app trains it: here it is only looked at."""
    watchers: int = 0
    """How many browsers look at it now."""
    seen: float = field(default_factory=time.monotonic)
    """When somebody last looked at it."""
    listeners: set[Callable[[], None]] = field(default_factory=set)
    wanted: Counter[str] = field(default_factory=Counter)
    """How many browsers ask for which parts of the picture; kept by those who serve them."""
    drawn: frozenset[str] = frozenset()
    """The parts that `view` was drawn with."""
    bands: dict[int, tuple[Record, dict[str, Any]]] = field(default_factory=dict)
    """The latest records as browsers are told of them, by number: many hear the same."""

    @property
    def parts(self) -> frozenset[str]:
        """What of the picture somebody looks at; nothing else of it is computed."""
        return frozenset(part for part, watchers in tuple(self.wanted.items()) if watchers > 0)

    @property
    def steps(self) -> int:
        """Steps in all, once the data is known."""
        return self.experiment.training.epochs * self.per_epoch

    @property
    def per_epoch(self) -> int:
        return self.facts.get("steps_per_epoch", 1)

    @property
    def epoch(self) -> float:
        return self.step / self.per_epoch

    def begun(self, begun: Begun) -> None:
        """Takes a fresh start: everything that was learned is forgotten."""
        self.checkpoint, self.facts, self.scene, self.view = begun.checkpoint, begun.facts, begun.scene, begun.view
        self.records, self.now, self.marks, self.report, self.looks = [begun.record], None, [], None, 0
        self.recording, self.looking, self.ghosts, self.edited = Recording(begun.checkpoint, self.per_epoch), None, [], False
        self.step, self.rate, self.seconds, self.message, self.failure = 0, 0.0, 0.0, "", None
        self.start += 1

    @property
    def edited_last(self) -> bool:
        """Whether the newest change is one of weights by hand, that can be put back."""
        changes = self.recording.changes
        return self.edited and self.looking is None and bool(changes) and changes[-1].edit is not None

    @property
    def shown(self) -> bytes:
        """The checkpoint of the moment that is looked at."""
        return self.looking.keyframe.raw if self.looking else self.checkpoint

    @property
    def standing(self) -> Record:
        """The scores of the network as it is shown."""
        return (self.looking.now if self.looking else self.now) or self.records[-1]

    def ghost(self, epoch: float) -> None:
        """Keeps the records of what came after an epoch, at most `POINTS` of them, and the one they set off from."""
        before = [record for record in self.records if record["epoch"] <= epoch + CLOSE][-1:]
        later = [record for record in self.records if record["epoch"] > epoch + CLOSE]
        if later:
            every = -(-len(later) // POINTS)
            told = [*before, *later[::-1][::every][::-1]]
            tasks = [
                {part: [_mean(record[part][task]["loss"]) for record in told] for part in ("train", "validation")}
                for task in range(len(told[0]["train"]))
            ]
            objective = [_mean(record["objective"]) for record in told]
            self.ghosts = [*self.ghosts, Ghost(epoch, [record["epoch"] for record in told], objective, tasks)][-GHOSTS:]

    def cut(self, epoch: float) -> None:
        """Forgets the records and marks of what came after an epoch. Browsers are told to forget them too."""
        self.records = [record for record in self.records if record["epoch"] <= epoch + CLOSE]
        self.marks = [mark for mark in self.marks if mark["epoch"] <= epoch + CLOSE]
        self.start += 1

    def mark(self, text: str) -> None:
        self.marks.append({"epoch": self.epoch, "text": text})

    def tell(self) -> None:
        """Wakes whoever waits for news of this run."""
        for listener in tuple(self.listeners):
            listener()


def network_of(run: Run) -> Graph:
    """The run's network without its numbers."""
    return build(run.experiment.network, run.facts["features"], run.facts["outputs"], run.facts["words"])


def unit_of(run: Run, layer: str, unit: int) -> dict[str, Any]:
    """A unit of the network as it is shown, see `core.training.surgery.numbers`; `inputs`: what its weights come from."""
    found = numbers(unpack(run.shown), network_of(run), layer, unit)
    count, names = len(found["weights"]), run.facts["feature_names"]
    own = not found["reads"] and len(names) == count
    return {**found, "inputs": names if own else [f"unit {number + 1}" for number in range(count)]}


def _mean(values: list[float]) -> float | None:
    """Of those that are numbers; None where none is."""
    known = [value for value in values if math.isfinite(value)]
    return float(f"{sum(known) / len(known):.4g}") if known else None
