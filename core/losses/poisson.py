"""Poisson deviance, for counts (McCullagh and Nelder 1989, chapter 6), as scikit-learn's `mean_poisson_deviance`.

The network's number z is the logarithm of the rate in units of the mean count m of the training rows: a rate of m e^z, so
that 0 says the mean. Answers y are standardised by m and the standard deviation s, and only m / s is needed to undo that:
y / m = 1 + answer s / m, and the rate as a standardised answer is (m / s) (e^z - 1), which metrics and curves are taken of.

The loss is the deviance 2 (y log(y / rate) - y + rate) times m / s^2: near the truth it is about the squared error of
standardised answers, so that a task of large counts does not drown the others, and times s^2 it is m times the deviance.
Differs from a plain exponential beyond 22,026 times the mean (z = 10), where the rate goes on as a straight line: there
steps would have no bounds.
"""

import torch
from torch import Tensor

from core.data.dataset import Target
from core.errors import UserError
from core.losses import Rows
from core.registry import Params as Params

TITLE = "Poisson"
HELP = "For counts, such as visits a day: never says less than 0, and a miss of 5 counts more at 2 than at 200."
FORMULA = r"\tfrac{2 m}{s^2} \left(y \log \tfrac{y}{\lambda} - y + \lambda\right),\ \lambda = m\, e^z"
KINDS = ("regression",)
POWER = 2
ORDER = 8
STRAIGHT = 10.0
ROUNDING = 1e-5


def check(target: Target, ratio: Tensor) -> None:
    """Raises `UserError` for answers below 0, and where those trained on are all 0. ratio, here and below: m / s, `[split]`."""
    counts = target.to_units(target.values)[:, target.labelled]
    lowest = float(counts.min())
    if lowest < -ROUNDING * float(counts.abs().max()):
        raise UserError(
            f"The answers of “{target.column}” should be counts, 0 or more, for the loss {TITLE}.",
            f"{lowest:g}",
            "Choose another loss for it, or say which values mean missing.",
        )
    if float(ratio.min()) <= 0.0:
        raise UserError(
            f"The training rows of “{target.column}” should not all be 0 for the loss {TITLE}.",
            "nothing but 0",
            "Give training a larger share, or choose another loss.",
        )


def _rate(z: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The rate in units of the mean, its logarithm, and how much z is beyond where it turns straight; all as `z`."""
    bent, beyond = z.clamp(max=STRAIGHT), (z - STRAIGHT).clamp_(min=0.0)
    return bent.exp() * (1 + beyond), bent + torch.log1p(beyond), beyond


def rows(output: Tensor, target: Tensor, params: Params, ratio: Tensor) -> Rows:
    """value and gradient per row, from `[replica, row, 1]` and standardised answers `[replica, row]`; ratio `[split]`."""
    ratio = ratio.to(output.dtype).view(-1, 1)
    count = (1 + target / ratio).clamp_(min=0.0)
    rate, log, beyond = _rate(output[..., 0])
    scale = 2 * ratio.square()
    value = (torch.xlogy(count, count) - count * log - count + rate).clamp_(min=0.0) * scale
    return Rows(value, ((rate - count) / (1 + beyond) * scale).unsqueeze(-1))


def answer(output: Tensor, params: Params, ratio: Tensor) -> Tensor:
    """The rate as a standardised answer, `[replica, row, 1]`."""
    return ratio.to(output.dtype).view(-1, 1, 1) * (_rate(output)[0] - 1)


RATE = "(low := {z}.clamp(max={straight})).exp() * (1 + (beyond := ({z} - {straight}).clamp(min=0)))"


def _ratio(ratio: Tensor | None) -> str:
    return "mean_over_spread" if ratio is None or not len(ratio) else f"{float(ratio[0]):.7g}"


def torch_code(params: Params, kind: str = "regression", counts: Tensor | None = None) -> str:
    """The same loss as Python text; without `counts` (m / s) it reads the name `mean_over_spread`."""
    ratio, rate = _ratio(counts), RATE.format(z="output", straight=STRAIGHT)
    count = f"(count := (1 + target / {ratio}).clamp(min=0))"
    parts = f"{rate} - {count} + torch.xlogy(count, count) - count * (low + beyond.log1p())"
    return f"lambda output, target: 2 * {ratio}**2 * ({parts}).mean()"


def torch_answer(params: Params, kind: str = "regression", counts: Tensor | None = None) -> str:
    """`answer` as Python text."""
    return f"lambda output: {_ratio(counts)} * ({RATE.format(z='output', straight=STRAIGHT)} - 1)"
