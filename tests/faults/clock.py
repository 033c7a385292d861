"""A wall clock that can be made to jump for one program while it runs; clocks that only count on stay as they are.

It is Python's `time.time` that jumps, in the program and in all its workers. (libfaketime would move it for C as well, but
makes `time.sleep` of Python 3.11 fail now and then, which is another fault.) Knows nothing of the program.
"""

import os
from pathlib import Path

INSTEAD = Path(__file__).parent / "clock_instead"
"""A folder with a `sitecustomize`, which Python runs before any program."""


class Clock:
    """file: where the program looks up how far its clock is off."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.jump(0)

    @property
    def environment(self) -> dict[str, str]:
        """With which the program must be started."""
        paths = [str(INSTEAD), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {"PYTHONPATH": os.pathsep.join(paths), "CLOCK_OFF_BY": str(self._file)}

    def jump(self, seconds: int) -> None:
        """From now on the program's clock differs by so much from the machine's."""
        half = self._file.with_suffix(".half")
        half.write_text(f"{seconds:+d}\n")
        half.replace(self._file)
