import numpy as np

from tests.core.data.findings.looking import clean, found, opened, rng


def test_what_says_nothing_is_left_out_and_said_why():
    frame = clean().assign(
        row=np.arange(1, 301),
        patient_id=rng().permutation(300) + 500,
        name=[f"patient {i}" for i in range(300)],
        same=3,
        word=["k"] * 150 + [None] * 150,
        empty=np.nan,
    )
    said = {each.column: each for each in found("useless", frame, "ill")}
    assert {column: each.sentence.split("” ", 1)[1] for column, each in said.items()} == {
        "row": "only counts the 300 rows.",
        "patient_id": "is named like a key, and has 300 different values in 300 rows.",
        "name": "has a text of its own in nearly every row (300 in 300 rows).",
        "same": "is “3” in every row.",
        "word": "is “k” in every row that has a value.",
        "empty": "is empty in all 300 rows.",
    }
    assert not said.keys() & opened(frame)[0].data.inputs.keys()
    assert {each.offers[0].back for each in said.values()} == {"Use it anyway"}


def test_useful_columns_and_tasks_are_not():
    assert found("useless", clean(), "ill") == []
    assert found("useless", clean().assign(name=[f"patient {i}" for i in range(300)]), "name") == []
