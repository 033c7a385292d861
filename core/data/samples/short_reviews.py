"""Short reviews put together from lists of words: what they are about, and whether they praise. Knows nothing of networks.

An opinion is plain (“the soup was great”), has a contrast in it (“the soup was great, not awful”) or a denial (“the soup was
not awful”). A contrast has two sides of exactly the same words in another order (“the soup was awful, not great”), one of
either tone; and what a denial turns around praises elsewhere. Who only counts words cannot tell them apart.
"""

import numpy as np
import pandas as pd

from core.registry import Params as Base
from core.registry import param

TITLE = "Short reviews (made-up texts)"
HELP = "A sentence or two about a film, a meal, a hotel, a phone or a book: does it praise, and what is it about?"
STORY = (
    "One text, two questions: is it praise, and of what? The texts are made up by a generator in this project. Half of the "
    "opinions have a negation in them, such as “not awful”, or “great, not awful” and “awful, not great”: the same words, "
    "opposite meanings. A network that takes the mean of all words cannot tell these apart; one that reads them in order can."
)
LICENCE = "Made up here, on the fly; free to use. No sentence is a person's."
MADE_UP = True
INPUTS = {"text": "text"}
TASKS = {"sentiment": "binary", "topic": "multiclass"}
UNITS: dict[str, str] = {}
LABELS = {
    "text": "A review of a sentence or two, made up from lists of words.",
    "sentiment": "Whether the review is positive or negative.",
    "topic": "What the review is about.",
}
ORDER = 3
START = {
    "network": {"trunk": [], "towers": {"*": []}, "text": {"reader": "lstm", "embedding": 16, "width": 32}},
    "training": {"learning_rate": 0.01, "batch_size": 64, "epochs": 20},
}
ABOUT = {
    "film": ("the plot", "the acting", "the ending", "the soundtrack", "the cast", "the last scene", "the dialogue"),
    "restaurant": ("the soup", "the dessert", "the waiter", "the service", "the wine", "the dinner", "the bread"),
    "hotel": ("the room", "the bed", "the breakfast", "the pillow", "the pool", "the view", "the lobby"),
    "phone": ("the battery", "the screen", "the camera", "the charger", "the sound", "the design", "the speaker"),
    "book": ("the story", "the first chapter", "the ending", "the hero", "the style", "the prose", "the cover"),
}
GOOD = (
    "good", "great", "excellent", "wonderful", "lovely", "superb", "pleasant", "impressive", "delightful", "brilliant",
    "charming", "perfect", "fantastic", "splendid",
)  # fmt: skip
BAD = (
    "bad", "awful", "terrible", "poor", "dreadful", "disappointing", "horrible", "weak", "mediocre", "unpleasant",
    "miserable", "annoying", "hopeless", "lousy",
)  # fmt: skip
PLAIN = (
    "{about} was {so}", "{about} was really {so}", "I found {about} {so}", "{about} is {so}", "what a {so} experience, {about}",
    "we thought {about} was {so}",
)  # fmt: skip
NEGATED = (
    "{about} was {so}, not {other}", "{about} was not {other} but {so}", "{about} was not {other} at all, it was {so}",
    "{about} is {so} and not {other}", "I would not say {other}, {about} was {so}", "they said {other}, but {about} was {so}",
    "{about} was {so}, though not {other}", "I expected {other}, but {about} was {so}",
    "I would call {about} {so}, never {other}",
)  # fmt: skip
"""`so` is what the review says, `other` what it denies: with the two swapped, the words are the same."""
DENIED = (
    "{about} was not {other}", "{about} was not {other} at all", "I did not find {about} {other}", "{about} is never {other}",
    "nobody would call {about} {other}", "{about} was not really {other}",
)  # fmt: skip
"""One word of tone, and one that turns it around: both words also occur without each other."""
NEUTRAL = {
    "film": ("we saw it on Friday", "it runs for two hours", "the cinema was half full", "I watched it with my sister"),
    "restaurant": ("we had a table for four", "we ordered at noon", "we ate there on Sunday", "the menu has two pages"),
    "hotel": ("we stayed for two nights", "the station is near", "we arrived late", "we had the third floor"),
    "phone": ("I bought it in March", "it came with a cable", "I use it every day", "it replaced my old one"),
    "book": ("I read it on the train", "it has three hundred pages", "my brother lent it to me", "I read it in a week"),
}
ANYWHERE = (
    "it was raining", "this is my first review", "my friends asked me to write this", "it was a Tuesday", "that was last year",
    "I paid the usual price", "it took an hour", "so much for that",
)  # fmt: skip


class Params(Base):
    rows: int = param(2000, "How many reviews to write.", title="Rows", step=100, ge=50, le=20_000)
    negations: float = param(
        0.5,
        "The share of reviews whose words say nothing without their order.",
        title="Share of negations",
        step=0.05,
        ge=0,
        le=1,
    )
    noise: float = param(
        0.5,
        "How likely a sentence that says nothing of the tone stands before, and one after.",
        title="Noise",
        step=0.05,
        ge=0,
        le=1,
    )
    seed: int = param(0, "Another number writes other reviews.", title="Seed of the rows", step=1, ge=0, lt=2**31)


def table(params: Params) -> pd.DataFrame:
    rng = np.random.default_rng(params.seed)
    rows = [_review(rng, params) for _ in range(params.rows)]
    return pd.DataFrame(rows, columns=["text", *TASKS])


def _review(rng: np.random.Generator, params: Params) -> tuple[str, str, str]:
    topic, praises = _one(rng, tuple(ABOUT)), bool(rng.random() < 0.5)
    turned = (NEGATED, DENIED)[int(rng.random() < 0.5)] if rng.random() < params.negations else None
    form = _one(rng, turned or PLAIN)
    good, bad = _one(rng, GOOD), _one(rng, BAD)
    so, other = (good, bad) if praises else (bad, good)
    sentences = [form.format(about=_one(rng, ABOUT[topic]), so=so, other=other)]
    for place in (0, len(sentences) + 1):
        if rng.random() < params.noise:
            sentences.insert(place, _one(rng, NEUTRAL[topic] if rng.random() < 0.5 else ANYWHERE))
    text = " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)
    return text, "positive" if praises else "negative", topic


def _one(rng: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[int(rng.integers(len(words)))]
