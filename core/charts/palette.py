"""Colours: one per task, two for values. Knows no figure.

Every task colour comes as a pair, one for light backgrounds and one for dark, and with a dash pattern, so that nobody
has to tell tasks apart by colour alone. Found by search in OKLab: contrast of 3 or more against both backgrounds, apart
from each other and from the two value colours also for people with protanopia, deuteranopia and tritanopia
(simulated as in Machado et al. 2009); the first four, the usual number, are furthest apart. The test holds all of it.
"""

from typing import NamedTuple

NEGATIVE, POSITIVE = "#f59322", "#0877bd"  # values below and above zero; no task looks like either
LIGHT, DARK = "#ffffff", "#0e1117"  # the backgrounds


class Look(NamedTuple):
    """How a task is drawn; dash: pixels on and off in turn, empty for a solid line."""

    light: str
    dark: str
    dash: tuple[int, ...] = ()

    def color(self, dark: bool = False) -> str:
        return self.dark if dark else self.light

    @property
    def plotly_dash(self) -> str:
        return ",".join(f"{length}px" for length in self.dash) or "solid"


TASK_COLORS: tuple[tuple[str, str], ...] = (
    ("#491fd0", "#8280fc"),  # violet
    ("#0da197", "#54d2a4"),  # teal
    ("#961770", "#cb2a99"),  # magenta
    ("#6d650f", "#787a0a"),  # olive
    ("#e3645e", "#c8787b"),  # coral
    ("#2b2e36", "#ebebeb"),  # ink and chalk
    ("#014c04", "#87f93a"),  # green
    ("#c366f9", "#eaa6ff"),  # orchid
)
TASK_DASHES: tuple[tuple[int, ...], ...] = (
    (),
    (8, 3),
    (2, 3),
    (8, 3, 2, 3),
    (14, 4),
    (5, 2, 2, 2, 2, 2),
    (2, 6),
    (14, 3, 5, 3),
)


def task_color(number: int) -> Look:
    """The look of the task with this number (from 0). Colours come again after 8, with another dash up to 64."""
    count = len(TASK_COLORS)
    return Look(*TASK_COLORS[number % count], TASK_DASHES[(number + number // count) % count])


def rgba(color: str, opacity: float) -> str:
    """`#rrggbb` with an opacity from 0 to 1, as CSS."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity:g})"


def blend(color: str, background: str, share: float) -> str:
    """The opaque `#rrggbb` that `color` with this share over `background` looks like."""
    parts = [[int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in (color, background)]
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02x}" for over, under in zip(*parts, strict=True))
