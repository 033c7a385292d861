"""Values that mean missing, as a person types them."""

import pytest

from pages.parts.data_missing import parsed, written


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("", ()),
        (" , ", ()),
        ("?", ("?",)),
        ("-9, ?,-9.0", (-9.0, "?")),
        ("nan, inf", ("nan", "inf")),
        ("not known", ("not known",)),
    ],
)
def test_typed_values_are_numbers_where_they_can_be(text, marks):
    assert parsed(text) == marks


def test_written_and_typed_agree():
    assert parsed(written((-9.0, 0.5, "?"))) == (-9.0, 0.5, "?")
