"""Everyone's work gets the same time, however many runs one has and however long a slice takes."""

import random
from collections import Counter
from collections.abc import Callable
from itertools import groupby

import pytest

from core.runs.line import Line

Cost = float | Callable[[], float]


class Shop:
    """A line with a clock of its own, whose customers come again at once; `costs`: seconds that a person's work takes.

    waits: from when somebody came until the work began.
    """

    def __init__(self, lanes: int, costs: dict[str, Cost], runs: dict[str, int] | None = None) -> None:
        self.now = 0.0
        self.waits: list[tuple[str, float]] = []
        self.line = Line(lanes, lambda: self.now)
        self.costs, self.spent, self.served = costs, Counter(), []
        self.under_way: list[tuple[float, str, object]] = []
        for person in costs:
            for _ in range((runs or {}).get(person, 1)):
                self.come(person)

    def come(self, person: str) -> None:
        came = self.now

        def begin(ticket: object) -> None:
            self.served.append(person)
            self.waits.append((person, self.now - came))

        self.line.add(person, begin)

    def go_on(self, seconds: float) -> None:
        ends = self.now + seconds
        while True:
            while (found := self.line.next()) is not None:
                ticket, work = found
                work(ticket)
                cost = self.costs[self.served[-1]]
                cost = cost() if callable(cost) else cost
                self.under_way.append((self.now + cost, self.served[-1], ticket))
                self.spent[self.served[-1]] += cost
            self.under_way.sort(key=lambda each: each[0])
            if not self.under_way or self.under_way[0][0] > ends:
                self.now = ends
                return
            self.now, person, ticket = self.under_way.pop(0)
            self.line.over(ticket)
            self.come(person)


def test_one_person_after_the_other():
    shop = Shop(1, {"a": 0.1, "b": 0.1, "c": 0.1})
    shop.go_on(0.95)
    assert shop.served == ["a", "b", "c"] * 3 + ["a"]


@pytest.mark.parametrize("lanes", [1, 2])
def test_ten_runs_of_one_person_get_as_much_as_one_run_of_another(lanes):
    shop = Shop(lanes, {"many": 0.1, "one": 0.1, "other": 0.1}, {"many": 10})
    shop.go_on(30)
    assert shop.spent["one"] == pytest.approx(shop.spent["other"], rel=0.02)
    assert shop.spent["many"] == pytest.approx(shop.spent["one"], rel=0.05)


def test_slices_that_overrun_are_paid_for():
    shop = Shop(1, {"huge": 2.0, "small": 0.1, "other": 0.1})
    shop.go_on(60)
    shop.spent.clear()
    shop.go_on(240)
    assert shop.spent["small"] == pytest.approx(shop.spent["huge"], rel=0.05)
    assert shop.spent["small"] == pytest.approx(shop.spent["other"], rel=0.05)


@pytest.mark.parametrize("huge", [0.0, 0.05, 0.5])
def test_in_a_full_room_nobody_waits_much_longer_than_a_turn_lasts(huge: float) -> None:
    """Slices take now 8, now 22 ms: by what was had alone, one in twenty would wait for two turns and more."""
    dice = random.Random(0)
    shop = Shop(2, {str(number): lambda: dice.choice((0.008, 0.009, 0.010, 0.022)) for number in range(30)})
    if huge:
        shop.costs["0"] = huge
    shop.go_on(60)
    shop.waits.clear()
    shop.spent.clear()
    shop.go_on(300)
    waits = sorted(wait for person, wait in shop.waits if not huge or person != "0")
    turn = sum(waits) / len(waits)
    assert waits[int(0.95 * len(waits))] < 1.5 * turn
    assert waits[-1] < 2.5 * turn + huge
    assert shop.spent["0"] == pytest.approx(600 / 30, rel=0.1)


def test_of_two_people_each_gets_as_much_though_neither_is_here_between_two_of_their_works():
    shop = Shop(1, {"heavy": 0.05, "light": 0.005})
    shop.go_on(60)
    assert shop.spent["light"] == pytest.approx(shop.spent["heavy"], rel=0.05)


def test_who_comes_late_has_saved_up_nothing_and_owes_nothing():
    shop = Shop(1, {"early": 0.1, "late": 0.1})
    shop.line._waiting.clear()
    shop.come("early")
    shop.go_on(100)
    shop.come("late")
    shop.served.clear()
    shop.go_on(2)
    assert abs(Counter(shop.served)["late"] - Counter(shop.served)["early"]) <= 2


def test_who_comes_while_others_are_at_work_owes_nothing_for_what_that_is_reckoned_to_take():
    line, served = Line(2), []
    for person in ("a", "b"):
        line.add(person, lambda ticket: None)
    begun = [line.next()[0] for _ in range(2)]
    line.add("late", lambda ticket: served.append("late"))
    for ticket in begun:
        line.over(ticket, 0.001)
    for person in ("a", "b"):
        line.add(person, lambda ticket, person=person: served.append(person))
    line.next()[1](object())
    assert served == ["late"]


def test_no_more_than_the_lanes_are_under_way_and_all_come_in_the_end():
    line, done = Line(2), []
    for number in range(5):
        line.add("a", lambda ticket, number=number: done.append(number))
    tickets = []
    while (found := line.next()) is not None:
        tickets.append(found[0])
        found[1](found[0])
    assert (done, len(line), line.under_way) == ([0, 1], 3, 2)
    line.over(tickets[0])
    line.next()[1](object())
    assert done == [0, 1, 2]
    assert line.next() is None


def test_how_long_a_turn_takes_is_told():
    shop = Shop(2, {str(number): 0.1 for number in range(30)})
    shop.go_on(10)
    assert shop.line.people() == 30
    assert shop.line.turn() == pytest.approx(1.5, rel=0.05)


def test_who_stood_still_on_a_busy_machine_pays_for_what_was_worked_alone():
    now = [0.0]
    line = Line(1, clock=lambda: now[0])
    served = []

    def turn(person: str, lasts: float, worked: float | None) -> None:
        line.add(person, lambda ticket: (served.append(person), now.__setitem__(0, now[0] + lasts), line.over(ticket, worked)))
        line.add("other", lambda ticket: (served.append("other"), now.__setitem__(0, now[0] + 0.1), line.over(ticket, 0.1)))

    turn("stalled", 5.0, 0.1)
    for _ in range(4):
        turn("stalled", 0.1, 0.1)
    while (found := line.next()) is not None:
        found[1](found[0])
    assert max(len(list(same)) for _, same in groupby(served)) <= 2


def test_what_nobody_wants_any_more_takes_nobodys_turn():
    line, served, wanted = Line(1), [], {"old": True, "new": True, "other": True}

    def add(person: str, name: str) -> None:
        line.add(person, lambda ticket: served.append(name), lambda: wanted[name])

    add("a", "old")
    add("a", "new")
    add("b", "other")
    wanted["old"] = False
    while (found := line.next()) is not None:
        found[1](found[0])
        line.over(found[0], 0.1)
    assert served == ["new", "other"]
    add("a", "old")
    assert line.next() is None
    assert (len(line), line.people()) == (0, 0)


def test_what_came_from_elsewhere_is_paid_for_too():
    shop = Shop(1, {"a": 0.01, "b": 0.01})
    shop.go_on(10)
    shop.line.charge("a", 0.15)
    shop.spent.clear()
    shop.go_on(20)
    assert shop.spent["b"] - shop.spent["a"] == pytest.approx(0.15, abs=0.03)
