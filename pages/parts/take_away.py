"""The run as files: its history, its scores, its document. Layout only."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from core.data.spreadsheet import to_csv
from core.runs.run import Run
from core.training.outcome import history
from pages.parts import state

HISTORY = "One line for every epoch, split, task and network: loss and every score. Opens in any spreadsheet."
RESULTS = "The document, the whole history, the test scores and the baselines, laid out as the command line lays them out."
EXPERIMENT = "Everything that makes this run, to open again here, on another server, or on the command line."

TABLE = "Your rows as they are used here: read, mended, in UTF-8 with commas. What the code of the page *Network* reads."


def take_away() -> None:
    run = state.run()
    files = [
        ("History", "history.csv", "text/csv", lambda: to_csv(rows(run)), HISTORY),
        ("Results", "results.json", "application/json", lambda: json.dumps(results(run)), RESULTS),
        ("Experiment", "experiment.json", "application/json", run.experiment.to_json, EXPERIMENT),
    ]
    if run.experiment.data.source.kind == "file":
        frame = state.table().frame  # taken here: a download is made where no visitor is known
        files.append(("Table", "table.csv", "text/csv", lambda: to_csv(frame), TABLE))
    for place, (title, name, mime, data, help) in zip(st.columns(len(files), gap="medium"), files, strict=True):
        with place.container(border=True):
            st.markdown(f"##### {title}")
            st.caption(help)
            st.download_button(f"Save {name}", data, name, mime, icon=":material/download:", help=help, on_click="ignore")


def rows(run: Run) -> pd.DataFrame:
    return pd.DataFrame(history(run.records, run.experiment.columns))


def results(run: Run) -> dict[str, Any]:
    """As `python -m core train --out` writes them, but for the seconds; no test scores where the test rows are unseen."""
    report = run.report or {"tasks": [], "baseline": []}
    columns = run.experiment.columns
    baseline = report["baseline"] or run.baseline or []
    return {
        "experiment": run.experiment.model_dump(mode="json"),
        "steps": run.step,
        "history": known(rows(run).to_dict("records")),
        "test": {task["column"]: task["metrics"] for task in report["tasks"]},
        "baseline": known(dict(zip(columns, baseline, strict=False))),
    }


def known(value: Any) -> Any:
    """The same with None where there is no number, which JSON cannot hold."""
    if isinstance(value, dict):
        return {key: known(item) for key, item in value.items()}
    if isinstance(value, list):
        return [known(item) for item in value]
    return None if isinstance(value, float) and pd.isna(value) else value
