"""Foreign text (column names, file names, cells) made safe for Streamlit's markdown. Knows nothing of where it comes from."""

import re

MARKUP = re.compile(
    r"""[\\`*\[\]<$~]         # code, emphasis, links and pictures, HTML, formulas, struck through
    | (?<!\w)_ | _(?!\w)      # emphasis; within a word an underscore is one
    | :(?=[a-z])              # :red[..], :material/..:
    | &(?=\#?\w+;)            # &amp;
    | ^\s*(?:[>\#+\-=|]|\d+[.)])(?=\s|$)   # what makes a line a heading, a list, a quotation""",
    re.VERBOSE | re.MULTILINE,
)

ADDRESS = re.compile(r":(?=//)|@(?=[-\w])|\bwww(?=\.)", re.IGNORECASE)
"""Where an address would become a link, which no backslash prevents."""
JOINER = "\u2060"
"""Has no width, and is part of no address."""


def plain(text: str) -> str:
    """Markdown that shows `text` as it is: a name like `![x](http://...)` must load no picture, and `$` starts no formula.

    Only what would be obeyed is escaped, since some places (a screen reader's label) show the escapes.
    """
    safe = MARKUP.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)
    return ADDRESS.sub(lambda found: f"{found[0]}{JOINER}", safe)
