"""Steps back and forth between texts: in order, bounded, and nothing is kept that was left behind."""

from pages.parts import history
from pages.parts.history import Steps


def of(*texts: str) -> Steps:
    steps = Steps()
    for text in texts:
        steps = steps.seen(text)
    return steps


def text(steps: Steps | None) -> str | None:
    return steps and steps.text


def test_there_is_nothing_before_the_first_and_nothing_after_the_last():
    assert of("a").moved(-1) is None
    assert of("a").moved(1) is None
    assert Steps().moved(-1) is None


def test_back_and_forth():
    steps = of("a", "b", "c")
    back = steps.moved(-1)
    assert back.text == "b"
    assert text(back.moved(-1)) == "a"
    assert back.moved(1) == steps


def test_what_stands_already_is_no_step():
    assert of("a", "a", "b", "b") == of("a", "b")


def test_something_new_after_going_back_forgets_what_was_undone():
    steps = of("a", "b", "c").moved(-1).seen("d")
    assert steps.texts == ("a", "b", "d")
    assert steps.moved(1) is None


def test_the_oldest_are_forgotten_when_there_are_many(monkeypatch):
    monkeypatch.setattr(history, "MOST", 3)
    assert of("a", "b", "c", "d", "e") == Steps(("c", "d", "e"), 2)


def test_or_when_they_are_long_but_never_the_one_that_stands(monkeypatch):
    monkeypatch.setattr(history, "LARGEST", 5)
    assert of("aa", "bb", "cc").texts == ("bb", "cc")
    assert of("a", "much too long").texts == ("much too long",)
