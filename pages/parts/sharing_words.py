"""What a comparison says, in sentences. Knows nothing of widgets or of how it was made."""

from core.compare.gain import Gain
from core.compare.report import Judged, Twins
from pages.parts.plain import plain
from pages.parts.words import MINUS, counted, short

ICONS = {"helps": ":material/thumb_up:", "hurts": ":material/thumb_down:", "cannot tell": ":material/help:"}
FEW_ROWS = 30
SLIGHT = 0.01
"""A gain in a score below this is sure and small."""
CHANCE = "The intervals are over networks that start from other numbers. Other rows may say otherwise."


def range_of(gain: Gain) -> str:
    """“0.079 (0.041 to 0.117)”: the mean and the 95 % interval."""
    if gain.mean is None:
        return "–"
    if gain.low is None or gain.high is None:
        return signed(gain.mean)
    return f"{signed(gain.mean)} ({signed(gain.low)} to {signed(gain.high)})"


def signed(value: float) -> str:
    """With its sign, and with as many digits as it takes to tell it from 0."""
    text = f"{value:.4f}".replace("-", MINUS) if 5e-5 <= abs(value) < 5e-4 else short(value)
    return f"+{text}" if value > 0 else text


def slight(task: Judged) -> bool:
    """Whether what is sure is hardly worth telling."""
    return task.gain.verdict != "cannot tell" and abs(task.gain.mean or 0.0) < SLIGHT


def verdict(task: Judged, replicas: int) -> str:
    """One sentence: helps, hurts or cannot tell, with the gain and its interval."""
    name, score, gain = f"**{plain(task.column)}**", task.metric.title, task.gain
    if gain.mean is None:
        why = "no validation row has a label of it" if not task.rows else "the score has no value here"
        return f"{name}: **cannot tell**, {why}."
    numbers = f"{score} {short(task.together, fixed=True)} together, {short(task.alone, fixed=True)} alone"
    if gain.low is None or gain.high is None:
        return f"{name}: **cannot tell** from one network. {numbers}."
    between = f"95 % interval {signed(gain.low)} to {signed(gain.high)}"
    if gain.verdict == "cannot tell":
        return (
            f"{name}: **cannot tell**. {numbers}; the gain of {signed(gain.mean)} is within chance over {replicas} networks "
            f"({between})."
        )
    little = " a little" if slight(task) else ""
    return f"{name}: sharing **{gain.verdict}**{little}. {numbers}; gain {signed(gain.mean)} ({between})."


def small(task: Judged) -> str:
    """What to bear in mind where few rows were scored."""
    if not task.rows or task.rows >= FEW_ROWS:
        return ""
    return f"Only {counted(task.rows, 'row')} of **{plain(task.column)}** could be scored: other rows may say otherwise."


def costs(found: Twins) -> str:
    """Parameters and seconds, and the relative change over all tasks."""
    (shared, separate), (one, all_) = found.parameters, found.seconds
    parts = [
        f"One network for all has {shared:,} parameters; one for each task has {separate:,} in all.",
        f"Training took {one:.1f} s together and {all_:.1f} s one by one, {found.replicas} networks of each at once.",
    ]
    if found.delta_m is not None:
        better = "better" if found.delta_m > 0 else "worse"
        parts.append(
            f"On average over the tasks, together is **{abs(found.delta_m):.1f} % {better}** than alone (Δm: of the accuracy "
            "for classes, of the root mean squared error for numbers)."
        )
    return " ".join(parts)


def percent(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f} %".replace("-", MINUS)
