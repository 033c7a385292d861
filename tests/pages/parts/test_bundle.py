"""Joining ES modules: what is dropped, what is refused."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pages.parts.bundle import bundle

PARTS = Path(__file__).parents[3] / "pages" / "parts"
ENTRIES = [
    (path.parent, entry) for path in PARTS.glob("*/__init__.py") for entry in re.findall(r'"(\w+\.js)"', path.read_text())
]


@pytest.fixture
def files(tmp_path):
    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_joins(files):
    folder = files(
        a="export const one = 1;\nexport function two() {}\n",
        b='import { one,\n  two } from "./a.js";\nexport default function main() { return one; }\n',
    )
    text = bundle(folder, "b.js")
    assert "import" not in text
    assert "export const" not in text
    assert "const one = 1;" in text
    assert text.count("export default function main") == 1
    assert text.index("const one") < text.index("main")


def test_finds_each_module_once_whoever_imports_it(files):
    folder = files(
        a="export const one = 1;\n",
        b='import { one } from "./a.js";\nexport const two = one + one;\n',
        c='import { two } from "./b.js";\nimport { one } from "./a.js";\nexport default one + two;\n',
    )
    text = bundle(folder, "c.js")
    assert [line for line in text.splitlines() if line.startswith("//")] == ["// a.js", "// b.js", "// c.js"]


@pytest.mark.parametrize(
    ("texts", "entry", "message"),
    [
        (
            {
                "a": 'import { y } from "./b.js";\nexport default 1;\n',
                "b": 'import { x } from "./a.js";\nconst y = x;\n',
            },
            "a.js",
            "a.js > b.js > a.js",
        ),
        (
            {"a": "export const x = 1;\n", "b": 'import { x } from "./a.js";\nconst x = 2;\nexport default x;\n'},
            "b.js",
            "declared once. Found `x`",
        ),
        ({"a": "const x = 1;\n"}, "a.js", "entry alone"),
        ({"a": "export default 1;\n", "b": 'import { x } from "./a.js";\nexport default x;\n'}, "b.js", "Look at a.js"),
        (
            {"a": "export const x = 1;\n", "b": 'import { x as y } from "./a.js";\nexport default y;\n'},
            "b.js",
            "plain names",
        ),
    ],
)
def test_refuses(files, texts, entry, message):
    with pytest.raises(ValueError, match=message):
        bundle(files(**texts), entry)


def test_modules_of_a_folder_beside_it_come_along(files):
    folder = files(a="export const one = 1;\n")
    (folder / "inner").mkdir()
    (folder / "inner" / "main.js").write_text('import { one } from "../a.js";\nexport default one;\n', encoding="utf-8")
    text = bundle(folder / "inner", "main.js")
    assert text.index("const one = 1;") < text.index("export default one;")
    assert "import" not in text


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node, which knows JavaScript")
@pytest.mark.parametrize(("folder", "entry"), ENTRIES, ids=[f"{folder.name}/{entry}" for folder, entry in ENTRIES])
def test_what_the_app_joins_is_one_module_that_node_takes(folder, entry):
    assert _taken(bundle(folder, entry)) == ""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node, which knows JavaScript")
def test_node_sees_a_name_twice_wherever_in_a_line_it_is_declared(files):
    last = 'import { z } from "./a.js";\nlet y = z;\nexport default y;\n'
    folder = files(a="const x = 1, y = 2;\nexport const z = x + y;\n", b=last)
    assert "'y' has already been declared" in _taken(bundle(folder, "b.js"))


def _taken(text):
    """What Node has against a module; nothing if it is one."""
    done = subprocess.run(["node", "--input-type=module", "--check"], input=text, text=True, capture_output=True, check=False)
    return done.stderr
