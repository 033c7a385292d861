"""Verdicts in words."""

from dataclasses import replace

from core.compare.gain import Gain
from core.compare.report import Judged, Twins, main_of
from pages.parts.sharing_words import costs, percent, range_of, signed, small, verdict

HELPS = Judged("a*b", "regression", main_of("regression"), 0.7, 0.5, Gain(0.2, 0.15, 0.25, 5), Gain(0.1, 0.0, 0.2, 5), 40)


def test_every_verdict_has_gain_and_interval() -> None:
    assert verdict(HELPS, 5) == (
        "**a\\*b**: sharing **helps**. R² 0.700 together, 0.500 alone; gain +0.200 (95 % interval +0.150 to +0.250)."
    )
    hurts = replace(HELPS, gain=Gain(-0.2, -0.25, -0.15, 5))
    assert "sharing **hurts**" in verdict(hurts, 5)
    assert "−0.250 to −0.150" in verdict(hurts, 5)
    unsure = verdict(replace(HELPS, gain=Gain(0.2, -0.1, 0.5, 7)), 7)
    assert "**cannot tell**" in unsure
    assert "within chance over 7 networks" in unsure


def test_what_has_no_score_says_why() -> None:
    nothing = replace(HELPS, gain=Gain(None, None, None, 0), rows=0)
    assert verdict(nothing, 5) == "**a\\*b**: **cannot tell**, no validation row has a label of it."
    assert "no value" in verdict(replace(nothing, rows=3), 5)
    assert "from one network" in verdict(replace(HELPS, gain=Gain(0.1, None, None, 1)), 5)
    assert range_of(nothing.gain) == "–"


def test_few_rows_are_a_warning() -> None:
    assert small(HELPS) == ""
    assert small(replace(HELPS, rows=12)).startswith("Only 12 rows of **a\\*b**")


def test_costs_of_both() -> None:
    told = Twins((HELPS,), -2.04, (1500, 3000), (2.0, 3.5), 5, "validation", ())
    assert costs(told) == (
        "One network for all has 1,500 parameters; one for each task has 3,000 in all. Training took 2.0 s together and 3.5 s "
        "one by one, 5 networks of each at once. On average over the tasks, together is **2.0 % worse** than alone (Δm: of the "
        "accuracy for classes, of the root mean squared error for numbers)."
    )
    assert "0.3 % better" in costs(replace(told, delta_m=0.31))
    assert "Δm" not in costs(replace(told, delta_m=None))


def test_what_is_sure_and_small_is_said_to_be_small_with_digits_enough() -> None:
    told = verdict(replace(HELPS, gain=Gain(-0.0051, -0.01, -0.0002, 5)), 5)
    assert "sharing **hurts** a little" in told
    assert told.endswith("gain −0.005 (95 % interval −0.010 to −0.0002).")
    assert "a little" not in verdict(HELPS, 5)
    assert signed(-3e-6) == "−3.0e−6"
    assert [percent(value) for value in (None, -0.31, 2.0)] == ["–", "−0.3 %", "+2.0 %"]
