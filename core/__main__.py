"""The same runs from a terminal: `python -m core samples | presets | schemes | inspect FILE | train SOURCE | compare SOURCE`.

And what a server takes from outside: `python -m core settings`.
Knows nothing of pages. Exit code 2 and one clear line for whatever the user can mend.
"""

import argparse
import json
import math
import re
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import torch
from pydantic import ValidationError

from core import presets, settings
from core.compare import report
from core.compare.part import Part, compared
from core.compare.train import Outcome, go_on
from core.data.columns import begin, mark
from core.data.dataset import Table
from core.data.inspect import inspect, lines
from core.data.missing import with_missing_everywhere
from core.data.prepare import prepare
from core.data.samples import SAMPLES
from core.data.source import load, table_of
from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment, Reading, Source, parse
from core.registry import explain
from core.training.advance import Record
from core.training.outcome import has_jumped, train
from core.weighting._about import markdown, schemes

BAR = 30
WHO = {"with": "with activations", "without": "without", "least_squares": "least squares"}
SAMPLE = "sample:"  # before a sample's name, where a preset has the same


FAULTS = (
    (r"the following arguments are required: command", "A command should be given, such as inspect or train."),
    (r"the following arguments are required: (.+)", "There should be a {0}."),
    (r"argument command: invalid choice: '(.*)' \(.*", "The command should be one that there is.", "“{0}”"),
    (r"argument (\S+): invalid int value: '(.*)'", "{0} should be a whole number.", "“{1}”"),
    (r"argument (\S+): expected one argument", "{0} should have a value behind it."),
    (r"argument (\S+): not allowed with argument (\S+)", "{0} and {1} should not be given together."),
    (r"unrecognized arguments: (.*)", "There should be nothing else on the line.", "“{0}”"),
)
"""What argparse complains of, what was expected, and what was found."""


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        fix = f"See {self.prog} --help."
        for pattern, expected, *found in FAULTS:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                raise UserError(expected.format(*match.groups()), "".join(found).format(*match.groups()), fix)
        raise UserError(f"{message[0].upper()}{message[1:]}.", "", fix)


def main(words: list[str] | None = None) -> int:
    torch.set_num_threads(1)
    try:
        arguments = _parser().parse_args(words)
        with tempfile.TemporaryDirectory() as folder:
            does = {"samples": _samples, "presets": _presets, "schemes": _schemes, "inspect": _inspect, "train": _train,
                    "compare": _compare, "settings": _settings}[arguments.command]  # fmt: skip
            return does(arguments, Store(Path(folder)))
    except UserError as error:
        place = f" ({error.path})" if error.path else ""  # here it is what one types
        line = "".join(letter if letter.isprintable() else " " for letter in f"{error}{place}")  # what a terminal would obey
        print(f"error: {' '.join(line.split())}", file=sys.stderr)
    except OSError as error:
        print(f"error: {error.strerror}: {error.filename}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m core", description="Train multi-task networks from a terminal.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("samples", help="list the sample datasets")
    commands.add_parser("presets", help="list the presets")
    listing = commands.add_parser("schemes", help="list the loss weightings").add_mutually_exclusive_group()
    listing.add_argument("--json", action="store_true", help="with parameters and bounds, as JSON")
    listing.add_argument("--markdown", action="store_true", help="as the table in README.md")
    commands.add_parser("settings", help="list the settings of a server, as a table in Markdown")
    inspect = commands.add_parser("inspect", help="say what is understood of a file")
    inspect.add_argument("file", metavar="FILE", help="CSV or other text, Excel or Parquet, also packed")
    inspect.add_argument("--json", action="store_true", help="as JSON")
    train = commands.add_parser("train", help="train a document, a preset, a sample or a file")
    compare = commands.add_parser("compare", help="say for each task whether sharing helps")
    source = "an experiment JSON, a preset, a sample or a file; sample:NAME where a preset has the same name"
    for each in (train, compare):
        each.add_argument("source", metavar="SOURCE", help=source)
        each.add_argument("--tasks", metavar="A,B", help="the columns to predict")
        data = "the rows of an experiment JSON on an own file, if they lie elsewhere"
        each.add_argument("--data", metavar="FILE", help=data)
        each.add_argument("--preset", metavar="NAME", help="network and training from this preset")
        each.add_argument("--set", metavar="PATH=VALUE", action="append", default=[], help="one value of the document")
        each.add_argument("--epochs", type=int, metavar="N")
        each.add_argument("--replicas", type=int, metavar="R")
        each.add_argument("--seed", type=int, metavar="S")
        each.add_argument("--json", action="store_true", help="the results as JSON, in place of lines")
    train.add_argument("--twin", action="store_true", help="a twin without activations learns beside every network")
    train.add_argument("--out", metavar="FILE", help="where the results go, as JSON")
    compare.set_defaults(twin=False)
    for each in (inspect, train, compare):
        _add_reading(each)
    return parser


def _add_reading(parser: argparse.ArgumentParser) -> None:
    """How a file is read, where what is found by looking is wrong."""
    words = "a value that means missing in every column, such as -9; may be given again"
    parser.add_argument("--missing", metavar="VALUE", action="append", default=[], help=words)
    parser.add_argument("--delimiter", metavar="MARK", help="what stands between cells: , ; | tab or space")
    parser.add_argument("--encoding", metavar="NAME", help="utf-8, utf-16, windows-1252 or latin-1")
    parser.add_argument("--decimal", metavar="MARK", help=". or ,")
    parser.add_argument("--no-header", action="store_true", help="the first line is no names but a row")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of an Excel file")
    parser.add_argument("--rows", type=int, metavar="N", help="a random sample of so many rows")


def _reading(arguments: argparse.Namespace) -> Reading:
    """Raises `UserError` for what no file is read with."""
    mark = {"tab": "\t", "\\t": "\t", "space": " "}.get(arguments.delimiter, arguments.delimiter)
    given = {"delimiter": mark, "encoding": arguments.encoding, "decimal": arguments.decimal, "sheet": arguments.sheet}
    given |= {"rows": arguments.rows, "header": False if arguments.no_header else None}
    try:
        return Reading.model_validate(given)
    except ValidationError as error:
        told = explain(error, "it")
        if told.path == "delimiter":
            raise UserError("--delimiter should be one of , ; | tab space.", told.found, "Choose one of these.") from error
        raise UserError(told.expected.replace(f"“{told.path}” of it", f"--{told.path}"), told.found, told.fix) from error


def _begun(arguments: argparse.Namespace, source: Source, table: Table) -> Experiment:
    """The document that a file begins with; what `--missing` names joins what was found."""
    experiment = begin(source, table)
    marks = dict.fromkeys([*experiment.data.everywhere, *_marks(arguments)])
    return with_missing_everywhere(experiment, table, tuple(marks)) if arguments.missing else experiment


def _marks(arguments: argparse.Namespace) -> list[float | str]:
    """What `--missing` names: numbers where they can be."""
    return [number if math.isfinite(number := _number(text)) else text for text in arguments.missing]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _inspect(arguments: argparse.Namespace, store: Store) -> int:
    path = Path(arguments.file)
    if not path.is_file():
        raise UserError("FILE should be a file that is there.", f"none at “{arguments.file}”", "Check the path.")
    source = _kept(path, store, _reading(arguments))
    table = load(source, store)
    experiment = _begun(arguments, source, table)
    told = inspect(experiment, table)
    print(json.dumps(told, indent=2, allow_nan=False, ensure_ascii=False) if arguments.json else "\n".join(lines(told)))
    return 0


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


def _schemes(arguments: argparse.Namespace, store: Store) -> int:
    if arguments.json:
        print(json.dumps(schemes(), indent=2, allow_nan=False, ensure_ascii=False))
    elif arguments.markdown:
        print(markdown())
    else:
        for scheme in schemes():
            print(f"{scheme['name']:20} {scheme['title']}: {scheme['help']} ({scheme['family']}; {scheme['reference']})")
    return 0


def _settings(arguments: argparse.Namespace, store: Store) -> int:
    print(settings.table())
    return 0


def _train(arguments: argparse.Namespace, store: Store) -> int:
    experiment, notes = document(arguments, store)
    if not experiment.tasks:
        raise UserError("There should be at least one task.", "none", "Name columns to predict: --tasks A,B.")
    table = table_of(experiment.data, store)
    dataset = prepare(experiment, table)
    if arguments.out:
        _check_out(Path(arguments.out))
    for note in notes:
        print(" ".join(note.split()), file=sys.stderr)
    bar = sys.stderr.isatty()
    result = train(experiment, dataset, partial(_draw, experiment) if bar else None)
    result["rows"] = len(table.frame)
    result["labelled"] = {target.column: int(target.labelled.sum()) for target in dataset.targets}
    if bar:
        print(file=sys.stderr)
    for task in experiment.columns:
        before, after = (_losses(result["history"], task, epoch) for epoch in (0, experiment.training.epochs))
        if has_jumped(before, after):
            print(f"the loss of {task} rose from {_mean(before)} to {_mean(after)}: try a lower learning rate", file=sys.stderr)
    if arguments.out:
        Path(arguments.out).write_text(json.dumps(result, allow_nan=False))
    if arguments.json:
        print(json.dumps(result, allow_nan=False, ensure_ascii=False))
        return 0
    for task, labelled in result["labelled"].items():
        print(f"{task}: {labelled:,} of {result['rows']:,} rows have a label")
    helping = {task.column for task in experiment.tasks if task.auxiliary}
    scored = result["test"] if experiment.network.twin else {"": result["test"]}
    for who, tasks in scored.items():
        for task, metrics in tasks.items():
            shown = ", ".join(_score(name, values, result["baseline"][task].get(name)) for name, values in metrics.items())
            beside = ", auxiliary" if task in helping else ""
            print(f"{task}{beside}, test rows{who and f', {WHO[who]}'}: {shown}")
    return 0


def _compare(arguments: argparse.Namespace, store: Store) -> int:
    experiment, notes = document(arguments, store)
    if len(experiment.tasks) < 2:
        raise UserError("There should be two tasks to compare.", f"{len(experiment.tasks)}", "Name them: --tasks A,B.")
    for note in notes:
        print(" ".join(note.split()), file=sys.stderr)
    experiment = compared(experiment)
    dataset = prepare(experiment, table_of(experiment.data, store))
    found: dict[Part, Outcome] = {}
    parts = report.twins(experiment)
    for number, part in enumerate(parts, 1):
        if sys.stderr.isatty():
            print(f"training {number} of {len(parts)}: {', '.join(part.columns)}", file=sys.stderr)
        outcome = go_on(experiment, part, dataset).outcome
        found |= {part: outcome} if outcome else {}
    told = report.judged(experiment, found)
    if told is None:
        raise UserError("Every training should come to an end.", "one that did not", "Try again.")
    if arguments.json:
        print(json.dumps(report.as_json(told), allow_nan=False, ensure_ascii=False))
        return 0
    for task in told.tasks:
        gain, score = task.gain, task.metric.name
        ends = "-" if gain.low is None or gain.high is None else f"{gain.low:+.4f} to {gain.high:+.4f}"
        both = f"{score} together {_mean([task.together])}, alone {_mean([task.alone])}"
        print(f"{task.column}: {gain.verdict}; {both}, gain {_mean([gain.mean])} (95 % interval {ends})")
    for name in told.failed:
        print(f"the loss of {name} exploded: try a lower learning rate", file=sys.stderr)
    print(f"delta-m: {'-' if told.delta_m is None else f'{told.delta_m:+.2f} %'}")
    for name, (one, all_) in {"parameters": told.parameters, "seconds": told.seconds}.items():
        print(f"{name}: {one:,.{name == 'seconds':d}f} together, {all_:,.{name == 'seconds':d}f} one by one")
    return 0


def _losses(history: list[dict[str, Any]], task: str, epoch: int) -> list[float]:
    """Training losses of a task after an epoch, one for each replica, infinite where JSON has none; not those of twins."""
    return [
        math.inf if row["loss"] is None else row["loss"]
        for row in history
        if (row["task"], row["epoch"], row["split"]) == (task, epoch, "train") and not row.get("twin")
    ]


def _score(name: str, values: list[float | None], baseline: dict[str, float | None] | None) -> str:
    """A metric's mean over the replicas, and beside it what one gets without a network."""
    beside = ", ".join(f"{how} {_mean([value])}" for how, value in (baseline or {}).items())
    return f"{name} {_mean(values)}" + (f" ({beside})" if beside else "")


def document(arguments: argparse.Namespace, store: Store) -> tuple[Experiment, list[str]]:
    """The document that the words of the command line describe, every change checked, and what to say of it."""
    notes: list[str] = []
    experiment = _source(arguments, store, notes)
    table = table_of(experiment.data, store)
    if arguments.tasks is not None:
        wanted = _columns(arguments.tasks)
        for column in [column for column in experiment.columns if column not in wanted]:
            experiment = mark(experiment, table, column, "ignore")
        if absent := [column for column in wanted if column not in table.frame]:
            known = ", ".join(map(str, table.frame.columns[:20])) + (" …" if len(table.frame.columns) > 20 else "")
            raise UserError(f"--tasks should name columns of the table: {known}.", f"“{absent[0]}”", "Check the spelling.")
        for column in wanted:
            experiment = mark(experiment, table, column, "task")
    if arguments.preset:
        preset = presets.load(arguments.preset)
        experiment = presets.onto(preset, experiment)
        notes.append(_lent(arguments, preset, experiment))
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
    return experiment, notes


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


def _source(arguments: argparse.Namespace, store: Store, notes: list[str]) -> Experiment:
    name, path = arguments.source, Path(arguments.source)
    if path.suffix == ".json":
        return _with_rows(parse(path.read_bytes()), path, arguments.data, store, notes)
    if arguments.data:
        raise UserError(
            "--data should go with an experiment JSON.", f"“{name}”", f"Write train {arguments.data} --preset NAME instead."
        )
    if path.is_file():
        source = _kept(path, store, _reading(arguments))
        table = load(source, store)
        return _begun(arguments, source, table)
    if name in presets.about():
        return presets.load(name)
    name = name.removeprefix(SAMPLE)
    if name in SAMPLES:
        source = Source(kind="sample", name=name)
        return begin(source, load(source), SAMPLES[name])
    if path.suffix or len(path.parts) > 1:
        raise UserError("SOURCE should be a file that is there.", f"none at “{name}”", "Check the path.")
    known = ", ".join(dict.fromkeys([*presets.about(), *SAMPLES]))
    raise UserError(f"SOURCE should be a file or one of {known}.", f"“{name}”", "Check the spelling or the path.")


def _kept(path: Path, store: Store, reading: Reading | None = None) -> Source:
    return Source(kind="file", name=path.name, sha256=store.put(path.read_bytes()), reading=reading or Reading())


def _with_rows(experiment: Experiment, path: Path, data: str | None, store: Store, notes: list[str]) -> Experiment:
    """An experiment with its own file's rows: those of `--data`, or of the file of that name beside the JSON."""
    source = experiment.data.source
    if source.kind == "sample":
        if data:
            raise UserError("--data should go with an experiment on an own file.", f"the sample {source.name}", "Leave it out.")
        return experiment
    beside = Path(data) if data else path.parent / Path(source.name).name
    if not data and not beside.is_file():
        raise UserError(f"The rows of {path} should lie beside it, in {source.name}.", "no such file", "Write --data FILE.")
    found = _kept(beside, store)
    if found.sha256 == source.sha256:
        return experiment
    if not data:
        raise UserError(
            f"{beside} should be the file of this experiment.", "other rows", f"Write --data {beside} to take them."
        )
    notes.append(f"rows from {data}: not those that this experiment was made on")
    return experiment.changed("data.source", found.model_dump(mode="json"))


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


def _draw(experiment: Experiment, share: float, record: Record) -> None:
    done = "#" * round(BAR * share)
    losses = "  ".join(
        f"{column} {_mean(scores['loss'])}" for column, scores in zip(experiment.columns, record["train"], strict=True)
    )
    print(f"\r[{done:{BAR}}] epoch {record['epoch']}/{experiment.training.epochs}  {losses}", end="", file=sys.stderr)


def _mean(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known) / len(known):.4f}" if known else "-"


if __name__ == "__main__":
    sys.exit(main())
