"""What a room is: what its presenter has set, who is in it, what was handed in. Plain values, which nobody changes.

Knows nothing of databases, keys or pages.
"""

from dataclasses import dataclass

from core.experiment import Experiment
from core.rooms.challenge import Challenge
from core.rooms.result import Result

MEMBERS = 250
"""So many people a room holds."""


@dataclass(frozen=True)
class Room:
    """A room as its presenter has set it.

    code: six letters, see `core.rooms.code`. revision: counts what the presenter changed; crowd: counts who came, went on with
    another run or handed in. pushes: counts pushes of `pushed`, so that the same document can be pushed twice. follow: id of
    the run that all see, for the server alone and never for a browser. locks: names of `core.rooms.locks.LOCKS`. spotlight: id
    of a member. password: whether there is one that leads to the presenter's powers.
    """

    code: str
    title: str
    ended: bool = False
    revision: int = 0
    crowd: int = 0
    pushed: Experiment | None = None
    pushes: int = 0
    follow: str | None = None
    locks: frozenset[str] = frozenset()
    challenge: Challenge | None = None
    spotlight: str | None = None
    password: bool = False


@dataclass(frozen=True)
class Member:
    """Someone in a room. run_id: of the run they work on, for the server alone. joined: seconds since 1970. taken: of the
    room's pushes, the last that they have taken.

    `id` leads to nothing: browsers may know it.
    """

    id: str
    nickname: str
    run_id: str | None
    joined: float
    taken: int = 0


@dataclass(frozen=True)
class Handed:
    """A run as it stood when its owner handed it in, the latest of theirs. watch_id: lets everyone look at that run.

    at: seconds since 1970.
    """

    member_id: str
    nickname: str
    experiment: Experiment
    result: Result
    watch_id: str
    at: float

    @property
    def scores(self) -> dict[str, float | None]:
        """The primary metric of each task that is scored, on the validation rows."""
        return dict(self.result.scores)

    @property
    def parameters(self) -> int:
        return self.result.parameters

    @property
    def epochs(self) -> float:
        return self.result.epochs
