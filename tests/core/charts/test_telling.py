"""Inputs down the side, tasks along the top."""

from core.charts.telling import figure


def test_a_share_on_every_square():
    chart = figure([[0.5, None], [0.004, 0.0]], ["age", "dose"], ["ill", "cost"])
    (trace,) = chart.data
    assert [list(line) for line in trace.z] == [[0.5, None], [0.004, 0.0]]
    assert [list(line) for line in trace.text] == [["50%", ""], ["&lt; 1%", "0%"]]
    assert list(trace.customdata[0]) == ["age says 50% of ill", "age says nothing of cost"]
    assert (list(chart.layout.yaxis.ticktext), list(chart.layout.xaxis.ticktext)) == (["age", "dose"], ["ill", "cost"])
    assert chart.layout.xaxis.side == "top"


def test_grows_with_its_lines():
    small, large = (figure([[0.1]] * lines, ["x"] * lines, ["y"]) for lines in (5, 30))
    assert large.layout.height - small.layout.height == 25 * 24


def test_nothing_to_show():
    assert len(figure([], [], []).data) == 0


def test_names_are_shown_and_never_obeyed():
    told = figure([[0.5]], ["<a href='x'>y</a>"], ["<b>x</b>"]).to_json()
    assert "<a" not in told
    assert "<b>" not in told
