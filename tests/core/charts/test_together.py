"""Two tasks: squares, boxes, points or a grid, as their kinds have it."""

from core.charts.palette import task_color
from core.charts.together import figure

NASTY = ("<img src=x onerror=1>", "<b>x</b>")


def test_classes_share_out_their_line():
    chart = figure(("ward", "ill"), classes=(("north", "south", "west"), ("no", "yes")), counts=[[3, 1], [0, 0], [0, 1200]])
    shares = [[None, None], [None, None], [None, None]]
    for trace in chart.data:
        for i, line in enumerate(trace.z):
            shares[i] = [new if new is not None else old for old, new in zip(shares[i], line, strict=True)]
    assert shares == [[0.75, 0.25], [None, None], [0, 1]]
    written = {text for trace in chart.data for line in trace.text for text in line}
    assert written == {"3 · 75%", "1 · 25%", "", "0 · 0%", "1,200 · 100%"}
    assert chart.data[0].customdata[0][0] == "ward north, ill no:<br>3 · 75% of the line"
    assert (chart.layout.yaxis.title.text, chart.layout.xaxis.title.text) == ("ward", "ill")


def test_many_classes_have_room_for_the_share_alone():
    chart = figure(("a", "b"), classes=(("x",), tuple("abcdefg")), counts=[[1] * 7])
    assert chart.data[0].text[0][0] == "14%"


def test_boxes_stand_over_the_classes_whichever_task_is_first():
    boxes = {"north": (30, 5.5, (1, 2, 3, 4, 9)), "south": (1, 2.0, (2, 2, 2, 2, 2))}
    for names, numbers, swapped in ((("ward", "cost"), (0, 1), False), (("cost", "ward"), (1, 0), True)):
        chart = figure(names, numbers, boxes=boxes, swapped=swapped)
        (box,) = chart.data
        assert (list(box.q1), list(box.median), list(box.q3)) == ([2, 2], [3, 2], [4, 2])
        assert (list(box.lowerfence), list(box.upperfence), list(box.mean)) == ([1, 2], [9, 2], [5.5, 2.0])
        assert box.marker.color == task_color(1).light
        assert (chart.layout.xaxis.title.text, chart.layout.yaxis.title.text) == ("ward", "cost")
        assert list(chart.layout.xaxis.ticktext) == ["north<br>30 rows", "south<br>1 rows"]


def test_no_boxes_are_an_empty_figure():
    assert len(figure(("a", "b"), boxes={}).data[0].x) == 0


def test_points():
    (dots,) = figure(("a", "b"), points=[(1, 2), (3, 4)]).data
    assert (list(dots.x), list(dots.y)) == ([1, 3], [2, 4])


def test_a_grid_leaves_empty_squares_empty():
    (grid,) = figure(("a", "b"), grid=((1, 2), (5, 6), ((0, 3), (4, 0)))).data
    assert [list(line) for line in grid.z] == [[None, 3], [4, None]]
    assert (list(grid.x), list(grid.y)) == ([1, 2], [5, 6])


def test_names_are_shown_and_never_obeyed():
    charts = (
        figure(NASTY, classes=(NASTY, NASTY), counts=[[1, 2], [3, 4]]),
        figure(NASTY, boxes=dict.fromkeys(NASTY, (1, 2.0, (1, 2, 3, 4, 5)))),
        figure(NASTY, points=[(1, 2)]),
    )
    for chart in charts:
        assert "&lt;b&gt;x" in chart.to_json().replace("\\u0026", "&")
        assert "<b>" not in chart.to_json()
        assert "<img" not in chart.to_json()
