import numpy as np
import pandas as pd
import pytest

from core.data.dataset import Table
from core.data.describe import describe
from core.data.infer import kind_of, propose
from core.data.prepare import prepare
from core.data.text import UNKNOWN, Words, frequent, joined, longish, numbered, vocabulary, words
from core.errors import UserError
from core.experiment import Experiment, parse


def document(**changes: object) -> Experiment:
    made = parse(
        {
            "version": 1,
            "data": {"source": {"kind": "sample", "name": "made"}, "inputs": {"text": "text", "age": "number"}},
            "tasks": [{"column": "y", "kind": "binary"}],
        }
    )
    for path, value in changes.items():
        made = made.changed(path.replace("__", "."), value)
    return made


def frame(rows: int = 40) -> pd.DataFrame:
    texts = [f"Word{row} is common, {'really ' * (row % 3)}and so is this." for row in range(rows)]
    return pd.DataFrame({"text": texts, "age": np.arange(rows) * 1.0, "y": ["no", "yes"] * (rows // 2)})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't STOP!", ["don't", "stop"]),
        ("It’s rock'n'roll, 'quoted'", ["it's", "rock'n'roll", "quoted"]),
        ("Größe ÉTÉ 3rd x_y", ["größe", "été", "3rd", "x", "y"]),
        ("E\u0301te\u0301", ["été"]),  # accents that stand alone
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("Привет, мир", ["привет", "мир"]),
        ("好吃 good", ["好", "吃", "good"]),
        ("...!", []),
    ],
)
def test_words(text, found):
    assert words(text) == found


def test_the_vocabulary_has_the_most_frequent_first_and_no_more_than_asked():
    rows = [["b", "a", "c"], ["a", "b"], ["a", "d"]]
    assert vocabulary(rows, 10) == ("a", "b", "c", "d")
    assert vocabulary(rows, 2) == ("a", "b")


def test_numbers_are_padded_cut_and_unknown():
    made = numbered([["a", "zebra", "b", "b"], [], ["b"]], {"a": 2, "b": 3}, 3)
    assert made.tolist() == [[2, UNKNOWN, 3], [0, 0, 0], [3, 0, 0]]
    assert made.dtype == np.float32
    assert numbered([[]], {}, 3).tolist() == [[0]]


def test_several_columns_are_read_one_after_the_other_and_missing_ones_left_out():
    table = pd.DataFrame({"title": ["A b", None], "body": ["c", "n/a"]})
    assert joined(table, [("title", ()), ("body", ("n/a",))]) == [["a", "b", "c"], []]
    with pytest.raises(UserError, match="body"):
        joined(table[["title"]], [("body", ())])


def test_words_of_new_rows_have_the_numbers_of_the_old():
    made = Words((("text", ()),), ("hello", "you"), 4)
    assert made.transform(pd.DataFrame({"text": ["You said: hello"]})).tolist() == [[3, 1, 2]]


def test_words_are_of_the_training_rows_of_each_split_alone():
    made = prepare(document(data__split__vary=True, replicas=2), Table("t", frame()))
    for split in range(2):
        reader = made.transforms[split].words
        trained = {f"word{row}" for row in made.train[split].tolist()}
        assert {word for word in reader.vocabulary if word.startswith("word")} == trained
    assert made.words == 2 + max(len(each.words.vocabulary) for each in made.transforms)
    held = made.test[0].tolist()
    assert (made.features[0, held, 1] == UNKNOWN).all()  # a test row's own word


def test_numbers_of_words_stand_unscaled_after_the_table():
    made = prepare(document(), Table("t", frame()))
    assert made.feature_names == ("age",)
    assert made.features.shape == (1, 40, 1 + 9)
    assert abs(float(made.features[0, made.train[0], 0].mean())) < 1e-5
    places = made.features[0, :, 1:]
    assert (places == places.round()).all()
    again = made.encode(frame())
    assert (again == made.features).all()
    only = prepare(document(data__inputs={"text": "text"}), Table("t", frame()))
    assert only.feature_names == ()
    assert (only.features[0] == places).all()


def test_what_is_cut_is_said_with_counts():
    table = Table("t", frame())
    assert not any("cut" in each or "unknown" in each for each in describe(document(), table))
    made = document(network__text={"tokens": 8, "words": 20})
    told = " ".join(describe(made, table))
    assert "13 of 40 rows have more than 8 words in text, up to 9: what comes after is cut." in told
    assert "There are 46 different words in text: the 20 most frequent of the training rows count" in told
    data = prepare(made, table)
    assert data.features.shape[-1] == 1 + 8
    assert data.words == 22


def test_limits():
    for path, value in (("network__text__tokens", 513), ("network__text__words", 50_001)):
        with pytest.raises(UserError):
            document(**{path: value})


def test_sentences_are_guessed_to_be_texts_and_names_are_not():
    assert kind_of(frame()["text"]) == "text"
    names = pd.Series([f"Smith, Ann {row}" for row in range(40)])
    assert kind_of(names) == "category"
    few = pd.Series(["this is one of two sentences", "and this is the other sentence"] * 20)
    assert kind_of(few) == "yes-no"
    table = frame().assign(name=names, age=np.arange(40) ** 2)
    assert propose(Table("t", table)).inputs == {"text": "text", "age": "number", "y": "yes-no"}
    assert not longish([], 1)


def test_the_most_frequent_words_of_a_column():
    assert frequent(pd.Series(["A b", "b c b", None]), (), 2) == ("b", "a")


def test_a_few_long_rows_that_hold_every_batch_up_are_said_and_so_is_what_is_read_as_one():
    rows = pd.DataFrame({"title": ["short one"] * 58 + ["many words " * 100] * 2, "body": "of a text", "score": range(60)})
    told = " ".join(describe(document(data__inputs={"title": "text", "body": "text"}), Table("t", rows)))
    assert "title and body are read as one text, one after the other." in told
    assert "Nineteen of twenty rows have at most 5 words in title and body" in told
    assert "reading 5 words of a row" in told
    short = " ".join(describe(document(data__inputs={"title": "text"}), Table("t", rows[:50])))
    assert "Nineteen" not in short
    assert "as one" not in short
