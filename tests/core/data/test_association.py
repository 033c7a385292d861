"""How columns go together, against SciPy's and scikit-learn's own measures."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import contingency, f_oneway, pearsonr
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
from sklearn.preprocessing import OneHotEncoder

from core.data import association
from core.data.association import (
    by_chance,
    drawn,
    grouped,
    measured,
    overlap,
    pair,
    pearson,
    strength,
    telling,
    together,
    told,
)
from core.experiment import Data, Source, Task

ROWS = 300
DRAW = np.random.default_rng(3)
LEVEL = DRAW.integers(0, 3, ROWS)
FRAME = pd.DataFrame(
    {
        "ward": pd.Series(LEVEL).map({0: "north", 1: "south", 2: "west"}).where(DRAW.random(ROWS) > 0.3),
        "ill": pd.Series(np.where(LEVEL + DRAW.normal(size=ROWS) > 1, "yes", "no")).where(DRAW.random(ROWS) > 0.4),
        "cost": pd.Series(LEVEL * 2.0 + DRAW.normal(size=ROWS)).where(DRAW.random(ROWS) > 0.2),
        "stay": DRAW.normal(size=ROWS),
        "noise": DRAW.normal(size=ROWS),
        "same": 4.0,
        "empty": [None] * ROWS,
    }
)
FRAME["stay"] -= FRAME["cost"].fillna(0)
TASKS = {
    "ward": Task(column="ward", kind="multiclass"),
    "ill": Task(column="ill", kind="binary"),
    "cost": Task(column="cost", kind="regression"),
    "stay": Task(column="stay", kind="regression"),
    "same": Task(column="same", kind="regression"),
    "empty": Task(column="empty", kind="multiclass"),
}


def data(**inputs: str) -> Data:
    return Data(source=Source(kind="file", name="own.csv"), inputs=inputs)


def column(name: str) -> association.Measured:
    return measured(name, TASKS[name].kind, FRAME[name])


def test_classes_with_classes_as_scipy_has_it():
    known = FRAME[["ward", "ill"]].dropna()
    expected = contingency.association(pd.crosstab(known["ward"], known["ill"]).to_numpy(), method="cramer")
    assert strength(column("ward"), column("ill")) == pytest.approx(expected)


def test_amounts_with_amounts_as_scipy_has_it():
    known = FRAME[["cost", "stay"]].dropna()
    expected = pearsonr(known["cost"], known["stay"]).statistic
    assert expected < 0
    assert strength(column("cost"), column("stay")) == pytest.approx(-expected)
    assert pair(FRAME, data(), TASKS["cost"], TASKS["stay"], 0).signed == pytest.approx(expected)


def test_classes_with_amounts_is_the_root_of_what_lies_between_them():
    known = FRAME[["ward", "cost"]].dropna()
    f = f_oneway(*(group for _, group in known.groupby("ward")["cost"])).statistic
    k, n = known["ward"].nunique(), len(known)
    expected = f * (k - 1) / (f * (k - 1) + n - k)
    assert strength(column("ward"), column("cost")) == pytest.approx(expected**0.5)
    assert strength(column("cost"), column("ward")) == pytest.approx(expected**0.5)


@pytest.mark.parametrize("other", ["ward", "ill", "cost", "same", "empty"])
def test_what_is_always_the_same_goes_together_with_nothing(other):
    assert strength(column("same"), column(other)) is None
    assert strength(column(other), column("empty")) is None


def test_everything_and_nothing():
    one = measured("a", "multiclass", pd.Series(["x", "y", "z"] * 20))
    assert strength(one, measured("b", "multiclass", pd.Series(["3", "1", "2"] * 20))) == pytest.approx(1)
    assert strength(one, measured("b", "regression", pd.Series([3.0, 1.0, 2.0] * 20))) == pytest.approx(1)
    assert strength(one, measured("b", "binary", pd.Series((["0"] * 3 + ["1"] * 3) * 10))) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("size", [1e30, 1e-30])
def test_correlation_of_amounts_of_any_size(size):
    values = np.array([1.0, 2.0, 4.0, 3.0])
    assert pearson(values * size, values) == pytest.approx(1)
    assert pearson(np.full(4, 0.1) * size, values) is None
    assert pearson(values[:1], values[:1]) is None


def test_who_has_which_label():
    found, counts = FRAME[["ward", "cost"]].notna(), overlap(column("ward"), column("cost"))
    both = int((found["ward"] & found["cost"]).sum())
    assert (counts.both, counts.first, counts.second) == (both, found["ward"].sum() - both, found["cost"].sum() - both)
    assert counts.both + counts.first + counts.second + counts.none == ROWS


def test_marks_are_missing():
    made = data().model_copy(update={"missing": {"ward": ("west",)}})
    found = pair(FRAME, made, TASKS["ward"], TASKS["ill"], 0)
    assert found.classes == (("north", "south"), ("no", "yes"))
    assert found.overlap.both == int((FRAME["ward"].isin(["north", "south"]) & FRAME["ill"].notna()).sum())


def test_counts_of_a_pair_of_classes():
    found = pair(FRAME, data(), TASKS["ward"], TASKS["ill"], 0)
    assert found.classes == (("north", "south", "west"), ("no", "yes"))
    assert np.array_equal(found.counts, pd.crosstab(FRAME["ward"], FRAME["ill"]).to_numpy())


@pytest.mark.parametrize("swapped", [False, True])
def test_boxes_of_a_pair_of_both_kinds(swapped):
    order = ("cost", "ward") if swapped else ("ward", "cost")
    found = pair(FRAME, data(), TASKS[order[0]], TASKS[order[1]], 0)
    assert found.swapped == swapped
    own = FRAME.loc[FRAME["ward"] == "south", "cost"].dropna()
    count, mean, ends = found.boxes["south"]
    assert (count, mean) == (len(own), pytest.approx(own.mean()))
    assert ends == pytest.approx(own.quantile([0.05, 0.25, 0.5, 0.75, 0.95]).tolist())


def test_few_rows_are_points_and_many_a_grid():
    few = pair(FRAME, data(), TASKS["cost"], TASKS["stay"], 0)
    assert len(few.points) == FRAME["cost"].notna().sum()
    draw = np.random.default_rng(0)
    many = pd.DataFrame({"cost": draw.normal(size=3_000), "stay": draw.normal(size=3_000)})
    found = pair(many, data(), TASKS["cost"], TASKS["stay"], 0)
    expected, across, up = np.histogram2d(many["cost"], many["stay"], bins=association.GRID)
    assert np.array_equal(found.grid, expected.T)
    assert found.across == pytest.approx((across[1:] + across[:-1]) / 2)
    assert found.up == pytest.approx((up[1:] + up[:-1]) / 2)


def test_a_grid_over_a_width_that_no_float_can_cut():
    frame = pd.DataFrame({"cost": [1.0, np.nextafter(1.0, 2.0)] * 1_000, "stay": np.arange(2_000.0)})
    found = pair(frame, data(), TASKS["cost"], TASKS["stay"], 0)
    assert np.sum(found.grid) == 2_000


def test_rare_classes_are_one():
    values = [f"c{number}" for number in range(40) for _ in range(40 - number)]
    found = measured("x", "multiclass", pd.Series(values))
    assert len(found.classes) == association.LEVELS + 1
    assert found.classes[0] == "c0"
    assert found.classes[-1] == "10 others"
    assert np.bincount(found.values)[-1] == sum(range(1, 11))
    assert np.bincount(found.values)[3] == values.count("c3")


def test_yes_comes_second():
    assert measured("x", "binary", pd.Series(["yes", "no"])).classes == ("no", "yes")
    assert measured("x", "binary", pd.Series(["yes", "no"])).values.tolist() == [1, 0]


def adjusted(groups: np.ndarray, answers: np.ndarray) -> float:
    """R2 of a linear model that has a switch for every group, adjusted for their number."""
    switches = OneHotEncoder(sparse_output=False).fit_transform(groups[:, None])
    targets = (
        OneHotEncoder(sparse_output=False).fit_transform(answers[:, None]) if answers.dtype == object else answers[:, None]
    )
    guess = LinearRegression().fit(switches, targets).predict(switches)
    share = r2_score(targets, guess, multioutput="variance_weighted")
    n, k = len(groups), switches.shape[1]
    return 1 - (1 - share) * (n - 1) / (n - k)


@pytest.mark.parametrize("task", ["ward", "ill", "cost"])
@pytest.mark.parametrize(("name", "kind"), [("stay", "number"), ("ward", "category"), ("ill", "yes-no")])
def test_an_input_tells_what_a_model_of_its_groups_explains(task, name, kind):
    groups = grouped(measured(name, kind, FRAME[name]))
    known = FRAME[task].notna().to_numpy()
    answers = FRAME.loc[known, task].to_numpy(float if task == "cost" else object)
    expected = max(0.0, adjusted(groups[known], answers))
    assert told(groups[known], column(task).of(known)) == pytest.approx(expected)


def test_groups_of_amounts_have_as_many_rows_each_and_missing_is_one():
    values = pd.Series(np.random.default_rng(0).permutation(1_600).astype(float))
    assert np.bincount(grouped(measured("x", "number", values))).tolist() == [100] * 16
    gaps = grouped(measured("x", "number", pd.Series([1.0, None, 2.0, 2.0, 1.0, None, 3.0] * 10)))
    assert gaps[:7].tolist() == [0, 3, 1, 1, 0, 3, 2]
    assert len(set(grouped(measured("x", "number", pd.Series(range(20), dtype=float))))) == 4
    assert set(grouped(measured("x", "number", pd.Series([None, None], dtype=float)))) == {0}
    assert len(grouped(measured("x", "number", pd.Series([], dtype=float)))) == 0


def test_what_says_most_comes_first_and_noise_last():
    found = telling(FRAME, data(noise="number", same="number", stay="number"), [TASKS["cost"], TASKS["ill"]], 0)
    assert found.inputs[0] == "stay"
    assert found.tasks == ("cost", "ill")
    assert found.share[0][0] > 0.4
    assert max(found.share[found.inputs.index("same")]) == 0
    assert max(found.share[found.inputs.index("noise")]) < 0.05
    assert found.rows == (FRAME["cost"].notna().sum(), FRAME["ill"].notna().sum())


def test_an_input_that_is_missing_where_the_answer_is_no_tells_it():
    draw = np.random.default_rng(0)
    ill = pd.Series(draw.choice(["no", "yes"], 400))
    frame = pd.DataFrame({"ill": ill, "test": pd.Series(draw.normal(size=400)).where(ill == "yes")})
    assert telling(frame, data(test="number"), [TASKS["ill"]], 0).share[0][0] == pytest.approx(1)


@pytest.mark.parametrize("task", ["same", "empty"])
def test_of_a_task_without_a_difference_nothing_is_said(task):
    found = telling(FRAME, data(noise="number"), [TASKS[task]], 0)
    assert found.share == ((None,),)


def test_no_inputs_no_tasks_and_columns_that_are_gone():
    assert telling(FRAME, data(), [TASKS["ill"]], 0).inputs == ()
    assert telling(FRAME, data(noise="number"), [], 0).share == ((),)
    gone = Task(column="gone", kind="binary")
    assert telling(FRAME, data(noise="number", gone="number"), [gone, TASKS["ill"]], 0).tasks == ("ill",)
    assert together(FRAME, data(), [gone], 0).tasks == ()
    assert together(FRAME.head(0), data(), list(TASKS.values()), 0).rows == 0


def test_every_pair_both_ways_round():
    found = together(FRAME, data(), list(TASKS.values()), 0)
    assert found.tasks == tuple(TASKS)
    assert all(found.strength[i][i] is None for i in range(6))
    assert found.strength[0][1] == found.strength[1][0] == strength(column("ward"), column("ill"))
    assert found.overlap[0][2] == overlap(column("ward"), column("cost"))
    assert found.overlap[2][2].both == FRAME["cost"].notna().sum()


def test_chance_rarely_reaches_what_is_said():
    draw = np.random.default_rng(1)
    limit, rows = by_chance(60, 6), np.arange(60) % 6
    answers = (association.Measured("y", True, draw.normal(size=60)) for _ in range(2_000))
    above = np.mean([told(rows, each) > limit for each in answers])
    assert 0.035 < above < 0.065
    assert by_chance(5, 5) == by_chance(100, 1) == 0.0


def test_a_large_table_is_drawn_from_and_always_alike(monkeypatch):
    monkeypatch.setattr(association, "ROWS", 100)
    assert len(drawn(FRAME, 0)) == 100
    assert drawn(FRAME, 0).index.is_monotonic_increasing
    assert drawn(FRAME, 0).equals(drawn(FRAME, 0))
    assert not drawn(FRAME, 0).equals(drawn(FRAME, 1))
    assert together(FRAME, data(), [TASKS["ill"]], 0).rows == 100


def test_of_each_task_only_so_many_labels_are_looked_at(monkeypatch):
    monkeypatch.setattr(association, "LABELLED", 50)
    found = telling(FRAME, data(noise="number", stay="number"), [TASKS["cost"], TASKS["ward"], TASKS["empty"]], 0)
    assert found.rows == (50, 50, 0)
    assert found == telling(FRAME, data(noise="number", stay="number"), [TASKS["cost"], TASKS["ward"], TASKS["empty"]], 0)


def test_nothing_given_is_changed():
    before = FRAME.copy(deep=True)
    telling(FRAME, data(stay="number", ward="category"), list(TASKS.values()), 0)
    pair(FRAME, data(), TASKS["ward"], TASKS["cost"], 0)
    pd.testing.assert_frame_equal(FRAME, before)
