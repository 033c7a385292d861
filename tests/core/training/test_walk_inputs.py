"""What a feature is said to be made of makes the feature."""

import numpy as np
import pandas as pd

from core.data.inputs import columns_of, feature_names, fit, matrix, whole
from core.data.text import Words
from core.experiment import Data
from core.training.walk_inputs import origins

FRAME = pd.DataFrame(
    {
        "age": [30.0, 50.0, np.nan, 70.0],
        "pulse": [60.0, 80.0, 100.0, 70.0],
        "smokes": ["no", "yes", "yes", "no"],
        "thal": ["fixed", "normal", "normal", None],
    }
)
KINDS = {"age": "number", "pulse": "number", "smokes": "yes-no", "thal": "category"}


def test_every_feature_is_made_of_what_is_told() -> None:
    columns = columns_of(Data(source={"kind": "sample", "name": "two-waves"}, inputs=KINDS), FRAME)
    transform = whole(columns, fit(matrix(FRAME, columns), columns, np.arange(4)))
    found, features = origins(transform), transform.transform(FRAME)
    assert len(found) == features.shape[1] == len(feature_names(columns))
    assert {each["kind"] for each in found} == {"number", "yes-no", "category", "gap"}
    for place, each in enumerate(found):
        cells = FRAME[each["column"]]
        if each["kind"] == "number":
            expected = (cells.fillna(cells.median()) - each["mean"]) / each["scale"]
        elif each["kind"] == "gap":
            expected = cells.isna()
        else:
            expected = cells.fillna("missing") == each["level"]
        np.testing.assert_allclose(features[:, place], expected.astype(float), rtol=1e-9)
    assert origins(whole(columns, fit(matrix(FRAME, columns), columns, np.arange(4)), Words((), (), 4))) == found


def test_a_table_of_texts_alone_has_no_features_to_tell() -> None:
    assert origins(whole((), fit(np.empty((4, 0)), (), np.arange(4)))) == []
