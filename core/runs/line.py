"""Who is next: work that nobody waits for stands in line, so that everyone's gets the same time.

Of those who wait, the person who has had the least time of the workers is next; each person's own work in the order in which it
came. Waiting counts: who waits gains on the others, so that a work that took a little longer is not followed by a wait of twice
as long. In the long run it changes nobody's share, since what was had stays on the account. Whoever comes starts where the
least served of those who are here stand, and whoever comes back, a fifth of a second before them at most: more time that one
did not use is not saved up. Knows nothing of runs or of the work itself. It is used from one thread at a time.
"""

import time
from collections import deque
from collections.abc import Callable

Work = Callable[[object], None]
Wanted = Callable[[], bool]
CREDIT = 0.2
"""Seconds of work that one may be behind all others and still be owed them: between two of their works nobody is in line."""
GAIN = 2.0
"""How much who waits gains, as a multiple of what each gets in the meantime."""


class Line:
    """At most `lanes` works are under way at a time. clock: seconds."""

    def __init__(self, lanes: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.lanes = lanes
        self.lasts = 0.1
        """Seconds that a work takes, eased over the latest."""
        self._costs = 0.1  # of these, what is paid for
        self._clock = clock
        self._waiting: dict[str, deque[tuple[Work, Wanted]]] = {}
        self._since: dict[str, float] = {}
        self._used: dict[str, float] = {}
        self._begun: dict[object, tuple[str, float, float]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    @property
    def under_way(self) -> int:
        return len(self._begun)

    def people(self) -> int:
        """How many people have work waiting or under way. From any thread."""
        return len({*self._waiting, *(person for person, *_ in tuple(self._begun.values()))})

    def turn(self) -> float:
        """Seconds from one turn of a person to the next, about, if all who are here stay."""
        return self.people() * self.lasts / self.lanes

    def add(self, person: str, work: Work, wanted: Wanted = lambda: True) -> None:
        """Puts a person's work into the line. `work` is called with a ticket when its turn comes, and ends with `over`.

        wanted: asked at its turn; what nobody wants any more is left out and takes nobody's turn.
        """
        if person not in self._waiting:
            self._waiting[person], self._since[person] = deque(), self._clock()
            least = min((used for each, used in self._settled().items() if each != person), default=0.0)
            self._used[person] = max(self._used.get(person, least), least - CREDIT)
        self._waiting[person].append((work, wanted))

    def next(self) -> tuple[object, Work] | None:
        """The next work and its ticket, which is under way from now on; None where none waits or all lanes are taken."""
        if len(self._begun) >= self.lanes or (person := self._first()) is None:
            return None
        now = self._clock()
        (work, _), self._since[person] = self._waiting[person].popleft(), now
        ticket = object()
        self._begun[ticket] = (person, now, self._costs)
        # Until it is known what it takes, what works take: else one person could have all lanes in one turn.
        self._used[person] += self._costs
        self._leave(person)
        return ticket, work

    def over(self, ticket: object, worked: float | None = None) -> None:
        """The work of a ticket has ended. worked: seconds of a processor, where they are known: on a busy machine somebody's
        work stands still for a while, which is not to be paid for."""
        person, begun, reckoned = self._begun.pop(ticket)
        took = max(0.0, self._clock() - begun)
        cost = took if worked is None else min(worked, took)
        self._used[person] += cost - reckoned
        self.lasts, self._costs = 0.9 * self.lasts + 0.1 * took, 0.9 * self._costs + 0.1 * cost
        if not self._begun and not self._waiting:
            self._used.clear()

    def charge(self, person: str, worked: float) -> None:
        """A person has had seconds of a processor that did not come from this line."""
        if worked:
            self._used[person] = self._used.get(person, 0.0) + worked

    def _first(self) -> str | None:
        """Whose turn it is: of those with work that is still wanted."""
        now, gain = self._clock(), GAIN * self._costs / max(self.turn(), 1e-9)
        while self._waiting:
            person = min(self._waiting, key=lambda each: self._used[each] - gain * (now - self._since[each]))
            works = self._waiting[person]
            while works and not works[0][1]():
                works.popleft()
            if works:
                return person
            self._leave(person)
        return None

    def _leave(self, person: str) -> None:
        """Where a person has no more work."""
        if not self._waiting[person]:
            del self._waiting[person], self._since[person]

    def _settled(self) -> dict[str, float]:
        """What each who is here has had, without what is only reckoned so far."""
        here = {*self._waiting, *(person for person, *_ in self._begun.values())}
        found = {person: self._used.get(person, 0.0) for person in here}
        for person, _, reckoned in self._begun.values():
            found[person] -= reckoned
        return found
