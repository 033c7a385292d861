"""The line at the top of every page in a room: what it says and offers to whom, and that no id leads anywhere from it."""

import json
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.rooms import rooms
from core.rooms.challenge import Challenge
from core.rooms.locks import LOCKS
from pages.parts import room_bar, room_wall, state
from pages.parts.bundle import bundle
from pages.parts.room_bar import spec_of
from tests.pages.parts.meeting import Guest

HERE = Path(__file__).parent
NODE = shutil.which("node")
FOLDERS = (room_bar.FOLDER, room_wall.FOLDER)


@pytest.fixture
def guest(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda: Guest(monkeypatch)


def offered(guest: Guest) -> list[str]:
    return [act["name"] for act in spec_of(guest.seat)["acts"] if not act.get("off")]


@pytest.mark.skipif(NODE is None, reason="needs Node")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_bundles_parse(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "bundle.mjs"
    path.write_text(bundle(folder, "main.js"), encoding="utf-8")
    done = subprocess.run([NODE, "--check", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_names_are_never_markup(folder: Path) -> None:
    for path in folder.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"))


def test_who_takes_part_is_offered_their_own_and_told_what_is_on(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    assert (offered(ada), spec_of(ada.seat)["says"]) == (["hand"], "")
    rooms().push(room.code, presenter.key, presenter.do(state.document))
    assert offered(ada) == ["back", "hand"]
    rooms().lock(room.code, presenter.key, ["training", "data"])
    rooms().challenge(room.code, presenter.key, Challenge("Be small", {"cos(x)": 0.9}))
    rooms().spotlight(room.code, presenter.key, ada.seat.member.id)
    told = spec_of(ada.seat)
    assert told["says"] == "Locked for now: Data, Training. Your run is on the stage. Challenge: Be small"
    assert told["closed"] == ["data", "training"]
    rooms().follow(room.code, presenter.key, presenter.do(state.own).id)
    told = spec_of(ada.seat)
    assert told["says"].startswith("You are watching the presenter’s run.")
    assert (told["closed"], offered(ada)) == (list(LOCKS), [])
    rooms().end(room.code, presenter.key, keep=True)
    assert (spec_of(ada.seat)["closed"], offered(ada)) == ([], ["leave"])


def test_no_id_of_a_run_and_no_key_is_in_it(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    key, run = presenter.key, presenter.do(state.own)
    rooms().follow(room.code, key, run.id)
    told = json.dumps([spec_of(ada.seat), spec_of(presenter.seat)])
    for secret in (key, run.id, ada.do(state.own).id, ada.cookie, ada.do(state.person)):
        assert secret not in told


def test_presses_are_done_once_each_in_their_order(guest: Any) -> None:
    presenter, ada = guest(), guest()
    room = presenter.presents()
    ada.joins(room)

    def pressed(*presses: object) -> None:
        state.value = lambda key: SimpleNamespace(acts=list(presses))  # type: ignore[assignment]
        room_bar._act()

    told = state.value
    try:
        follow, push = {"name": "follow", "n": 1}, {"name": "push", "n": 2}
        presenter.do(lambda: pressed(follow))
        presenter.do(lambda: pressed(follow, push))
        presenter.do(lambda: pressed(follow, push, "x", {"name": "follow"}, {"name": "none", "n": 3}))
        ada.do(lambda: pressed({"name": "push", "n": 1}, {"name": "follow", "n": 2}))
    finally:
        state.value = told
    now = rooms().room(room.code)
    assert now is not None
    assert now.follow == presenter.do(state.own).id
    assert now.pushes == 1


def test_hand_in_and_back(guest: Any) -> None:
    from pages.parts import room_acts
    from tests.pages.parts.meeting import rate

    presenter, ada = guest(), guest()
    room = presenter.presents()
    ada.joins(room)
    sent = presenter.do(rate(0.3), state.document)
    presenter.do(lambda: room_acts.act("push"))
    ada.do(rate(0.1))
    ada.do(lambda: room_acts.act("hand"))
    handed = rooms().handed(room.code)
    assert [(each.nickname, each.experiment.training.learning_rate) for each in handed] == [("Ada", 0.1)]
    assert ada.do(lambda: room_acts.act("back"), state.document) == sent
    assert ada.do(lambda: room_acts.act("unknown"), state.document) == sent
