"""Diabetes patients, from scikit-learn, in the units they were measured in. Knows nothing of networks."""

import pandas as pd
from sklearn.datasets import load_diabetes

from core.registry import Params as Base

TITLE = "Diabetes"
HELP = "442 patients: how far the disease went within a year, and their blood sugar."
STORY = (
    "Nine measurements of 442 patients. One task is how far the disease has gone a year later; the other is blood sugar, "
    "a tenth measurement taken out of the inputs. Both are noisy: expect to explain about half of the first."
)
LICENCE = "Efron, Hastie, Johnstone and Tibshirani, Least Angle Regression (2004); ships with scikit-learn."
MADE_UP = False
NAMES = {
    "age": "age",
    "sex": "sex",
    "bmi": "body mass index",
    "bp": "blood pressure",
    "s1": "cholesterol",
    "s2": "LDL",
    "s3": "HDL",
    "s4": "cholesterol / HDL",
    "s5": "log triglycerides",
    "s6": "blood sugar",
}
INPUTS = {name: "yes-no" if name == "sex" else "number" for name in NAMES.values() if name != "blood sugar"}
TASKS = {"progression": "regression", "blood sugar": "regression"}
UNITS = {
    "age": "years",
    "body mass index": "kg/m²",
    "blood pressure": "mmHg",
    "cholesterol": "mg/dl",
    "LDL": "mg/dl",
    "HDL": "mg/dl",
    "blood sugar": "mg/dl",
}
LABELS = {
    "sex": "Sex, 1 or 2 (the source does not say which is which).",
    "blood pressure": "Mean blood pressure.",
    "LDL": "Low-density lipoproteins, the “bad” cholesterol.",
    "HDL": "High-density lipoproteins, the “good” cholesterol.",
    "progression": "How far the disease has gone one year later, a score from 25 to 346.",
    "blood sugar": "Glucose in the blood at the beginning.",
}
ORDER = 8


class Params(Base):
    pass


def table(params: Params) -> pd.DataFrame:
    diabetes = load_diabetes(as_frame=True, scaled=False)
    return diabetes.data.rename(columns=NAMES).assign(progression=diabetes.target)
