"""A run at one moment, whole: the document and every tensor that training has. Nothing points out of it.

Knows nothing of how it is moved on (`core.training.advance`) or where it is kept.
"""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import safetensors.torch
import torch
from torch import Tensor

from core.data.dataset import Dataset
from core.data.remember import Same, remembered
from core.data.samples import BY_HAND
from core.experiment import Choice, Data, Experiment, Network, Task, parse
from core.losses import check, loss_of
from core.network.graph import Graph
from core.network.layer import Bent, Dense
from core.network.parameters import Spec, generator, initial
from core.network.sharing import SHARING, build
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES
from core.training.timeline import check as check_timeline
from core.weighting import State, tree_of

MANY = 64
"""So many of the latest documents, and of their networks, are kept: each slice of a run asks for the same again."""
ROOMS = ("buffers", "optimizer", "scheme", "sampling", "timeline", "surgery")
"""The named tensors of a checkpoint."""


@dataclass(frozen=True)
class Failure:
    """Why a run cannot go on: the task whose loss was no longer a sensible number, in which step and replica."""

    task: str
    step: int
    replica: int
    loss: float


@dataclass(frozen=True)
class Checkpoint:
    """parameters: flat float32; buffers, optimizer, scheme: named tensors; generator: its state; step: steps done.

    sampling, timeline: what `core.training.turns` and `core.training.timeline` keep from epoch to epoch, if anything.
    surgery: what numbers edited by hand were before, for `core.training.surgery` to put back.
    """

    experiment: Experiment
    parameters: Tensor
    buffers: dict[str, Tensor]
    optimizer: dict[str, Tensor]
    scheme: dict[str, Tensor]
    generator: Tensor
    step: int = 0
    failure: Failure | None = None
    sampling: dict[str, Tensor] = field(default_factory=dict)
    timeline: dict[str, Tensor] = field(default_factory=dict)
    surgery: dict[str, Tensor] = field(default_factory=dict)

    def pack(self) -> bytes:
        """Bytes that `unpack` reads: safetensors, with the document in its header."""
        tensors = {"parameters": self.parameters, "generator": self.generator}
        for room in ROOMS:
            tensors |= {f"{room}/{name}": tensor for name, tensor in getattr(self, room).items()}
        failure = vars(self.failure) if self.failure else None
        head = {"document": self.experiment.model_dump_json(), "step": self.step, "failure": failure}
        return safetensors.torch.save(
            {name: tensor.contiguous() for name, tensor in tensors.items()}, {"run": json.dumps(head)}
        )


def unpack(raw: bytes) -> Checkpoint:
    tensors = safetensors.torch.load(raw)
    size = int.from_bytes(raw[:8], "little")
    head = json.loads(json.loads(raw[8 : 8 + size])["__metadata__"]["run"])
    rooms: dict[str, dict[str, Tensor]] = {room: {} for room in ROOMS}
    for name, tensor in tensors.items():
        room, slash, rest = name.partition("/")
        if slash:
            rooms[room][rest] = tensor
    return Checkpoint(
        experiment=_document(head["document"] if "document" in head else json.dumps(head["experiment"])),  # so it was first
        parameters=tensors["parameters"],
        generator=tensors["generator"],
        step=head["step"],
        failure=Failure(**head["failure"]) if head["failure"] else None,
        **rooms,
    )


@remembered(maxsize=MANY)
def _document(text: str) -> Experiment:
    return parse(json.loads(text))


def architecture(experiment: Experiment, dataset: Dataset) -> Graph:
    """The network of a document, its ends sized by the data. It has no numbers of its own: the same serves whoever asks."""
    outputs = tuple((target.column, target.outputs) for target in dataset.targets)
    return _built(Same(experiment.network), len(dataset.feature_names), outputs, dataset.words)


@remembered(maxsize=MANY)
def _built(network: Same, features: int, outputs: tuple[tuple[str, int], ...], words: int) -> Graph:
    return build(network.thing, features, dict(outputs), words)


def start(experiment: Experiment, dataset: Dataset) -> Checkpoint:
    """Step 0: fresh parameters. The same document and data give the same start, to the last bit.

    Raises `UserError` for answers that a task's loss cannot take.
    """
    for number, (task, target) in enumerate(zip(experiment.tasks, dataset.targets, strict=True)):
        check(loss_of(task), target, dataset.known[number])
    check_timeline(experiment, dataset.validation.shape[1])
    network = architecture(experiment, dataset)
    flat = initial(network.specs, experiment.replicas, experiment.seed, experiment.lanes)
    optimizer, _ = OPTIMIZERS.resolve(experiment.training.optimizer.name, experiment.training.optimizer.params)
    return Checkpoint(
        experiment=experiment,
        parameters=flat,
        buffers=network.buffers(experiment.lanes),
        optimizer=optimizer.init(flat),
        scheme=fresh_scheme(experiment),
        generator=generator("training", experiment.seed).get_state(),
    )


def fresh_scheme(experiment: Experiment) -> dict[str, Tensor]:
    """The state that a weighting scheme begins with, as tensors."""
    return tensors_of(tree_of(experiment).init(experiment.lanes))


def tensors_of(state: State) -> dict[str, Tensor]:
    return {name: torch.from_numpy(values.copy()) for name, values in state.items()}  # no two may share memory: see `pack`


def steps_per_epoch(experiment: Experiment, dataset: Dataset) -> int:
    rows, size = dataset.train.shape[1], experiment.training.batch_size
    return 1 if size is None else -(-rows // size)


def adopt(checkpoint: Checkpoint, experiment: Experiment) -> Checkpoint | None:
    """The same run going on under a changed document, or None when only a new start can follow it.

    What may change on the way: everything of training but the batch size and optimizer, the weighting and the groups of tasks,
    the timeline, whether a task is scored and when it fades,
    which activations there are and whether (parameters are kept as they are), points that a person adds to a sample, and the
    range it learns from. Raises `UserError` for a schedule, weighting or activation that does not exist: a run must not take
    up what its next step would trip over.
    """
    old = checkpoint.experiment
    fixed = {"training": {"optimizer", "batch_size"}, "network": {"twin"}}
    if [_learned(task) for task in old.tasks] != [_learned(task) for task in experiment.tasks]:
        return None
    for part in ("sampling", "seed", "replicas"):
        if getattr(old, part) != getattr(experiment, part):
            return None
    if _lasting(old.data) != _lasting(experiment.data) or _shape(old.network) != _shape(experiment.network):
        return None
    if experiment.texts and old.network.text != experiment.network.text:
        return None
    for room, names in fixed.items():
        if any(getattr(getattr(old, room), name) != getattr(getattr(experiment, room), name) for name in names):
            return None
    if _kept(old.network.sharing) != _kept(experiment.network.sharing):
        return None
    check_timeline(experiment, experiment.data.split.validation)
    SCHEDULES.resolve(experiment.training.schedule.name, experiment.training.schedule.params)
    scheme = checkpoint.scheme
    if (old.weighting, old.groups) != (experiment.weighting, experiment.groups):
        state = {name: tensor.numpy() for name, tensor in scheme.items()}
        scheme = tensors_of(tree_of(experiment).taken_up(tree_of(old), state, experiment.lanes))
    return replace(checkpoint, experiment=experiment, scheme=scheme, failure=None)


def _learned(task: Task) -> Task:
    """What of a task a run cannot go on without: whether it is scored and when it fades may change."""
    return task.model_copy(update={"auxiliary": False, "fade": None})


def _lasting(data: Data) -> dict[str, Any]:
    """What of the data a run cannot go on without: all but points added by hand, and the range it learns from."""
    document = data.model_dump(mode="json")
    if not data.split.vary:  # else another range deals the rows out anew, and what was held back would be learned from
        document["split"].pop("learn_from")
    if data.source.kind == "sample":
        for name in BY_HAND:
            document["source"]["params"].pop(name, None)
    return document


def _shape(network: Network) -> list[Spec]:
    """Every parameter of the hidden layers: activations may be swapped as long as they have the same ones."""
    return [
        Spec(f"{spec.name} {layer.norm_last}", spec.owner, spec.shape, 0.0)
        for owner, layers in (("", network.trunk), *network.towers.items())
        for place, layer in enumerate(layers)
        for spec in Dense(f"{owner}.{place}", owner, 1, layer, Bent.ALL).specs
    ]


def _kept(sharing: Choice) -> dict[str, Any]:
    """What of the sharing architecture makes its parameters what they are."""
    module, params = SHARING.resolve(sharing.name, sharing.params)
    return {"name": sharing.name} | params.model_dump(exclude=set(getattr(module, "LIVE", ())))


def rescaled(checkpoint: Checkpoint, before: int, after: int) -> Checkpoint:
    """The same point of a run whose epochs, after its rows have changed, have another number of steps."""
    return replace(checkpoint, step=round(checkpoint.step / before * after))


def copied(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: tensor.clone() for name, tensor in tensors.items()}


def restored(state: Tensor) -> torch.Generator:
    """A generator that goes on where `state` was taken."""
    made = torch.Generator()
    made.set_state(state)
    return made
