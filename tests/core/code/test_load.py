from pathlib import Path

import pytest
import torch

from core.data.prepare import prepare
from core.data.reading import read
from tests.core.code.making import HOSTILE, csv, from_file, run, script


def test_it_reads_a_file_as_the_app_does(tmp_path: Path) -> None:
    document, data = from_file(csv(tmp_path), "price", "sick", "kind")
    assert set(document.data.inputs.values()) == {"number", "yes-no", "category"}
    assert {"age is missing", "colour = c = 2", "pain = missing", " ".join(HOSTILE.split()), "column 6"} <= set(
        data.feature_names
    )
    made = run(script(document, data, classes={target.column: target.classes for target in data.targets}))
    features, answers, labelled = made.load(tmp_path / "mine.csv")
    torch.testing.assert_close(features, data.features[0])
    for target in data.targets:
        torch.testing.assert_close(answers[target.column], target.values[0])
        assert labelled[target.column].equal(target.labelled)


@pytest.mark.parametrize("inputs", [["age"], ["smokes"], ["pain", "colour"]], ids=["numbers", "yes/no", "categories"])
def test_it_reads_a_file_of_one_kind_of_column(tmp_path: Path, inputs: list[str]) -> None:
    path = csv(tmp_path)
    document, _ = from_file(path, "price")
    document = document.changed("data.inputs", {name: document.data.inputs[name] for name in inputs})
    data = prepare(document, read(path.read_bytes(), path.name))
    torch.testing.assert_close(run(script(document, data)).load(path)[0], data.features[0])
