"""Foreign text (column names, file names, cells) made safe for Streamlit's markdown. Knows nothing of where it comes from."""

import re

MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """Markdown that shows `text` as it is: a name like `![x](http://...)` must load no picture, and `$` starts no formula."""
    return MARKUP.sub(r"\\\1", text)
