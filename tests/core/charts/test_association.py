"""A square for every pair of tasks."""

from core.charts.association import figure

VALUES = [[None, 0.25], [0.25, None]]


def written(chart):
    return [text for trace in chart.data for line in trace.text for text in line if text]


def test_a_number_on_every_pair_and_none_on_the_diagonal():
    chart = figure(VALUES, ["a", "b"], [["", "7 rows"], ["7 rows", ""]])
    (trace,) = chart.data
    assert [list(line) for line in trace.z] == VALUES
    assert written(chart) == ["0.25", "0.25"]
    assert trace.customdata[0][1] == "a and b: 0.25<br>7 rows"
    assert list(chart.layout.yaxis.range) == [1.5, -0.5]


def test_shares_in_percent():
    assert written(figure(VALUES, ["a", "b"], shares=True)) == ["25%", "25%"]


def test_each_square_is_written_on_with_an_ink_that_shows():
    chart = figure([[None, 1.0], [0.0, None]], ["a", "b"])
    inks = {trace.textfont.color: [value for line in trace.z for value in line if value is not None] for trace in chart.data}
    assert inks == {"#000000": [0.0], "#ffffff": [1.0]}
    assert [[text for line in trace.text for text in line if text] for trace in chart.data] == [["0.00"], ["1.00"]]


def test_names_are_shown_and_never_obeyed():
    chart = figure(VALUES, ["<img src=x onerror=1>", "<b>x</b>\n"])
    assert list(chart.layout.xaxis.ticktext) == ["&lt;img src=x onerror=1&gt;", "&lt;b&gt;x&lt;/b&gt;"]
    assert "<b>" not in chart.to_json()
    assert "<img" not in chart.to_json()


def test_many_tasks_are_not_written_on():
    chart = figure([[0.5] * 13] * 13, [f"t{number}" for number in range(13)])
    assert not chart.data[0].texttemplate


def test_long_names_that_begin_alike_keep_a_line_each():
    names = ["x" * 50 + end for end in "ab"]
    chart = figure(VALUES, names)
    assert list(chart.layout.xaxis.tickvals) == [0, 1]
    assert all(len(name) == 24 for name in chart.layout.xaxis.ticktext)
