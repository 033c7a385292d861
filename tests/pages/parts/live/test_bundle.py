"""Joining ES modules: what is dropped, what is refused."""

import pytest

from pages.parts.bundle import bundle


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
    text = bundle(folder, ["a.js", "b.js"])
    assert "import" not in text
    assert "export const" not in text
    assert "const one = 1;" in text
    assert text.count("export default function main") == 1
    assert text.index("const one") < text.index("main")


@pytest.mark.parametrize(
    ("texts", "order", "message"),
    [
        ({"a": 'import { x } from "./b.js";\nexport default 1;\n'}, ["a.js"], "b.js, which should be listed before"),
        ({"a": "const x = 1;\n", "b": "const x = 2;\nexport default x;\n"}, ["a.js", "b.js"], "declared once. Found `x`"),
        ({"a": "const x = 1;\n"}, ["a.js"], "last file alone"),
        ({"a": "export default 1;\n", "b": "export default 2;\n"}, ["a.js", "b.js"], "Look at a.js"),
        (
            {"a": "export const x = 1;\n", "b": 'import { x as y } from "./a.js";\nexport default y;\n'},
            ["a.js", "b.js"],
            "plain names",
        ),
    ],
)
def test_refuses(files, texts, order, message):
    with pytest.raises(ValueError, match=message):
        bundle(files(**texts), order)
