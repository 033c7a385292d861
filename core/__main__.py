"""The same runs from a terminal: `python -m core samples | presets | train SOURCE ...`.

Knows nothing of pages. Exit code 2 and one clear line for whatever the user can mend.
"""

import argparse
import json
import math
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import torch

from core import presets
from core.data.columns import begin, mark
from core.data.dataset import Dataset
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load
from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment, Source, parse
from core.training import least_squares
from core.training.advance import Budget, Clock, Record, advance, look, parameters_of
from core.training.baseline import baseline
from core.training.checkpoint import start, steps_per_epoch
from core.training.evaluate import Evaluator

BAR = 30
WHO = {"with": "with activations", "without": "without", "least_squares": "least squares"}
SAMPLE = "sample:"  # before a sample's name, where a preset has the same


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserError(f"{message[0].upper()}{message[1:]}.", "", f"See {self.prog} --help.")


def main(words: list[str] | None = None) -> int:
    torch.set_num_threads(1)
    try:
        arguments = _parser().parse_args(words)
        with tempfile.TemporaryDirectory() as folder:
            return {"samples": _samples, "presets": _presets, "train": _train}[arguments.command](
                arguments, Store(Path(folder))
            )
    except UserError as error:
        place = f" ({error.path})" if error.path else ""  # here it is what one types
        print(f"error: {' '.join(f'{error}{place}'.split())}", file=sys.stderr)
    except OSError as error:
        print(f"error: {error.strerror}: {error.filename}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m core", description="Train multi-task networks from a terminal.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("samples", help="list the sample datasets")
    commands.add_parser("presets", help="list the presets")
    train = commands.add_parser("train", help="train a document, a preset, a sample or a CSV file")
    source = "an experiment JSON, a preset, a sample or a CSV file; sample:NAME where a preset has the same name"
    train.add_argument("source", metavar="SOURCE", help=source)
    train.add_argument("--tasks", metavar="A,B", help="the columns to predict")
    train.add_argument("--preset", metavar="NAME", help="network and training from this preset")
    train.add_argument("--set", metavar="PATH=VALUE", action="append", default=[], help="one value of the document")
    train.add_argument("--epochs", type=int, metavar="N")
    train.add_argument("--replicas", type=int, metavar="R")
    train.add_argument("--seed", type=int, metavar="S")
    train.add_argument("--twin", action="store_true", help="a twin without activations learns beside every network")
    train.add_argument("--out", metavar="FILE", help="where the results go, as JSON")
    return parser


def _samples(arguments: argparse.Namespace, store: Store) -> int:
    for name, sample in SAMPLES.items():
        both = f" ({name} alone is the preset: write {SAMPLE}{name})" if name in presets.about() else ""
        print(f"{name:16} {sample.TITLE}: {sample.HELP}{both}")
    return 0


def _presets(arguments: argparse.Namespace, store: Store) -> int:
    for name, words in presets.about().items():
        both = f" (the sample of this name is {SAMPLE}{name})" if name in SAMPLES else ""
        print(f"{name:24} {words['title']}: {words['look']}{both}")
    return 0


def _train(arguments: argparse.Namespace, store: Store) -> int:
    experiment = document(arguments, store)
    dataset = prepare(experiment, load(experiment.data.source, store))
    if arguments.out:
        _check_out(Path(arguments.out))
    result = train(experiment, dataset, progress=sys.stderr.isatty())
    if arguments.out:
        Path(arguments.out).write_text(json.dumps(result, allow_nan=False))
    scored = result["test"] if experiment.network.twin else {"": result["test"]}
    for who, tasks in scored.items():
        for task, metrics in tasks.items():
            shown = ", ".join(_score(name, values, result["baseline"][task].get(name)) for name, values in metrics.items())
            print(f"{task}, test rows{who and f', {WHO[who]}'}: {shown}")
    return 0


def _score(name: str, values: list[float | None], baseline: dict[str, float | None] | None) -> str:
    """A metric's mean over the replicas, and beside it what one gets without a network."""
    beside = ", ".join(f"{how} {_mean([value])}" for how, value in (baseline or {}).items())
    return f"{name} {_mean(values)}" + (f" ({beside})" if beside else "")


def document(arguments: argparse.Namespace, store: Store) -> Experiment:
    """The document that the words of the command line describe, every change checked."""
    experiment = _source(arguments.source, store)
    table = load(experiment.data.source, store)
    if arguments.tasks is not None:
        wanted = _columns(arguments.tasks)
        for column in [column for column in experiment.columns if column not in wanted]:
            experiment = mark(experiment, table, column, "ignore")
        for column in wanted:
            experiment = mark(experiment, table, column, "task")
    if arguments.preset:
        preset = presets.load(arguments.preset)
        experiment = presets.onto(preset, experiment)
        print(" ".join(_lent(arguments, preset, experiment).split()), file=sys.stderr)
    for change in arguments.set:
        path, equals, text = change.partition("=")
        if not equals:
            raise UserError("A change should read path=value.", f"“{change}”", "Write --set training.learning_rate=0.01.")
        experiment = experiment.changed(path.strip(), _value(text))
    named = {
        "training.epochs": arguments.epochs,
        "replicas": arguments.replicas,
        "seed": arguments.seed,
        "network.twin": arguments.twin or None,
    }
    for path, value in named.items():
        experiment = experiment if value is None else experiment.changed(path, value)
    return experiment


def _columns(text: str) -> list[str]:
    """The columns that `--tasks` names."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise UserError("--tasks should name at least one column.", "none", "Write --tasks thal,target.")
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UserError("--tasks should name each column once.", f"“{twice}” twice", "Remove one of the two.")
    return names


def _lent(arguments: argparse.Namespace, preset: Experiment, experiment: Experiment) -> str:
    """What a preset lent, in one line."""
    strange = {task.kind for task in experiment.tasks} - {task.kind for task in preset.tasks}
    losses = f"; losses of {' and '.join(sorted(strange))} tasks: the usual ones" if strange else ""
    return f"network and training from the preset {arguments.preset}; data and tasks: {arguments.source}{losses}"


def _source(name: str, store: Store) -> Experiment:
    path = Path(name)
    if path.suffix == ".json" or path.is_file():
        raw = path.read_bytes()
        if path.suffix == ".json":
            return parse(raw)
        source = Source(kind="file", name=path.name, sha256=store.put(raw))
        return begin(source, load(source, store))
    if name in presets.about():
        return presets.load(name)
    name = name.removeprefix(SAMPLE)
    if name in SAMPLES:
        source = Source(kind="sample", name=name)
        return begin(source, load(source), SAMPLES[name])
    known = ", ".join(dict.fromkeys([*presets.about(), *SAMPLES]))
    raise UserError(f"SOURCE should be a file or one of {known}.", f"“{name}”", "Check the spelling or the path.")


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _check_out(path: Path) -> None:
    if path.is_dir():
        raise UserError("--out should be a file.", f"the folder “{path}”", "Add a file name to it.")
    if not path.absolute().parent.is_dir():
        raise UserError("--out should be a file in a folder that exists.", f"“{path}”", "Make the folder first.")


def train(experiment: Experiment, dataset: Dataset, progress: bool = False) -> dict[str, Any]:
    """Trains to the end. What `--out` writes: experiment, seconds, steps, history, test, baseline."""
    checkpoint, clock = start(experiment, dataset), Clock()
    records = [look(checkpoint, dataset)]
    steps = experiment.training.epochs * steps_per_epoch(experiment, dataset)
    while checkpoint.step < steps:
        checkpoint, more = advance(checkpoint, dataset, Budget(seconds=0.25 if progress else None), clock)
        records += more
        if checkpoint.failure is not None:
            failure = checkpoint.failure
            raise UserError(
                "Losses should stay finite numbers.",
                f"{failure.loss:.3g} for “{failure.task}” at step {failure.step}",
                "Lower the learning rate.",
            )
        if progress:
            _draw(checkpoint.step / steps, records[-1], experiment)
    if progress:
        print(file=sys.stderr)
    network, parameters = parameters_of(checkpoint, dataset)
    with torch.inference_mode():
        _, test, _ = Evaluator(experiment, dataset, network).look("test", parameters, checkpoint.buffers)
    return _finite(
        {
            "experiment": experiment.model_dump(mode="json"),
            "seconds": clock.training,
            "steps": checkpoint.step,
            "history": history(records, experiment.columns),
            "test": _test(experiment, dataset, dict(zip(experiment.columns, test, strict=True))),
            "baseline": dict(zip(experiment.columns, baseline(dataset, "test"), strict=True)),
        }
    )


def _test(experiment: Experiment, dataset: Dataset, scores: dict[str, dict[str, list[float]]]) -> dict[str, Any]:
    """Scores on the test rows, per task; of twins apart from those beside them, and the least-squares line's."""
    if not experiment.network.twin:
        return scores

    def lanes(part: slice) -> dict[str, dict[str, list[float]]]:
        return {task: {name: values[part] for name, values in found.items()} for task, found in scores.items()}

    lines = {target.column: least_squares.scores(dataset, target, "test") for target in dataset.targets}
    return {
        "with": lanes(slice(experiment.replicas)),
        "without": lanes(slice(experiment.replicas, None)),
        "least_squares": {task: {name: [value] for name, value in found.items()} for task, found in lines.items() if found},
    }


def history(records: list[Record], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """One row for every epoch, split, task and replica; with twins, `twin` says whose row it is."""
    return [
        {"epoch": record["epoch"], "split": split, "task": column, "replica": replica}
        | ({"twin": who == "twin"} if "twin" in record else {})
        | {name: values[replica] for name, values in scores.items()}
        for record in records
        for who in ("", "twin")
        if not who or who in record
        for split in ("train", "validation")
        for column, scores in zip(columns, (record[who] if who else record)[split], strict=True)
        for replica in range(len(scores["loss"]))
    ]


def _draw(share: float, record: Record, experiment: Experiment) -> None:
    done = "#" * round(BAR * share)
    losses = "  ".join(
        f"{column} {_mean(scores['loss'])}" for column, scores in zip(experiment.columns, record["train"], strict=True)
    )
    print(f"\r[{done:{BAR}}] epoch {record['epoch']}/{experiment.training.epochs}  {losses}", end="", file=sys.stderr)


def _mean(values: list[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known) / len(known):.4f}" if known else "-"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


if __name__ == "__main__":
    sys.exit(main())
