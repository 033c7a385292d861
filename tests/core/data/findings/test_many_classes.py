import pandas as pd

from core.data.findings import apply
from core.data.mends import mended
from tests.core.data.findings.looking import clean, found, opened, rng

CITY = pd.Series(rng().choice([f"city {i}" for i in range(80)], 2_000))


def test_a_task_can_keep_its_most_frequent_classes():
    frame = clean(2_000).assign(city=CITY)
    (only,) = found("many-classes", frame, "city")
    assert "“city” has 80 classes" in only.sentence
    document, table = opened(frame, "city")
    joined = mended(frame, apply(document, table, only.offers[0].op).data)["city"]
    assert joined.nunique() == 50
    assert (joined == "other").sum() > 0


def test_a_category_can_be_left_out():
    (only,) = found("many-classes", clean(2_000).assign(city=CITY), "ill")
    assert "80 different values" in only.sentence
    assert only.offers[0].op == {"op": "ignore", "column": "city"}


def test_fifty_are_not_many():
    fifty = clean(2_000).assign(city=[f"city {i % 50}" for i in range(2_000)])
    assert found("many-classes", fifty, "city") == found("many-classes", fifty, "ill") == []
