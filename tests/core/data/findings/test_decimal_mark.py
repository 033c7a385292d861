"""Numbers with a decimal comma in a file that is read with a point: said first, and mended by one click."""

import pandas as pd
import pytest

from core.data.columns import begin, mark
from core.data.findings import Look, apply, findings, undo
from core.data.findings.decimal_mark import find
from core.data.source import load
from core.data.store import Store
from core.experiment import Experiment, Reading, Source

ROWS = (f"{i / 4:.2f};{i / 8:.1f};{i % 50};{'ab'[i % 2]}".replace(".", ",") for i in range(240))
RAW = "\n".join(["wert;dosis;alter;ort", *ROWS])


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path)


def opened(store: Store, decimal: str | None, raw: str = RAW) -> tuple[Experiment, pd.DataFrame]:
    source = Source(kind="file", name="a.csv", sha256=store.put(raw.encode()), reading=Reading(decimal=decimal))
    table = load(source, store)
    return begin(source, table), table


def test_it_comes_first_and_one_click_reads_all_columns_right(store):
    document, table = opened(store, ".")
    document = mark(document, table, "wert", "task")
    found = findings(document, table)[0]
    assert (found.name, found.column) == ("decimal-mark", None)
    assert found.sentence.startswith("“wert” and “dosis” look like numbers with a decimal comma (“0,00”)")
    (offer,) = found.offers
    assert offer.label == "Read them so"
    mended = apply(document, table, offer.op, lambda source: load(source, store))
    assert mended.data.source.reading == Reading()
    assert mended.data.inputs["dosis"] == "number"
    assert mended.tasks[0].kind == "regression"
    again = load(mended.data.source, store)
    assert "decimal-mark" not in {each.name for each in findings(mended, again)}
    assert undo(mended, again, offer.op) == mended


@pytest.mark.parametrize(
    ("raw", "decimal"),
    [
        (RAW, None),
        (RAW, ","),
        (RAW.replace(",", "."), "."),
        ("ort;zahl\n" + "a,b;1\nc,d;2\n" * 30, "."),
        ("ort;zahl\n" + "x 1,5;1\n2,5 y;2\nz;3\n" * 30, "."),
    ],
)
def test_nothing_is_said_of_other_files(store, raw, decimal):
    document, table = opened(store, decimal, raw)
    assert list(find(Look(document, table))) == []


def test_one_column_is_named_alone(store):
    raw = "\n".join(["wert;alter", *(f"{i / 4:.2f};{i % 50}".replace(".", ",") for i in range(240))])
    (found,) = find(Look(*opened(store, ".", raw)))
    assert found.column == "wert"
    assert found.sentence == (
        "“wert” looks like numbers with a decimal comma (“0,00”), but the file is read with a decimal point."
    )
    assert found.offers[0].label == "Read it so"
