"""One bar of all rows, parted by which labels they have."""

from core.charts.overlap import figure


def test_every_row_is_in_one_part():
    chart = figure((50, 25, 20, 5), ("thal", "ill"))
    assert [part.x[0] for part in chart.data] == [50, 25, 20, 5]
    assert [part.name for part in chart.data] == [
        "both: 50 (50%)",
        "only thal: 25 (25%)",
        "only ill: 20 (20%)",
        "neither: 5 (5%)",
    ]
    assert list(chart.layout.xaxis.range) == [0, 100]


def test_what_no_row_is_has_no_part():
    assert [part.name for part in figure((3, 0, 0, 1), ("a", "b")).data] == ["both: 3 (75%)", "neither: 1 (25%)"]
    assert len(figure((0, 0, 0, 0), ("a", "b")).data) == 0


def test_names_are_shown_and_never_obeyed():
    told = figure((1, 1, 1, 1), ("<img src=x onerror=1>", "<b>x</b>")).to_json()
    assert "<img" not in told
    assert "<b>" not in told
