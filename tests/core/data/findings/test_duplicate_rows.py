import pandas as pd

from tests.core.data.findings.looking import clean, found, rng


def test_rows_that_repeat_are_counted():
    frame = clean()
    (only,) = found("duplicate-rows", pd.concat([frame, frame.head(30)]), "ill")
    assert "30 rows repeat another one in every cell (9% of the table)" in only.sentence
    assert only.offers[0].op == {"op": "mend", "name": "distinct", "params": {}}
    assert "1 row repeats" in found("duplicate-rows", pd.concat([frame, frame.head(1)]), "ill")[0].sentence


def test_rows_without_a_like_are_not_mentioned():
    assert found("duplicate-rows", clean(), "ill") == []


def test_few_categories_repeat_by_chance():
    frame = pd.DataFrame({name: rng(i).choice(["u", "v", "w"], 500) for i, name in enumerate("abcd")})
    assert frame.duplicated().any()
    assert found("duplicate-rows", frame, "a") == []
