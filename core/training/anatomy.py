"""One network at one moment, small enough to be sent often: its weights, what its units respond to, who uses them.

It is the first replica that is shown: a mean over replicas would be a network that nobody trained. Everything is read off the
graph's steps. What is no layer (gates, stitches, masks) is left out. Layers of more than 16 units show their 12 strongest.
Knows nothing of colours or browsers; `core.runs.wire` says what each field means.
"""

import base64
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from core.experiment import Experiment
from core.network.graph import Graph, Saved, Step
from core.network.layer import Dense, Pass
from core.network.mixing import Blend, Join, Masked, Mixture, Part, Stitch, Stop
from core.network.naming import TRUNK_KINDS, part_of
from core.network.parameters import SHARED
from core.training.pull import Place, Probe, pulls

ALL, STRIP, COPIES = 16, 12, 6
"""So many units of a layer are shown one by one; of a larger one so many, the strongest. The most copies of a bank."""
ACROSS, SIDE, BINS, CLASSES = 32, 12, 12, 4
"""Points of a unit's curve; of a side of its map; bars of its histogram; the most classes that these are told apart by."""
SPREAD = 100
"""Rows by whose spread the strongest units of a layer are found."""
INPUTS = "inputs"
SHOWN = (*TRUNK_KINDS, "tower", "output")

Array = np.ndarray[Any, Any]


class Rows(NamedTuple):
    """What the forward pass went over. kind: "curve", "map" or "table"; side: of a map's grid.

    classes: per task the class of each row, -1 of none; None for a task without classes, or with too many.
    """

    kind: str
    side: int
    classes: list[Array | None]


@np.errstate(all="ignore")  # a network about to explode has numbers without end; what is none is shown as 0
def anatomy(
    experiment: Experiment,
    network: Graph,
    run: Pass,
    saved: Saved,
    rows: Rows,
    measured: Probe | None,
    held: Mapping[str, list[int]],
) -> dict[str, Any]:
    """The picture `{"layers": [..]}` of the first replica, from what the forward pass over `rows` left.

    measured: the rows by which each task's pulls are measured, None where there are none.
    held: the units that were shown before, by the layer's name; they stay where they are as long as they are among the
    strongest 24, so that none jumps about.
    """
    weights = [block[0].numpy() for block in run.parameters]
    start = next((step.inputs[0] for step in network.steps if isinstance(step.node, Dense)), 0)
    layers = list(_layers(network))
    seen = dict(_values(network, saved, layers, start))
    sources = {place: _origin(network, start, network.steps[place.value - 1].inputs[0], place.copy) for place in layers}
    names = {place: _name(network, place) for place in layers} | {Place(start, 0): INPUTS}
    sizes = [np.abs(block) for block in weights]
    strength = _strength(network, sizes, seen, sources, layers)
    units = {place: _chosen(strength[place], held.get(names[place], ())) for place in seen}
    use = _uses(network, weights, sizes, saved)
    pull = pulls(experiment, network, run, measured, units) if measured else {}
    columns = list(network.outputs)
    tasks = {place: _task(network, place) for place in layers}
    said = _responses(seen, units, rows, {Place(start, 0): None} | tasks)
    parts = {place: {"name": names[place], "of": values.shape[1], "units": units[place]} for place, values in seen.items()}
    found = [parts[Place(start, 0)] | said[Place(start, 0)]]
    for place in layers:
        step = network.steps[place.value - 1]
        part = part_of(step.node.name)
        made = parts[place] | said[place]
        made |= _weight_part(_matrix(network, weights, place), sources[place], names, units, units[place])
        made["dead"] = _dead(step, saved, place.copy, made)
        if step.owner == SHARED and part and part.kind in TRUNK_KINDS and len(columns) > 1:
            used, pulled = use.get(place.value), pull.get(place)
            made |= {} if used is None else {"use": _coded(used[:, place.copy][:, units[place]])}
            made |= {} if pulled is None else {"pull": _coded(pulled)}
        found.append(made)
    return {"layers": found}


def shown(picture: Mapping[str, Any]) -> dict[str, list[int]]:
    """The units that a picture shows of its large layers, by the layer's name."""
    return {layer["name"]: layer["units"] for layer in picture.get("layers", ()) if layer["of"] > len(layer["units"])}


def _layers(network: Graph) -> Iterator[Place]:
    for step in network.steps:
        part = part_of(step.node.name) if isinstance(step.node, Dense) else None
        if part and part.kind in SHOWN and isinstance(step.node, Dense):
            for copy in range(min(step.node.copies or 1, COPIES)):
                yield Place(step.place, copy)


def _name(network: Graph, place: Place) -> str:
    node = network.steps[place.value - 1].node
    return f"{node.name}@{place.copy}" if isinstance(node, Dense) and node.copies else node.name


def _values(network: Graph, saved: Saved, layers: list[Place], start: int) -> Iterator[tuple[Place, Array]]:
    """What each layer says, `[row, unit]`; of the inputs first."""
    yield Place(start, 0), saved.values[start][0].numpy()
    for place in layers:
        yield place, saved.values[place.value][place.copy].numpy()


def _task(network: Graph, place: Place) -> int | None:
    """The task that a layer is of; None of all."""
    step = network.steps[place.value - 1]
    if step.owner != SHARED:
        return list(network.outputs).index(step.owner)
    part = part_of(step.node.name)
    return part.task if part and part.kind in ("tower", "output") else None


def _matrix(network: Graph, weights: list[Array], place: Place) -> Array:
    """`[input, unit]`."""
    node = network.steps[place.value - 1].node
    block = weights[node.first]
    return block[place.copy] if block.ndim == 3 else block


def _origin(network: Graph, start: int, value: int, copy: int) -> Place | None:
    """Whose units a value's are, one by one: of a layer or of the inputs; None where they are mixed of several."""
    while value != start:
        step = network.steps[value - 1]
        node = step.node
        if isinstance(node, Dense):
            return Place(value, copy if node.copies else 0)
        if isinstance(node, Part):
            value, copy = step.inputs[0], node.which
        elif isinstance(node, (Stitch, Join, Stop)):
            value = step.inputs[0]
        elif isinstance(node, (Blend, Masked)):
            value = step.inputs[-1]
        else:
            return None
    return Place(start, 0)


def _strength(
    network: Graph,
    sizes: list[Array],
    seen: dict[Place, Array],
    sources: dict[Place, Place | None],
    layers: list[Place],
) -> dict[Place, Array]:
    """How much of each unit reaches what comes after it `[unit]`: its spread over some rows times its weights' size. Where all
    units are shown, 1."""
    out: dict[Place, Array] = {}
    for place in layers:
        source = sources[place]
        if source is not None and source in seen and seen[source].shape[1] > ALL:
            size = _matrix(network, sizes, place).sum(1)[: seen[source].shape[1]]
            out[source] = out[source] + size if source in out else size
    places = [place for place in out if len(seen[place])]
    spread = _spread([seen[place] for place in places]) if places else []
    strength = {place: each * out[place] for place, each in zip(places, spread, strict=True)}
    return {place: strength[place] if place in strength else np.ones(values.shape[1]) for place, values in seen.items()}


def _spread(layers: list[Array]) -> list[Array]:
    """The standard deviation of each unit, 0 where it is no number, of layers `[row, unit]`; over up to 100 rows."""
    some = np.concatenate([values[:: -(-len(values) // SPREAD)] for values in layers], 1)
    square = np.einsum("ru,ru->u", some, some) / len(some) - (some.sum(0) / len(some)) ** 2
    ends = np.cumsum([values.shape[1] for values in layers])
    return np.split(_finite(np.sqrt(square.clip(0.0))), ends[:-1])


def _chosen(strength: Array, held: Any) -> list[int]:
    """The units to show. Those `held` keep their places unless they have become weak; a stronger one takes such a place."""
    if len(strength) <= ALL:
        return list(range(len(strength)))
    order = np.argsort(-np.nan_to_num(strength), kind="stable")[: 2 * STRIP].tolist()
    near = set(order)
    kept = [unit if unit in near else None for unit in held] if len(held) == STRIP else []
    if not kept:
        return sorted(order[:STRIP])
    others = iter([unit for unit in order if unit not in set(kept)])
    return [next(others) if unit is None else unit for unit in kept]


def _responses(
    seen: Mapping[Place, Array], units: Mapping[Place, list[int]], rows: Rows, tasks: Mapping[Place, int | None]
) -> dict[Place, dict[str, Any]]:
    """What every shown unit responds to, `[unit, n]` in bytes from its own `low` to its own `high`.

    Units of layers that are drawn alike are worked out at once.
    """
    alike: dict[int | None, list[Place]] = {}
    for place in seen:
        alike.setdefault(_by(rows, tasks[place]), []).append(place)
    found = {}
    for by, places in alike.items():
        shown = np.concatenate([seen[place].take(units[place], 1).T for place in places])
        shown = _finite(shown)
        coded, low, high, more = _histograms(shown, rows, by) if rows.kind == "table" else _drawn(shown, rows)
        begin = 0
        for place in places:
            own = slice(begin, begin + len(units[place]))
            found[place] = {"response": _text(coded[own]), "low": _short(low[own]), "high": _short(high[own])} | more
            begin = own.stop
    return found


def _by(rows: Rows, task: int | None) -> int | None:
    """The task by whose classes a layer's rows are told apart: its own, of a shared layer the first that has classes."""
    known = [number for number, each in enumerate(rows.classes) if each is not None]
    return task if task in known else known[0] if known and task is None else None


def _drawn(shown: Array, rows: Rows) -> tuple[Array, Array, Array, dict[str, Any]]:
    """`[unit, place]`: a curve, or a map."""
    shown = shown[:, _grid(rows)]
    low, high = np.minimum(shown.min(1), 0.0), np.maximum(shown.max(1), 0.0)
    size = np.where(high > low, high - low, 1.0)
    return np.round((shown - low[:, None]) / size[:, None] * 255).astype(np.uint8), low, high, {}


def _grid(rows: Rows) -> Array:
    if rows.kind == "curve":
        return np.linspace(0, rows.side - 1, ACROSS).round().astype(int)
    along = np.linspace(0, rows.side - 1, SIDE).round().astype(int)
    return (along[:, None] * rows.side + along).ravel()


def _histograms(shown: Array, rows: Rows, by: int | None) -> tuple[Array, Array, Array, dict[str, Any]]:
    """`[unit, class, bin]`: how often a unit says what, as a share of its highest bar; one class where none are told apart."""
    kinds = rows.classes[by] if by is not None else None
    kinds = np.zeros(shown.shape[1], int) if kinds is None else kinds[: shown.shape[1]]
    shown, kinds = shown[:, : len(kinds)][:, kinds >= 0], kinds[kinds >= 0]
    count = int(kinds.max(initial=0)) + 1
    low, high = (shown.min(1), shown.max(1)) if shown.shape[1] else (np.zeros(len(shown)), np.zeros(len(shown)))
    size = np.where(high > low, high - low, 1.0)
    bins = ((shown - low[:, None]) * (BINS / size)[:, None]).astype(int)
    np.clip(bins, 0, BINS - 1, out=bins)
    bins += np.arange(len(shown))[:, None] * (count * BINS)
    if count > 1:
        bins += kinds * BINS
    counts = np.bincount(bins.ravel(), minlength=len(shown) * count * BINS).reshape(len(shown), count, BINS)
    tallest = counts.sum(1).max(-1, initial=1).clip(1)
    coded = np.round(counts / tallest[:, None, None] * 255).astype(np.uint8)
    return coded, low, high, {"classes": count, "by": by}


def _weight_part(
    matrix: Array, source: Place | None, names: dict[Place, str], units: dict[Place, list[int]], shown: list[int]
) -> dict[str, Any]:
    """Weights `[input, unit]` between shown units, in bytes of `scale` / 127; where what comes in is a mixture of several
    layers, one row, the mean size of each unit's weights."""
    if source is not None and source in units:
        inputs = units[source]
        part = matrix[inputs][:, shown]
    else:
        inputs = []
        part = np.abs(matrix[:, shown]).mean(0, keepdims=True)
    part = _finite(part)
    scale = float(np.abs(part).max(initial=0.0))
    coded = np.rint(part * (127 / (scale or 1.0))).astype(np.int8)
    name = names[source] if source in units and source is not None else ""
    return {"from": name, "inputs": inputs, "scale": float(f"{scale:.3g}"), "weights": _text(coded)}


def _dead(step: Step, saved: Saved, copy: int, made: Mapping[str, Any]) -> list[int]:
    """The shown units whose activation says 0 on every row, by their places. made: what they respond to."""
    if not isinstance(step.node, Dense) or step.node.is_output:
        return []
    places = [place for place, ends in enumerate(zip(made["low"], made["high"], strict=True)) if ends == (0.0, 0.0)]
    if step.node.layer.norm_last and step.node.layer.batch_norm:  # what it hands on is moved away from 0
        places = list(range(len(made["units"])))
    if not places:
        return []
    said = saved.kept[step.place - 1][2][copy].numpy()[:, [made["units"][place] for place in places]]
    return [place for place, any_row in zip(places, said.any(0), strict=True) if not any_row]


def _uses(network: Graph, weights: list[Array], sizes: list[Array], saved: Saved) -> dict[int, Array]:
    """How much each task takes from every shared unit, `[task, copy, unit]` by value.

    The sizes of the weights out of it into the task's own first layer; where shared layers stand between, these times the
    sizes of the weights on the way. Gates, stitches and masks count by what they let through.
    """
    columns = list(network.outputs)
    found: dict[int, Array] = {}

    def add(value: int, amount: Array) -> None:
        found[value] = found[value] + amount if value in found else amount

    for step in reversed(network.steps):
        node, got = step.node, found.get(step.place)
        part = part_of(node.name)
        first = part is not None and part.kind in ("tower", "output") or step.owner != SHARED
        if isinstance(node, Dense):
            if part is None or part.kind in ("gate", "mask"):
                continue
            block = sizes[node.first]
            block = block if block.ndim == 3 else block[None]
            if first:  # a task's own layer: what comes after it is no matter
                amount = np.zeros((len(columns), *block.shape[:2]), block.dtype)
                task = columns.index(step.owner) if step.owner != SHARED else part.task or 0
                amount[task] = block.sum(-1)
                if len(block) > 1 and len(saved.values[step.inputs[0]]) < len(saved.values[step.place]):
                    amount = amount.sum(1, keepdims=True)
                add(step.inputs[0], amount)
            elif got is not None:
                amount = (block @ got.transpose(1, 2, 0)).transpose(2, 0, 1)
                if len(block) > 1 and len(saved.values[step.inputs[0]]) < len(saved.values[step.place]):
                    amount = amount.sum(1, keepdims=True)
                add(step.inputs[0], amount)
        elif got is not None:
            for value, amount in _through(step, got, weights, saved):
                add(value, amount)
    return found


def _through(step: Step, got: Array, weights: list[Array], saved: Saved) -> Iterator[tuple[int, Array]]:
    """What of `got` `[task, copy, unit]` each input of a step without a layer has a part in."""
    node = step.node
    if isinstance(node, Mixture):
        gates = saved.values[step.inputs[0]][0].mean(0).numpy()
        for value, copies, before in zip(step.inputs[1:], node.banks, np.cumsum([0, *node.banks]).tolist(), strict=False):
            yield value, got * gates[None, before : before + copies, None]
    elif isinstance(node, Stitch):
        matrix = np.abs(weights[node.first] + node.begin.numpy())
        tasks, copies, units = got.shape
        apart = got.reshape(tasks, copies * node.groups, units // node.groups)
        yield step.inputs[0], (matrix.T @ apart).reshape(got.shape)
    elif isinstance(node, Part):
        whole = np.zeros((len(got), node.copies, got.shape[-1]))
        whole[:, node.which] = got[:, 0]
        yield step.inputs[0], whole
    elif isinstance(node, Blend):
        shares = np.abs(weights[node.first] + node.begin.numpy())[0]
        for value, share in zip(step.inputs, shares, strict=True):
            yield value, got * share
    elif isinstance(node, Masked):
        yield step.inputs[1], got * saved.values[step.inputs[0]][0].mean(0).numpy()
    elif isinstance(node, Join):
        ends = np.cumsum([saved.values[value].shape[-1] for value in step.inputs])
        for value, part in zip(step.inputs, np.split(got, ends[:-1], -1), strict=True):
            yield value, part
    elif isinstance(node, Stop):
        yield step.inputs[0], got


def _coded(amounts: Array) -> str:
    """Amounts `[task, unit]` in bytes, the largest of them 255."""
    amounts = _finite(amounts)
    return _text(np.round(amounts / (amounts.max(initial=0.0) or 1.0) * 255).astype(np.uint8))


def _finite(values: Array) -> Array:
    """With 0 for what is no number."""
    good = np.isfinite(values)
    return values if good.all() else np.where(good, values, 0.0)


def _text(coded: Array) -> str:
    return base64.b64encode(np.ascontiguousarray(coded).tobytes()).decode()


def _short(values: Array) -> list[float]:
    return [float(f"{value:.3g}") for value in values.tolist()]
