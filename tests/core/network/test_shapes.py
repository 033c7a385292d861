import subprocess
import sys

import pytest

from core.experiment import parse
from core.network.shapes import dims, shapes


def experiment(trunk=(32, 64), towers=None, batch_size=32, **layer):
    towers = {"thal": (32,), "disease": (16,)} if towers is None else towers
    return parse(
        {
            "version": 1,
            "data": {"source": {"kind": "sample", "name": "heart"}, "inputs": {}},
            "tasks": [{"column": "thal", "kind": "multiclass"}, {"column": "disease", "kind": "binary"}],
            "network": {
                "trunk": [{"width": width, **layer} for width in trunk],
                "towers": {column: [{"width": width, **layer} for width in widths] for column, widths in towers.items()},
            },
            "training": {"batch_size": batch_size},
        }
    )


OUTPUTS = {"thal": 3, "disease": 1}


def test_the_heart_network():
    found = shapes(experiment(), 12, OUTPUTS)
    assert [matrix.text for matrix in found.of("trunk")] == ["12 × 32", "32 × 64"]
    assert [matrix.text for matrix in found.of("thal")] == ["64 × 32", "32 × 3"]
    assert [(matrix.at, matrix.last) for matrix in found.of("disease")] == [(0, False), (1, True)]
    assert (found.shared, found.parameters("thal"), found.parameters("disease"), found.total) == (2528, 2179, 1057, 5764)
    assert found.batch(64) == "32 × 64"


def test_sizes_need_no_torch():
    code = "import sys, core.network.shapes; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_shared_or_own_layers_the_ends_still_meet():
    found = shapes(experiment(trunk=(), towers={}), 12, OUTPUTS)
    assert [matrix.text for matrix in found.matrices] == ["12 × 3", "12 × 1"]
    assert found.shared == 0
    assert shapes(experiment(trunk=(8,), towers={"thal": ()}), 12, OUTPUTS).of("thal")[0].text == "8 × 3"


def test_all_rows_have_a_word():
    found = shapes(experiment(batch_size=None), 12, OUTPUTS)
    assert found.batch(1024) == "rows × 1024"
    assert dims(1, 2) == "1 × 2"


@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize("trunk", [(), (8,), (8, 5)])
def test_counts_are_those_of_the_network_that_is_built(batch_norm, trunk):
    from core.network.sharing import build

    document = experiment(trunk=trunk, towers={"thal": (7, 4)}, batch_norm=batch_norm)
    specs = build(document.network, 12, OUTPUTS).specs
    found = shapes(document, 12, OUTPUTS)
    assert found.total == sum(spec.size for spec in specs)
    assert found.shared == sum(spec.size for spec in specs if spec.owner == "")
    assert found.parameters("thal") == sum(spec.size for spec in specs if spec.owner == "thal")


ARCHITECTURES = [
    ("hard", {"branch": {"thal": 1}}), ("separate", {}), ("soft", {}), ("cross-stitch", {}), ("sluice", {}), ("omoe", {}),
    ("mmoe", {"experts": 8}), ("cgc", {}), ("cgc", {"own": 0}), ("ple", {}), ("dselect-k", {}),
    ("dselect-k", {"by_row": True}), ("mtan", {}), ("hierarchical", {}), ("hierarchical", {"flow": False}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "params"), ARCHITECTURES)
@pytest.mark.parametrize("batch_norm", [False, True])
def test_counts_are_those_of_every_architecture(name, params, batch_norm):
    from core.network.sharing import build

    document = experiment(trunk=(8, 8), towers={"thal": (7, 4)}, batch_norm=batch_norm)
    document = document.changed("network.sharing", {"name": name, "params": params})
    specs = build(document.network, 12, OUTPUTS).specs
    found = shapes(document, 12, OUTPUTS)
    assert found.total == sum(spec.size for spec in specs)
    for where, owner in (("trunk", ""), ("thal", "thal"), ("disease", "disease")):
        assert found.parameters(where) == sum(spec.size for spec in specs if spec.owner == owner)
    assert [matrix.outputs for matrix in found.of("trunk")] == [8, 8]
    assert [matrix.outputs for matrix in found.of("thal")] == [7, 4, 3]
    assert [matrix.last for matrix in found.of("disease")] == [True]
    assert len([matrix for matrix in found.matrices if matrix.last]) == 2


def test_mmoe_by_formula():
    document = experiment().changed("network.sharing", {"name": "mmoe", "params": {"experts": 3}})
    found = shapes(document, 12, OUTPUTS)
    assert found.shared == 3 * (13 * 32 + 33 * 64)
    assert found.parameters("thal") == 13 * 3 + 65 * 32 + 33 * 3
    bank = found.of("trunk")[0]
    assert (bank.copies, bank.words) == (3, "expert layer 1, 3 copies")
    assert [matrix.words for matrix in found.matrices if not matrix.stack] == ["gate", "gate"]


def test_what_cannot_be_built_has_the_sizes_of_hard_sharing():
    odd = experiment(trunk=(5,)).changed("network.sharing", {"name": "sluice", "params": {}})
    assert shapes(odd, 12, OUTPUTS).matrices == shapes(experiment(trunk=(5,)), 12, OUTPUTS).matrices
