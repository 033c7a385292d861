"""Cells of breast lumps under the microscope, from scikit-learn. Knows nothing of networks."""

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer

from core.registry import Params as Base

TITLE = "Breast cancer"
HELP = "569 lumps by the mean shape of their cells: malignant or not, and how hollow the worst cells are."
STORY = (
    "Ten measurements of cell nuclei, each a mean over the picture of one lump. One task is the diagnosis; the other "
    "how deep the hollows of the worst nuclei go, which the means only hint at. All other spread and worst values "
    "of the original are left out, so that none gives the answer away."
)
LICENCE = "Breast cancer Wisconsin, diagnostic (Wolberg, Street, Mangasarian, UCI), CC BY 4.0; ships with scikit-learn."
MADE_UP = False
MEANS = [
    "mean radius",
    "mean texture",
    "mean perimeter",
    "mean area",
    "mean smoothness",
    "mean compactness",
    "mean concavity",
    "mean concave points",
    "mean symmetry",
    "mean fractal dimension",
]
INPUTS = dict.fromkeys(MEANS, "number")
TASKS = {"malignant": "binary", "worst concavity": "regression"}
UNITS: dict[str, str] = {}
LABELS = {
    "malignant": "Diagnosis: is the lump cancer.",
    "worst concavity": "How deep the hollows in the outline go, mean of the three worst nuclei.",
    "mean concavity": "How deep the hollows in the outlines of the nuclei go.",
    "mean concave points": "How many hollows the outlines have.",
    "mean texture": "How much the grey values vary.",
    "mean fractal dimension": "How ragged the outlines are.",
}
ORDER = 7


class Params(Base):
    pass


def table(params: Params) -> pd.DataFrame:
    cancer = load_breast_cancer(as_frame=True)
    malignant = np.where(cancer.target == 0, "yes", "no")
    return cancer.data[[*MEANS, "worst concavity"]].assign(malignant=malignant)
