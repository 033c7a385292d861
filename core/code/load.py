"""The function that reads a CSV file as tensors, as this app does. Knows nothing of the network that takes them."""

from core.code.table import Table
from core.code.text import listed, quoted
from core.data.inputs import MISSING
from core.experiment import Experiment

LOAD = '''def text(cell):
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # 3.0 and 3 are the same
    return str(cell).strip()


def places(cells, known=None):
    """The place [row] of each cell among the known values, by default all in their order; -1 where it is none."""
    by_size = lambda cell: cell.casefold() if isinstance(cell, str) else cell
    known = known or [text(cell) for cell in sorted(cells.dropna().unique(), key=by_size)]
    return pd.Categorical(cells.map(text, na_action="ignore"), categories=known).codes


def load(path):
    """A CSV file as train() takes it. All of its rows are trained on: keep some apart to judge the network by."""
    table = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values=EMPTY, low_memory=False)
    table.columns = [
        f"column {{i + 1}}" if name.startswith("Unnamed: ") else " ".join(name.split())[:200]
        for i, name in enumerate(table.columns)
    ]
    for column, marks in MISSING.items():
        table[column] = table[column].mask(table[column].map(text).isin(marks))
    table = table[table[list(LOSSES)].notna().any(axis=1)].copy()
    answers, labelled = {{}}, {{}}
    for task in LOSSES:
        if task in {numbers}:  # standardised; back in its units: answer * spread + mean
            cells = pd.to_numeric(table[task], errors="coerce")
            known, cells = cells.notna(), ((cells - cells.mean()) / (cells.std(ddof=0) or 1)).fillna(0)
            answers[task] = torch.tensor(cells.to_numpy(), dtype=torch.float32)
        else:
            cells = places(table[task], CLASSES.get(task))
            known, cells = cells >= 0, torch.tensor(cells, dtype=torch.int64).clamp(min=0)
            answers[task] = cells.float() if task in {yes_no} else cells
        labelled[task] = torch.tensor(list(known))
    for column in NUMBERS:
        table[column] = pd.to_numeric(table[column], errors="coerce")
    for column in YES_NO:
        found = pd.Series(places(table[column]), table.index, dtype="float64")
        table[column] = found.mask(found < 0)
    for column in CATEGORIES:
        table[column] = table[column].map(text, na_action="ignore").fillna("{missing}")
    encode = ColumnTransformer([
{encode}
    ], sparse_threshold=0)
    features = torch.tensor(encode.fit_transform(table), dtype=torch.float32)
    return features, answers, labelled'''


def load_text(experiment: Experiment, table: Table) -> str:
    """The file as tensors, as Python text."""
    steps = [
        ("numbers", "NUMBERS", table.numbers,
         'make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())'),
        ("yes/no", "YES_NO", table.yes_no, 'SimpleImputer(strategy="most_frequent", keep_empty_features=True)'),
        ("categories", "list(CATEGORIES)", table.levels,
         'OneHotEncoder(categories=list(CATEGORIES.values()), handle_unknown="ignore", sparse_output=False)'),
        ("gaps", "GAPS", table.gaps, 'MissingIndicator(features="all")'),
    ]  # fmt: skip
    encode = "\n".join(f'        ("{name}", {step}, {where}),' for name, where, columns, step in steps if columns)
    regression = [task.column for task in experiment.tasks if task.kind == "regression"]
    floats = [task.column for task in experiment.tasks if task.kind == "binary"]
    numbers, yes_no = (listed(map(quoted, columns)) for columns in (regression, floats))
    return LOAD.format(encode=encode, numbers=numbers, yes_no=yes_no, missing=MISSING)
