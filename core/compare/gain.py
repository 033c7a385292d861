"""What a difference is worth: paired over replicas, with an interval and a verdict. Knows nothing of networks."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scipy.stats import t

Verdict = Literal["helps", "hurts", "cannot tell"]
Better = Literal["higher", "lower"]
LEVEL = 0.95


@dataclass(frozen=True)
class Gain:
    """How much better, from `low` to `high` with 95 % confidence; above 0 is better, whatever the score. None: not known."""

    mean: float | None
    low: float | None
    high: float | None
    replicas: int

    @property
    def verdict(self) -> Verdict:
        """Only where the whole interval lies on one side of 0 is anything said."""
        if self.low is not None and self.low > 0:
            return "helps"
        return "hurts" if self.high is not None and self.high < 0 else "cannot tell"


def interval(values: Sequence[float]) -> Gain:
    """The mean and its 95 % interval by Student's t: mean ± t(0.975, n - 1) s / sqrt(n). Of one number there is no interval."""
    known = [value for value in values if math.isfinite(value)]
    count = len(known)
    if not count:
        return Gain(None, None, None, 0)
    mean = sum(known) / count
    if count == 1:
        return Gain(mean, None, None, 1)
    spread = math.sqrt(sum((value - mean) ** 2 for value in known) / (count - 1))
    reach = float(t.ppf((1 + LEVEL) / 2, count - 1)) * spread / math.sqrt(count)
    return Gain(mean, mean - reach, mean + reach, count)


def gain(together: Sequence[float], alone: Sequence[float], better: Better) -> Gain:
    """How much better a score is together than alone. Both have one value per replica, in the same order."""
    sign = 1 if better == "higher" else -1
    return interval([sign * (one - other) for one, other in zip(together, alone, strict=True)])


def delta_m(
    together: Mapping[str, Sequence[float]], alone: Mapping[str, Sequence[float]], better: Mapping[str, Better]
) -> float | None:
    """Mean over tasks of the relative change, in percent (Maninis, Radosavovic, Kokkinos 2019, "Attentive single-tasking").

    delta_m = 100 / T * sum_i (-1)^l_i (M_i - B_i) / B_i, where M_i is the score of task i together and B_i alone, both means
    over replicas, and l_i is 1 where lower is better, else 0. It asks for scores above 0. None where a task has none.
    """
    changes = []
    for column, side in better.items():
        pairs = [
            (one, other)
            for one, other in zip(together[column], alone[column], strict=True)
            if math.isfinite(one) and math.isfinite(other)
        ]
        base = sum(other for _, other in pairs)
        if base <= 0:
            return None
        change = sum(one - other for one, other in pairs) / base
        changes.append(change if side == "higher" else -change)
    return 100 * sum(changes) / len(changes) if changes else None
