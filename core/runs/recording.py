"""What is kept of a run so that every earlier moment of it can be made again, to the last bit.

Training is a pure function that slicing never changes: a few packed checkpoints are enough, *keyframes*, with what was changed
between them. A moment is made from the keyframe before it. Keyframes are spread evenly: when there are too many every second
one goes. Changes are small and stay. Knows nothing of how a moment is made (`core.runs.slice`) or who asks for it.

Epochs are what moments are counted by: other data may have other steps in an epoch.
"""

import json
from dataclasses import dataclass
from typing import NamedTuple

from core.experiment import Experiment
from core.training.surgery import Edit

MOST = 8
"""Keyframes of a run."""
BYTES = 16 * 2**20
"""Their size together, the first one aside."""
CLOSE = 1e-9


@dataclass(frozen=True)
class Change:
    """After `step` steps something was changed, and training went on from step `to` of epochs with `per_epoch` steps.

    document: the one that was taken up; edit: what was done to the network by hand.
    """

    step: int
    to: int
    per_epoch: int
    document: Experiment | None = None
    edit: Edit | None = None


@dataclass(frozen=True)
class Keyframe:
    """A packed checkpoint after so many of the run's changes and steps."""

    raw: bytes
    changes: int
    step: int

    @property
    def place(self) -> tuple[int, int]:
        return self.changes, self.step


@dataclass(frozen=True)
class Way:
    """How to come to a moment: from a keyframe through some changes to a step. fresh: something was changed at that very step.

    changes: how many there were before the moment, in all. epoch, per_epoch: of the moment.
    """

    keyframe: Keyframe
    through: tuple[Change, ...]
    changes: int
    step: int
    per_epoch: int
    fresh: bool

    @property
    def epoch(self) -> float:
        return self.step / self.per_epoch


class Kept(NamedTuple):
    """All of a recording. apart: epochs from one keyframe to the next."""

    per_epoch: int
    apart: float
    keyframes: tuple[Keyframe, ...]
    changes: tuple[Change, ...]


class Recording:
    """Of a run that begins with the packed checkpoint `raw`."""

    def __init__(self, raw: bytes, per_epoch: int) -> None:
        self._first = Keyframe(raw, 0, 0)
        self._per_epoch = per_epoch
        self._kept: list[Keyframe] = []
        self._apart = 0.0
        self.changes: list[Change] = []

    @classmethod
    def again(cls, kept: Kept) -> "Recording":
        """The recording that `kept` is all of."""
        made = cls(kept.keyframes[0].raw, kept.per_epoch)
        made._kept, made._apart, made.changes = list(kept.keyframes[1:]), kept.apart, list(kept.changes)
        return made

    @property
    def kept(self) -> Kept:
        return Kept(self._per_epoch, self._apart, tuple(self.keyframes), tuple(self.changes))

    @property
    def keyframes(self) -> list[Keyframe]:
        return [self._first, *self._kept]

    @property
    def size(self) -> int:
        """In bytes; of changes what they take as text."""
        told = [change.document.model_dump(mode="json") if change.document else vars(change.edit) for change in self.changes]
        return sum(len(frame.raw) for frame in self.keyframes) + sum(len(json.dumps(each)) for each in told)

    def keep(self, step: int, raw: bytes) -> None:
        """Takes a checkpoint of the newest moment, where the last one kept is far enough behind."""
        frame = Keyframe(raw, len(self.changes), step)
        if self._epoch(frame.place) - self._epoch(self.keyframes[-1].place) < max(self._apart, CLOSE):
            return
        self._kept.append(frame)
        while self._kept and (len(self._kept) >= MOST or sum(len(each.raw) for each in self._kept) > BYTES):
            self._kept = self._kept[1::2]
            ends = [self._epoch(each.place) for each in self.keyframes]
            self._apart = max(
                (after - before for before, after in zip(ends, ends[1:], strict=False)), default=self._apart or 1.0
            )

    def change(self, change: Change) -> bool:
        """Notes what was changed at the newest moment; True where it takes the place of the last edit, of the same number."""
        last = self.changes[-1] if self.changes else None
        untrained = all(frame.changes < len(self.changes) for frame in self.keyframes)
        again = last is not None and last.edit is not None and change.edit is not None and last.edit.place == change.edit.place
        if last is not None and again and untrained and last.to == change.step:
            self.changes[-1] = change
            return True
        self.changes.append(change)
        return False

    def way(self, epoch: float, near: Keyframe | None = None) -> Way:
        """To the step at `epoch` or the last before it; where something was changed at it, to after that.

        near: a keyframe that somebody else has kept.
        """
        changes = max(n for n in range(len(self.changes) + 1) if n == 0 or self._begin(n) <= epoch + CLOSE)
        per_epoch, first = self._steps(changes), self._from(changes)
        step = max(first, int(epoch * per_epoch + CLOSE * per_epoch))
        if changes < len(self.changes):
            step = min(step, self.changes[changes].step)
        known = [*self.keyframes, *([near] if near else [])]
        frame = max((each for each in known if each.place <= (changes, step)), key=lambda each: each.place)
        through = tuple(self.changes[frame.changes : changes])
        return Way(frame, through, changes, step, per_epoch, changes > 0 and step == first)

    def cut(self, moment: Keyframe) -> None:
        """Forgets what came after a moment."""
        del self.changes[moment.changes :]
        self._kept = [frame for frame in self._kept if frame.place <= moment.place]

    def _steps(self, changes: int) -> int:
        return self.changes[changes - 1].per_epoch if changes else self._per_epoch

    def _from(self, changes: int) -> int:
        return self.changes[changes - 1].to if changes else 0

    def _begin(self, changes: int) -> float:
        return self._epoch((changes, self._from(changes)))

    def _epoch(self, place: tuple[int, int]) -> float:
        changes, step = place
        return step / self._steps(changes)
