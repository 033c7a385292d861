"""Who may do what in a room, and what each wrong try is told; nobody touches another's run."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment, Source
from core.rooms.challenge import Challenge
from core.rooms.key import hash_of
from core.rooms.room import MEMBERS as MOST
from core.rooms.room import Room
from core.rooms.rooms import Rooms
from core.runs import uploads
from core.runs.engine import Engine
from core.runs.run import Run, new_id
from core.storage import Database
from core.storage.tables import HANDED, MEMBERS, ROOMS, WORKED
from tests.core.rooms.meeting import Clock, Meeting, person
from tests.core.runs.running import paused, two_waves, until

module = sys.modules[Rooms.__module__]  # `core.rooms.rooms` is also the function of that name
WRONG = "x" * 32
POWERS: dict[str, Callable[[Rooms, str, str], object]] = {
    "push": lambda rooms, code, key: rooms.push(code, key, two_waves()),
    "follow": lambda rooms, code, key: rooms.follow(code, key, new_id()),
    "lock": lambda rooms, code, key: rooms.lock(code, key, ["data"]),
    "challenge": lambda rooms, code, key: rooms.challenge(code, key, Challenge("Now", {"a": 0.9})),
    "spotlight": lambda rooms, code, key: rooms.spotlight(code, key, None),
    "export": lambda rooms, code, key: rooms.export(code, key),
    "end": lambda rooms, code, key: rooms.end(code, key, keep=False),
}


@pytest.fixture
def address(database_address: str) -> str:
    """Rooms are tried on every kind of database."""
    return database_address


@pytest.fixture
def other(address: str, engine: Engine) -> Iterator[Rooms]:
    """The rooms of another process of the app."""
    database = Database(address)
    yield Rooms(database, engine)
    database.close()


def together(count: int, act: Callable[[int], object]) -> list[UserError]:
    """Acts so many times at the same moment, and returns what was refused."""
    ready, refused = threading.Barrier(count), []

    def one(number: int) -> None:
        ready.wait()
        try:
            act(number)
        except UserError as error:
            refused.append(error)

    threads = [threading.Thread(target=one, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def own(engine: Engine, name: str, **changes: object) -> Run:
    return engine.create(two_waves(**changes), person=person(name))


def counts(database: Database) -> list[int]:
    with database.read() as connection:
        tables = (ROOMS, MEMBERS, WORKED, HANDED)
        return [connection.execute(select(func.count()).select_from(table)).scalar() or 0 for table in tables]


# -- opening and presenting


def test_a_new_room_is_open_and_empty(rooms: Rooms) -> None:
    room, key = rooms.open("  Tuesday’s \n workshop ")
    assert room == Room(room.code, "Tuesday’s workshop")
    assert rooms.room(room.code) == rooms.room(f" {room.code[:3].lower()}-{room.code[3:].lower()}") == room
    assert rooms.presents(room.code, key)
    assert (rooms.revision(room.code), rooms.members(room.code)) == (0, [])


@pytest.mark.parametrize("title", ["", "  ", "x" * 10_000, "a\x00b"])
def test_a_title_is_short_and_can_be_seen(rooms: Rooms, title: str) -> None:
    with pytest.raises(UserError, match="title should have 1 to 80 characters") as caught:
        rooms.open(title)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("power", POWERS)
def test_every_power_needs_the_key(rooms: Rooms, meeting: Meeting, power: str) -> None:
    other, key = rooms.open("Another room")
    for wrong in ("", WRONG, meeting.key.lower(), hash_of(meeting.key), key):
        with pytest.raises(UserError, match=r"Only the presenter|too many wrong"):
            POWERS[power](rooms, meeting.code, wrong)
    assert rooms.room(meeting.code) == Room(meeting.code, "Tuesday’s workshop", password=True)
    POWERS[power](rooms, meeting.code, meeting.key)


def test_neither_key_nor_password_is_kept(meeting: Meeting, database: Database) -> None:
    with database.read() as connection:
        kept = repr(connection.execute(select(ROOMS)).all())
    assert hash_of(meeting.key) in kept
    assert meeting.key not in kept
    assert "sesame" not in kept


def test_the_password_leads_to_the_key(rooms: Rooms, meeting: Meeting) -> None:
    assert rooms.present(meeting.code, "open sesame") == meeting.key
    for wrong in ("", "open sesam", "x" * 10_000):
        with pytest.raises(UserError, match="should be that of this room"):
            rooms.present(meeting.code, wrong)
    room, _ = rooms.open("Without a password")
    assert (room.password, rooms.room(meeting.code).password) == (False, True)
    with pytest.raises(UserError, match="should be that of this room"):
        rooms.present(room.code, "")


def test_a_thousand_guesses_at_the_key_are_slowed_and_keep_nobody_out(rooms: Rooms, meeting: Meeting, clock: Clock) -> None:
    told = set()
    for number in range(1000):
        clock.now += 0.01
        assert not rooms.presents(meeting.code, f"{number:032}", "mallory")
        with pytest.raises(UserError) as caught:
            rooms.lock(meeting.code, f"{number:032}", ["data"])
        told.add(str(caught.value))
    assert any("too many wrong ones. Try again in" in sentence for sentence in told)
    assert not rooms.presents(meeting.code, meeting.key, "mallory")  # from there nothing is looked at for now
    assert rooms.presents(meeting.code, meeting.key, "anna")
    assert rooms.lock(meeting.code, meeting.key, ["data"]).locks == {"data"}
    clock.now += 60
    assert rooms.presents(meeting.code, meeting.key, "mallory")


def test_a_thousand_guesses_at_the_password_are_not_looked_at(
    rooms: Rooms, meeting: Meeting, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    monkeypatch.setattr(module, "derived", lambda password, salt: looked.append(password) or "")
    for number in range(1000):
        clock.now += 0.01
        with pytest.raises(UserError, match=r"that of this room|Try again in \d+ second"):
            rooms.present(meeting.code, f"guess {number}", "mallory")
    assert len(looked) == 5 + 3  # after 1, 2 and 4 of ten seconds
    for number in range(100):  # from ever other places, too
        with pytest.raises(UserError, match=r"that of this room|Try again in \d+ second"):
            rooms.present(meeting.code, "guess", f"mallory {number}")
    assert len(looked) < 60


# -- what a presenter sets


def test_what_a_presenter_sets_all_see_and_the_revision_counts_it(rooms: Rooms, meeting: Meeting, clock: Clock) -> None:
    code, key, anna = meeting.code, meeting.key, meeting.join("Anna")
    challenge = Challenge("The smallest above 0.9", {"a": 0.9}, "epochs")
    made, run = two_waves(seed=3), new_id()
    for number, change in enumerate(
        (
            lambda: rooms.push(code, key, made),
            lambda: rooms.push(code, key, made),
            lambda: rooms.follow(code, key, run),
            lambda: rooms.lock(code, key, {"network", "data"}),
            lambda: rooms.challenge(code, key, challenge),
            lambda: rooms.spotlight(code, key, anna.id),
        ),
        start=1,
    ):
        room = change()
        assert room == rooms.room(code)
        assert rooms.revision(code) == room.revision == number
    locks = frozenset({"network", "data"})
    assert (room.pushed, room.pushes, room.follow, room.locks) == (made, 2, run, locks)
    assert (room.challenge, room.spotlight, room.ended) == (challenge, anna.id, False)
    rooms.lock(code, key, ())
    rooms.follow(code, key, None)
    rooms.challenge(code, key, None)
    room = rooms.spotlight(code, key, None)
    assert (room.follow, room.locks, room.challenge, room.spotlight, room.pushes) == (None, frozenset(), None, None, 2)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda rooms, code, key: rooms.lock(code, key, ["magic"]), "A lock should be one of"),
        (lambda rooms, code, key: rooms.spotlight(code, key, "nobody"), "should be on somebody in the room"),
        (lambda rooms, code, key: rooms.follow(code, key, "../etc"), "A run that all follow"),
        (lambda rooms, code, key: rooms.gone_on(code, "nobody", new_id()), "of somebody in the room"),
    ],
)
def test_what_cannot_be_set_is_said(rooms: Rooms, meeting: Meeting, wrong: Callable, told: str) -> None:
    with pytest.raises(UserError, match=told):
        wrong(rooms, meeting.code, meeting.key)
    assert rooms.revision(meeting.code) == 0


def test_another_process_sees_the_same(rooms: Rooms, meeting: Meeting, other: Rooms) -> None:
    anna = meeting.join("Anna")
    rooms.push(meeting.code, meeting.key, two_waves())
    assert other.room(meeting.code) == rooms.room(meeting.code)
    assert other.members(meeting.code) == [anna]
    assert other.presents(meeting.code, meeting.key)


def test_a_revision_is_not_asked_for_again_at_once(rooms: Rooms, meeting: Meeting, clock: Clock, other: Rooms) -> None:
    assert rooms.revision(meeting.code) == 0
    other.lock(meeting.code, meeting.key, ["data"])
    assert rooms.revision(meeting.code) == 0
    clock.now += module.SOON
    assert rooms.revision(meeting.code) == 1


def test_changes_at_the_same_moment_are_all_there(rooms: Rooms, meeting: Meeting) -> None:
    locks = ["data", "tasks", "network", "sharing"]
    assert together(8, lambda number: rooms.lock(meeting.code, meeting.key, [locks[number % 4]])) == []
    assert rooms.room(meeting.code).revision == 8


def test_the_file_of_a_pushed_document_reaches_members_and_nobody_else(rooms: Rooms, meeting: Meeting, engine: Engine) -> None:
    presenter, anna = new_id(), own(engine, "Anna")
    sha256 = Store(uploads.folder_of(engine.folder, presenter)).put(b"a,b,c\n1,2,3\n")
    document = two_waves().model_dump(mode="json")
    document["data"]["source"] = Source(kind="file", name="my.csv", sha256=sha256).model_dump(mode="json")
    made = Experiment.model_validate(document)
    with pytest.raises(UserError, match="should be here"):
        rooms.push(meeting.code, meeting.key, made, new_id())
    assert rooms.room(meeting.code).pushes == 0
    rooms.push(meeting.code, meeting.key, made, presenter)
    uploads.delete(engine.folder, presenter)  # the presenter goes on with other data
    store = Store(uploads.folder_of(engine.folder, anna.id))
    assert not store.has(sha256)
    rooms.lend(meeting.code, anna)
    assert store.path(sha256).read_bytes() == b"a,b,c\n1,2,3\n"
    rooms.push(meeting.code, meeting.key, two_waves())
    ben = own(engine, "Ben")
    rooms.lend(meeting.code, ben)
    assert not Store(uploads.folder_of(engine.folder, ben.id)).has(sha256)


# -- joining


def test_people_come_in_by_the_code(rooms: Rooms, meeting: Meeting) -> None:
    anna, ben = meeting.join("Anna"), meeting.join("Ben")
    assert rooms.members(meeting.code) == [anna, ben]
    assert rooms.member(meeting.code, person("Anna")) == anna
    assert rooms.member(meeting.code, person("Cleo")) is None
    assert (anna.nickname, anna.run_id) == ("Anna", None)
    assert (rooms.room(meeting.code).revision, rooms.room(meeting.code).crowd) == (0, 2)


def test_two_tabs_of_one_person_are_one_member(rooms: Rooms, meeting: Meeting) -> None:
    first = meeting.join("Anna")
    again = rooms.join(meeting.code.lower(), person("Anna"), " Annabel ")
    assert (again.id, again.nickname) == (first.id, "Annabel")
    assert rooms.members(meeting.code) == [again]
    crowd = rooms.room(meeting.code).crowd
    assert rooms.join(meeting.code, person("Anna"), "Annabel") == again
    assert rooms.room(meeting.code).crowd == crowd


def test_two_tabs_at_the_same_moment_are_one_member_too(rooms: Rooms, meeting: Meeting) -> None:
    found = []
    assert together(8, lambda _: found.append(meeting.join("Anna").id)) == []
    assert len(found) == 8
    assert {member.id for member in rooms.members(meeting.code)} == set(found)
    assert len(set(found)) == 1


def test_of_two_annas_one_gets_a_number_and_keeps_it(rooms: Rooms, meeting: Meeting) -> None:
    rooms.join(meeting.code, person("one"), "Anna")
    assert rooms.join(meeting.code, person("two"), "anna").nickname == "anna (2)"
    assert rooms.join(meeting.code, person("two"), "anna").nickname == "anna (2)"


@pytest.mark.parametrize("code", ["BBBBBB", "", "ABC", "x" * 10_000, "<b>hi</b>", "'; DROP TABLE rooms"])
def test_a_wrong_code_is_said_in_one_sentence(rooms: Rooms, meeting: Meeting, code: str) -> None:
    said = "“BBB-BBB”, which no room has" if code == "BBBBBB" else "code should be six letters"
    with pytest.raises(UserError, match=said) as caught:
        rooms.join(code, person("Anna"), "Anna")
    assert len(str(caught.value)) < 200
    assert (rooms.room(code), rooms.revision(code), rooms.members(code)) == (None, None, [])
    assert (rooms.wall(code), rooms.board(code), rooms.handed(code)) == ([], [], [])


def test_whoever_tries_many_codes_waits(rooms: Rooms, meeting: Meeting, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(UserError, match="which no room has"):
            rooms.join("BBB-BBB", person("Mallory"), "Mallory")
    with pytest.raises(UserError, match="Try again in 1 second"):
        rooms.join(meeting.code, person("Mallory"), "Mallory")
    meeting.join("Anna")
    clock.now += 1
    meeting.join("Mallory")


@pytest.mark.parametrize("nickname", ["", "x" * 10_000, "\u200b"])
def test_a_bad_nickname_lets_nobody_in(rooms: Rooms, meeting: Meeting, nickname: str) -> None:
    with pytest.raises(UserError, match="nickname should have 1 to 24 characters"):
        rooms.join(meeting.code, person("Anna"), nickname)
    assert rooms.members(meeting.code) == []


def test_html_in_a_nickname_is_text(rooms: Rooms, meeting: Meeting) -> None:
    assert rooms.join(meeting.code, person("Anna"), "<img src=x onerror=a>").nickname == "<img src=x onerror=a>"


def test_a_full_room_takes_nobody_more_but_those_who_are_in(
    rooms: Rooms, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 250
    monkeypatch.setattr(module, "MOST", 3)
    for name in ("Anna", "Ben", "Cleo"):
        meeting.join(name)
    with pytest.raises(UserError, match="should hold at most 3 people"):
        meeting.join("Dan")
    meeting.join("Ben")
    assert len(rooms.members(meeting.code)) == 3


def test_of_many_who_come_at_the_same_moment_so_many_are_let_in(
    rooms: Rooms, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 5)
    assert len(together(8, lambda number: meeting.join(f"Person {number}"))) == 3
    assert len({member.id for member in rooms.members(meeting.code)}) == 5
    assert rooms.room(meeting.code).crowd == 5


# -- runs of members


def test_it_is_known_which_run_a_member_works_on(rooms: Rooms, meeting: Meeting) -> None:
    anna, first, second = meeting.join("Anna"), new_id(), new_id()
    for run in (first, second, second, first):
        rooms.gone_on(meeting.code, anna.id, run)
        assert rooms.member(meeting.code, person("Anna")).run_id == run
    assert rooms.room(meeting.code).crowd == 4


def test_a_command_is_refused_where_it_would_change_what_is_locked(rooms: Rooms, meeting: Meeting) -> None:
    anna, run = meeting.join("Anna"), new_id()
    rooms.gone_on(meeting.code, anna.id, run)
    rooms.lock(meeting.code, meeting.key, ["data"])
    assert [rooms.refuses(run, name) for name in ("edit", "restart", "play")] == [None, None, None]
    rooms.lock(meeting.code, meeting.key, ["network"])
    assert rooms.refuses(run, "edit") == "The presenter has locked “Network” for now."
    assert rooms.refuses(run, "restart") is None
    rooms.lock(meeting.code, meeting.key, ["training"])
    assert rooms.refuses(run, "restart") == "The presenter has locked “Training” for now."
    assert rooms.refuses(run, "edit") is rooms.refuses(run, "play") is rooms.refuses(new_id(), "restart") is None
    rooms.follow(meeting.code, meeting.key, new_id())
    assert rooms.refuses(run, "edit") == "The presenter has locked “Network” for now."
    rooms.end(meeting.code, meeting.key, keep=True)
    assert rooms.refuses(run, "edit") is rooms.refuses(run, "restart") is None


def test_a_push_is_taken_once_by_each_member(rooms: Rooms, meeting: Meeting) -> None:
    anna, ben = meeting.join("Anna"), meeting.join("Ben")
    took = []
    together(4, lambda _: took.append(rooms.take(meeting.code, anna.id, 1)))
    assert sorted(took) == [False, False, False, True]
    assert rooms.take(meeting.code, ben.id, 1)
    assert [member.taken for member in rooms.members(meeting.code)] == [1, 1]
    assert rooms.take(meeting.code, anna.id, 2)
    assert not rooms.take(meeting.code, anna.id, 1)
    assert not rooms.take(meeting.code, "nobody", 5)


def test_a_run_is_handed_in_as_it_stands(rooms: Rooms, meeting: Meeting, engine: Engine) -> None:
    anna, run = meeting.join("Anna"), own(engine, "Anna")
    engine.command(run, "epoch")
    until(lambda: run.status == "paused" and run.step == run.per_epoch)
    handed = rooms.hand_in(meeting.code, person("Anna"), run)
    assert rooms.handed(meeting.code) == [handed]
    assert (handed.member_id, handed.nickname, handed.watch_id) == (anna.id, "Anna", run.watch_id)
    assert (handed.experiment, handed.epochs) == (run.experiment, 1.0)
    assert handed.scores.keys() == set(run.experiment.columns)
    assert handed.parameters > 0
    assert run.id not in repr(handed)
    engine.command(run, "epoch")
    until(lambda: run.status == "paused" and run.step == 2 * run.per_epoch)
    assert rooms.handed(meeting.code) == [handed]
    again = rooms.hand_in(meeting.code, person("Anna"), run)
    assert rooms.handed(meeting.code) == [again]
    assert again.epochs == 2.0


def test_nobody_hands_in_what_is_not_theirs(rooms: Rooms, meeting: Meeting, engine: Engine) -> None:
    meeting.join("Mallory")
    run = own(engine, "Anna")
    with pytest.raises(UserError, match="one's own run"):
        rooms.hand_in(meeting.code, person("Mallory"), run)
    with pytest.raises(UserError, match="should be in the room"):
        rooms.hand_in(meeting.code, person("Anna"), run)
    assert rooms.handed(meeting.code) == []


def test_the_wall_and_the_board_show_everyone(rooms: Rooms, meeting: Meeting, engine: Engine, clock: Clock) -> None:
    anna, ben = meeting.join("Anna"), meeting.join("Ben")
    run = paused(engine, two_waves(), epochs=2)
    rooms.gone_on(meeting.code, anna.id, run.id)
    before = rooms.wall(meeting.code)
    assert [(tile["nickname"], tile["status"], tile["epoch"]) for tile in before] == [("Anna", "paused", 2.0), ("Ben", "", 0.0)]
    assert rooms.board(meeting.code) == []
    bars = dict.fromkeys(run.experiment.columns, -1e6)
    rooms.challenge(meeting.code, meeting.key, Challenge("Anything", bars))
    (row,) = rooms.board(meeting.code)
    assert (row["id"], row["rank"], row["handed"], row["amount"]) == (anna.id, 1, False, before[0]["parameters"])
    engine.command(run, "epoch")
    until(lambda: run.status == "paused" and run.step == 3 * run.per_epoch)
    clock.now += module.FRESH / 2
    assert rooms.wall(meeting.code)[0]["epoch"] == 2.0
    clock.now += module.FRESH / 2
    assert rooms.wall(meeting.code)[0]["epoch"] == 3.0
    smaller = own(engine, "Ben", network__trunk=[])
    rooms.hand_in(meeting.code, person("Ben"), smaller)
    clock.now += module.FRESH
    assert [(row["id"], row["rank"], row["handed"]) for row in rooms.board(meeting.code)] == [
        (ben.id, 1, True), (anna.id, 2, False)
    ]  # fmt: skip
    assert all(id not in repr((rooms.wall(meeting.code), rooms.board(meeting.code))) for id in (run.id, smaller.id))


def test_the_export_has_what_was_handed_in_and_else_what_stands(rooms: Rooms, meeting: Meeting, engine: Engine) -> None:
    anna, ben = meeting.join("=Anna"), meeting.join("Ben")
    meeting.join("Cleo")
    run, other = own(engine, "=Anna"), own(engine, "Ben", weighting__name="uncertainty")
    rooms.gone_on(meeting.code, anna.id, run.id)
    rooms.gone_on(meeting.code, ben.id, other.id)
    rooms.hand_in(meeting.code, person("=Anna"), run)
    lines = rooms.export(meeting.code, meeting.key).splitlines()
    assert lines[0] == "nickname,task,metric,value,epochs,parameters,scheme,handed in"
    assert [line.split(",")[0] for line in lines[1:]] == ["'=Anna", "'=Anna", "Ben", "Ben", "Cleo"]
    assert [line.split(",")[-2:] for line in lines[1:]] == [
        ["equal", "yes"], ["equal", "yes"], ["uncertainty", "no"], ["uncertainty", "no"], ["", "no"]
    ]  # fmt: skip


# -- the end


def test_an_ended_room_keeps_its_data_and_takes_nothing_more(
    rooms: Rooms, meeting: Meeting, engine: Engine, database: Database
) -> None:
    code, key, anna = meeting.code, meeting.key, meeting.join("Anna")
    run = own(engine, "Anna")
    rooms.gone_on(code, anna.id, run.id)
    rooms.hand_in(code, person("Anna"), run)
    rooms.lock(code, key, ["data"])
    rooms.follow(code, key, new_id())
    rooms.end(code, key, keep=True)
    room = rooms.room(code)
    assert (room.ended, room.follow, room.locks, rooms.revision(code)) == (True, None, frozenset(), 3)
    for late in (
        lambda: meeting.join("Ben"),
        lambda: meeting.join("Anna"),
        lambda: rooms.hand_in(code, person("Anna"), run),
        lambda: rooms.gone_on(code, anna.id, new_id()),
        lambda: rooms.push(code, key, two_waves()),
        lambda: rooms.lock(code, key, ["data"]),
    ):
        with pytest.raises(UserError, match="one that its presenter has ended"):
            late()
    assert "Anna" in rooms.export(code, key)
    assert [member.id for member in rooms.members(code)] == [anna.id]
    assert engine.find(run.id) is run
    rooms.end(code, key, keep=True)
    rooms.end(code, key, keep=False)
    assert counts(database) == [0, 0, 0, 0]


def test_a_deleted_room_leaves_nothing_of_itself_and_all_of_others(
    rooms: Rooms, meeting: Meeting, engine: Engine, database: Database, tmp_path: Path
) -> None:
    code, anna, mallory = meeting.code, meeting.join("Anna"), meeting.join("Mallory")
    first, second = own(engine, "Anna"), own(engine, "Anna", training__epochs=100_000)
    foreign = own(engine, "Cleo")
    for member, run in ((anna, first), (anna, second), (mallory, foreign)):
        rooms.gone_on(code, member.id, run.id)
        Store(uploads.folder_of(engine.folder, run.id)).put(run.id.encode())
    rooms.hand_in(code, person("Anna"), second)
    other, _ = rooms.open("Another room")
    rooms.join(other.code, person("Anna"), "Anna")
    engine.command(second, "play")
    until(lambda: second.step > 0)
    rooms.end(code, meeting.key, keep=False)
    assert (rooms.room(code), rooms.revision(code), rooms.presents(code, meeting.key)) == (None, None, False)
    assert counts(database) == [1, 1, 0, 0]
    assert (engine.find(first.id), engine.find(second.id), engine.find(foreign.id)) == (None, None, foreign)
    until(lambda: second.status == "paused" and not engine.busy(second))
    engine.library.flush()
    kept = [path for path in (tmp_path / "files").rglob("?" * 64) if path.is_file()]
    assert [path.read_bytes().decode() for path in kept] == [foreign.id]
    folders = {path.parent.name for path in (tmp_path / "blobs").rglob("*") if path.is_file()}
    assert len(folders) == 1


def test_a_deleted_room_takes_runs_along_that_are_not_in_memory(
    rooms: Rooms, meeting: Meeting, engine: Engine, database: Database
) -> None:
    anna, run = meeting.join("Anna"), own(engine, "Anna")
    rooms.gone_on(meeting.code, anna.id, run.id)
    engine.library._forget(run)
    rooms.end(meeting.code, meeting.key, keep=False)
    assert engine.find(run.id) is None


def test_old_rooms_are_swept_and_those_in_use_are_not(
    rooms: Rooms, meeting: Meeting, engine: Engine, database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, run = meeting.join("Anna"), own(engine, "Anna")
    rooms.gone_on(meeting.code, anna.id, run.id)
    old, _ = rooms.open("An old room")
    assert rooms.sweep(24.0) == 0
    now = module.time.time()
    monkeypatch.setattr(module.time, "time", lambda: now + 25 * 3600)  # or the clock has jumped
    clock.now += 60
    assert rooms.revision(meeting.code) == 0
    assert rooms.sweep(24.0) == 1
    assert rooms.room(old.code) is None
    assert rooms.room(meeting.code) is not None
    monkeypatch.setattr(module.time, "time", lambda: now + 60 * 3600)
    clock.now += 35 * 3600
    assert rooms.sweep(24.0) == 1
    assert counts(database) == [0, 0, 0, 0]
    assert engine.find(run.id) is run
