import numpy as np
import pandas as pd

from tests.core.data.findings.looking import clean, found

KIND = pd.Series(["a", "b", "c"] * 100).where(np.arange(300) > 6, ["d"] * 3 + ["e"] * 4 + ["a"] * 293)


def test_rare_classes_are_counted_and_can_be_mended():
    (only,) = found("rare-classes", clean().assign(kind=KIND), "kind")
    assert only.sentence == "2 of 5 classes of “kind” have fewer than 5 rows (“d” and “e”): too few to learn from."
    missing, join = (offer.op for offer in only.offers)
    assert missing == {"op": "missing", "column": "kind", "values": ["d", "e"]}
    assert join == {"op": "mend", "name": "join", "params": {"column": "kind", "values": ["d", "e"]}}


def test_one_rare_class_is_not_joined():
    (only,) = found("rare-classes", clean().assign(kind=KIND.replace("e", "a")), "kind")
    assert "“d” of “kind” has only 3 rows" in only.sentence
    assert [offer.op["op"] for offer in only.offers] == ["missing"]


def test_the_rarer_of_two_classes_cannot_be_done_without():
    (only,) = found("rare-classes", clean().assign(kind=np.where(np.arange(300) < 2, "x", "y")), "kind")
    assert "2 rows" in only.sentence
    assert only.offers == ()


def test_inputs_and_amounts_have_no_rare_classes():
    assert found("rare-classes", clean().assign(kind=KIND), "ill", "days") == []


def test_a_class_that_means_missing_is_no_class():
    assert (
        found(
            "rare-classes", clean().assign(kind=np.where(np.arange(300) < 3, "?", KIND.replace({"d": "a", "e": "a"}))), "kind"
        )
        == []
    )
