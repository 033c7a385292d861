"""A challenge of a room: bars that tasks must reach, and what is to be as small as can be on the way. And its board.

Knows nothing of rooms, of databases, or of who takes part.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from core.errors import UserError
from core.rooms.result import Result

Smallest = Literal["parameters", "epochs", "seconds"]
SMALLEST: dict[Smallest, str] = {
    "parameters": "the smallest network",
    "epochs": "the fewest epochs",
    "seconds": "the least training time",
}
"""What may be compared, and what leads then."""
LONGEST = 200


@dataclass(frozen=True)
class Challenge:
    """text: as all read it. bars: of each task the score that it must reach, in its primary metric on the validation rows.

    smallest: of those who reach all bars, whoever has the fewest of these leads. Raises `UserError` for a challenge that
    nobody could read or judge.
    """

    text: str
    bars: dict[str, float]
    smallest: Smallest = "parameters"

    def __post_init__(self) -> None:
        if not 1 <= len(self.text.strip()) <= LONGEST:
            raise UserError(
                f"A challenge should be said in 1 to {LONGEST} characters.",
                f"{len(self.text.strip()):,}",
                "Write one sentence.",
            )
        if not self.bars:
            raise UserError("A challenge should have a bar for one task at least.", "none", "Set one.")
        for task, bar in self.bars.items():
            if not math.isfinite(bar):
                raise UserError(f"The bar of “{task:.40}” should be a number.", f"{bar}", "Set another one.")
        if self.smallest not in get_args(Smallest):
            raise UserError(
                f"A challenge should compare one of {', '.join(SMALLEST)}.", f"“{self.smallest:.40}”", "Choose one of them."
            )


@dataclass(frozen=True)
class Standing:
    """How a result does in a challenge. met: which bars it reaches; amount: what is to be small; short: by how much it
    misses bars in all, infinite where a score has no value."""

    result: Result
    met: dict[str, bool]
    amount: float
    short: float

    @property
    def reached(self) -> bool:
        return all(self.met.values())

    @property
    def order(self) -> tuple[bool, float, float]:
        """The smallest leads: those who reach all bars by amount, then the others by what they lack."""
        return (False, self.amount, 0.0) if self.reached else (True, self.short, self.amount)


def judge(challenge: Challenge, result: Result) -> Standing:
    """A task that a result does not have, or that has no score, has not reached its bar."""
    scores = {task: result.scores.get(task) for task in challenge.bars}
    lacks = {task: _lack(scores[task], bar) for task, bar in challenge.bars.items()}
    met = {task: lack <= 0 for task, lack in lacks.items()}
    return Standing(result, met, float(getattr(result, challenge.smallest)), sum(max(0.0, lack) for lack in lacks.values()))


def board(challenge: Challenge, results: Iterable[tuple[str, str, bool, Result]]) -> list[dict[str, Any]]:
    """Ranked rows, JSON-able, from (member's id, nickname, whether it was handed in, result); of each member the best alone.

    A row: `rank` (1 is best, equals share one; None for who has not reached all bars), `id`, `nickname`, `handed` (anything
    yet), `reached`, `amount` (of what is to be small), `scores` and `met` by task.
    """
    best: dict[str, tuple[Standing, str]] = {}
    handers: set[str] = set()
    for id, nickname, handed, result in results:
        made = (judge(challenge, result), nickname)
        if id not in best or made[0].order < best[id][0].order:
            best[id] = made
        if handed:
            handers.add(id)
    rows: list[dict[str, Any]] = []
    for number, (id, (standing, nickname)) in enumerate(sorted(best.items(), key=lambda each: each[1][0].order), start=1):
        alike = bool(rows) and rows[-1]["reached"] and rows[-1]["amount"] == standing.amount
        rank = (rows[-1]["rank"] if alike else number) if standing.reached else None
        rows.append(
            {
                "rank": rank,
                "id": id,
                "nickname": nickname,
                "handed": id in handers,
                "reached": standing.reached,
                "amount": standing.amount,
                "scores": {task: standing.result.scores.get(task) for task in challenge.bars},
                "met": standing.met,
            }
        )
    return rows


def _lack(score: float | None, bar: float) -> float:
    return math.inf if score is None else bar - score
