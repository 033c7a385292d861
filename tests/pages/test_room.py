"""The pages Room and Stage as Streamlit runs them, from the page list: joining, the desk, the board, the end."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.rooms import rooms
from core.rooms.challenge import Challenge
from core.runs.run import new_id
from pages.parts import style
from pages.parts.person import COOKIE, named
from pages.parts.room_seat import DESK

MAIN = Path(__file__).parents[2] / "pages" / "_main.py"
MARKUP = "<b>*Ada*</b>[x](y)"


def visit(
    monkeypatch: pytest.MonkeyPatch, page: str = "room.py", cookies: dict[str, str] | None = None, **query: str
) -> AppTest:
    monkeypatch.setattr(type(st.context), "cookies", {COOKIE: new_id()} if cookies is None else cookies)
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(page)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(each.value for each in (*app.markdown, *app.caption, *app.success, *app.error, *app.info, *app.warning))


def press(app: AppTest, label: str) -> AppTest:
    next(each for each in app.button if each.label == label).click().run()
    assert not app.exception
    return app


def presenting(monkeypatch: pytest.MonkeyPatch, **more: Any) -> tuple[str, str, dict[str, str]]:
    room, key = rooms().open("A *lesson*")
    return room.code, key, {COOKIE: new_id(), DESK + room.code: key}


def test_somebody_opens_a_room_and_has_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    app = visit(monkeypatch)
    app.text_input(key="room.title").set_value("A lesson")
    press(app, "Open")
    code = app.query_params["room"]
    assert rooms().room(code) is not None
    assert f"# {code[:3]}-{code[3:]}" in [each.value for each in app.markdown]
    assert app.pills(key="room.locks").value == []


def test_a_room_without_a_title_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    app = press(visit(monkeypatch), "Open")
    assert "title should have" in app.error[0].value


@pytest.mark.parametrize(("code", "name"), [("BCDFGH", "Ada"), ("", "Ada"), (None, ""), (None, "x" * 900)])
def test_who_cannot_come_in_is_told_why(monkeypatch: pytest.MonkeyPatch, code: str | None, name: str) -> None:
    there, _, _ = presenting(monkeypatch)
    app = visit(monkeypatch)
    app.text_input(key="room.code").set_value(there if code is None else code)
    app.text_input(key="room.nickname").set_value(name)
    press(app, "Join")
    assert len(app.error) == 1
    assert rooms().members(there) == []


def test_a_link_asks_for_the_nickname_alone_and_leads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, _ = presenting(monkeypatch)
    app = visit(monkeypatch, room=code)
    assert app.text_input(key="room.code").value == f"{code[:3]}-{code[3:]}"
    app.text_input(key="room.nickname").set_value(MARKUP)
    press(app, "Join")
    assert [member.nickname for member in rooms().members(code)] == [MARKUP]
    assert app.query_params["room"] == code


@pytest.mark.parametrize("page", ["playground.py", "data.py"])
def test_a_link_to_any_page_has_the_door_before_it_and_a_newcomer_costs_two_runs(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, _ = presenting(monkeypatch)
    runs: list[str] = []
    apply = style.apply
    monkeypatch.setattr(style, "apply", lambda *more: runs.append(page) or apply(*more))
    app = visit(monkeypatch, page, room=code)
    assert len(runs) == 1
    assert [form.label for form in app.button] == ["Join"]
    app.text_input(key="room.nickname").set_value("Ada")
    press(app, "Join")
    assert len(runs) == 2
    assert [member.nickname for member in rooms().members(code)] == ["Ada"]
    assert not [each for each in app.text_input if each.key == "room.nickname"]
    assert len(app.get("bidi_component")) > 1  # the page itself, below the room's bar


def test_who_types_the_code_comes_to_the_playground(monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, _ = presenting(monkeypatch)
    app = visit(monkeypatch)
    app.text_input(key="room.code").set_value(code.lower())
    app.text_input(key="room.nickname").set_value("Ada")
    press(app, "Join")
    assert app.query_params["room"] == code
    assert "mtl_transport" in str([each.proto for each in app.get("bidi_component")])


def test_what_a_form_refuses_is_said_below_it_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    app = press(visit(monkeypatch), "Open")
    assert not app.expander[0].error
    assert not app.expander[0].proto.expanded
    app = press(app, "Present")
    assert len(app.error) == 1
    assert app.expander[0].error[0].value == app.error[0].value
    assert app.expander[0].proto.expanded
    assert not app.run().error


def test_names_are_text_on_the_board_and_on_one_s_own_page(monkeypatch: pytest.MonkeyPatch) -> None:
    code, key, cookies = presenting(monkeypatch)
    cookie = new_id()
    ada = visit(monkeypatch, cookies={COOKIE: cookie}, room=code)
    ada.text_input(key="room.nickname").set_value(MARKUP)
    press(ada, "Join")
    rooms().challenge(code, key, Challenge("Be *small*", {"cos(x)": 0.9, "sin(2x)": 0.9}))
    ada = visit(monkeypatch, cookies={COOKIE: cookie}, room=code)
    assert r"\<b>" in texts(ada)
    assert "<b>*Ada*" not in texts(ada)
    desk = visit(monkeypatch, cookies=cookies, room=code)
    shown = desk.table[0].value
    assert r"\<b>" in shown["Who"].iloc[0]
    assert list(shown.columns) == ["Who", r"cos(x)", r"sin(2x)", "Parameters", "Handed in"]
    assert r"Be \*small\*" in texts(desk)


def test_the_presenter_locks_challenges_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, cookies = presenting(monkeypatch)
    desk = visit(monkeypatch, cookies=cookies, room=code)
    desk.pills(key="room.locks").set_value(["data", "training"]).run()
    assert rooms().room(code).locks == {"data", "training"}
    press(desk, "Start the challenge")
    assert rooms().room(code).challenge == Challenge(
        "The smallest network that gets both tasks above 0.9", {"sin(2x)": 0.9, "cos(x)": 0.9}
    )
    press(desk, "End the challenge")
    assert rooms().room(code).challenge is None
    press(desk, "End it, keep its data")
    assert rooms().room(code).ended
    press(desk, "Delete its data")
    assert rooms().room(code) is None
    assert "room" not in desk.query_params


def test_a_desk_that_is_older_than_the_end_says_so_and_offers_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    code, key, cookies = presenting(monkeypatch)
    desk = visit(monkeypatch, cookies=cookies, room=code)
    press(desk, "Start the challenge")
    older = [visit(monkeypatch, cookies=cookies, room=code) for _ in range(2)]
    rooms().end(code, key, keep=True)
    older[0].pills(key="room.locks").set_value(["data"]).run()
    press(older[1], "End the challenge")
    for each in older:
        assert not each.exception
        assert [toast.value for toast in each.toast] == [
            "A room should be open. Found one that its presenter has ended. Ask for the code of the next."
        ]
        assert "The smallest network that gets both tasks above 0.9" in texts(each)  # the board stays
        assert not {"End the challenge", "Start the challenge"} & {button.label for button in each.button}
    assert rooms().room(code).challenge is not None
    rooms().end(code, key, keep=False)
    press(older[0], "Delete its data")
    assert not older[0].exception
    assert len(older[0].toast) == 1
    assert "room" not in older[0].query_params


def test_the_stage_is_the_presenter_s_and_never_shows_a_run_s_id(monkeypatch: pytest.MonkeyPatch) -> None:
    code, key, cookies = presenting(monkeypatch)
    cookie = new_id()
    member = rooms().join(code, named(cookie), "Ada")
    closed = visit(monkeypatch, "stage.py", {COOKIE: cookie}, room=code)
    assert "belongs to a room’s presenter" in texts(closed)
    stage = visit(monkeypatch, "stage.py", cookies, room=code)
    assert f"# {code[:3]}-{code[3:]}" in [each.value for each in stage.markdown]
    assert "The presenter’s run appears here." in texts(stage)
    assert "run" not in stage.query_params
    run = visit(monkeypatch, "playground.py", {COOKIE: cookie}, room=code).query_params["run"]
    assert rooms().members(code)[0].run_id == run
    rooms().spotlight(code, key, member.id)
    stage = visit(monkeypatch, "stage.py", cookies, room=code)
    assert "**Ada**" in texts(stage)
    assert run not in str(stage.main)


def test_who_has_a_link_and_opens_another_page_is_asked_to_join(monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, _ = presenting(monkeypatch)
    app = visit(monkeypatch, "playground.py", room=code)
    assert app.text_input(key="room.nickname")


def test_the_password_makes_a_presenter_on_another_device(monkeypatch: pytest.MonkeyPatch) -> None:
    room, _ = rooms().open("A lesson", "open sesame")
    for password, right in (("guessed", False), ("open sesame", True)):
        app = visit(monkeypatch)
        app.text_input(key="room.present.code").set_value(room.code)
        app.text_input(key="room.present.password").set_value(password)
        press(app, "Present")
        assert ("room" in app.query_params) is right
        assert bool(app.error) is not right
