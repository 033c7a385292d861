"""The reviews: same words in another order, opposite tones; what a network that reads learns, and one that counts does not."""

import re

import pytest

from core import presets
from core.data.columns import begin
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.samples.short_reviews import ABOUT, BAD, DENIED, GOOD, NEGATED, PLAIN
from core.data.source import load
from core.data.text import words
from core.experiment import Source
from core.predict import decide, predict
from core.training.advance import Budget, advance, parameters_of
from core.training.checkpoint import start
from core.training.evaluate import Evaluator
from core.training.outcome import train

TURNS = {"not", "never", "nobody"}
SAMPLE, PARAMS = SAMPLES.resolve("short-reviews")
SOURCE = Source(kind="sample", name="short-reviews")


def test_it_says_that_its_texts_are_made_up():
    assert SAMPLE.MADE_UP
    assert "made up" in SAMPLE.STORY
    assert "made-up" in SAMPLE.TITLE


@pytest.mark.parametrize("form", NEGATED)
def test_both_sides_of_a_negation_have_the_same_words(form):
    praise, blame = (form.format(about="the soup", so=so, other=other) for so, other in (("good", "bad"), ("bad", "good")))
    assert praise != blame
    assert sorted(words(praise)) == sorted(words(blame))


def turned(text):
    """Whether an opinion has a contrast or a denial in it."""
    found = set(words(text))
    return bool(found & set(GOOD) and found & set(BAD)) or bool(found & TURNS)


def test_a_denial_has_one_word_of_tone_and_plain_opinions_have_none():
    for form in DENIED:
        assert "{so}" not in form
        assert len(TURNS & set(words(form))) == 1
    assert not any(TURNS & set(words(form)) for form in PLAIN)


def test_about_two_thousand_mostly_different_reviews_of_even_classes():
    frame = SAMPLE.table(PARAMS)
    assert len(frame) == 2000
    assert frame["text"].nunique() > 1900
    assert 0.45 < (frame["sentiment"] == "positive").mean() < 0.55
    assert set(frame["topic"]) == set(ABOUT)
    assert frame["topic"].value_counts(normalize=True).between(0.15, 0.25).all()
    assert not set(GOOD) & set(BAD)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_share_of_negations_is_as_asked(share):
    frame = SAMPLE.table(PARAMS.model_copy(update={"negations": share}))
    assert abs(sum(map(turned, frame["text"])) / len(frame) - share) < 0.05


def test_noise_adds_sentences_and_rows_are_as_many_as_asked():
    sizes = {noise: SAMPLE.table(PARAMS.model_copy(update={"noise": noise, "rows": 300})) for noise in (0.0, 1.0)}
    assert {len(frame) for frame in sizes.values()} == {300}
    assert all(len(re.findall(r"\.", text)) == 1 for text in sizes[0.0]["text"])
    assert all(len(re.findall(r"\.", text)) == 3 for text in sizes[1.0]["text"])


def test_the_preset_is_what_the_sample_opens_with():
    assert presets.load("reviews") == begin(SOURCE, load(SOURCE), SAMPLE)


@pytest.mark.slow
def test_an_lstm_learns_both_tasks_in_a_minute():
    made = presets.load("reviews")
    found = train(made, prepare(made, load(SOURCE)))
    assert found["test"]["sentiment"]["accuracy"][0] >= 0.9
    assert found["test"]["topic"]["accuracy"][0] >= 0.9
    assert found["seconds"] < 60
    assert found["baseline"]["sentiment"]["accuracy"]["linear"] < 0.85  # counting words is not enough either
    assert found["baseline"]["topic"]["accuracy"]["linear"] > 0.9


@pytest.mark.slow
def test_the_mean_of_the_words_fails_on_negations_where_an_lstm_does_not():
    negated, plain = {}, {}
    for reader in ("mean", "lstm"):
        made = presets.load("reviews").changed("network.text.reader", reader)
        table = load(SOURCE)
        data = prepare(made, table)
        point, _ = advance(start(made, data), data, Budget())
        network, parameters = parameters_of(point, data)
        said = Evaluator(made, data, network).outputs("test", parameters, point.buffers)[0][0, :, 0] > 0
        rows = data.test[0]
        right = (said == (data.targets[0].values[0, rows] > 0.5)).tolist()
        both = [turned(text) for text in table.frame["text"].iloc[data.origin[rows].tolist()]]
        for share, which in ((negated, True), (plain, False)):
            own = [each for each, has in zip(right, both, strict=True) if has is which]
            share[reader] = sum(own) / len(own)
    assert negated["lstm"] > 0.95
    assert negated["mean"] < 0.65
    assert plain["lstm"] > 0.95
    assert plain["mean"] > negated["mean"] + 0.1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("The soup was not awful.", "positive"), ("The soup was not great.", "negative"), ("The soup was bad.", "negative"),
        ("The soup was not bad at all.", "positive"), ("The room was great, not awful.", "positive"),
        ("I would not say great, the room was awful.", "negative"),
    ],
)  # fmt: skip
def test_what_a_person_asks_first_is_answered_right(text, tone, learned):
    (sentiment, _) = predict(learned, "", {"text": text})
    assert decide(sentiment) == tone


@pytest.fixture(scope="module")
def learned():
    """The preset as it stands after its last epoch."""
    made = presets.load("reviews")
    data = prepare(made, load(SOURCE))
    return advance(start(made, data), data, Budget())[0].pack()
