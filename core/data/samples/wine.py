"""Wines of one region, from scikit-learn: who grew it, how strong it is. Knows nothing of networks."""

import pandas as pd
from sklearn.datasets import load_wine

from core.registry import Params as Base

TITLE = "Wine"
HELP = "178 wines by their chemistry: which of three growers made it, and how much alcohol it has."
STORY = (
    "Twelve chemical measurements of 178 Italian wines. One task names the grower; the other is the alcohol, "
    "a thirteenth measurement that is taken out of the inputs so that the network must infer it from the rest."
)
LICENCE = "Wine recognition data (Aeberhard and Forina, UCI), CC BY 4.0; ships with scikit-learn."
MADE_UP = False
NAMES = {
    "alcohol": "alcohol",
    "malic_acid": "malic acid",
    "ash": "ash",
    "alcalinity_of_ash": "alkalinity of ash",
    "magnesium": "magnesium",
    "total_phenols": "phenols",
    "flavanoids": "flavonoids",
    "nonflavanoid_phenols": "other phenols",
    "proanthocyanins": "proanthocyanins",
    "color_intensity": "colour intensity",
    "hue": "hue",
    "od280/od315_of_diluted_wines": "protein (OD280/OD315)",
    "proline": "proline",
}
INPUTS = {name: "number" for name in NAMES.values() if name != "alcohol"}
TASKS = {"grower": "multiclass", "alcohol": "regression"}
UNITS = {"alcohol": "% vol"}
LABELS = {
    "grower": "Which of three growers (cultivars) of one region made the wine.",
    "alcohol": "How much alcohol it has.",
    "protein (OD280/OD315)": "Absorption of the diluted wine at two wavelengths, a measure of protein.",
    "proline": "An amino acid that tells grape varieties apart.",
}
ORDER = 6


class Params(Base):
    pass


def table(params: Params) -> pd.DataFrame:
    wine = load_wine(as_frame=True)
    return wine.data.rename(columns=NAMES).assign(grower=wine.target.map(lambda number: "ABC"[number]))
