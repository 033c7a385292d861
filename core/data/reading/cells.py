"""What the texts of a column are: numbers, yes and no, or texts. Knows nothing of files and of what columns are for.

`Cells` gathers a column block by block, as numbers for as long as all of its cells are: a large file is never held as texts.
`settle` decides on whole columns. Only what is the same number or the same answer is written anew; what it was is told.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from core.data.infer import FEW, SIGNS, WORDS
from core.data.reading.names import listed
from core.data.reading.numerals import Decimal, Numerals, numerals
from core.data.values import LARGEST, NO_PLAIN, YES_PLAIN

_WORDS = ("NA", "N/A", "NaN", "NULL", "#N/A")
EMPTY = tuple(dict.fromkeys(("", *(way(word) for word in _WORDS for way in (str, str.upper, str.lower, str.capitalize)))))
_FOLDED = pa.array(sorted({word.lower() for word in EMPTY}))
YES, NO = frozenset(YES_PLAIN.split()), frozenset(NO_PLAIN.split())
MOST_WORDS = 3  # so many different words among numbers are named; more make it a column of texts
LONG = 15  # a number of more digits would lose some
LOOKED = 1_000  # different texts
PROBED = 16  # cells
MOST_ANSWERS = 20  # spellings of yes and no in one column


@dataclass
class Cells:
    """One column's cells as they come. texts: keep them as texts. lost: texts came after numbers, so it is to be read again."""

    texts: bool = False
    lost: bool = False
    blocks: list[pa.Array] = field(default_factory=list)

    def add(self, block: pa.Array) -> None:
        """The next cells `[row]`, strings or float64, null where one is empty."""
        if self.lost:
            return
        found = block if pa.types.is_floating(block.type) else None if self.texts else numbers(block)
        if found is None and not self.texts:
            self.texts = True
            self.lost = any(known.null_count < len(known) for known in self.blocks)
        self.blocks.append(block if found is None else found)

    @property
    def array(self) -> pa.ChunkedArray:
        """All cells: int64, float64, or strings."""
        kinds = {block.type for block in self.blocks if block.null_count < len(block)}
        kind = pa.string() if self.texts else pa.float64() if pa.float64() in kinds or not kinds else pa.int64()
        return pa.chunked_array([block if block.type == kind else block.cast(kind) for block in self.blocks], kind)


@dataclass(frozen=True)
class Settled:
    """frame: the columns; decimal: the file's decimal mark; done: column -> what was done to it; notes: sentences."""

    frame: pd.DataFrame
    decimal: Decimal
    done: dict[str, str]
    notes: tuple[str, ...]


@dataclass
class _Told:
    """What is told of columns, by what it is; each becomes one sentence."""

    columns: dict[str, list[str]] = field(default_factory=dict)
    huge: int = 0

    def add(self, what: str, name: str) -> None:
        self.columns.setdefault(what, []).append(name)

    def done(self) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for what, names in self.columns.items():
            for name in names:
                found.setdefault(name, []).append(what)
        return {name: ", ".join(whats) for name, whats in found.items()}


SENTENCES = {
    "decimal comma": "A comma is the decimal mark in {}.",
    "thousands separators": "Marks between thousands are left out in {}.",
    "per cent sign": "Per cent signs are left out in {}: 45 % is 45.",
    "currency sign": "Signs of currency are left out in {}.",
    "brackets as minus": "Numbers in brackets are negative in {}.",
    "mark before three digits": "A mark before three digits is {mark} in {}. If that is wrong, choose the other decimal mark.",
    "yes and no": "Several spellings of yes and no are “yes” and “no” in {}.",
    "leading zeros": "Numbers in {} begin with 0, and are kept as texts.",
    "long numbers": f"Numbers in {{}} have more than {LONG} digits, and are kept as texts.",
    "numbers in several ways": "Numbers in {} are written in different ways, and are kept as texts.",
}


def settle(columns: Sequence[Cells], names: Sequence[str], decimal: Decimal | None, likely: Decimal) -> Settled | set[int]:
    """The columns as they are to be, or which of them are to be gathered again as texts before that can be said.

    decimal: what a person chose; likely: the mark to go by where 1,234 or 1.234 is all there is. Empties `columns`.
    """
    told, series, undecided, marks = _Told(), dict[int, pd.Series](), dict[int, _Coded](), list[Decimal]()
    for place, name in enumerate(names):
        array = columns[place].array
        if not pa.types.is_string(array.type):
            marks += ["."] if _has_fractions(array.slice(0, LOOKED).to_numpy()) else []
        elif decimal != "." and (values := _with_commas(array)) is not None:
            series[place] = pd.Series(values)
            marks.append(",")
            told.add("decimal comma", name)
        elif _is_prose(array):
            series[place] = pc.if_else(is_empty(array), None, array).to_pandas().astype("str")
        else:
            undecided[place] = coded = _coded(array)
            if coded.seen is not None and coded.seen.only(",") != coded.seen.only("."):
                marks.append("," if coded.seen.only(",") else ".")
    mark = decimal or _mark(marks, [coded.seen for coded in undecided.values()], likely)
    if mark == "," and (
        again := {
            place for place, each in enumerate(columns) if not each.texts and _may_be_thousands(each.array, decimal is not None)
        }
    ):
        return again
    for place, cells in enumerate(columns):
        if not cells.texts:
            series[place] = _as_series(cells.array)
        cells.blocks.clear()  # one after the other: the table never stands there twice
    for place in list(undecided):
        series[place] = _settled(names[place], undecided.pop(place), mark, decimal is not None, told)
    floats = [each.to_numpy() for each in series.values() if pd.api.types.is_float_dtype(each.dtype)]
    told.huge = sum(int((np.abs(values) > LARGEST).sum()) for values in floats)
    frame = pd.DataFrame({name: series.pop(place) for place, name in enumerate(names)}, copy=False)
    return Settled(frame, mark, told.done(), _notes(told, mark))


def is_empty(texts: pa.Array) -> pa.Array:
    """Whether each text says that there is no value, in any case and with spaces around."""
    return pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(texts)), value_set=_FOLDED)


def numbers(block: pa.Array) -> pa.Array | None:
    """The texts as int64 or float64; None where one is no number, or would lose digits as a number."""
    found = _cast(block)
    if found is None:
        trimmed = pc.utf8_trim_whitespace(block)
        if pc.all(pc.equal(trimmed, block)).as_py():
            return None
        found = _cast(pc.if_else(is_empty(trimmed), None, trimmed))
    if found is None or found.null_count == len(found):
        return found
    largest = pc.max(pc.abs(found)).as_py()
    if abs(largest) >= 10**LONG and pc.any(pc.match_substring_regex(block, _digits(LONG + 1))).as_py():
        return None
    if pa.types.is_integer(found.type):
        zeros = pc.and_(pc.starts_with(block, "0"), pc.greater(pc.binary_length(block), 1))
        if pc.any(zeros).as_py() and pc.any(pc.match_substring_regex(block, r"^\s*0[0-9xX]")).as_py():
            return None
    return found


def _cast(block: pa.Array) -> pa.Array | None:
    """As int64, else as float64, else None. A few cells go first: Arrow words a fault for each that fails, which is slow."""
    for kind in (pa.int64(), pa.float64()):
        try:
            block.slice(0, PROBED).cast(kind)
            return block.cast(kind)
        except pa.ArrowInvalid:
            continue
    return None


def _digits(least: int) -> str:
    return rf"^\s*[+-]?[0-9]{{{least},}}\s*$"


@dataclass
class _Coded:
    """A column of texts. codes: `[row]`, -1 where missing; texts: the different ones; seen: as numbers, where many are."""

    codes: np.ndarray
    texts: pa.Array
    seen: Numerals | None


def _coded(array: pa.ChunkedArray) -> _Coded:
    found = array.dictionary_encode().combine_chunks()
    if isinstance(found, pa.ChunkedArray):  # of no rows
        found = pa.array([], pa.string()).dictionary_encode()
    texts = found.dictionary
    empty = is_empty(texts).to_numpy(zero_copy_only=False)
    places = np.where(empty, -1, np.cumsum(~empty) - 1).astype(np.int32)
    codes = pc.fill_null(found.indices, -1).to_numpy(zero_copy_only=False)
    texts = texts.filter(pa.array(~empty))
    return _Coded(np.append(places, np.int32(-1))[codes], texts, _seen(texts))


def _seen(texts: pa.Array) -> Numerals | None:
    """The texts as numbers, where at least half of those looked at are."""
    if not len(texts):
        return None
    head = numerals(texts.slice(0, LOOKED))
    if 2 * head.numbers < min(len(texts), LOOKED):
        return None
    return head if len(texts) <= LOOKED else numerals(texts)


def _is_prose(array: pa.ChunkedArray) -> bool:
    """Whether it is plain to see that a column holds many texts that are no numbers."""
    head = pc.unique(array.slice(0, LOOKED)).drop_null()
    return len(head) > MOST_ANSWERS and 2 * numerals(head).numbers < len(head)


def _with_commas(array: pa.ChunkedArray) -> np.ndarray | None:
    """The quick way for numbers that can only be with a decimal comma, and with no other mark; None where that is not plain."""
    head = pc.unique(array.slice(0, LOOKED)).drop_null()
    found = numerals(head)
    if (
        not len(head)
        or not found.fits[","].all()
        or not found.only(",")
        or found.percent
        or found.currencies
        or found.bracketed
    ):
        return None
    if pc.any(pc.match_substring(array, ".")).as_py():
        return None
    values = _cast(pc.replace_substring(array, ",", "."))
    return None if values is None else values.to_numpy().astype(np.float64, copy=False)


def _mark(marks: Sequence[Decimal], seen: Iterable[Numerals | None], likely: Decimal) -> Decimal:
    """The file's decimal mark: the one that more columns can only have been written with."""
    if not marks and any(each is not None and each.either for each in seen):
        return likely
    return "," if 2 * marks.count(",") > len(marks) else "."


def _has_fractions(values: np.ndarray) -> bool:
    """Whether some of the numbers are certainly no whole ones with parted thousands, as 1.234 may be."""
    values = np.abs(values[np.isfinite(values)])
    fractions = values[values != np.rint(values)]
    return bool(len(fractions)) and not _in_thousands(fractions)


def _as_series(array: pa.ChunkedArray) -> pd.Series:
    values = array.to_numpy()
    return pd.Series(values if values.flags.writeable else values.copy(), copy=False)


def _may_be_thousands(array: pa.ChunkedArray, chosen: bool) -> bool:
    """Whether numbers with a point may be whole ones with parted thousands: 1.234. chosen: the point is no decimal mark."""
    if not pa.types.is_floating(array.type):
        return False
    values = array.to_numpy()
    values = np.abs(values[np.isfinite(values)])
    fractions = values[values != np.rint(values)]
    return bool(len(fractions)) and (chosen or _in_thousands(fractions))


def _in_thousands(fractions: np.ndarray) -> bool:
    large = fractions * 1000
    return bool(((large >= 1000) & (large < 10**6) & (np.abs(large - np.rint(large)) < 1e-6)).all())


def _settled(name: str, coded: _Coded, mark: Decimal, chosen: bool, told: _Told) -> pd.Series:
    """A column of texts, as what it is."""
    codes, texts, seen = coded.codes, coded.texts, coded.seen
    if not len(texts):
        return pd.Series(np.full(len(codes), np.nan))
    if seen is not None and seen.alike:
        if (found := _as_numbers(name, coded, seen, mark, chosen, told)) is not None:
            return found
    elif seen is not None:
        told.add("numbers in several ways", name)
    words = {text: text.strip().casefold() for text in texts.to_pylist()} if len(texts) <= MOST_ANSWERS else {}
    if words and all(text in ("TRUE", "True", "true", "FALSE", "False", "false") for text in words):
        answers = np.array([*(word == "true" for word in words.values()), np.nan], dtype=object)[codes]
        return pd.Series(answers if (codes < 0).any() else answers.astype(bool))
    spelled, meant = {text.strip() for text in words}, set(words.values())
    if len(spelled) > 2 and meant <= YES | NO and meant & YES and meant & NO:
        told.add("yes and no", name)
        texts = pa.array(["yes" if word in YES else "no" for word in words.values()])
    return _as_texts(codes, texts)


def _as_numbers(name: str, coded: _Coded, seen: Numerals, mark: Decimal, chosen: bool, told: _Told) -> pd.Series | None:
    """A column of numbers, or of numbers with few words among them; None where it is neither."""
    codes, texts = coded.codes, coded.texts
    if pc.any(pc.match_substring_regex(texts, r"^\s*[+-]?0[0-9xX]+\s*$")).as_py():
        told.add("leading zeros", name)
        return _as_texts(codes, texts)
    if pc.any(pc.match_substring_regex(texts, _digits(LONG + 1))).as_py():
        told.add("long numbers", name)
        return _as_texts(codes, texts)
    comma, point = seen.only(","), seen.only(".")
    if comma and point and not chosen:
        told.add("numbers in several ways", name)
        return _as_texts(codes, texts)
    decimal: Decimal = mark if chosen or comma == point else "," if comma else "."
    fits = seen.fits[decimal]
    odd = texts.filter(pa.array(~fits)).to_pylist() if (~fits).sum() <= MOST_WORDS else None
    if odd is None or not _few(odd, int(fits.sum())):
        return None
    plain = seen.plain(decimal)
    whats = {
        "decimal comma": decimal == "," and comma,
        "thousands separators": seen.grouped(decimal) and (chosen or comma != point or not seen.either),
        "per cent sign": seen.percent,
        "currency sign": bool(seen.currencies),
        "brackets as minus": seen.bracketed,
        "mark before three digits": seen.either and not chosen and comma == point,
    }
    for what in (what for what, done in whats.items() if done):
        told.add(what, name)
    if not odd:
        return _as_values(codes, plain)
    return _as_texts(codes, pc.coalesce(plain, texts) if any(whats.values()) else texts)


def _few(odd: Collection[str], numbers: int) -> bool:
    """Whether so few words are among so many numbers that they can be told as odd; `infer.missing_marks` has the same rule."""
    return not odd or numbers > FEW or (numbers > 0 and {text.strip().casefold() for text in odd} <= SIGNS | WORDS)


def _as_values(codes: np.ndarray, plain: pa.Array) -> pd.Series:
    values = plain.cast(pa.float64()).to_numpy(zero_copy_only=False)
    whole = not (codes < 0).any() and bool(np.isfinite(values).all()) and not pc.any(pc.match_substring(plain, ".")).as_py()
    if whole and (np.abs(values) < 10**LONG).all() and (values == np.rint(values)).all():
        return pd.Series(values.astype(np.int64)[codes])
    return pd.Series(np.append(values, np.nan)[codes])


def _as_texts(codes: np.ndarray, texts: pa.Array) -> pd.Series:
    return texts.take(pa.array(codes, mask=codes < 0)).to_pandas().astype("str")


def _notes(told: _Told, mark: Decimal) -> tuple[str, ...]:
    taken = "taken for the decimal mark" if mark == "," else "taken for one between thousands"
    notes = [SENTENCES[what].format(listed(names), mark=taken) for what, names in told.columns.items()]
    if told.huge:
        cells = "One cell holds" if told.huge == 1 else f"{told.huge:,} cells hold"
        notes.append(f"{cells} a number beyond {LARGEST:g} or infinite: as numbers they count as missing.")
    return tuple(notes)
