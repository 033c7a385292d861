"""Heart disease: the columns of the well-known table over made-up rows. The real table comes in by upload."""

from pathlib import Path

import pandas as pd

from core.registry import Params as Base

TITLE = "Heart disease (made-up rows)"
HELP = "Twelve measurements, two questions: how blood reaches the heart (thal), and is there disease (target)."
STORY = (
    "Two diagnoses from the same twelve measurements: what the thallium scan shows, and whether there is heart disease. "
    "These rows are made up by a generator in this project, with the shares and ties of the real table; bring the real one by "
    "upload. A few rows have no thal: they still train target."
)
LICENCE = "Made up here; free to use. No row is a person's."
MADE_UP = True
INPUTS = {
    "age": "number",
    "sex": "yes-no",
    "cp": "category",
    "trestbps": "number",
    "chol": "number",
    "fbs": "yes-no",
    "restecg": "category",
    "thalach": "number",
    "exang": "yes-no",
    "oldpeak": "number",
    "slope": "category",
    "ca": "category",
}
TASKS = {"thal": "multiclass", "target": "binary"}
UNITS = {"age": "years", "trestbps": "mmHg", "chol": "mg/dl", "thalach": "beats/min", "oldpeak": "mm", "ca": "vessels"}
LABELS = {
    "age": "Age.",
    "sex": "Sex: 0 woman, 1 man.",
    "cp": "Chest pain: 0 none, 1 like angina but not typical, 2 of another kind, 3 typical angina.",
    "trestbps": "Blood pressure at rest, on coming to hospital.",
    "chol": "Cholesterol in the blood.",
    "fbs": "Blood sugar above 120 mg/dl after fasting: 0 no, 1 yes.",
    "restecg": "Heart trace at rest: 0 enlarged left chamber, 1 normal, 2 wave changes.",
    "thalach": "The highest pulse reached under effort.",
    "exang": "Chest pain under effort: 0 no, 1 yes.",
    "oldpeak": "How far the heart trace sinks under effort (ST depression).",
    "slope": "Slope of the trace at full effort: 0 falling, 1 flat, 2 rising.",
    "ca": "How many of the large vessels show up under X-ray, 0 to 3.",
    "thal": "Blood flow on the thallium scan: 1 lasting defect, 2 normal, 3 defect under effort only.",
    "target": "Heart disease: 0 no, 1 yes.",
}
ORDER = 1
FILE = Path(__file__).parents[3] / "sample_data" / "heart_made_up.csv"


class Params(Base):
    pass


def table(params: Params) -> pd.DataFrame:
    return pd.read_csv(FILE)
