"""The rules of docs/ARCHITECTURE.md that can be read off the code: who imports whom, and what is used nowhere.

A rule takes a source file and names its faults. Every rule is also shown a planted violation, so that
none is here that cannot fail.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent

# A room may import from what stands left of it. `charts` stands before `runs`: a figure is drawn from records, and
# must not care where they came from. Plain modules of core/ have their place here as rooms do.
# fmt: off
ROOMS = (
    "errors", "settings", "logs", "collector", "storage", "registry", "experiment", "groups", "data", "network", "losses",
    "weighting", "landscapes", "sampling", "training", "compare", "presets", "code", "charts", "runs", "rooms", "predict",
    "__main__",
)
# fmt: on
OUTSIDE = ("pages", "app", "benchmarks", "tests")  # they may import all of core; core none of them

# What draws from the hidden generators that all sessions share, unless it is given one of its own.
DRAWS = {"bernoulli", "multinomial", "normal", "poisson", "rand", "randint", "randn", "randperm"}
DRAWS_IN_PLACE = {"bernoulli_", "cauchy_", "exponential_", "geometric_", "log_normal_", "normal_", "random_", "uniform_"}
PACKAGES = {  # where import and package differ in name
    "sklearn": "scikit-learn",
    "pydantic_settings": "pydantic-settings",
    "python_calamine": "python-calamine",
    "axe_playwright_python": "axe-playwright-python",
    "yaml": "PyYAML",
    "psycopg": "psycopg[binary]",
}
NUMPY_GENERATORS = {"Generator", "PCG64", "Philox", "SeedSequence", "default_rng"}


class Source(NamedTuple):
    path: str  # from the root, with slashes
    tree: ast.Module

    @classmethod
    def read(cls, root: Path, path: str) -> "Source":
        return cls(path, ast.parse((root / path).read_text(encoding="utf-8")))

    @property
    def room(self) -> str:
        """`core/data/read.py` is of `data`, `core/errors.py` of `errors`, `core/__init__.py` of none."""
        return self.path.removesuffix(".py").split("/")[1]

    def within(self, *places: str) -> bool:
        return any(self.path == place or self.path.startswith(f"{place}/") for place in places)


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported: at the top, in functions, and relative."""
    package = source.path.split("/")[:-1]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def dotted(node: ast.AST) -> str:
    """`np.random.seed` of such an expression; "" of others. What stands before a call or index is left out."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(source: Source) -> Iterator[tuple[int, str, dict[str | None, ast.expr]]]:
    """Line, dotted name and keyword arguments of every call."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield node.lineno, dotted(node.func), {keyword.arg: keyword.value for keyword in node.keywords}


def imported(source: Source, *packages: str) -> Iterator[str]:
    for line, name in imports(source):
        if name.split(".")[0] in packages:
            yield f"{source.path}:{line} imports {name}"


# The rules


def core_knows_no_streamlit(source: Source) -> Iterator[str]:
    """The core runs in worker processes and in a terminal."""
    if source.within("core"):
        yield from imported(source, "streamlit")


def core_prints_nothing(source: Source) -> Iterator[str]:
    """But for the command line."""
    if source.within("core") and source.path != "core/__main__.py":
        for line, name, _ in calls(source):
            if name in ("print", "sys.stdout.write", "sys.stderr.write"):
                yield f"{source.path}:{line} calls {name}"


def pages_compute_nothing(source: Source) -> Iterator[str]:
    """A page may hold a table (pandas) and show a figure (plotly); numbers are the core's work."""
    if source.within("pages", "app.py"):
        yield from imported(source, "torch", "numpy", "sklearn", "scipy")


def rooms_look_left(source: Source) -> Iterator[str]:
    if not source.within("core") or source.path == "core/__init__.py":
        return
    if source.room not in ROOMS:
        yield f"{source.path}: “{source.room}” has no place yet in ROOMS of tests/test_rules.py"
        return
    for line, name in imports(source):
        first, *rest = name.split(".")
        if first in OUTSIDE:
            yield f"{source.path}:{line} imports {name}"
        elif first == "core" and rest and rest[0] != source.room:
            if rest[0] not in ROOMS:
                yield f"{source.path}:{line} imports {name}, which has no place yet in ROOMS of tests/test_rules.py"
            elif ROOMS.index(rest[0]) > ROOMS.index(source.room):
                yield f"{source.path}:{line} imports {name}, which stands right of {source.room}"


def random_numbers_have_a_generator(source: Source) -> Iterator[str]:
    """Sessions are threads of one process: whoever seeds or draws globally changes everybody's run."""
    if not source.within("core"):
        return
    yield from imported(source, "random")
    for line, name, keywords in calls(source):
        *before, last = name.split(".")
        seeds = name in ("torch.manual_seed", "torch.seed", "torch.set_rng_state", "torch.random.manual_seed")
        numpy = before in (["np", "random"], ["numpy", "random"]) and last not in NUMPY_GENERATORS
        unseeded = name.endswith("random.default_rng") and not _arguments(source, line, name)
        draws = (name in {f"torch.{draw}" for draw in DRAWS} or last in DRAWS_IN_PLACE) and "generator" not in keywords
        drops = before[-1:] in (["functional"], ["F"]) and last.startswith("dropout")
        if seeds or numpy or unseeded or draws or drops:
            yield f"{source.path}:{line} calls {name} without a generator of its own"


def _arguments(source: Source, line: int, name: str) -> bool:
    return any(
        node.args or node.keywords
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and node.lineno == line and dotted(node.func) == name
    )


def nothing_is_evaluated(source: Source) -> Iterator[str]:
    """A document or table from outside must not become code. (Between our own processes the pool may pickle.)"""
    if not source.within("core", "pages", "app.py"):
        return
    yield from imported(source, "pickle", "cloudpickle", "dill", "marshal", "shelve", "joblib")
    for line, name, keywords in calls(source):
        if name in ("eval", "exec", "compile", "__import__", "pd.read_pickle", "pandas.read_pickle"):
            yield f"{source.path}:{line} calls {name}"
        if name == "torch.load" and not _is(keywords.get("weights_only"), True):
            yield f"{source.path}:{line} calls torch.load without weights_only=True"
        if name in ("np.load", "numpy.load") and _is(keywords.get("allow_pickle"), True):
            yield f"{source.path}:{line} calls {name} with allow_pickle"
        if _is(keywords.get("shell"), True):
            yield f"{source.path}:{line} starts a shell"


def packages_are_pinned(source: Source) -> Iterator[str]:
    """What came along with another package goes away with it too."""
    lists = ("requirements.txt",) if source.within("core", "pages", "app.py") else ("requirements.txt", "requirements-dev.txt")
    pinned = {line.split("==")[0] for name in lists for line in (ROOT / name).read_text(encoding="utf-8").splitlines()}
    ours = {"core", "pages", "app", "benchmarks", "tests"}
    for line, name in imports(source):
        package = name.split(".")[0]
        if package not in sys.stdlib_module_names | ours and PACKAGES.get(package, package) not in pinned:
            yield f"{source.path}:{line} imports {package}, which requirements.txt does not pin"


def no_bare_except(source: Source) -> Iterator[str]:
    """It swallows Streamlit's own stop and rerun, and Ctrl+C."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or dotted(node.type) == "BaseException"):
            reraised = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
            if not reraised:
                yield f"{source.path}:{node.lineno} catches everything"


def no_unsafe_markup(source: Source) -> Iterator[str]:
    """Column names and cells come from strangers."""
    for line, name, keywords in calls(source):
        for switch in ("unsafe_allow_html", "unsafe_allow_javascript"):
            if switch in keywords and not _is(keywords[switch], False):
                yield f"{source.path}:{line} calls {name} with {switch}"


def state_lives_in_one_place(source: Source) -> Iterator[str]:
    if not source.within("pages", "app.py") or source.path == "pages/parts/state.py":
        return
    for node in ast.walk(source.tree):
        # `request.query_params` of the live stream is another thing.
        if dotted(node) in {f"{module}.{name}" for module in ("st", "streamlit") for name in ("session_state", "query_params")}:
            yield f"{source.path}:{node.lineno} touches {dotted(node)}"
    for line, name in imports(source):
        if name in ("streamlit.session_state", "streamlit.query_params"):
            yield f"{source.path}:{line} imports {name}"


def _is(node: ast.expr | None, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


# Each rule with violations (path and code) that it must find, and neighbours of them that it must let pass.

STATE = "st.session_state['x'] = 1"
RULES: dict[Callable[[Source], Iterator[str]], tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {
    core_knows_no_streamlit: (
        [
            ("core/data/read.py", "import streamlit as st"),
            ("core/runs/engine.py", "def f():\n    from streamlit.runtime import get_instance"),
        ],
        [("pages/data.py", "import streamlit as st"), ("core/errors.py", "# import streamlit\nx = 'import streamlit'")],
    ),
    core_prints_nothing: (
        [("core/training/advance.py", "print('epoch')"), ("core/runs/engine.py", "import sys\nsys.stdout.write('x')")],
        [("core/__main__.py", "print('epoch')"), ("core/errors.py", "def print_it(): pass\nprint_it()")],
    ),
    pages_compute_nothing: (
        [
            ("pages/results.py", "import torch"),
            ("pages/parts/controls.py", "from torch import Tensor"),
            ("pages/data.py", "def f():\n    import numpy as np"),
            ("pages/data.py", "from sklearn.metrics import roc_auc_score"),
            ("app.py", "import torch.nn"),
        ],
        [
            ("pages/results.py", "import pandas as pd\nimport plotly.graph_objects as go"),
            ("core/data/read.py", "import torch, numpy, sklearn"),
        ],
    ),
    rooms_look_left: (
        [
            ("core/errors.py", "from core.registry import Params"),
            ("core/data/read.py", "from core.training.records import Record"),
            ("core/data/read.py", "import core.network"),
            ("core/losses/mse.py", "from core import weighting"),
            ("core/network/sharing/hard.py", "from ...training import advance"),
            ("core/training/advance.py", "def f():\n    from core.runs import engine"),
            ("core/charts/losses.py", "from core.runs.store import load"),
            ("core/runs/engine.py", "from pages.parts import state"),
            ("core/runs/engine.py", "import app"),
            ("core/magic.py", "import json"),
            ("core/runs/engine.py", "from core.magic import spell"),
        ],
        [
            ("core/training/advance.py", "from core.weighting import Signal\nfrom core import data, losses"),
            ("core/network/sharing/hard.py", "from core.network.layers import Dense\nfrom ..layers import Dense"),
            ("core/runs/engine.py", "from core.charts import losses\nfrom core.training import advance"),
            ("core/__main__.py", "from core.runs import engine"),
            ("pages/data.py", "from core.runs import engine\nfrom pages.parts import state"),
        ],
    ),
    random_numbers_have_a_generator: (
        [
            ("core/data/samples/two_waves.py", "import random"),
            ("core/data/samples/two_waves.py", "from random import shuffle"),
            ("core/data/read.py", "import numpy as np\nnp.random.seed(0)"),
            ("core/data/read.py", "import numpy\nx = numpy.random.normal(0, 1)"),
            ("core/data/read.py", "import numpy as np\ng = np.random.default_rng()"),
            ("core/training/advance.py", "import torch\ntorch.manual_seed(0)"),
            ("core/training/advance.py", "import torch\nx = torch.randn(3)"),
            ("core/training/advance.py", "import torch\nx = torch.randperm(3, device='cpu')"),
            ("core/training/advance.py", "import torch\nx = torch.empty(3).uniform_(0, 1)"),
            ("core/training/advance.py", "import torch.nn.functional as F\nx = F.dropout(y)"),
        ],
        [
            ("core/training/advance.py", "import torch\nx = torch.randn(3, generator=g)\ny = x.uniform_(0, 1, generator=g)"),
            ("core/training/advance.py", "import torch\ng = torch.Generator().manual_seed(0)"),
            ("core/data/read.py", "import numpy as np\ng = np.random.default_rng(seed)\nx = g.normal(0, 1)"),
            ("tests/core/test_x.py", "import random\nimport torch\ntorch.manual_seed(0)"),
        ],
    ),
    nothing_is_evaluated: (
        [
            ("core/data/read.py", "eval('1')"),
            ("pages/data.py", "exec('x = 1')"),
            ("core/runs/store.py", "import pickle"),
            ("core/runs/store.py", "from pickle import loads"),
            ("core/runs/store.py", "import torch\ntorch.load('x')"),
            ("core/runs/store.py", "import torch\ntorch.load('x', weights_only=False)"),
            ("core/runs/store.py", "import numpy as np\nnp.load('x', allow_pickle=True)"),
            ("core/runs/store.py", "import pandas as pd\npd.read_pickle('x')"),
            ("app.py", "import subprocess\nsubprocess.run('ls', shell=True)"),
        ],
        [
            ("core/training/advance.py", "model.eval()\nimport re\nre.compile('x')"),
            ("core/runs/store.py", "import torch\ntorch.load('x', weights_only=True)"),
            ("tests/core/test_errors.py", "import pickle"),
        ],
    ),
    packages_are_pinned: (
        [
            ("core/data/read.py", "import networkx.utils"),
            ("core/runs/engine.py", "from joblib import Parallel"),
            ("pages/data.py", "import pytest"),
            ("tests/core/test_x.py", "import sympy"),
        ],
        [
            ("core/data/read.py", "import os, torch\nfrom sklearn.svm import SVC\nfrom core import errors"),
            ("tests/core/test_x.py", "import pytest\nimport torch"),
        ],
    ),
    no_bare_except: (
        [
            ("pages/data.py", "try:\n    pass\nexcept:\n    pass"),
            ("tests/core/test_x.py", "try:\n    pass\nexcept BaseException as error:\n    print(error)"),
        ],
        [
            ("core/data/read.py", "try:\n    pass\nexcept ValueError:\n    pass"),
            ("core/data/read.py", "try:\n    pass\nexcept BaseException:\n    raise"),
        ],
    ),
    no_unsafe_markup: (
        [
            ("pages/data.py", "st.markdown(x, unsafe_allow_html=True)"),
            ("pages/parts/controls.py", "st.markdown(x, unsafe_allow_html=flag)"),
            ("pages/parts/controls.py", "st.html(x, unsafe_allow_javascript=True)"),
        ],
        [("pages/data.py", "st.markdown(x)\nst.markdown(x, unsafe_allow_html=False)")],
    ),
    state_lives_in_one_place: (
        [
            ("pages/data.py", f"import streamlit as st\n{STATE}"),
            ("pages/parts/controls.py", "import streamlit\nstreamlit.session_state.x = 1"),
            ("pages/_main.py", "import streamlit as st\nx = st.query_params.get('x')"),
            ("pages/data.py", "from streamlit import session_state"),
        ],
        [
            ("pages/parts/state.py", f"import streamlit as st\n{STATE}"),
            ("pages/parts/live/routes.py", "x = request.query_params"),
            ("tests/pages/test_data.py", "app.session_state"),
        ],
    ),
}


def sources() -> list[str]:
    """Every Python file of the project, by its path from the root."""
    folders = ("core", "pages", "benchmarks", "tests")
    files = [*ROOT.glob("*.py"), *(file for folder in folders for file in (ROOT / folder).rglob("*.py"))]
    return sorted(file.relative_to(ROOT).as_posix() for file in files)


@lru_cache(maxsize=1)
def project() -> list[Source]:
    """Every one of them, read once."""
    return [Source.read(ROOT, path) for path in sources()]


def plant(root: Path, path: str, code: str) -> Source:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(code, encoding="utf-8")
    return Source.read(root, path)


def name_of(rule: object) -> str:
    return getattr(rule, "__name__", "")


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_the_rule_holds(rule):
    faults = [fault for source in project() for fault in rule(source)]
    assert not faults, "\n".join([rule.__doc__ or "", *faults])


@pytest.mark.parametrize(("rule", "path", "code"), [(rule, *bad) for rule, (bads, _) in RULES.items() for bad in bads])
def test_a_planted_violation_is_found(rule, path, code, tmp_path):
    faults = list(rule(plant(tmp_path, path, code)))
    assert faults
    assert all(fault.startswith(path) for fault in faults)


@pytest.mark.parametrize(("rule", "path", "code"), [(rule, *good) for rule, (_, goods) in RULES.items() for good in goods])
def test_its_neighbour_passes(rule, path, code, tmp_path):
    assert list(rule(plant(tmp_path, path, code))) == []


def test_every_rule_is_shown_both():
    assert all(bads and goods for bads, goods in RULES.values())


# Every plug-in has a test file of its own name


def plugin_folders(root: Path) -> set[str]:
    """The folders that a `Registry("core.x.y", ...)` somewhere in the core looks into."""
    found = set()
    for file in (root / "core").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and dotted(node.func) == "Registry" and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value).replace(".", "/"))
    return found


def untested(root: Path) -> list[str]:
    """The test files that plug-ins lack: `core/losses/mse.py` has `tests/core/losses/test_mse.py`."""
    plugins = [file for folder in plugin_folders(root) for file in (root / folder).glob("[!_]*.py")]
    wanted = [Path("tests") / file.relative_to(root).with_name(f"test_{file.name}") for file in plugins]
    return sorted(path.as_posix() for path in wanted if not (root / path).exists())


def test_every_plugin_has_a_test_file_of_its_own_name():
    assert not untested(ROOT)


def test_all_folders_of_plugins_are_known():
    assert plugin_folders(ROOT) >= {
        "core/data/samples",
        "core/losses",
        "core/network/activations",
        "core/network/sharing",
        "core/sampling",
        "core/training/optimizers",
        "core/training/schedules",
        "core/weighting",
    }


def test_a_plugin_without_a_test_is_found(tmp_path):
    plant(tmp_path, "core/losses/__init__.py", 'LOSSES = Registry("core.losses", "task loss")')
    plant(tmp_path, "core/losses/_shared.py", "")
    plant(tmp_path, "core/losses/mse.py", "")
    plant(tmp_path, "core/losses/mae.py", "")
    plant(tmp_path, "tests/core/losses/test_mae.py", "")
    assert untested(tmp_path) == ["tests/core/losses/test_mse.py"]
