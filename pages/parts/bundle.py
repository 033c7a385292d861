"""Joins small ES modules into the one string a browser component takes.

Knows nothing of JavaScript beyond its `import` and `export` lines: the files share one scope afterwards, so two
that declare the same top-level name are refused, as is an import of a file that does not stand earlier in the list.
"""

import re
from collections.abc import Sequence
from pathlib import Path

IMPORT = re.compile(r"^import\s+(?P<names>[^;'\"]*?)\s+from\s+['\"]\./(?P<file>[^'\"]+)['\"];?[ \t]*\n", re.MULTILINE)
EXPORT = re.compile(r"^export\s+(?!default\b)", re.MULTILINE)
DECLARED = re.compile(r"^(?:export\s+(?:default\s+)?)?(?:async\s+)?(?:const|let|var|class|function\*?)\s+(\w+)", re.MULTILINE)


def bundle(folder: Path | str, files: Sequence[str]) -> str:
    """The named files, in order, as one module; only the last may `export default`.

    Args:
        folder: where the files lie.
        files: file names; each imports only from files before it.

    Raises:
        ValueError: an import from a file not listed before, a renaming import, a name declared twice, or an
            `export default` that is missing or not in the last file.
    """
    parts: list[str] = []
    owner: dict[str, str] = {}
    for number, name in enumerate(files):
        text = (Path(folder) / name).read_text(encoding="utf-8")
        for found in IMPORT.finditer(text):
            if found["file"] not in files[:number]:
                raise ValueError(f"{name} imports {found['file']}, which should be listed before it. Found: {list(files)}.")
            if re.search(r"\bas\b", found["names"]) or not found["names"].startswith("{"):
                raise ValueError(f"{name} should import plain names in braces. Found: import {found['names']}.")
        for declared in DECLARED.findall(text):
            if declared in owner:
                raise ValueError(
                    f"Each top-level name should be declared once. Found `{declared}` in {owner[declared]} and {name}."
                )
            owner[declared] = name
        is_last = number == len(files) - 1
        if ("export default" in text) != is_last:
            raise ValueError(f"The last file alone should have an `export default`. Look at {name}.")
        parts.append(f"// {name}\n{EXPORT.sub('', IMPORT.sub('', text)).strip()}\n")
    return "\n".join(parts)
