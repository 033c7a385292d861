from tests.core.data.findings.looking import clean, found


def test_few_rows_are_said():
    assert "only 40 rows" in found("few-rows", clean(40), "ill")[0].sentence
    assert "only 1 row:" in found("few-rows", clean(1))[0].sentence
    assert found("few-rows", clean(100), "ill") == []


def test_points_that_a_person_drew_are_as_many_as_they_should_be():
    assert found("few-rows", clean(40), "ill", drawn=True) == []
