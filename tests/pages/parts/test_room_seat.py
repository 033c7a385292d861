"""Where one sits in a room, and what follows: whose run is shown, what is locked, what was sent, and where a refresh leads."""

from typing import Any

import pytest

from core.errors import UserError
from core.rooms import rooms
from core.runs import engine
from core.runs.run import new_id
from pages.parts import room_seat, state
from pages.parts.room_seat import DESK, key_of, seat_of, sign
from tests.pages.parts.meeting import Guest, rate


@pytest.fixture
def guest(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda: Guest(monkeypatch)


def test_without_a_room_nothing_follows(guest: Any) -> None:
    alone = guest()
    assert alone.do(room_seat.seat) is None
    assert alone.do(room_seat.invited) == ""
    assert alone.do(state.looking) is False
    alone.open(room="nowhere")
    assert (alone.do(room_seat.seat), alone.do(room_seat.invited), alone.do(room_seat.gone)) == (None, "nowhere", False)


def test_who_joins_has_a_run_begun_there_and_a_refresh_finds_both(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    run = ada.do(state.run)
    assert ada.seat.member.run_id == run.id
    assert ada.app.query_params["room"] == room.code
    ada.open(room=room.code, run=run.id)
    assert (ada.seat.member.nickname, ada.do(state.run)) == ("Ada", run)
    ada.open(room=room.code)  # the link on the wall, again
    assert ada.do(state.run) is run
    assert len(rooms().members(room.code)) == 1


def test_a_presenter_is_known_by_the_cookie_and_members_are_none(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    presenter.open(room=room.code)
    assert presenter.seat.presents
    assert not ada.seat.presents
    assert ada.seat.key == ""


def test_a_false_key_is_no_key(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    for key in (new_id(), "short", "", 7):
        found = seat_of(room.code, ada.do(state.person), {DESK + room.code: key})
        assert found is not None
        assert not found.presents
    assert seat_of(room.code, None, {}) is None
    assert key_of({DESK + "BCDFGH": "x" * 33}, "BCDFGH") == ""


def test_all_see_the_run_that_is_followed_and_learn_nothing_that_leads_to_it(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    mine, theirs = ada.do(state.run), presenter.do(state.own)
    rooms().follow(room.code, presenter.key, theirs.id)
    assert ada.do(state.run) is theirs
    assert ada.do(state.address) == theirs.watch_id
    assert theirs.id not in str(ada.app.query_params)
    assert ada.seat.watches
    assert presenter.do(state.address) == theirs.id
    rooms().follow(room.code, presenter.key, None)
    assert ada.do(state.run) is mine


def test_what_is_locked_is_refused_at_once_also_by_a_page_that_is_older(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    before = ada.do(state.document)

    def lock_and_change() -> None:
        rooms().lock(room.code, presenter_key, ["training"])
        rate(0.2)()

    presenter_key = presenter.key
    ada.do(lock_and_change)
    assert ada.do(state.problem) == "The presenter has locked “Training” for now."
    assert ada.do(state.document) == before
    assert ada.seat.closed == ["training"]
    assert ada.do(lambda: state.set_value("network.nonlinear", False), state.document).network.nonlinear is False
    assert presenter.seat.closed == []
    assert presenter.do(rate(0.2), state.document).training.learning_rate == 0.2
    rooms().lock(room.code, presenter_key, [])
    assert ada.do(rate(0.2), state.document).training.learning_rate == 0.2


def test_what_is_sent_is_taken_once_past_all_locks_and_can_be_undone(guest: Any) -> None:
    presenter, ada, late = guest(), guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    ada.do(rate(0.5))
    sent = presenter.do(rate(0.3), state.document)
    rooms().lock(room.code, presenter.key, ["training"])
    rooms().push(room.code, presenter.key, sent)
    assert ada.do(state.document) == sent
    run = ada.do(state.run)
    rooms().lock(room.code, presenter.key, [])
    assert ada.do(rate(0.1), state.document).training.learning_rate == 0.1
    ada.open(room=room.code, run=run.id)
    assert ada.do(state.document).training.learning_rate == 0.1
    here = ada.seat.room
    ada.do(lambda: room_seat.take_pushed(here))
    assert ada.do(state.document) == sent
    assert ada.do(state.undo, state.document).training.learning_rate == 0.1
    late.joins(room, "Late")
    assert late.do(state.document) == sent


def test_a_file_is_sent_along(guest: Any) -> None:
    from core.data.columns import begin, mark
    from core.data.source import load
    from core.experiment import Source

    presenter, ada, late = guest(), guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    raw = b"a,b\n" + b"".join(b"%d,%d\n" % (i % 7, i * i % 5) for i in range(40))
    files = presenter.do(state.store)
    source = Source(kind="file", name="mine.csv", sha256=files.put(raw))
    table = load(source, files)
    presenter.do(lambda: state.change(mark(begin(source, table), table, "b", "task")))
    rooms().push(room.code, presenter.key, presenter.do(state.document), presenter.do(state.own).id)
    for person in (ada, late):
        if person is late:
            late.joins(room, "Late")
        assert person.do(state.document).data.source == source
        assert len(person.do(state.table).frame) == 40
        assert person.do(state.problem) is None


def test_an_ended_room_opens_everything_and_a_deleted_one_is_gone(guest: Any) -> None:
    presenter, ada, bo = guest(), guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    bo.joins(room, "Bo")
    key, run = presenter.key, ada.do(state.run)
    rooms().lock(room.code, key, ["training"])
    rooms().end(room.code, key, keep=True)
    assert ada.seat.room.ended
    assert ada.seat.closed == []
    assert ada.do(rate(0.2), state.document).training.learning_rate == 0.2
    rooms().end(room.code, key, keep=False)
    assert ada.do(room_seat.gone) is True
    assert ada.do(room_seat.gone) is False
    assert "room" not in ada.app.query_params
    assert engine().find(run.id) is None


def test_leaving_keeps_the_run(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    run = ada.do(state.run)
    rooms().lock(room.code, presenter.key, ["training"])
    ada.do(room_seat.leave)
    assert ada.do(room_seat.seat) is None
    assert ada.do(state.run) is run
    assert ada.do(rate(0.2), state.document).training.learning_rate == 0.2


def test_who_cannot_come_in_hears_why(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    tried: list[str] = []

    def tries(code: str, name: str) -> None:
        try:
            room_seat.join(code, name)
        except UserError as error:
            tried.append(str(error))

    for code, name in (("BCDFGH", "Ada"), ("nothing like a code", "Ada"), (room.code, ""), (room.code, "x" * 10_000)):
        ada.do(lambda code=code, name=name: tries(code, name))
        assert ada.do(room_seat.seat) is None
    rooms().end(room.code, presenter.key, keep=True)
    ada.do(lambda: tries(room.code, "Ada"))
    assert len(tried) == 5
    assert all(len(each) < 300 for each in tried)


def test_a_sign_changes_with_what_pages_show_and_with_nothing_else(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    before = sign(rooms().room(room.code))
    ada.joins(room)
    assert sign(rooms().room(room.code)) == before
    seen = {before}
    run = presenter.do(state.own).id
    member = ada.seat.member.id
    for act in (
        lambda: rooms().lock(room.code, presenter.key, ["data"]),
        lambda: rooms().follow(room.code, presenter.key, run),
        lambda: rooms().spotlight(room.code, presenter.key, member),
        lambda: rooms().push(room.code, presenter.key, presenter.do(state.document)),
        lambda: rooms().end(room.code, presenter.key, keep=True),
    ):
        act()
        now = sign(rooms().room(room.code))
        assert now not in seen
        assert run not in now
        seen.add(now)
