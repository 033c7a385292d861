"""Foreign text in markdown: shown, never obeyed."""

import pytest

from pages.parts.plain import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](http://a.b/c.png)", "!\\[x\\](http:\u2060//a.b/c.png)"),
        ("[a](b)", r"\[a\](b)"),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("<b>", r"\<b>"),
        ("$x$ and ~~y~~", r"\$x\$ and \~\~y\~\~"),
        (":red[x] :material/home:", r"\:red\[x\] \:material/home:"),
        ("www.example.org", "www\u2060.example.org"),
        ("HTTPS://a.b", "HTTPS:\u2060//a.b"),
        ("me@example.org", "me@\u2060example.org"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("1. a", r"1\. a"),
        ("- a", r"\- a"),
        ("# a", r"\# a"),
        ("a\\b", r"a\\b"),
    ],
)
def test_what_would_be_obeyed_is_escaped(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    "text", ["mean concave points, “ä” 12 %", "blood_sugar", "sin(2x)", "a-b+c", "U.S. GDP", "ratio 3:4", "R&D", "x > 3"]
)
def test_ordinary_names_stay_as_they_are(text: str) -> None:
    assert plain(text) == text
