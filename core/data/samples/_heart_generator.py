"""Makes the rows of the bundled heart table: `python -m core.data.samples._heart_generator` writes the CSV anew.

No row is, or is drawn from, a person's. Shares and ranges are like those of the well-known Cleveland table, and one hidden
number per row, how ill the heart is, ties measurements and targets together. Knows nothing of tasks.
"""

import numpy as np
import pandas as pd

from core.data.samples.heart import FILE

ROWS, SEED, UNKNOWN_THAL = 600, 303, 9


def generate(rows: int = ROWS, seed: int = SEED) -> pd.DataFrame:
    """`rows` made-up patients with 12 measurements, `thal` (1, 2, 3 or missing) and `target` (1: disease)."""
    rng = np.random.default_rng(seed)
    noise = lambda scale: scale * rng.standard_normal(rows)  # noqa: E731
    chance = lambda logit: (rng.random(rows) < 1 / (1 + np.exp(-logit))).astype(int)  # noqa: E731
    whole = lambda values, low, high: np.clip(np.rint(values), low, high).astype(int)  # noqa: E731

    age = whole(54.5 + noise(9.0), 29, 77)
    old = (age - 54.5) / 9
    sex = (rng.random(rows) < 0.68).astype(int)
    ill = 0.35 * old + 0.9 * (sex - 0.68) + noise(1.0)

    oldpeak = np.round(np.clip(0.75 + 0.75 * ill + noise(0.75), 0, 6.2), 1)
    effort = oldpeak + noise(0.7)
    pain = ill + rng.logistic(0, 0.45, rows)
    thal = _pick(rng, [-2.2 + 0.5 * ill, 0.35 - 1.2 * ill, -0.75 + 1.2 * ill + 1.1 * (sex - 0.68)]) + 1.0
    frame = pd.DataFrame(
        {
            "age": age,
            "sex": sex,
            "cp": np.select([pain > 0.05, pain > -0.75, pain > -1.7], [0, 2, 1], np.where(pain < -2.6, 1, 3)),
            "trestbps": whole(131 + 4.5 * old + 2 * ill + noise(16), 94, 200),
            "chol": whole(np.exp(5.48 + 0.04 * old - 0.06 * (sex - 0.68) + 0.02 * ill + noise(0.19)), 126, 564),
            "fbs": chance(-1.8 + 0.25 * old),
            "restecg": rng.choice(3, rows, p=[0.485, 0.5, 0.015]),
            "thalach": whole(150 - 7 * old - 8 * ill + noise(16), 71, 202),
            "exang": chance(-1.1 + 1.5 * ill),
            "oldpeak": oldpeak,
            "slope": np.select([effort < 0.85, effort < 2.6], [2, 1], 0),
            "ca": np.minimum(rng.poisson(np.exp(-0.75 + 0.7 * ill + 0.15 * old)), 3),
            "thal": thal,
            "target": chance(-0.4 + 3.6 * ill + 1.0 * (thal == 3)),
        }
    )
    frame.loc[rng.choice(rows, UNKNOWN_THAL, replace=False), "thal"] = np.nan
    return frame.astype({"thal": "Int64"})


def _pick(rng: np.random.Generator, logits: list[np.ndarray]) -> np.ndarray:
    """Per row one of the options, with probability in proportion to exp(logit)."""
    return np.argmax(np.stack(logits) + rng.gumbel(size=(len(logits), len(logits[0]))), axis=0)


def to_csv() -> str:
    return generate().to_csv(index=False, lineterminator="\n")


if __name__ == "__main__":
    FILE.write_text(to_csv(), encoding="utf-8", newline="\n")
