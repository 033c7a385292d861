"""Groups of controls: each is of a part that can be locked, and no two of a page have the same name."""

import ast
from collections import Counter
from pathlib import Path
from typing import get_args

from core.rooms.locks import LOCKS
from pages.parts.room_part import Part

PAGES = Path(__file__).parents[3] / "pages"


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
