"""What changed between two documents, in a few words: a run's history is written in them. Knows nothing of runs or pages."""

from types import ModuleType
from typing import Any

from core.data.samples import BY_HAND
from core.experiment import Experiment, Phase, Timeline
from core.registry import title_of
from core.weighting import PLACES, SCHEMES

PLAIN = {
    "weighting.ema": "smoothing of the task weights",
    "network.nonlinear": "activations",
    "network.twin": "twin without activations",
    "data.split.learn_from": "range to learn from",
    "training.": "",
    "_": " ",
}


def difference(old: Experiment, new: Experiment) -> str:
    """What changed between two documents, in a few words."""
    documents = [each.model_dump(mode="json") for each in (old, new)]
    resized = _resized(old, new)
    told = [*resized.values(), *_branches(old, new)]
    told += [*_groups(old, new), *_timeline(old.timeline, new.timeline), *_helpers(old, new)]
    for document in documents:  # what is told already
        del document["groups"], document["timeline"]
        document["network"]["sharing"]["params"].pop("branch", None)
        document["tasks"] = [{**task, "auxiliary": None, "fade": None} for task in document["tasks"]]
    before, after = map(_leaves, documents)
    scheme = SCHEMES.get(new.weighting.name)
    new_leaves = {path: leaf for path, leaf in after.items() if before.get(path) != leaf and leaf != {}}
    within = tuple(f"{stack}." for stack in resized)
    changed = [_change(path, leaf, scheme) for path, leaf in new_leaves.items() if not f"{path}.".startswith(within)]
    return "; ".join(dict.fromkeys([*changed, *told]))[:200]


def _resized(old: Experiment, new: Experiment) -> dict[str, str]:
    """Stacks that are longer, shorter or of other widths now: what to say of each, by its path in the document."""
    stacks = {"network.trunk": ("shared layers", old.network.trunk, new.network.trunk)}
    stacks |= {
        f"network.towers.{column}": (f"layers of “{column}”", old.tower(column), new.tower(column)) for column in new.columns
    }
    told = {}
    for path, (whose, *layers) in stacks.items():
        before, after = ([layer.width for layer in stack] for stack in layers)
        if before != after:
            told[path] = f"{whose} → {', '.join(map(str, after)) or 'none'}"
    return told


def _branches(old: Experiment, new: Experiment) -> list[str]:
    """Tasks that go through more or fewer of the shared layers."""
    before, after = (each.network.sharing.params.get("branch") or {} for each in (old, new))
    changed = [column for column in new.columns if before.get(column) != after.get(column)]
    return [f"shared layers that “{column}” goes through → {after.get(column, 'all')}" for column in changed]


def _groups(old: Experiment, new: Experiment) -> list[str]:
    """Groups that were made, dissolved, renamed, filled otherwise, or weigh otherwise."""
    before, after = ({group.name: group for group in each.groups} for each in (old, new))
    gone = [name for name in before if name not in after]
    told = []
    for name, group in after.items():
        known = before.get(name)
        if known is None and (alias := next((each for each in gone if before[each].members == group.members), None)):
            gone.remove(alias)
            known = before[alias]
            told.append(f"group “{alias}” → “{name}”")
        elif known is None or known.members != group.members:
            told.append(f"group “{name}” → {', '.join(group.members)}")
        if known is not None and known.weighting != group.weighting:
            told.append(f"task weights within “{name}” → {_scheme(group.weighting.name)}")
    return [*told, *(f"group “{name}” dissolved" for name in gone)]


def _timeline(old: Timeline, new: Timeline) -> list[str]:
    told = []
    for column in dict.fromkeys([*old.tasks, *new.tasks]):
        before, after = (each.tasks.get(column, Phase()) for each in (old, new))
        if before != after:
            told.append(f"“{column}” trained → {_phase(after)}")
    if old.shared != new.shared:
        told.append(f"shared layers trained → {_phase(new.shared)}")
    if old.warm_up != new.warm_up:
        told.append(f"epochs with equal weights first → {new.warm_up}")
    if old.patience != new.patience:
        told.append(f"early stop of tasks → {'off' if new.patience is None else f'after {new.patience} epochs'}")
    return told


def _phase(phase: Phase) -> str:
    if phase == Phase():
        return "all the time"
    ends = "the end" if phase.last is None else f"epoch {phase.last}"
    return f"from epoch {phase.first} to {ends}{f', growing over {phase.ramp}' if phase.ramp else ''}"


def _helpers(old: Experiment, new: Experiment) -> list[str]:
    """Tasks that are scored or not, and that fade."""
    told, known = [], {task.column: task for task in old.tasks}
    for task in new.tasks:
        before = known.get(task.column, task)
        if before.auxiliary != task.auxiliary:
            told.append(f"“{task.column}” auxiliary → {'on' if task.auxiliary else 'off'}")
        if before.fade != task.fade:
            told.append(f"“{task.column}” fades out → {'epochs {} to {}'.format(*task.fade) if task.fade else 'off'}")
    return told


def _scheme(name: str) -> str:
    return SCHEMES[name].TITLE if name in SCHEMES else name


def _change(path: str, value: Any, scheme: ModuleType | None) -> str:
    """One change. Of many layers that change alike, one word speaks for all; points that moved are not listed.

    scheme: that of the new document, if there is such a one.
    """
    if path == "weighting.name":
        return f"task weights → {_scheme(value)}"
    if path.startswith("weighting.params.") and scheme:
        return _setting(path.removeprefix("weighting.params."), value, scheme)
    if path.startswith("data.source.params.") and path.split(".")[3] in BY_HAND:
        return "points changed"
    name = "activation" if path.endswith("activation.name") else _plainly(path)
    return f"{name} → {_plainly(value)}"


def _setting(path: str, value: Any, scheme: ModuleType) -> str:
    """A parameter of the weighting scheme, by what its widget is called; of a number for each task, whose."""
    name, _, task = path.partition(".")
    if name == "where":
        return f"gradients taken at → {_lower(PLACES.get(value, str(value)))}"
    title = "weight" if name == "weights" else _lower(title_of(name, scheme.Params.model_fields.get(name)))
    return f"{title}{task and f' of {task}'} → {_plainly(value)}"


def _lower(title: str) -> str:
    """A title within a sentence; one that begins as an abbreviation stays as it is."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _plainly(value: Any) -> str:
    """A path or a value of the document as people say it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    text = str(value)
    for formal, plain in PLAIN.items():
        text = text.replace(formal, plain)
    return text


def _leaves(value: Any, path: str = "") -> dict[str, Any]:
    if isinstance(value, dict) and value:
        return {
            name: leaf for key, item in value.items() for name, leaf in _leaves(item, f"{path}.{key}" if path else key).items()
        }
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _leaves({str(number): item for number, item in enumerate(value)}, path)
    return {path: value}
