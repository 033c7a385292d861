"""A few rows on their way through the network and their losses' gradients on the way back, every number of it.

The forward pass is the network's own, at rest (batch norm by what it remembers, nothing dropped), in float64; gradients are
autograd's, so they hold whatever the steps are. Knows nothing of pages or of which rows to take.

A *walk* is JSON-able: `rows`, `lane`, `tasks`, `steps` in the order in which they are computed, and `matrices` that these name:

    matrices[key] = {"shape": [.., row, column], "bytes": base64 of little-endian numbers, "kind": "f4" | "f8"}

Keys: `v<place>` is what a step of the graph gives, `[B, unit]`, of a bank of copies `[copy, B, unit]`, of words
`[B, word, number]`; `p<place>` a layer's product, `n<place>` that after batch norm, `y<place>` what its activation gives, where
these are not its value already; `w<place>` and `b<place>` its weights `[inputs, units]` and bias `[1, units]`.
`g<task>.<key>` is the gradient of a task's loss by one of these, `g.<key>` the weighted sum of all tasks'. Parameters of
more than `WHOLE` numbers are without bytes, but for those of the step that is asked for.

Each step has `kind`, `place`, `name` (as in `naming`), `title`, `owner` (a task's number, null: shared), `in` and `out` (keys),
`from` (places) and what its kind has of its own. `nearest` names the weighting scheme where its step is no weighted sum of the
tasks' gradients, so that the sum is only the nearest to it; else it is empty.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from core.data.dataset import Dataset, Target
from core.experiment import Experiment
from core.losses import loss_of
from core.network.embedding import Columns, Embedding, Mean
from core.network.graph import FEATURES, Graph, Step
from core.network.layer import EPSILON, Bent, Dense, Pass
from core.network.mixing import Blend, Join, Masked, Mixture, Part, Sigmoid, Softmax, Stitch, Stop
from core.network.parameters import SHARED, views
from core.network.recurrent import Recurrent
from core.network.selecting import Selection
from core.training.checkpoint import Checkpoint, architecture
from core.training.metrics import probabilities
from core.training.step import average
from core.training.walk_inputs import origins
from core.training.walk_losses import written
from core.training.walk_titles import title
from core.weighting import SCHEMES

WHOLE, LONG = 4096, 1024
"""Numbers of a parameter that are told unasked, and of a matrix from which on float32 does."""
MOST = 8
"""The most rows that go through at a time."""
THRESHOLD = 0.5
KINDS: dict[type, str] = {
    Softmax: "softmax", Sigmoid: "sigmoid", Stop: "stop", Mixture: "mixture", Stitch: "stitch", Part: "part", Blend: "blend",
    Join: "join", Masked: "masked", Selection: "selection", Columns: "columns", Embedding: "words", Mean: "mean",
}  # fmt: skip


def walkthrough(
    point: Checkpoint,
    dataset: Dataset,
    rows: Sequence[int],
    lane: int,
    weights: Sequence[float],
    asked: int | None = None,
    back: bool = True,
) -> dict[str, Any]:
    """The walk of some rows of the dataset through one network of a checkpoint.

    rows: their numbers in the dataset, at most `MOST`; lane: which replica, or from `replicas` on which one's twin;
    weights: of the tasks in the sum; asked: the place of the step whose parameters are told whatever their size; back:
    whether gradients and slopes are told too.
    """
    with torch.inference_mode(False), torch.enable_grad():
        return _Walk(point, dataset, list(rows), lane, list(weights), asked, back).told()


class _Walk:
    def __init__(
        self,
        point: Checkpoint,
        dataset: Dataset,
        rows: list[int],
        lane: int,
        weights: list[float],
        asked: int | None,
        back: bool,
    ) -> None:
        self.experiment: Experiment = point.experiment
        self.dataset, self.rows, self.lane, self.weights = dataset, rows, lane, weights
        self.asked, self.back = asked, back
        replicas = self.experiment.replicas
        both = self.experiment.network.twin
        lanes = [lane % replicas, lane % replicas + replicas] if both else [lane]  # an activation acts on the first half alone
        self.at, self.lanes = lanes.index(lane), len(lanes)
        self.graph: Graph = architecture(self.experiment, dataset)
        blocks = views(point.parameters, self.graph.specs, self.experiment.lanes)
        self.parameters = [block[lanes].double().requires_grad_() for block in blocks]
        self.buffers = {name: values[lanes].double() for name, values in point.buffers.items()}
        split = min(lane, dataset.splits - 1)
        self.features = dataset.features[split : split + 1, rows].double().expand(self.lanes, -1, -1)
        self.outputs, self.saved = self.graph.forward(self.features, Pass(self.parameters, self.buffers))
        self.matrices: dict[str, dict[str, Any]] = {}
        self.tracked: dict[str, tuple[Tensor, Tensor | float]] = {}
        self.columns = self.experiment.columns

    def told(self) -> dict[str, Any]:
        table = len(self.dataset.feature_names)
        self.put("v0", self.features[..., :table])
        first = {"kind": "inputs", "place": FEATURES, "name": "inputs", "title": "Inputs", "owner": None, "in": [], "out": "v0"}
        found = self.dataset.transforms
        of = origins(found[min(self.lane, len(found) - 1)]) if found else []
        steps = [{**first, "from": [], "names": list(self.dataset.feature_names), "of": of}]
        ends = {place: task for task, place in enumerate(self.graph.outputs.values())}
        results = [_Result(self, task) for task in range(len(self.columns))]
        last: list[dict[str, Any]] = []
        used = {place for step in self.graph.steps for place in step.inputs}
        for step, kept in zip(self.graph.steps, self.saved.kept, strict=True):
            steps += self.step(step, kept)
            if step.place in ends:  # where others build on answers, these wait until all is computed
                (last if used & set(ends) else steps).extend(results[ends[step.place]].steps(f"v{step.place}"))
        if self.back:
            self.gradients([result.gradient for result in results])
        losses = [result.loss for result in results]
        weighed = [weight * loss for weight, loss in zip(self.weights, losses, strict=True)]
        penalties = list(self.penalties())
        added = [each["rate"] * each["size"] for each in penalties]
        total = {"kind": "total", "place": None, "name": "total", "title": "What is made small", "owner": None, "in": [],
                 "out": "", "from": [], "losses": losses, "weights": self.weights, "penalties": penalties,
                 "total": sum(weighed) + sum(added)}  # fmt: skip
        return {
            "rows": self.rows,
            "lane": self.lane,
            "back": self.back,
            "nearest": self.nearest(),
            "tasks": [{"name": task.column, "kind": task.kind} for task in self.experiment.tasks],
            "steps": [*steps, *last, total],
            "matrices": self.matrices,
        }

    def penalties(self) -> Iterator[dict[str, Any]]:
        """What training makes small beside the losses: each `title`, and `rate` times `size`."""
        training, sizes = self.experiment.training, {"L2": 0.5, "L1": 1.0}
        pairs = {"L2": (training.l2, training.own_l2), "L1": (training.l1, training.own_l1)}
        for name, (shared, own) in pairs.items():
            found = [0.0, 0.0]
            for spec, block in zip(self.graph.specs, self.parameters, strict=True):
                if spec.matrix:
                    mine = block[self.at].detach()
                    found[spec.owner != SHARED] += float((mine.square() if name == "L2" else mine.abs()).sum()) * sizes[name]
            if own is None or own == shared:
                parts = [(f"{name} penalty", shared, sum(found))]
            else:
                parts = [(f"{name} penalty, shared layers", shared, found[0]), (f"{name} penalty, own layers", own, found[1])]
            yield from ({"title": title, "rate": rate, "size": size} for title, rate, size in parts if rate)
        if self.graph.ties is not None:
            size = float(self.graph.ties.penalty([block.detach() for block in self.parameters])[self.at])
            yield {"title": "Tasks' layers pulled together", "rate": 1.0, "size": size}

    def nearest(self) -> str:
        """The name of the scheme whose step is no weighted sum of gradients, else ""."""
        weighting = self.experiment.weighting
        scheme = SCHEMES[weighting.name]
        plain = getattr(scheme, "SUM", True) or weighting.ema > 0.0 or bool(self.experiment.groups)
        return "" if plain else scheme.TITLE

    # -- numbers ----------------------------------------------------------------------------------------------------

    def put(self, key: str, values: Tensor, whole: bool = True) -> str:
        """Tells numbers of all lanes under a key: those of the lane that is looked at."""
        self.matrices[key] = coded(self.cut(values), whole)
        return key

    def cut(self, values: Tensor) -> Tensor:
        """Of numbers of all lanes those of one; of a bank `[copy, ..]`, of one copy without that axis."""
        copies = len(values) // self.lanes
        mine = values.detach().unflatten(0, (self.lanes, copies))[self.at]
        return mine[0] if copies == 1 else mine

    def track(self, key: str, value: Tensor, by: Tensor | None = None, factor: Tensor | float = 1.0) -> str:
        """Tells a value, and later the tasks' gradients by it: those by `by`, times a factor."""
        self.put(key, value)
        self.tracked[key] = (value if by is None else by, factor)
        return key

    def gradients(self, grads: list[Tensor]) -> None:
        """Tells every task's gradient by everything that is tracked, and the weighted sum of those of several tasks."""
        tracked = {key: pair for key, pair in self.tracked.items() if pair[0].requires_grad}
        wanted = [by for by, _ in tracked.values()]
        sums: dict[str, list[Tensor]] = {}
        for task, (output, grad) in enumerate(zip(self.outputs, grads, strict=True)):
            found = torch.autograd.grad(output, wanted, grad, retain_graph=True, allow_unused=True)
            for (key, (_, factor)), by in zip(tracked.items(), found, strict=True):
                if by is not None:
                    self.put(f"g{task}.{key}", by * factor)
                    sums.setdefault(key, []).append(by * factor * self.weights[task])
        for key, parts in sums.items():
            if len(parts) > 1:
                self.put(f"g.{key}", torch.stack(parts).sum(0))

    # -- steps ------------------------------------------------------------------------------------------------------

    def step(self, step: Step, kept: Any) -> Iterator[dict[str, Any]]:
        """What is told of a step of the graph; a layer is told as its product, batch norm and activation."""
        node, key = step.node, f"v{step.place}"
        owner = self.columns.index(step.owner) if step.owner != SHARED else None
        about = {"place": step.place, "name": node.name, "title": title(node.name, self.columns), "owner": owner,
                 "from": list(step.inputs), "in": [f"v{place}" for place in step.inputs]}  # fmt: skip
        if isinstance(node, Dense):
            yield from self.layer(step, node, kept, about)
            return
        self.track(key, self.saved.values[step.place])
        kind = "reader" if isinstance(node, Recurrent) else KINDS[type(node)]
        yield {**about, "kind": kind, "out": key, **self.own(step, kept)}

    def own(self, step: Step, kept: Any) -> dict[str, Any]:
        """What only some kinds have."""
        node, place = step.node, step.place
        if isinstance(node, Mixture):
            return {"banks": node.banks}
        if isinstance(node, Stitch):
            return {"w": self.put(f"w{place}", node.matrix(self.parameters)), "copies": node.copies, "groups": node.groups}
        if isinstance(node, Blend):
            return {"w": self.put(f"w{place}", node.weights(self.parameters))}
        if isinstance(node, Part):
            return {"which": node.which, "copies": node.copies}
        if isinstance(node, Selection):
            _, shares, _, _, chosen = kept
            lanes = [each.expand(self.lanes, *each.shape[1:]) for each in (shares, chosen)]
            return {"shares": self.put(f"s{place}", lanes[0]), "chosen": self.put(f"c{place}", lanes[1])}
        if isinstance(node, Embedding):
            return {"words": self.words(self.features[self.at, :, node.skip :])}
        if isinstance(node, Recurrent):
            return {"reader": type(node).__name__}
        return {}

    def layer(self, step: Step, node: Dense, kept: tuple, about: dict[str, Any]) -> Iterator[dict[str, Any]]:
        place, value, first = step.place, self.saved.values[step.place], node.first
        _, z, y, *_ = kept
        flat = [block.flatten(0, 1) if node.copies else block for block in self.parameters[first : first + len(node.specs)]]
        copies = node.copies or 1
        x = self.saved.values[step.inputs[0]]
        if len(x) < len(flat[0]):
            x = x.repeat_interleave(copies, 0)
        normed, hidden = node.layer.batch_norm, not node.is_output
        product = torch.baddbmm(flat[1], x, flat[0])
        norm: dict[str, Any] = {}
        factor: Tensor | float = 1.0
        if normed:
            parts = [self.buffers[f"{node.name}.{each}"] for each in ("mean", "variance")]
            mean, variance = (part.flatten(0, 1) if node.copies else part for part in parts)
            factor = (flat[2] * torch.rsqrt(variance + EPSILON)).detach()
            named = {"mean": mean, "variance": variance, "scale": flat[2], "shift": flat[3]}
            norm = {each: self.put(f"{each}{place}", numbers) for each, numbers in named.items()} | {"epsilon": EPSILON}
        early = normed and not node.layer.norm_last
        names = iter(["p", *(["n"] if early else []), *(["y"] if hidden and normed and node.layer.norm_last else [])])
        stages: list[tuple[str, Tensor, Tensor, Tensor | float, dict[str, Any]]] = []
        training, own = self.experiment.training, about["owner"] is not None
        given = {"w": f"w{place}", "b": f"b{place}", "copies": node.copies,
                 "l2": training.own_l2 if own and training.own_l2 is not None else training.l2,
                 "l1": training.own_l1 if own and training.own_l1 is not None else training.l1}  # fmt: skip
        small = flat[0][0].numel() * copies <= WHOLE or self.asked == place
        self.put(f"w{place}", flat[0].float(), small)
        self.put(f"b{place}", flat[1].float())
        stages.append(("product", product, z, factor if early else 1.0, given))
        if early:
            stages.append(("norm", z, z, 1.0, norm))
        if hidden:
            stages.append(("bend", y, y, 1.0, self.bend(node, z, y, place)))
        if normed and not early:
            stages.append(("norm", value, value, 1.0, norm))
        before = about["in"]
        for at, (kind, numbers, by, times, more) in enumerate(stages):
            ends = at == len(stages) - 1
            key = f"v{place}" if ends else f"{next(names)}{place}"
            self.track(key, numbers, by, times)
            dropped = {"dropout": node.layer.dropout} if ends and node.layer.dropout else {}
            yield {**about, "kind": kind, "in": before, "out": key, **more, **dropped}
            before = [key]

    def bend(self, node: Dense, z: Tensor, y: Tensor, place: int) -> dict[str, Any]:
        """The activation and its slope at every number; where it is off, both are as if there were none."""
        acts = node.bent is Bent.ALL or (node.bent is Bent.HALF and self.at == 0)
        count = len(getattr(node.activation, "LEARNED", {}))
        blocks = self.parameters[node.first + len(node.specs) - count : node.first + len(node.specs)]
        learned = [block[self.at].flatten().tolist() for block in blocks]
        made = {"activation": node.layer.activation.name, "label": node.activation.TITLE, "acts": acts, "learned": learned}
        if self.back:
            slope = torch.ones_like(z) if y is z else torch.autograd.grad(y.sum(), z, retain_graph=True)[0]
            made["slope"] = self.put(f"d{place}", slope)
        return made

    def words(self, numbers: Tensor) -> list[list[str]]:
        """The words of every row, as the network knows them. numbers `[B, word]`."""
        found = self.dataset.transforms
        reader = getattr(found[min(self.lane, len(found) - 1)], "words", None) if found else None
        known_words = ("", "an unknown word", *(reader.vocabulary if reader else ()))
        return [
            [known_words[int(number)] if int(number) < len(known_words) else f"word {int(number)}" for number in row if number]
            for row in numbers
        ]


class _Result:
    """A task's answers and losses on these rows. gradient: of the batch's loss by the outputs, as those are."""

    def __init__(self, walk: _Walk, task: int) -> None:
        self.walk, self.task = walk, task
        self.target: Target = walk.dataset.targets[task]
        split = min(walk.lane, len(walk.dataset.targets[task].values) - 1)
        self.split = split
        self.module, self.params = loss_of(walk.experiment.tasks[task])
        counts = walk.dataset.known[task]
        self.counts = counts[split : split + 1] if self.target.kind == "regression" else counts
        right = self.target.values[split, walk.rows]
        self.right = (right.double() if right.is_floating_point() else right).expand(walk.lanes, -1)
        self.known = self.target.labelled[walk.rows]
        self.output = walk.outputs[task].detach()
        rows = self.module.rows(self.output.clone(), self.right, self.params, self.counts)
        values, self.gradient = average(rows, self.known.expand(walk.lanes, -1))
        self.each, self.loss = rows.value[walk.at], float(values[walk.at])
        self.worth = torch.ones_like(self.each) if rows.weight is None else rows.weight[walk.at]

    def steps(self, key: str) -> Iterator[dict[str, Any]]:
        walk, target, column = self.walk, self.target, self.target.column
        about = {"owner": self.task, "task": self.task, "place": None, "name": f"answer{self.task}", "from": [int(key[1:])]}
        said, own = self.output, {}
        if hasattr(self.module, "answer"):
            said = self.module.answer(self.output.clone(), self.params, self.counts)
            own = {"said": walk.put(f"said{self.task}", said)}
        mine = walk.cut(said)
        truth = self.right[walk.at].double()
        if target.kind == "regression":
            mean, scale = (float(each[self.split if len(each) > 1 else 0]) for each in (target.mean, target.scale))
            made = {"mean": mean, "scale": scale, "answers": (mine[:, 0] * scale + mean).tolist()}
            right: Callable[[float], Any] = lambda value: value * scale + mean  # noqa: E731
        else:
            chances = probabilities(target.kind, said)
            mine = walk.cut(chances)
            chosen = mine.argmax(-1) if target.kind == "multiclass" else (mine[:, 0] >= THRESHOLD).long()
            made = {"chances": walk.put(f"chances{self.task}", chances), "classes": list(target.classes)}
            made |= {"answers": [target.classes[place] for place in chosen.tolist()], "threshold": THRESHOLD}
            right = lambda value: target.classes[int(value)]  # noqa: E731
        truths = [right(value) if here else None for value, here in zip(truth.tolist(), self.known.tolist(), strict=True)]
        given = {**about, "in": [key], "task_kind": target.kind, "truth": truths}
        yield {**given, **made, **own, "kind": "answer", "title": f"{column}: answer", "out": made.get("chances", key)}
        own |= written(self.module, self.params, self.right[walk.at], self.worth, self.counts)
        yield {**given, **own, "kind": "loss", "title": f"{column}: loss", "out": "", "answers": made["answers"],
               "loss": self.loss, "label": self.module.TITLE, "rows": [value if here else None for value, here in
                                                     zip(self.each.tolist(), self.known.tolist(), strict=True)],
               "worth": self.worth.tolist(), "standardised": truth.tolist(),
               "chances": made.get("chances"), "classes": list(target.classes)}  # fmt: skip


def coded(values: Tensor, whole: bool = True) -> dict[str, Any]:
    """Numbers as JSON: their shape, and their bytes if they are told; of a large matrix in float32, 1e-7 of their size off."""
    values = values.detach().float() if values.numel() > LONG else values.detach()
    kind = "f4" if values.dtype == torch.float32 else "f8"
    made: dict[str, Any] = {"shape": list(values.shape), "kind": kind}
    if whole:
        made["bytes"] = base64.b64encode(values.contiguous().numpy().tobytes()).decode()
    return made
