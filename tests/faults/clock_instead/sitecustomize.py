"""Moves `time.time` by the seconds that stand in a file. Python runs this before any program that finds it on its path."""

import os
import time
from pathlib import Path

_file, _real = Path(os.environ["CLOCK_OFF_BY"]), time.time


def _moved() -> float:
    return _real() + int(_file.read_text())


time.time = _moved
