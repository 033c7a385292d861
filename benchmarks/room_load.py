"""A room full of people on the real server: thirty who play, a hundred who follow one presenter, two hundred who come at once.

    python -m benchmarks.room_load [--minutes 10] [--markdown] [play] [follow] [join]

prints each figure beside its bound; exit code 1 when one is broken. What a person does stands in `benchmarks.rooms`.
"""

import argparse
import asyncio
import signal
import sys

from benchmarks.figure import Figure, rows, table
from benchmarks.rooms import follow, join, play

SCENES = {"play": play, "follow": follow, "join": join}


def figures(name: str, minutes: float) -> list[Figure]:
    return asyncio.run(SCENES[name].scene(minutes))


def main(names: list[str], minutes: float, markdown: bool) -> int:
    told: list[Figure] = []
    for name in names or SCENES:
        found = figures(name, minutes)
        title, *_ = (SCENES[name].__doc__ or "").splitlines()
        print(f"{name}: {title}\n{table(found)}\n", flush=True)
        told += found
    if markdown:
        print(rows(told))
    broken = sum(figure.broken for figure in told)
    print(f"{broken} out of bounds." if broken else "All within bounds.")
    return 1 if broken else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the app ends with us
    parser = argparse.ArgumentParser(description="A room full of people on the real server.")
    parser.add_argument("names", nargs="*", help=f"some of {', '.join(SCENES)}; all if left out")
    parser.add_argument("--minutes", type=float, default=1.0, help="how long people play and follow")
    parser.add_argument("--markdown", action="store_true", help="the figures once more, as rows of a Markdown table")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in SCENES]:
        parser.error(f"a scene should be one of {', '.join(SCENES)}. Found “{unknown[0]}”.")
    sys.exit(main(asked.names, asked.minutes, asked.markdown))
