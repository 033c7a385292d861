"""The contract of findings, and what is said of tables that are as they should be."""

import json

import numpy as np
import pandas as pd
import pytest

from core.data.columns import begin, mark
from core.data.dataset import Table
from core.data.findings import FINDINGS, apply, findings, is_done, needs, standing, taken, undo
from core.data.mends import MENDS
from core.data.mends import mended as mends_done
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Source
from tests.core.data.findings.looking import clean, opened, rng


def messy(rows: int = 400) -> pd.DataFrame:
    """A table with something for every kind of finding."""
    draw = rng()
    frame = clean(rows)
    frame["patient_id"] = draw.permutation(rows) + 1000
    frame["same"] = 3
    frame["seen"] = [f"2020-{1 + i % 12:02}-{1 + i % 28:02}" for i in range(rows)]
    frame["written"] = [f"0{1 + i % 9}/0{1 + i % 7}/2021" for i in range(rows)]
    frame["empty-ish"] = np.where(np.arange(rows) % 10 == 0, frame["x1"], np.nan)
    frame["price"] = np.exp(draw.normal(0, 1.6, rows)).round(2)
    frame["far"] = np.where(np.arange(rows) == 7, 5e5, draw.normal(50, 5, rows).round(1))
    frame["x0 in cm"] = 100 * frame["x0"] + 5
    frame["dose"] = np.where(np.arange(rows) % 40 == 0, -9, draw.uniform(0, 5, rows).round(2))
    frame["pulse"] = np.where(np.arange(rows) % 40 == 1, -9, draw.integers(50, 120, rows))
    frame["weight"] = [f"word {i}" if i < 5 else f"{w:.1f}" for i, w in enumerate(draw.normal(70, 9, rows))]
    frame["street"] = draw.choice([f"street {i}" for i in range(80)], rows)
    frame["answer"] = np.where(frame["ill"] == "yes", "J", "N")
    frame["died"] = np.where(np.arange(rows) % 25 == 0, "yes", "no")
    frame["kind"] = np.where(np.arange(rows) == 3, "z", np.where(np.arange(rows) == 4, "y", draw.choice(["a", "b"], rows)))
    return pd.concat([frame, frame.head(5)], ignore_index=True)


TASKS = ("ill", "died", "kind")


def test_each_kind_is_found_in_a_messy_table():
    document, table = opened(messy(), *TASKS)
    names = {each.name for each in findings(document, table)}
    assert names == set(FINDINGS) - {"few-rows", "decimal-mark"}


def test_a_finding_says_one_sentence_that_names_its_column():
    document, table = opened(messy(), *TASKS)
    for each in findings(document, table):
        assert each.name in FINDINGS
        assert each.sentence[-1] in ".?"
        assert "  " not in each.sentence
        assert each.column is None or f"“{each.column}”" in each.sentence
        json.dumps([offer.op for offer in each.offers])


def test_the_same_table_has_the_same_findings():
    document, table = opened(messy(), *TASKS)
    assert findings(document, table) == findings(document, table)


def test_each_offer_can_be_taken_and_undone():
    """Undo brings back exactly the document before, whatever it was."""
    document, table = opened(messy(), *TASKS)
    offers = [offer for each in findings(document, table) for offer in each.offers]
    assert {offer.op["op"] for offer in offers} == {"ignore", "missing", "mend"}
    assert {offer.op["name"] for offer in offers if offer.op["op"] == "mend"} == set(MENDS)
    for offer in offers:
        if is_done(document, offer.op):
            taken = undo(document, table, offer.op)
            assert not is_done(taken, offer.op)
            assert apply(taken, table, offer.op) == document
        else:
            taken = apply(document, table, offer.op)
            assert is_done(taken, offer.op)
            assert undo(taken, table, offer.op) == document


def now(document, table):
    """What is said of a table as it was read, and of what the document's mends make of it."""
    mended = Table(table.name, mends_done(table.frame, document.data))
    return standing(document, findings(document, table), findings(document, mended))


def test_findings_stay_once_they_are_mended():
    document, table = opened(messy(), *TASKS)
    before = findings(document, table)
    mended = document
    for offer in (offer for each in before for offer in each.offers[:1]):
        mended = apply(mended, table, offer.op)
    keys = [(each.name, each.column) for each in now(mended, table)]
    assert [key for key in keys if key in {(each.name, each.column) for each in before}] == [
        (each.name, each.column) for each in before
    ]
    assert all(is_done(mended, each.offers[0].op) for each in before if each.offers)
    assert len(mended.data.mends) >= 4
    made = prepare(mended, Table(table.name, mends_done(table.frame, mended.data)))
    assert made.features.isfinite().all()
    assert [target.column for target in made.targets] == list(TASKS)


def test_findings_are_of_the_table_as_it_is_now():
    """Once rows are taken away, what other findings count is what is left; what was mended keeps its place and its undo."""
    frame = messy().assign(rare=["u" if i == 399 else "v" if i % 2 else "w" for i in range(405)])
    frame = pd.concat([frame, frame.iloc[[399] * 9]], ignore_index=True)
    document, table = opened(frame, *TASKS, "rare")
    before = findings(document, table)
    assert "rare-classes" not in {each.name for each in before if each.column == "rare"}
    (offer,) = next(each for each in before if each.name == "duplicate-rows").offers
    mended = apply(document, table, offer.op)
    after = now(mended, table)
    rare = next(each for each in after if (each.name, each.column) == ("rare-classes", "rare"))
    assert "has only 1 row" in rare.sentence
    places = {name: [each.name for each in found].index("duplicate-rows") for name, found in (("b", before), ("a", after))}
    assert places["a"] == places["b"] + 1
    repeats = after[places["a"]]
    assert is_done(mended, repeats.offers[0].op)
    assert now(undo(mended, table, repeats.offers[0].op), table) == before


def test_a_mend_that_no_finding_offers_can_be_undone_too():
    document, table = opened(messy(), *TASKS)
    (_, offer) = next(each for each in findings(document, table) if (each.name, each.column) == ("rare-classes", "kind")).offers
    joined = mark(apply(document, table, offer.op), table, "kind", "input")
    told = now(joined, table)[-1]
    assert (told.name, told.column) == ("mended", "kind")
    assert "kind" in told.sentence
    assert is_done(joined, told.offers[0].op)
    assert undo(joined, table, told.offers[0].op).data.mends == ()


def test_what_a_mend_leaves_is_found_without_that_mend():
    """Two rare classes joined are still too rare: they can be taken as missing, and the join be undone."""
    document, table = opened(messy(), *TASKS)
    found = next(each for each in findings(document, table) if (each.name, each.column) == ("rare-classes", "kind"))
    joined = apply(document, table, found.offers[1].op)
    done, left = (each for each in now(joined, table) if (each.name, each.column) == ("rare-classes", "kind"))
    assert done == found
    assert "“other”" in left.sentence
    assert [offer.label for offer in left.offers] == ["Take as missing label"]


def test_the_rest_of_a_document_is_not_needed():
    document, table = opened(clean(), "ill")
    other = document.changed("data.split.test", 0.1).changed("training.epochs", 3)
    assert needs(document) == needs(other)
    assert needs(document) != needs(document.changed("data.missing", {"colour": ["red"]}))
    assert needs(document) != needs(document.changed("data.mends", [{"name": "distinct"}]))


def test_what_was_decided_of_itself_is_told():
    document, table = opened(messy(), *TASKS)
    told = taken(document, table)
    assert "“same” is “3” in every row: left out." in told
    assert "“-9” likely stands for “not known” in 2 columns (“dose” and “pulse”): taken as missing." in told
    assert not any("price" in each for each in told)
    assert taken(*opened(clean(), "ill")) == []


def test_nothing_is_said_of_a_clean_table():
    document, table = opened(clean(), "ill", "days")
    assert findings(document, table) == []


@pytest.mark.parametrize("name", list(SAMPLES))
def test_nothing_absurd_is_said_of_samples(name):
    source = Source(kind="sample", name=name)
    table = load(source)
    document = begin(source, table, SAMPLES[name])
    allowed = {"linnerud": {"few-rows"}, "digits": {"useless"}}
    assert {each.name for each in findings(document, table)} <= allowed.get(name, set())
    assert document.data.mends == ()


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [], "b": []}),
        pd.DataFrame({"a": [1.0], "b": ["x"]}),
        pd.DataFrame({"a": [np.nan] * 60, "b": [None] * 60}),
        pd.DataFrame({"a": [np.inf, -np.inf, 1e308, 0.0] * 20, "b": [True, False] * 40}),
        pd.DataFrame({"a": [1, "x", None, 2.5] * 20, "b": pd.Series([1, None] * 40, dtype="Int64")}),
        pd.DataFrame({"a": pd.date_range("2020-01-01", periods=80), "b": pd.Categorical(["u", "v"] * 40)}),
        pd.DataFrame({"=cmd()<b>": ["<script>", "\n"] * 40, "b": range(80)}),
    ],
    ids=["no rows", "one row", "nothing", "infinite", "mixed", "typed", "odd texts"],
)
def test_odd_tables_give_no_traceback(frame):
    document, table = opened(frame, "b")
    for each in findings(document, table):
        assert "\n" not in each.sentence
