"""A sample's knobs: what they do is done to the sample as it stands when they are turned."""

from typing import Any

import pytest

from core.data.columns import begin
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source
from pages.parts import data_panel


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, Experiment]:
    """The document, and what becomes of it."""
    source = Source(kind="sample", name="two-waves", params={"noise": 0.3})
    stands = {"document": begin(source, load(source), SAMPLES["two-waves"])}

    def attempt(make: Any) -> None:
        stands["document"] = make()

    monkeypatch.setattr(data_panel.state, "document", lambda: stands["document"])
    monkeypatch.setattr(data_panel.state, "attempt", attempt)
    return stands


def test_two_knobs_that_are_turned_before_the_page_is_drawn_again_both_count(made: dict[str, Experiment]) -> None:
    data_panel.edit_sample(lambda params: {**params, "rows": 60})
    data_panel.edit_sample(lambda params: {**params, "outliers": 0.1})
    assert made["document"].data.source.params == {"noise": 0.3, "rows": 60, "outliers": 0.1}


def test_a_knob_of_a_sample_does_nothing_to_the_file_in_its_place(made: dict[str, Experiment]) -> None:
    file = Source(kind="file", name="mine.csv", sha256="0" * 64)
    made["document"] = before = made["document"].changed("data.source", file.model_dump(mode="json"))
    data_panel.edit_sample(lambda params: {**params, "rows": 60})
    assert made["document"] == before
