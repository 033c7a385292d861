import numpy as np

from tests.core.data.findings.looking import clean, found


def test_what_a_network_gets_for_nothing_is_said():
    (only,) = found("imbalance", clean().assign(died=np.where(np.arange(300) < 9, "yes", "no")), "died")
    assert "“died” is “no” in 97% of its rows" in only.sentence
    assert "balanced accuracy" in only.sentence
    assert only.offers == ()


def test_even_classes_are_not_mentioned():
    assert found("imbalance", clean(), "ill", "days") == []
    assert found("imbalance", clean().assign(died=np.where(np.arange(300) < 45, "yes", "no")), "died") == []


def test_nearly_all_never_reads_as_all():
    frame = clean(2_000).assign(died=np.where(np.arange(2_000) < 6, "yes", "no"))
    assert "99.7%" in found("imbalance", frame, "died")[0].sentence
