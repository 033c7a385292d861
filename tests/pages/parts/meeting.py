"""Visitors who meet in a room, for tests of its pages: sessions with a cookie, as `_main.py` seats them."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

from core.rooms import rooms
from core.rooms.room import Room
from core.runs.run import new_id
from pages.parts import room_seat, state
from pages.parts.person import COOKIE


class Guest:
    """A browser, and one session of it at a time. `do` runs acts as a page's script would, from its seat."""

    def __init__(self, monkeypatch: Any, cookie: str = "") -> None:
        self.cookie = cookie or new_id()
        self.cookies = {COOKIE: self.cookie}
        self.monkeypatch = monkeypatch
        self.open()

    def open(self, **query: str) -> None:
        """A new session: a refresh, or another tab."""
        self.todo: list[Callable[[], Any]] = []
        self.results: list[Any] = []

        def page(todo: list, results: list) -> None:
            from pages.parts import room_seat

            room_seat.sit()
            results[:] = [act() for act in todo]

        self.app = AppTest.from_function(page, default_timeout=60, args=(self.todo, self.results))
        for name, value in query.items():
            self.app.query_params[name] = value

    def do(self, *acts: Callable[[], Any]) -> Any:
        """The last act's result."""
        self.monkeypatch.setattr(type(st.context), "cookies", self.cookies)
        self.todo[:] = acts or (lambda: None,)
        self.app.run()
        assert not self.app.exception, self.app.exception
        return self.results[-1]

    def presents(self, title: str = "A lesson", password: str = "") -> Room:
        room, key = rooms().open(title, password)
        self.do(lambda: room_seat.preside(room.code, key))
        self.cookies = {**self.cookies, f"{room_seat.DESK}{room.code}": key}
        return room

    def joins(self, room: Room, name: str = "Ada") -> None:
        self.do(lambda: room_seat.join(room.code, name))

    @property
    def seat(self) -> room_seat.Seat:
        found = self.do(room_seat.seat)
        assert found is not None
        return found

    @property
    def key(self) -> str:
        return self.seat.key


def rate(value: float) -> Callable[[], None]:
    return lambda: state.set_value("training.learning_rate", value)
