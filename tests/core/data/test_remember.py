"""Caches that go when a person's file goes, in this process and, by the mark, in others."""

from pathlib import Path

from core.data import remember
from core.data.remember import MARK, Same, forget, heed, remembered, remembered_by_weight


def test_what_was_made_from_a_file_is_made_anew_after_it_was_forgotten(tmp_path: Path) -> None:
    made: list[int] = []

    @remembered(maxsize=4)
    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    folder = tmp_path / "mine"
    heed(folder)  # nothing was ever forgotten there
    assert [double(3), double(3), made] == [6, 6, [3]]
    forget(folder)
    assert [double(3), made] == [6, [3, 3]]
    heed(tmp_path / "another")
    assert [double(3), made] == [6, [3, 3]]


def test_another_process_hears_of_it_by_the_mark(tmp_path: Path) -> None:
    made: list[int] = []

    @remembered(maxsize=4)
    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    double(1)
    (tmp_path / MARK).write_text("moved elsewhere")  # as another process does
    heed(tmp_path / "mine")
    double(1)
    assert made == [1, 1]
    assert remember._seen[tmp_path]


def test_as_much_is_remembered_as_weighs_no_more_and_the_latest_always(tmp_path: Path) -> None:
    made: list[int] = []

    @remembered_by_weight(lambda answer: answer, most=10)
    def same(number: int) -> int:
        made.append(number)
        return number

    for number in (3, 4, 3, 5, 4, 3, 20, 20, 1):
        assert same(number) == number
    assert made == [3, 4, 5, 4, 3, 20, 1]  # 3, 4 and 5 are too heavy together, and 20 alone drives all others out
    forget(tmp_path / "mine")
    same(1)
    assert made[-2:] == [1, 1]


def test_a_thing_is_the_same_as_itself_alone_and_held_as_long_as_it_is_a_key() -> None:
    made: list[list[int]] = []

    @remembered(maxsize=2)
    def doubled(same: Same) -> list[int]:
        made.append(same.thing)
        return same.thing * 2

    one, alike = [1], [1]
    first = doubled(Same(one))
    assert doubled(Same(one)) is first
    assert doubled(Same(alike)) is not first
    assert len(made) == 2
    for number in range(100):  # what was made of things that are gone is not taken for that of others in their place
        assert doubled(Same([number])) == [number, number]
