"""What each feature of a row is made of, for the page that walks through a network. Knows nothing of networks or pages."""

from collections.abc import Iterator
from typing import Any

from sklearn.compose import ColumnTransformer

from core.data.inputs import Beside


def origins(transform: Any) -> list[dict[str, Any]]:
    """Per feature of the table `kind` and `column`, in their order; nothing where no table was read.

    Of a "number" also `mean` and `scale`: it is (value - mean) / scale; of a "yes-no" `level`, which is 1; of a "category"
    `level`, the one that it is 1 for. A "gap" is 1 where there is no value. transform: one of `Dataset.transforms`.
    """
    table = transform.table if isinstance(transform, Beside) else transform
    encode = table["encode"]
    return list(_features(encode, table["read"].kw_args["columns"])) if isinstance(encode, ColumnTransformer) else []


def _features(encode: ColumnTransformer, columns: Any) -> Iterator[dict[str, Any]]:
    for name, step, places in encode.transformers_:
        kind = {"gaps": "gap"}.get(name, name.split(" ")[0])
        for at, place in enumerate(places if kind in ("number", "yes-no", "category", "gap") else []):
            column = columns[place]
            about = {"kind": kind, "column": column.name}
            if kind == "number":
                yield about | {"mean": float(step["scale"].mean_[at]), "scale": float(step["scale"].scale_[at])}
            elif kind == "category":
                yield from (about | {"level": level} for level in column.levels)
            else:
                yield about | ({"level": column.levels[-1]} if kind == "yes-no" and column.levels else {})
