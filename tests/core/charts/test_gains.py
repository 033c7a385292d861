"""The matrix of gains: signs in colour and in words, nothing on squares that are none."""

from core.charts.gains import figure, signed
from core.charts.palette import DARK, LIGHT


def drawn(dark: bool = False):
    return figure(
        [[0.2, -0.1, None], [0.02, -0.02, 0.0]],
        [[True, True, False], [True, False, False]],
        [["one", "two", ""], ["three", "four", "five"]],
        ["a + b", "All <b>tasks</b>"],
        ["a", "b", "c"],
        ["R² 0.5", "R² 0.6", "–"],
        dark,
    )


def test_every_known_square_is_written_on() -> None:
    chart = drawn()
    texts = [each.text for each in chart.layout.annotations]
    assert texts == ["R² 0.5", "R² 0.6", "–", "+0.200", "−0.100", "+0.020", "−0.020 ?", "0.000 ?"]
    assert len(chart.layout.shapes) == 8
    assert list(chart.data[0].customdata) == ["one", "two", "three", "four", "five"]


def test_better_is_blue_and_worse_is_orange_and_the_unsure_paler() -> None:
    for dark, paper in ((False, LIGHT), (True, DARK)):
        colors = [each.fillcolor for each in drawn(dark).layout.shapes][3:]
        red, blue = ([int(color[at : at + 2], 16) for color in colors] for at in (1, 5))
        assert blue[0] > red[0]
        assert blue[1] < red[1]
        ground = int(paper[5:7], 16)
        assert abs(blue[3] - ground) < abs(blue[1] - ground)


def test_foreign_names_are_shown_as_they_are() -> None:
    assert list(drawn().layout.yaxis.ticktext) == ["Alone", "a + b", "All &lt;b&gt;tasks&lt;/b&gt;"]


def test_signs() -> None:
    assert [signed(value) for value in (0.1234, -0.1, 0.0001)] == ["+0.123", "−0.100", "0.000"]
