import numpy as np

from core.data.findings import Look
from tests.core.data.findings.looking import clean, found, opened


def test_a_column_of_gaps_is_said():
    (only,) = found("mostly-missing", clean().assign(late=np.where(np.arange(300) < 60, clean()["x1"], np.nan)), "ill")
    assert only.sentence == "“late” is missing in 80% of the rows."
    assert only.offers[0].op == {"op": "ignore", "column": "late"}


def test_a_mark_for_missing_counts():
    mark = np.where(np.arange(300) < 60, clean()["colour"], "?")
    assert [each.column for each in found("mostly-missing", clean().assign(late=mark), "ill")] == ["late"]


def test_half_is_not_most_and_a_task_trains_on_what_it_has():
    half = clean().assign(late=np.where(np.arange(300) < 150, clean()["x1"], np.nan))
    assert found("mostly-missing", half, "ill") == []
    assert found("mostly-missing", clean().assign(ill=clean()["ill"].where(np.arange(300) < 60)), "ill") == []


def test_answers_are_not_missing_where_a_number_means_missing_in_every_column():
    document, table = opened(clean().assign(flag=np.arange(300) % 3 > 0), "ill")
    document = document.changed("data.everywhere", [-9.0])
    assert Look(document, table).missing("flag") == 0
