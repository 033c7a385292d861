"""What a step of a network is, by its name: a layer, an expert's layer, a gate, a stitch, a mask, a task's outputs.

Knows nothing of tensors, nor of what architectures there are. Names are given where a network is put together (`sharing`).
"""

import re
from functools import lru_cache
from typing import NamedTuple

NAME = re.compile(
    r"^(?:level(?P<level>\d+)\.)?(?P<kind>trunk|own|expert|gate|stitch|skip|mask|tower|output)(?P<task>\d*)"
    r"(?:\.(?P<at>\d+))?(?:\.(?P<end>in|out))?$"
)
TRUNK_KINDS = ("trunk", "own", "expert")
"""Steps that are a shared layer of the document, or one of the copies that an architecture makes of it."""


class Part(NamedTuple):
    """kind: as in `NAME`. task: whose, by number; None: of all. at: which layer of its stack, or which level; None: of none.

    end: of the two matrices of a mask, "in" or "out".
    """

    kind: str
    task: int | None
    at: int | None
    end: str = ""

    @property
    def words(self) -> str:
        """“expert layer 1”, “gate”, “answers”: what it is, without whose."""
        number = "" if self.at is None else f" {self.at + 1}"
        mask = f"mask{number}, {'first' if self.end == 'in' else 'second'} matrix"
        plain = {"expert": f"expert layer{number}", "stitch": f"stitch after layer{number}", "skip": "mixture of layers"}
        plain |= {"gate": f"gate after layer{number}" if number else "gate", "mask": mask, "output": "answers"}
        return plain.get(self.kind, number.strip())


@lru_cache(maxsize=4096)
def part_of(name: str) -> Part | None:
    """The part that a step is; None for steps without a matrix or a layer of their own, such as mixtures."""
    found = NAME.match(name)
    if not found:
        return None
    place = found["at"] or found["level"]
    return Part(found["kind"], int(found["task"]) if found["task"] else None, int(place) if place else None, found["end"] or "")
