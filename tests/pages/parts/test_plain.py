"""Foreign text in markdown: shown, never obeyed."""

import pytest

from pages.parts.plain import plain


@pytest.mark.parametrize(
    "text", ["![x](http://a.b/c.png)", "[a](b)", "*a* _b_ `c`", "<b>", "$x$", ":red[x]", "1. a", "a\\b", "#"]
)
def test_every_sign_of_markup_is_escaped(text):
    shown = plain(text)
    assert shown.replace("\\\\", "").count("\\") + shown.count("\\\\") == sum(
        each in "\\`*_{}[]()<>#+-.!|~$:&" for each in text
    )


def test_words_stay_as_they_are():
    assert plain("mean concave points, “ä” 12 %") == "mean concave points, “ä” 12 %"
