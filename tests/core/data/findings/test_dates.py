import pandas as pd

from tests.core.data.findings.looking import clean, found, opened

DAYS = pd.Series(pd.date_range("2019-11-01", periods=300))


def test_dates_are_left_out_and_offered_as_numbers():
    for seen in (DAYS, DAYS.dt.strftime("%Y-%m-%d"), DAYS.dt.strftime("%d.%m.%Y %H:%M"), DAYS.dt.strftime("%m/%d/%Y")):
        frame = clean().assign(seen=seen)
        (only,) = found("dates", frame, "ill")
        assert "“seen” holds dates" in only.sentence
        assert len(only.offers) == 1
        assert "seen" not in opened(frame)[0].data.inputs


def test_a_day_that_may_be_a_month_is_asked_about():
    early = [f"{1 + i % 9:02}/{1 + 4 * i % 12:02}/2021" for i in range(300)]
    (only,) = found("dates", clean().assign(seen=early), "ill")
    assert "“02/05/2021” may have its day or its month first" in only.sentence
    assert [offer.op["params"]["order"] for offer in only.offers] == ["dmy", "mdy"]


def test_texts_and_numbers_are_no_dates():
    assert found("dates", clean().assign(code=[f"{i}-{i % 7}-{i % 3}" for i in range(300)]), "ill") == []
