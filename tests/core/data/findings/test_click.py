"""What a click does to the document: roles, kinds and layers follow the values."""

import numpy as np
import pandas as pd
import pytest

from core.data.columns import mark, role_of, set_kind
from core.data.findings import apply, is_done, undo
from core.errors import UserError
from core.experiment import Choice
from tests.core.data.findings.looking import opened

FRAME = pd.DataFrame(
    {
        "x": np.linspace(0, 1, 60),
        "seen": [f"{1 + i % 28}.{1 + i % 12}.20{10 + i % 11}" for i in range(60)],
        "kind": ["a", "b"] * 29 + ["c", "d"],
        "price": [*np.linspace(1, 9, 59), 5_000.0],
    }
)
MISSING = {"op": "missing", "column": "kind", "values": ["c", "d"]}
DATES = {"op": "mend", "name": "dates", "params": {"column": "seen", "order": "dmy"}}
CAP = {"op": "mend", "name": "cap", "params": {"column": "price", "high": 9.0}}
LOG = {"op": "mend", "name": "logarithm", "params": {"column": "price"}}


def test_a_task_with_fewer_classes_has_another_kind_and_keeps_its_layers():
    document, table = opened(FRAME, "kind")
    document = document.changed("network.towers.kind", [{"width": 5}])
    taken = apply(document, table, MISSING)
    assert (document.tasks[0].kind, taken.tasks[0].kind) == ("multiclass", "binary")
    assert taken.tower("kind") == document.tower("kind")
    assert taken.data.missing == {"kind": ("c", "d")}
    assert undo(taken, table, MISSING) == document


def test_a_kind_that_a_person_chose_stays():
    document, table = opened(FRAME)
    document = set_kind(document, "price", "category")
    assert apply(document, table, CAP).data.inputs["price"] == "category"
    joined = {"op": "mend", "name": "join", "params": {"column": "kind", "values": ["b", "c", "d"]}}
    assert apply(document, table, joined).data.inputs["kind"] == "yes-no"
    assert apply(set_kind(document, "kind", "number"), table, joined).data.inputs["kind"] == "number"


def test_dates_bring_three_inputs_and_take_them_away_again():
    document, table = opened(FRAME, "kind")
    assert role_of(document, "seen") == "ignore"
    taken = apply(document, table, DATES)
    assert [name for name in taken.data.inputs if "seen" in name] == [
        "seen (year)",
        "seen (month)",
        "seen (weekday, 1 is Monday)",
    ]
    year = apply(taken, table, {"op": "mend", "name": "logarithm", "params": {"column": "seen (year)"}})
    assert undo(taken, table, DATES) == document
    assert undo(year, table, DATES) == document


def test_a_cap_comes_before_the_logarithm_whichever_was_clicked_first():
    document, table = opened(FRAME, "kind")
    taken = apply(apply(document, table, LOG), table, CAP)
    assert [each.name for each in taken.data.mends] == ["cap", "logarithm"]
    assert undo(undo(taken, table, LOG), table, CAP) == document


def test_a_cap_at_another_bound_is_that_click_too():
    document, table = opened(FRAME)
    taken = apply(document, table, {**CAP, "params": {"column": "price", "high": 100.0}})
    assert is_done(taken, CAP)
    assert apply(taken, table, CAP) is taken
    assert not is_done(taken, LOG)
    assert undo(taken, table, CAP) == document


def test_undo_of_what_was_not_done_changes_nothing():
    document, table = opened(FRAME)
    for op in (MISSING, DATES, CAP):
        assert undo(document, table, op) is document


def test_what_else_was_changed_stays_changed():
    document, table = opened(FRAME, "kind")
    taken = apply(document, table, MISSING).changed("training.epochs", 7)
    assert undo(taken, table, MISSING) == document.changed("training.epochs", 7)
    more = apply(taken, table, {"op": "missing", "column": "kind", "values": ["a"]})
    assert undo(more, table, MISSING).data.missing == {"kind": ("a",)}


def test_a_mark_of_every_column_goes_too_where_a_column_s_is_undone():
    document, table = opened(FRAME, "kind")
    everywhere = {"op": "missing", "column": None, "values": ["c"]}
    taken = apply(document, table, everywhere)
    assert taken.data.everywhere == ("c",)
    one = {"op": "missing", "column": "kind", "values": ["c"]}
    assert is_done(taken, one)
    assert undo(taken, table, one) == document
    assert undo(taken, table, everywhere) == document


def test_a_click_that_does_not_fit_is_refused():
    document, table = opened(FRAME)
    with pytest.raises(UserError, match="column of the table"):
        apply(document, table, {"op": "mend", "name": "cap", "params": {"column": "nowhere", "high": 1.0}})
    with pytest.raises(UserError, match="mend should be one of"):
        apply(document, table, {"op": "mend", "name": "magic", "params": {}})
    with pytest.raises(UserError, match="one of the table's"):
        undo(document, table, {"op": "ignore", "column": "nowhere"})


def test_a_loss_that_was_chosen_stays_where_the_kind_does():
    document, table = opened(FRAME, "kind")
    document = document.model_copy(update={"tasks": (document.tasks[0].model_copy(update={"loss": Choice(name="focal")}),)})
    taken = apply(document, table, {"op": "missing", "column": "kind", "values": ["d"]})
    assert taken.tasks == document.tasks


def test_a_column_left_out_comes_back_in_its_place():
    document, table = opened(FRAME, "kind")
    op = {"op": "ignore", "column": "x"}
    taken = apply(document, table, op)
    assert role_of(taken, "x") == "ignore"
    back = undo(taken, table, op)
    assert (back, list(back.data.inputs)) == (document, list(document.data.inputs))
    assert mark(document, table, "x", "ignore") == taken
