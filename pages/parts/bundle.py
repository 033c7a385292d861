"""Joins small ES modules into the one string a browser component takes.

Knows nothing of JavaScript beyond its `import` and `export` lines: the files share one scope afterwards, so two
that declare the same top-level name are refused.
"""

import re
from pathlib import Path
from posixpath import dirname, join, normpath

IMPORT = re.compile(r"^import\s+(?P<names>[^;'\"]*?)\s+from\s+['\"](?P<file>\.{1,2}/[^'\"]+)['\"];?[ \t]*\n", re.MULTILINE)
EXPORT = re.compile(r"^export\s+(?!default\b)", re.MULTILINE)
DECLARED = re.compile(r"^(?:export\s+(?:default\s+)?)?(?:async\s+)?(?:const|let|var|class|function\*?)\s+(\w+)", re.MULTILINE)


def bundle(folder: Path | str, entry: str) -> str:
    """A module and all that it imports, what is imported first, as one module; only the entry may `export default`.

    Args:
        folder: where the files lie; they may import from folders beside it.
        entry: the file that has the `export default`.

    Raises:
        ValueError: modules that import each other, a renaming import, a name declared twice, or an `export default`
            that is missing or not in the entry.
    """
    parts: list[str] = []
    owner: dict[str, str] = {}
    for name, text in _in_order(Path(folder), entry, (), {}).items():
        for declared in DECLARED.findall(text):
            if declared in owner:
                raise ValueError(
                    f"Each top-level name should be declared once. Found `{declared}` in {owner[declared]} and {name}."
                )
            owner[declared] = name
        if ("export default" in text) != (name == entry):
            raise ValueError(f"The entry alone should have an `export default`. Look at {name}.")
        parts.append(f"// {name}\n{EXPORT.sub('', IMPORT.sub('', text)).strip()}\n")
    return "\n".join(parts)


def _in_order(folder: Path, name: str, above: tuple[str, ...], found: dict[str, str]) -> dict[str, str]:
    """The text of each module, by name: depth first, so that none comes before what it imports."""
    if name in above:
        raise ValueError(f"Modules should not import each other. Found: {' > '.join((*above, name))}.")
    if name not in found:
        text = (folder / name).read_text(encoding="utf-8")
        for line in IMPORT.finditer(text):
            if re.search(r"\bas\b", line["names"]) or not line["names"].startswith("{"):
                raise ValueError(f"{name} should import plain names in braces. Found: import {line['names']}.")
            _in_order(folder, normpath(join(dirname(name), line["file"])), (*above, name), found)
        found[name] = text
    return found
