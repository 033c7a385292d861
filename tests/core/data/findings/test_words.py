from tests.core.data.findings.looking import clean, found

SIZES = [f"{i / 7:.2f}" for i in range(300)]
ODD = ["low", "too low", "high", "lost", "see file"]


def test_words_among_numbers_are_named_and_can_be_missing():
    (only,) = found("words", clean().assign(size=ODD + SIZES[5:]), "ill")
    assert "“size” holds numbers, but for 5 rows with words" in only.sentence
    assert "“low”, “too low”, “high” and 2 more" in only.sentence
    assert sorted(only.offers[0].op["values"]) == sorted(ODD)


def test_three_words_are_missing_already():
    frame = clean().assign(size=ODD[:3] + SIZES[3:])
    assert found("words", frame, "ill") == []
    assert "“high” and “low” and “too low”" in found("stand-ins", frame, "ill")[0].sentence


def test_texts_are_texts():
    mixed = [f"room {i % 30}" if i % 2 else str(i) for i in range(300)]
    assert found("words", clean().assign(place=mixed), "ill") == []
    assert found("words", clean().assign(plain=SIZES), "ill") == []
