"""The document: everything that makes a run, as frozen, versioned, JSON-able pydantic models.

Knows no plug-in and no data: names of samples, losses, optimizers are resolved by the rooms that own
them (`core.check` does it for all at once). Same document + same data = same curves.
"""

import json
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.errors import UserError
from core.registry import explain, shown

VERSION = 1
Kind = Literal["number", "category", "yes-no", "text"]
TaskKind = Literal["binary", "multiclass", "regression"]
MAX_WIDTH, MAX_LAYERS, MAX_TASKS, MAX_REPLICAS = 1024, 12, 50, 64
MAX_CLASSES, MAX_WORDS, MAX_TOKENS = 200, 50_000, 512
"""So many different words are told apart, and so many words of a row are read."""


def titled(title: str, *items: str, **field: Any) -> Any:
    """A field and what sentences call it. items: what they call an item of it, and an item of that; {0}, {1}: the keys."""
    return Field(title=title, json_schema_extra={"items": list(items)}, **field)


class Document(BaseModel):
    """`SEVERAL`: there are several of the kind, so that a sentence must say whose setting it speaks of."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    SEVERAL: ClassVar[bool] = False


class Choice(Document):
    """A plug-in by name, with its parameters (missing ones take their defaults)."""

    SEVERAL: ClassVar[bool] = True
    name: str
    params: dict[str, Any] = titled("parameters", default={})


class Reading(Document):
    """How a file's bytes become a table. What is None is decided by looking at the bytes; what is not, a person chose.

    delimiter " ": runs of spaces. header: whether the first line that is no comment names the columns. skip: lines before it.
    rows: a random sample of so many rows instead of all of them.
    """

    encoding: Literal["utf-8", "utf-16", "windows-1252", "latin-1"] | None = titled("encoding of the file", default=None)
    delimiter: Literal[",", ";", "\t", "|", " "] | None = titled("mark between the file's cells", default=None)
    decimal: Literal[".", ","] | None = titled("decimal mark of the file", default=None)
    header: bool | None = titled("switch for names in the file's first line", default=None)
    skip: int | None = titled("number of lines before the table", default=None, ge=0, le=1_000)
    sheet: str | None = titled("sheet of the file", default=None)
    rows: int | None = titled("number of rows drawn from the file", default=None, ge=1, le=2_000_000)


class Source(Document):
    """Where the table comes from: a sample by name, or a stored file by the SHA-256 of its bytes."""

    kind: Literal["sample", "file"] = titled("kind of the source of the data")
    name: str = titled("name of the data")
    params: dict[str, Any] = titled("parameters of the data", default={})
    sha256: str = titled("SHA-256 of the file", default="")
    reading: Reading = titled("reading of the file", default=Reading())


class Split(Document):
    """Shares of the rows; what is left of both is trained on. `vary` gives every replica its own split.

    `learn_from`: of the one input, a number, from where to where; rows beyond are neither trained on nor scored.
    """

    validation: float = titled("share of rows for validation", default=0.2, ge=0.0, le=0.8)
    test: float = titled("share of rows for the test", default=0.2, ge=0.0, le=0.8)
    vary: bool = titled("switch for a split of every replica's own", default=False)
    learn_from: tuple[float, float] | None = titled(
        "range of the input it may learn from", "end {0} of the range of the input it may learn from", default=None
    )

    @model_validator(mode="after")
    def leaves_rows(self) -> Self:
        if self.validation + self.test > 0.9:
            raise UserError(
                "Validation and test together should leave at least 10 % of the rows for training.",
                f"{self.validation:.0%} + {self.test:.0%}",
                "Lower one of the two shares.",
            )
        if self.learn_from and self.learn_from[0] >= self.learn_from[1]:
            raise UserError(
                "The range of the input it may learn from should end above where it begins.",
                "{:g} to {:g}".format(*self.learn_from),
                "Swap the two ends, or move them apart.",
            )
        return self


class Data(Document):
    """The table and which of its columns are inputs, each with its kind; other columns are ignored.

    `missing`: column -> values that stand for "not known" there, beside empty cells (`{"thal": [0]}`); `everywhere`: those that
    do so in every column. `mends` are done to the table in their order, before anything else looks at it.
    """

    source: Source = titled("source of the data")
    inputs: dict[str, Kind] = titled("inputs", "the kind of the input “{0}”")
    missing: dict[str, tuple[float | str, ...]] = titled(
        "values that mean missing", "the values that mean missing in “{0}”", "value {1} that means missing in “{0}”", default={}
    )
    everywhere: tuple[float | str, ...] = titled(
        "values that mean missing in every column", "value {0} that means missing", default=()
    )
    mends: tuple[Choice, ...] = titled("mends of the table", "mend {0} of the table", default=(), max_length=200)
    split: Split = titled("split", default=Split())

    def marks(self, column: str) -> tuple[float | str, ...]:
        """The values that stand for "not known" in a column."""
        own = self.missing.get(column, ())
        return own if not self.everywhere else (*own, *(mark for mark in self.everywhere if mark not in own))


class Task(Document):
    """One column to predict. `loss` None means the usual one for its kind.

    `auxiliary`: it is trained for what it teaches the others, and not scored. `fade`: between these two epochs, counted from 0,
    its weight falls from all to nothing. `order`: its classes, the lowest first; those that are not named come after them.
    """

    SEVERAL: ClassVar[bool] = True
    column: str
    kind: TaskKind
    loss: Choice | None = None
    auxiliary: bool = titled("switch for a task that is not scored", default=False)
    fade: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] | None = titled(
        "epochs between which its weight fades", "epoch {0} of those between which its weight fades", default=None
    )
    order: Annotated[tuple[str, ...], Field(max_length=MAX_CLASSES)] = titled("order of classes", "class {0}", default=())

    @model_validator(mode="after")
    def fades_in_order(self) -> Self:
        if self.fade and self.fade[0] >= self.fade[1]:
            raise UserError(
                "A weight should have faded after the epoch in which it begins to.",
                "{} to {}".format(*self.fade),
                "Move the two epochs apart.",
            )
        return self


class Layer(Document):
    """width units: matrix product + bias, then batch norm, activation, dropout (each optional).

    `norm_last` puts batch norm after the activation instead of before it.
    """

    SEVERAL: ClassVar[bool] = True
    width: int = titled("number of units", ge=1, le=MAX_WIDTH)
    activation: Choice = Choice(name="relu")
    batch_norm: bool = False
    norm_last: bool = titled("switch for batch norm after the activation", default=False)
    dropout: float = Field(0.0, ge=0.0, le=0.95)


Stack = Annotated[tuple[Layer, ...], Field(max_length=MAX_LAYERS)]


class Text(Document):
    """How texts are read before anything else: each word becomes `embedding` numbers, and the reader makes one row of them.

    mean: their mean, blind to the order of words; lstm, gru: word by word, with a memory of `width` numbers. words: so many
    different ones are told apart, the most frequent; tokens: so many words of a row are read.
    """

    reader: Literal["mean", "lstm", "gru"] = titled("way in which texts are read", default="lstm")
    embedding: int = titled("number of numbers for each word", default=16, ge=1, le=256)
    width: int = titled("number of units that read", default=32, ge=1, le=256)
    words: int = titled("number of words that are told apart", default=MAX_WORDS, ge=1, le=MAX_WORDS)
    tokens: int = titled("number of words of a row that are read", default=MAX_TOKENS, ge=1, le=MAX_TOKENS)

    @property
    def outputs(self) -> int:
        """How many numbers the reader makes of a row's texts."""
        return self.embedding if self.reader == "mean" else self.width


class Network(Document):
    """Layers that all tasks share (`trunk`), layers each task owns (`towers`, by column).

    The last matrix of each task, to as many outputs as it needs, is added by itself.
    `nonlinear` False takes every activation out, and keeps them for when it is put back. `twin` gives every replica a
    twin without activations, which starts from the same weights and sees the same batches. Where an input is a text, `text`
    says how it is read, in front of all else and shared by all tasks.
    """

    sharing: Choice = Choice(name="hard")
    text: Text = titled("reading of texts", default=Text())
    trunk: Stack = titled("shared layers", "shared layer {0}", default=())
    towers: dict[str, Stack] = titled(
        "layers of the tasks", "the layers of the task “{0}”", "layer {1} of the task “{0}”", default={}
    )
    nonlinear: bool = titled("switch for activations", default=True)
    twin: bool = titled("switch for twins without activations", default=False)


class Training(Document):
    """How the parameters are moved. `batch_size` None takes all training rows at once.

    `own_l1`, `own_l2`: the penalties of the tasks' own layers, where they are to differ from those of the shared ones.
    """

    optimizer: Choice = Choice(name="adam")
    learning_rate: float = Field(0.001, gt=0.0, le=100.0)
    schedule: Choice = Choice(name="constant")
    batch_size: int | None = Field(32, ge=1, le=100_000)
    epochs: int = titled("number of epochs", default=50, ge=1, le=100_000)
    l1: float = titled("L1 penalty", default=0.0, ge=0.0, le=10.0)
    l2: float = titled("L2 penalty", default=0.0, ge=0.0, le=10.0)
    own_l1: float | None = titled("L1 penalty of the tasks' own layers", default=None, ge=0.0, le=10.0)
    own_l2: float | None = titled("L2 penalty of the tasks' own layers", default=None, ge=0.0, le=10.0)
    clip: float | None = titled("largest length of a gradient", default=None, gt=0.0)


class Weighting(Choice):
    """How the tasks' losses are weighed. `ema` is how much of the last step's weights is kept (CR-MOGM); 0 keeps none."""

    ema: float = titled("smoothing of the weights", default=0.0, ge=0.0, le=0.999)


class Group(Document):
    """Tasks, or groups, whose losses are weighed among themselves first; what comes of it is one loss to what is around it."""

    SEVERAL: ClassVar[bool] = True
    name: str = Field(min_length=1, max_length=60)
    members: tuple[str, ...] = titled("list of members", "member {0}", min_length=1)
    weighting: Weighting = Weighting(name="equal")


class Phase(Document):
    """When something is trained: from the epoch `first`, counted from 0, until before `last` (None: to the end); else frozen.

    `ramp`: over so many epochs from its first on, its weight grows from nothing to all.
    """

    SEVERAL: ClassVar[bool] = True
    first: int = titled("first epoch", default=0, ge=0)
    last: int | None = titled("epoch at which it ends", default=None, ge=1)
    ramp: int = titled("number of epochs over which its weight grows", default=0, ge=0)

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        if self.last is not None and self.last <= self.first:
            raise UserError(
                "A phase of training should end after it begins.", f"{self.first} to {self.last}", "Move its two ends apart."
            )
        return self


class Timeline(Document):
    """Which part of the network is trained when. `tasks`: phases by column, always where none is given; `shared`: of all that
    tasks share.

    `warm_up`: so many epochs begin with equal weights, whatever the weighting. `patience`: a task whose validation loss has
    not fallen for so many epochs stops: its own layers freeze, the rest goes on.
    """

    tasks: dict[str, Phase] = titled("phases of the tasks", "the phase of the task “{0}”", default={})
    shared: Phase = titled("phase of the shared layers", default=Phase())
    warm_up: int = titled("number of epochs with equal weights", default=0, ge=0)
    patience: int | None = titled("number of epochs that a task waits for a lower loss", default=None, ge=1)


class Experiment(Document):
    """The one document. Every page reads and changes it, and nothing else."""

    version: Literal[1] = 1
    data: Data
    tasks: tuple[Task, ...] = titled("list of tasks", "task {0}", max_length=MAX_TASKS)
    network: Network = Network()
    weighting: Weighting = Weighting(name="equal")
    groups: tuple[Group, ...] = titled("groups of tasks", "group {0} of tasks", default=(), max_length=MAX_TASKS)
    sampling: Choice = Choice(name="all")
    timeline: Timeline = titled("timeline of the training", default=Timeline())
    training: Training = Training()
    seed: int = Field(0, ge=0, lt=2**31)
    replicas: int = titled("number of replicas", default=1, ge=1, le=MAX_REPLICAS)

    @model_validator(mode="after")
    def columns_are_used_once(self) -> Self:
        columns = self.columns
        if twice := next((column for column in columns if columns.count(column) > 1), None):
            raise UserError("Each task should have a column of its own.", f"“{twice}” twice", "Remove one of the two.")
        if both := next((column for column in columns if column in self.data.inputs), None):
            raise UserError(
                "A column should be an input or a task, not both.",
                f"“{both}” marked as both",
                "Mark it as one of the two: a network that is shown the answer learns nothing else.",
            )
        if stray := next((column for column in self.network.towers if column not in columns), None):
            raise UserError("Layers should belong to a task.", f"layers for “{stray}”, which is no task", "Remove them.")
        if stray := next((column for column in self.timeline.tasks if column not in columns), None):
            raise UserError("A phase should belong to a task.", f"one of “{stray}”, which is no task", "Remove it.")
        if self.tasks and all(task.auxiliary for task in self.tasks):
            raise UserError("One task at least should be scored.", "none", "Let one be more than auxiliary.")
        return self

    @model_validator(mode="after")
    def groups_are_a_tree(self) -> Self:
        names = [group.name for group in self.groups]
        around: dict[str, str] = {}
        for group in self.groups:
            if names.count(group.name) > 1 or group.name in self.columns:
                raise UserError("Each group should have a name of its own.", f"“{group.name}” twice", "Rename one of the two.")
            for member in group.members:
                if member not in names and member not in self.columns:
                    raise UserError(
                        f"The group “{group.name}” should hold tasks or groups.", f"“{member}”, which is neither", "Remove it."
                    )
                if member in around:
                    raise UserError(
                        "A task or group should be in one group only.",
                        f"“{member}” in “{around[member]}” and “{group.name}”",
                        "Take it out of one of the two.",
                    )
                around[member] = group.name
        for name in names:
            seen, at = {name}, around.get(name)
            while at is not None:
                if at in seen:
                    raise UserError("A group should not be part of itself.", f"“{name}”", "Take it out of the group inside it.")
                seen.add(at)
                at = around.get(at)
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The tasks' columns, in order."""
        return tuple(task.column for task in self.tasks)

    @property
    def texts(self) -> tuple[str, ...]:
        """The inputs that are texts, in order."""
        return tuple(column for column, kind in self.data.inputs.items() if kind == "text")

    @property
    def lanes(self) -> int:
        """How many networks train side by side: the replicas, and after them their twins where there are any."""
        return 2 * self.replicas if self.network.twin else self.replicas

    def tower(self, column: str) -> tuple[Layer, ...]:
        return self.network.towers.get(column, ())

    def to_json(self) -> str:
        return self.model_dump_json(indent=2)

    def changed(self, path: str, value: Any) -> "Experiment":
        """This document with the value at a dotted path replaced, checked anew. Paths and errors as in `edited`."""
        return self.edited(path, lambda _: value)

    def edited(self, path: str, make: Callable[[Any], Any]) -> "Experiment":
        """This document with the value at a dotted path replaced by what `make` makes of it, as JSON has it; checked anew.

        A step may be a key, a list index, or in `tasks` a column: `tasks.thal.loss.name`.
        Raises `UserError` for a path that leads nowhere or a value that does not fit.
        """
        document = self.model_dump(mode="json")
        place: Any = document
        key, rest = _key(place, path, path)
        while rest:
            place = place[key]
            if not isinstance(place, dict | list):
                raise UserError(
                    "A setting should be named by its path in the document.", f"“{path}”", f"“{key}” holds no settings."
                )
            key, rest = _key(place, rest, path)
        place[key] = make(place.get(key) if isinstance(place, dict) else place[int(key)])
        return parse(document)


def _key(place: Any, rest: str, path: str) -> tuple[str | int, str]:
    """The first step of a path and what follows it; columns may have dots in their names, so the longest that fits is taken."""
    if isinstance(place, list):
        known: dict[str, str | int] = {str(number): number for number in range(len(place))}
        known |= {item["column"]: number for number, item in enumerate(place) if isinstance(item, dict) and "column" in item}
    else:
        known = {name: name for name in place}
    for name in sorted(known, key=len, reverse=True):
        if rest == name or (rest.startswith(f"{name}.") and len(rest) > len(name) + 1):
            return known[name], rest[len(name) + 1 :]
    if isinstance(place, dict):
        return rest, ""
    raise UserError(
        "A setting should be named by its path in the document.",
        f"“{path}”",
        f"Where “{rest}” stands comes one of: {', '.join(known)}.",
    )


def parse(document: str | bytes | dict[str, Any]) -> Experiment:
    """The experiment that a JSON text (or its dict) describes; of a run's results, the experiment in them.

    Raises `UserError` when it is cut, of another version, or has unknown keys or values out of bounds.
    """
    if not isinstance(document, dict):
        try:
            document = json.loads(document)
        except (ValueError, RecursionError) as error:
            raise UserError(
                "An experiment should be a whole JSON document.", _broken(error), "Export it again, or choose another file."
            ) from error
    if not isinstance(document, dict):
        raise UserError("An experiment should be a JSON object.", shown(document), "Choose a file that this app exported.")
    if isinstance(document.get("experiment"), dict) and "history" in document:  # a whole run's results
        document = dict(document["experiment"])
    if document.get("version", VERSION) != VERSION or "version" not in document:
        raise UserError(
            f"An experiment should be of version {VERSION}.",
            f"version {shown(document['version'])}" if "version" in document else "no version",
            "Open it in the app that made it, or build it anew here.",
        )
    try:
        return Experiment.model_validate(document)
    except ValidationError as error:
        raise explain(error, "the experiment", in_words) from error


def _broken(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        if not error.doc.strip():
            return "an empty text"
        ends = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
        return f"a text that {'breaks off' if ends else 'is damaged'} at line {error.lineno}"
    if isinstance(error, UnicodeDecodeError):
        return "bytes that are no text"
    return "brackets within brackets without end" if isinstance(error, RecursionError) else "a number of too many digits"


def in_words(path: tuple[str | int, ...]) -> str:
    """The path of a setting as people say it: `("network", "trunk", 0, "width")` is "the number of units of shared layer 1"."""
    model: Any = Experiment
    words = "the experiment"
    keys: list[int | str] = []
    items: list[str] = []
    for step in path:
        field = model.model_fields.get(str(step)) if isinstance(model, type) and issubclass(model, Document) else None
        if field is not None:
            whose = f" of {words}" if model.SEVERAL else ""
            words, keys = f"the {field.title or str(step).replace('_', ' ')}{whose}", []
            extra: Any = field.json_schema_extra or {}
            items, model = list(extra.get("items", ())), _inner(field.annotation)
        elif items:  # else it is what pydantic calls a branch of a union
            keys.append(step + 1 if isinstance(step, int) else step)
            words = items.pop(0).format(*keys)
    return words


def _inner(annotation: Any) -> Any:
    """The document that an annotation speaks of, however it is wrapped: `tuple[Layer, ...]`, `Choice | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Document):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part)) is not None), None)
