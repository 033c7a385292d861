import numpy as np
import pandas as pd

from tests.core.data.findings.looking import clean, found, opened

SOME = np.arange(300) % 50 == 0


def test_a_number_that_stands_apart_is_taken_as_missing_and_said():
    frame = clean().assign(dose=np.where(SOME, -9.0, clean()["x0"].abs()))
    (only,) = found("stand-ins", frame, "ill")
    assert only.sentence == "“-9” in “dose” (6 rows) likely stands for “not known”."
    assert only.offers[0].op == {"op": "missing", "column": "dose", "values": [-9.0]}
    assert opened(frame)[0].data.missing == {"dose": (-9.0,)}


def test_a_far_999_is_too():
    frame = clean().assign(age=np.where(SOME, 999, 20 + np.arange(300) % 70))
    assert "“999” in “age”" in found("stand-ins", frame, "ill")[0].sentence


def test_in_several_columns_it_is_said_once():
    frame = clean().assign(a=np.where(SOME, -9, np.arange(300)), b=np.where(SOME, -9, np.arange(300)[::-1]))
    (only,) = found("stand-ins", frame, "ill")
    assert only.column is None
    assert "in 2 columns (“a” and “b”)" in only.sentence
    assert opened(frame)[0].data.everywhere == (-9.0,)
    assert opened(frame)[0].data.missing == {}


def test_a_number_that_means_itself_elsewhere_is_of_its_columns_only():
    frame = clean().assign(a=np.where(SOME, -9, np.arange(300)), b=np.where(SOME, -9, np.arange(300)[::-1]))
    frame["change"] = np.arange(300) % 20 - 10
    assert [each.column for each in found("stand-ins", frame, "ill")] == ["a", "b"]
    assert opened(frame)[0].data.everywhere == ()


def test_signs_are():
    frame = clean().assign(size=["?" if some else f"{i / 7:.2f}" for i, some in enumerate(SOME)])
    assert "“?” in “size” (6 rows)" in found("stand-ins", frame, "ill")[0].sentence


def test_plain_numbers_are_not():
    frame = clean().assign(age=20 + np.arange(300) % 80, change=np.arange(300) - 9)
    assert frame["age"].max() == 99
    assert found("stand-ins", frame, "ill") == []
    assert found("stand-ins", pd.DataFrame({"a": [1.5, 2.5], "b": [1, 2]})) == []


def test_signs_of_many_columns_are_one_sentence():
    frame = clean().assign(**{name: ["?" if some else f"{i / 7:.2f}" for i, some in enumerate(SOME)] for name in "pq"})
    (only,) = found("stand-ins", frame, "ill")
    assert (only.column, only.offers) == (None, ())
    assert "“?” in 2 columns (“p” and “q”): taken as missing" in only.sentence
    assert opened(frame)[0].data.missing == {"p": ("?",), "q": ("?",)}
