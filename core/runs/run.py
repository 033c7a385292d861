"""One run as the server holds it: document, checkpoint, records, picture. Only the engine's thread changes it.

Knows nothing of executors or HTTP. What a browser gets of it is written down in `core.runs.wire`.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from core.experiment import Experiment
from core.runs.slice import Begun
from core.training.advance import Record
from core.training.checkpoint import Failure

Status = Literal["ready", "playing", "paused", "finished", "failed"]
SPEEDS: tuple[float | None, ...] = (1, 5, 20, 60, 200, 1000, None)
"""Steps per second that a person may ask for; None: as fast as it can."""
DEFAULT_SPEED = 60.0


def new_id() -> str:
    """What nobody can guess: it leads to a run, and to its owner's files."""
    return secrets.token_urlsafe(24)


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
    facts: dict[str, Any] = field(default_factory=dict)
    scene: dict[str, Any] = field(default_factory=dict)
    view: dict[str, Any] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    now: Record | None = None
    """How the network stands, where it stands between two epochs or was changed since the last record."""
    marks: list[dict[str, Any]] = field(default_factory=list)
    baseline: list[dict[str, dict[str, float]]] | None = None
    report: dict[str, Any] | None = None
    looks: int = 0
    measured: float = field(default_factory=time.monotonic)
    listeners: set[Callable[[], None]] = field(default_factory=set)

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
        self.step, self.rate, self.message, self.failure = 0, 0.0, "", None
        self.start += 1

    def mark(self, text: str) -> None:
        self.marks.append({"epoch": self.epoch, "text": text})

    def tell(self) -> None:
        """Wakes whoever waits for news of this run."""
        for listener in tuple(self.listeners):
            listener()
