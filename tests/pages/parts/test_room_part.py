"""Groups of controls: each is of a part that can be locked, and no two of a page have the same name."""

import ast
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from core.rooms.locks import LOCKS
from pages.parts.room_part import PREFIX, Part

PAGES = Path(__file__).parents[3] / "pages"
FREE = ("transport", "outputs", "curves", "curves.loss", "curves.look", "curves.units")
"""Keys of what changes no document."""
STARTS = ("scroll.", "look.", "column.", "experiment.file", "schemes.text", "schemes.family", "schemes.cheap", "schemes.open.")
"""How more such keys begin. A file of an experiment may be one that touches nothing locked: the server looks into it."""


def groups() -> list[tuple[str, ...]]:
    """What is passed to `part` anywhere, as far as it is written out."""
    calls = (
        node
        for file in PAGES.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "part"
    )
    return [tuple(each.value if isinstance(each, ast.Constant) else "" for each in call.args) for call in calls]


def test_parts_are_those_that_can_be_locked() -> None:
    assert set(get_args(Part)) == set(LOCKS)


def test_every_part_has_controls_that_close() -> None:
    assert {name for name, _ in groups()} == set(LOCKS)


def test_no_two_groups_have_the_same_name() -> None:
    written = Counter(group for group in groups() if group[1])
    assert [group for group, count in written.items() if count > 1] == []


@pytest.mark.parametrize("name", ["playground", "curves", "network", "data", "schemes"])
def test_whatever_changes_the_document_is_in_a_group_that_closes(name: str) -> None:
    app = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=60).run()
    for scheme in (button for button in app.button if button.key == "schemes.open.dwa"):
        scheme.click()
        app.run()
    assert not app.exception
    found = keys(app._tree)
    assert any(closes for _, closes in found)
    stay_open = {key for key, closes in found if not closes}
    assert {key for key in stay_open if key not in FREE and not key.startswith(STARTS)} == set()


def keys(node: Any, closes: bool = False) -> list[tuple[str, bool]]:
    """The keys of all widgets, and whether each is in a group."""
    if isinstance(node, Block):
        closes = closes or PREFIX in getattr(getattr(node, "proto", None), "id", "")
        return [found for child in node.children.values() for found in keys(child, closes)]
    return [(node.key, closes)] if getattr(node, "key", None) else []
