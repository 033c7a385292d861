from pathlib import Path

from core.code import pytorch
from tests.core.code.making import csv, from_file


def test_features_that_are_not_the_documents_are_not_read_from_a_file(tmp_path: Path) -> None:
    document, data = from_file(csv(tmp_path), "price")
    outputs = {"price": 1}
    assert "def load" not in pytorch(document, 2, outputs, ["one", "two"])
    assert "def load" not in pytorch(document, len(data.feature_names), outputs)
