"""Which preset a document is, and what one makes of a document."""

import pytest

from core import presets
from core.data.columns import begin
from core.data.samples import SAMPLES
from core.data.source import load
from core.errors import UserError
from core.experiment import Source
from pages.parts.presets_box import chosen_preset, given


@pytest.fixture
def waves():
    source = Source(kind="sample", name="two-waves")
    return begin(source, load(source), SAMPLES["two-waves"])


@pytest.mark.parametrize("name", presets.about())
def test_a_preset_is_known_again_until_anything_is_changed(name, waves):
    taken = given(name, waves)
    assert taken == presets.load(name)
    assert chosen_preset(taken) == name
    assert chosen_preset(taken.changed("training.epochs", 3)) is None
    assert chosen_preset(waves) is None


def test_a_damaged_preset_is_none(waves, monkeypatch):
    def broken(name: str):
        raise UserError("A preset should be whole.", "half of one", "Choose another.")

    monkeypatch.setattr(presets, "load", broken)
    assert chosen_preset(waves) is None
