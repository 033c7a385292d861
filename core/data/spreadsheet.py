"""Tables as CSV that a spreadsheet only shows. Knows nothing of where the cells come from.

Spreadsheets run a cell that begins like a formula. Such texts get an apostrophe in front, as one types them there
to stay text (OWASP, "CSV injection").
"""

import re

import pandas as pd

FORMULA = re.compile(r"^\s*[=+\-@\t\r|%]")


def harmless(text: str) -> str:
    """A text as a spreadsheet may have it: numbers stay, what begins like a formula gets an apostrophe."""
    if not FORMULA.match(text):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def to_csv(frame: pd.DataFrame) -> str:
    """UTF-8 text with commas, names in the first line, without row numbers."""
    columns = {name: _harmless(values) for name, values in frame.items()}
    safe = pd.DataFrame(columns, index=frame.index).set_axis([harmless(str(name)) for name in frame.columns], axis=1)
    return safe.to_csv(index=False)


def _harmless(values: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(values.dtype):
        return values
    codes, distinct = pd.factorize(values)
    texts = [harmless(text) if isinstance(text, str) else text for text in distinct]
    return pd.Series([*texts, None], dtype=object).take(codes).set_axis(values.index)
