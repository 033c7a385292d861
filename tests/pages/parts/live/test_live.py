"""The browser components: their JavaScript's own tests, how it is bundled, and that a page can mount them."""

import shutil
import subprocess
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import live
from pages.parts.bundle import bundle

HERE = Path(__file__).parent
NODE = shutil.which("node")

ENTRIES = ("transport.js", "outputs.js")


@pytest.mark.skipif(NODE is None, reason="needs Node")
def test_javascript():
    done = subprocess.run([NODE, "--test", *map(str, sorted(HERE.glob("*.test.mjs")))], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.skipif(NODE is None, reason="needs Node")
@pytest.mark.parametrize("entry", ENTRIES)
def test_bundles_parse(entry, tmp_path):
    path = tmp_path / "bundle.mjs"
    path.write_text(bundle(live.FOLDER, entry), encoding="utf-8")
    done = subprocess.run([NODE, "--check", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_file_is_used():
    joined = "\n".join(bundle(live.FOLDER, entry) for entry in ENTRIES).splitlines()
    others = "".join(path.read_text() for path in live.FOLDER.parent.glob("*/*.js"))
    unused = [path.name for path in live.FOLDER.glob("*.js") if f"// {path.name}" not in joined]
    assert [name for name in unused if f'"../live/{name}"' not in others] == []


def test_foreign_text_is_never_markup():
    for path in live.FOLDER.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"))


def test_mounts():
    def page():
        from pages.parts.live import outputs, transport

        transport("run", key="transport")
        outputs("run", ("view", "loss"), height=500, key="outputs")

    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.exception


def test_unknown_part():
    with pytest.raises(ValueError, match="should be some of"):
        live.outputs("run", ("curve",))
