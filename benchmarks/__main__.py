"""Runs the benchmarks, all or those named, and prints each figure beside its bound. Exit code 1 when one is broken."""

import importlib
import signal
import sys
import time
from collections.abc import Sequence

from benchmarks.figure import table

NAMES = ("heart", "twins", "schemes", "sharing", "recording", "load", "pages", "diagram", "inside", "big_table", "own_data")


def main(names: Sequence[str] = NAMES) -> int:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"A benchmark should be one of {', '.join(NAMES)}. Found “{unknown[0]}”.", file=sys.stderr)
        return 2
    broken = []
    for name in names:
        module = importlib.import_module(f"benchmarks.{name}")
        began = time.perf_counter()
        figures = module.figures()
        title, *_ = (module.__doc__ or "").splitlines()
        print(f"{name} ({time.perf_counter() - began:.0f} s): {title}")
        print(f"{table(figures)}\n", flush=True)
        broken += [figure for figure in figures if figure.broken]
    print(f"{len(broken)} out of bounds." if broken else "All within bounds.")
    return 1 if broken else 0


if __name__ == "__main__":
    # A benchmark that is told to end takes the app it started along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:] or NAMES))
