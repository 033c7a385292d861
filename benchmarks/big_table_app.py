"""The app with one run already there, on a large table of made-up rows: `python -m benchmarks.big_table_app`.

Takes Streamlit's settings as options; the run's id is written to a file `run` in the app's folder.
Everything is imported late: worker processes read this file too, and need none of it.
"""

import sys

ROWS, COLUMNS = 100_000, 50


def main(options: list[str]) -> None:
    from streamlit.web import cli

    from core.data.columns import begin, mark
    from core.data.source import load
    from core.experiment import Source
    from core.runs import engine, store
    from core.runs.run import new_id
    from core.settings import data_folder

    name = new_id()
    source = Source(kind="file", name="made_up.csv", sha256=store(name).put(made_up(ROWS, COLUMNS)))
    table = load(source, store(name))
    document = begin(source, table)
    for column in ("number", "yes"):
        document = mark(document, table, column, "task")
    run = engine().create(document.changed("training.epochs", 1000), id=name)
    (data_folder() / "run").write_text(run.id)
    cli.main(["run", "app.py", *options])


def made_up(rows: int, columns: int) -> bytes:
    """A CSV file: inputs from a normal distribution, a number and a yes/no that depend on them."""
    import numpy as np
    import pandas as pd

    dice = np.random.default_rng(0)
    inputs = dice.standard_normal((rows, columns), dtype=np.float32)
    score = inputs @ dice.standard_normal(columns, dtype=np.float32) / columns**0.5
    frame = pd.DataFrame(inputs, columns=[f"x{place}" for place in range(columns)])
    frame["number"] = score + 0.3 * dice.standard_normal(rows, dtype=np.float32)
    frame["yes"] = np.where(np.sin(2 * score) > 0, "yes", "no")
    return frame.round(4).to_csv(index=False).encode()


if __name__ == "__main__":
    main(sys.argv[1:])
