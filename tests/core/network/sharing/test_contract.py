"""What every sharing architecture promises. Architectures on their own terms have a test file each."""

import pytest
import torch
from torch import Tensor

from core.errors import UserError
from core.experiment import Network
from core.network.graph import FEATURES, Graph
from core.network.layer import Pass
from core.network.parameters import SHARED, initial, views
from core.network.sharing import SHARING, build, shared

OUTPUTS = {"a": 3, "b": 1, "c": 1}
INPUTS, ROWS, REPLICAS = 5, 7, 2
MORE = [
    ("hard", {"branch": {"a": 1, "b": 0}}),
    ("soft", {"by": "trace norm"}),
    ("sluice", {"subspaces": 3, "apart": 0.5, "skips": False}),
    ("cgc", {"own": 0}),
    ("ple", {"own": 2}),
    ("dselect-k", {"by_row": True}),
    ("hierarchical", {"flow": False}),
]
EACH = [*((name, {}) for name in SHARING), *MORE]
TITLES = [f"{name} {params or ''}".strip() for name, params in EACH]


def network(sharing: str, params: dict, trunk: tuple[int, ...] = (6, 6, 6), norm: bool = False, **fields: object) -> Network:
    layer = {"activation": {"name": "tanh"}, "batch_norm": norm}
    return Network.model_validate(
        {
            "sharing": {"name": sharing, "params": params},
            "trunk": [layer | {"width": width} for width in trunk],
            "towers": {"a": [layer | {"width": 4}], "c": [layer | {"width": 3}, layer | {"width": 2}]},
            **fields,
        }
    )


@pytest.fixture(params=EACH, ids=TITLES)
def made(request: pytest.FixtureRequest) -> Graph:
    return build(network(*request.param), INPUTS, OUTPUTS)


def begun(graph: Graph, replicas: int = REPLICAS, seed: int = 0) -> tuple[Tensor, list[Tensor]]:
    flat = initial(graph.specs, replicas, seed)
    flat += 0.1 * torch.randn(flat.shape, generator=torch.Generator().manual_seed(seed))  # so that nothing stands at 0
    return flat, views(flat, graph.specs, replicas)


def features(replicas: int = REPLICAS) -> Tensor:
    return torch.randn(replicas, ROWS, INPUTS, generator=torch.Generator().manual_seed(1))


def total(outputs: list[Tensor], task: int | None = None) -> Tensor:
    """A loss of each task's outputs, summed over replicas; of one task or of all."""
    each = [(output.square() * (1.0 + place)).sum() + output.sum() for place, output in enumerate(outputs)]
    return sum(each, torch.zeros(())) if task is None else each[task]


def by_outputs(outputs: list[Tensor]) -> list[Tensor]:
    return [2.0 * (1.0 + place) * output + 1.0 for place, output in enumerate(outputs)]


@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize("choice", EACH, ids=TITLES)
def test_gradients_are_those_of_autograd(choice: tuple[str, dict], norm: bool) -> None:
    graph = build(network(*choice, norm=norm), INPUTS, OUTPUTS)
    flat, _ = begun(graph)
    buffers = graph.buffers(REPLICAS)
    run = Pass(views(flat, graph.specs, REPLICAS), buffers, train=True, remember=False)
    outputs, saved = graph.forward(features(), run)
    into = views(torch.full_like(flat, torch.nan), graph.specs, REPLICAS)
    meeting = graph.backward_own(by_outputs(outputs), saved, run.parameters, into)
    assert meeting.shape[:2] == (len(OUTPUTS), REPLICAS)
    own = shared(graph.specs)
    rows = [torch.full((len(OUTPUTS), *block.shape), torch.nan) for block in into[:own]]
    graph.backward_shared(meeting, saved, run.parameters, rows)
    if own:
        graph.backward_shared(meeting.sum(0), saved, run.parameters, into)
    flat.requires_grad_()
    again = Pass(views(flat, graph.specs, REPLICAS), buffers, train=True, remember=False)
    outputs, _ = graph.forward(features(), again)
    (expected,) = torch.autograd.grad(total(outputs), flat, retain_graph=True)
    for block, right in zip(into, views(expected, graph.specs, REPLICAS), strict=True):
        torch.testing.assert_close(block, right, atol=1e-4, rtol=1e-3)
    for task in range(len(OUTPUTS)):
        (expected,) = torch.autograd.grad(total(outputs, task), flat, retain_graph=True)
        right = views(expected, graph.specs, REPLICAS)
        for block, each in zip(rows, right, strict=False):
            torch.testing.assert_close(block[task], each, atol=1e-4, rtol=1e-3)
        for spec, each in list(zip(graph.specs, right, strict=True))[own:]:
            if spec.owner != list(OUTPUTS)[task]:
                assert not each.any(), f"{spec.name} is called {spec.owner}'s own, but another task depends on it"


@pytest.mark.parametrize("choice", EACH, ids=TITLES)
def test_the_last_shared_layer_alone_has_the_gradients_it_has_with_all(choice: tuple[str, dict]) -> None:
    graph = build(network(*choice), INPUTS, OUTPUTS)
    flat, parameters = begun(graph)
    outputs, saved = graph.forward(features(), Pass(parameters, {}))
    whole, alone = (views(torch.full_like(flat, torch.nan), graph.specs, REPLICAS) for _ in range(2))
    meeting = graph.backward_own(by_outputs(outputs), saved, parameters, whole).sum(0)
    if not shared(graph.specs):
        assert graph.last == slice(0)
        return
    graph.backward_shared(meeting, saved, parameters, whole)
    graph.backward_shared(meeting, saved, parameters, alone, last=True)
    assert graph.specs[graph.last][0].matrix
    assert graph.last.stop == shared(graph.specs)
    for one, other in zip(alone[graph.last], whole[graph.last], strict=True):
        torch.testing.assert_close(one, other)


def test_what_is_called_shared_is_used_by_several_tasks(made: Graph) -> None:
    reached: dict[int, set[str]] = {}
    users: dict[int, set[int]] = {}
    for step in made.steps:
        for place, wanted in zip(step.inputs, step.wanted, strict=True):
            if wanted or place == FEATURES:
                users.setdefault(place, set()).add(step.place)
    for step in reversed(made.steps):
        tasks = {column for column, place in made.outputs.items() if place == step.place}
        reached[step.place] = tasks.union(*(reached[user] for user in users.get(step.place, ())))
    for step in made.steps:
        if step.node.specs:
            owners = reached[step.place]
            assert (step.owner == SHARED) == (len(owners) > 1), f"{step.node.name} is used by {owners}"
            assert {spec.owner for spec in step.node.specs} == {step.owner}


def test_shared_parameters_come_first_and_each_has_a_name(made: Graph) -> None:
    owners = [spec.owner for spec in made.specs]
    assert owners == sorted(owners, key=lambda owner: owner != SHARED)
    assert len({spec.name for spec in made.specs}) == len(made.specs)


def test_outputs_have_their_sizes_and_layers_their_units(made: Graph) -> None:
    _, parameters = begun(made)
    outputs, saved = made.forward(features(), Pass(parameters, {}))
    assert [tuple(output.shape) for output in outputs] == [(REPLICAS, ROWS, count) for count in OUTPUTS.values()]
    for layer, z, y in made.walk(saved):
        assert z.shape == y.shape == (REPLICAS, ROWS, layer.layer.width * max(layer.copies, 1))


def test_a_replica_alone_is_as_in_a_batch_of_replicas(made: Graph) -> None:
    _, parameters = begun(made)
    outputs, saved = made.forward(features(), Pass(parameters, {}))
    into = [torch.zeros_like(block) for block in parameters]
    meeting = made.backward_own(by_outputs(outputs), saved, parameters, into)
    if shared(made.specs):
        made.backward_shared(meeting.sum(0), saved, parameters, into)
    for replica in range(REPLICAS):
        one = [block[replica : replica + 1] for block in parameters]
        alone, kept = made.forward(features()[replica : replica + 1], Pass(one, {}))
        blocks = [torch.zeros_like(block) for block in one]
        met = made.backward_own(by_outputs(alone), kept, one, blocks)
        if shared(made.specs):
            made.backward_shared(met.sum(0), kept, one, blocks)
        for output, whole in zip(alone, outputs, strict=True):
            torch.testing.assert_close(output[0], whole[replica], atol=1e-6, rtol=1e-5)
        for block, whole in zip(blocks, into, strict=True):
            torch.testing.assert_close(block[0], whole[replica], atol=1e-5, rtol=1e-4)


def test_twins_are_without_activations_and_fold_into_a_matrix_where_nothing_else_bends() -> None:
    for name, params in EACH:
        graph = build(network(name, params, nonlinear=True, twin=True), INPUTS, OUTPUTS)
        flat, parameters = begun(graph)
        outputs, _ = graph.forward(features(), Pass(parameters, {}))
        if not graph.affine:
            continue
        bent = []
        for output, (matrix, bias) in zip(outputs, graph.fold(parameters, {}), strict=True):
            straight = features().double() @ matrix + bias
            torch.testing.assert_close(output[1].double(), straight[1], atol=1e-5, rtol=1e-4)
            bent.append(not torch.allclose(output[0].double(), straight[0], atol=1e-3))
        assert any(bent), name


def test_one_task_and_many_are_built(subtests: pytest.Subtests) -> None:
    for name, params in EACH:
        for count in (1, 2, 50):
            outputs = {f"t{task}": 1 for task in range(count)}
            fitting = {} if "branch" in params else params
            small = {"sharing": {"name": name, "params": fitting}, "trunk": [{"width": 6}]}
            graph = build(Network.model_validate(small), 3, outputs)
            with subtests.test(name=name, tasks=count):
                flat = initial(graph.specs, 1, 0)
                found, _ = graph.forward(torch.randn(1, 4, 3), Pass(views(flat, graph.specs, 1), {}))
                assert len(found) == count
                assert all(bool(output.isfinite().all()) for output in found)


@pytest.mark.parametrize("name", SHARING)
def test_without_a_shared_layer_it_says_so_or_works(name: str) -> None:
    bare = Network.model_validate({"sharing": {"name": name}})
    if name in ("hard", "separate", "soft", "hierarchical"):
        graph = build(bare, INPUTS, OUTPUTS)
        flat = initial(graph.specs, 1, 0)
        assert len(graph.forward(features(1), Pass(views(flat, graph.specs, 1), {}))[0]) == len(OUTPUTS)
    else:
        with pytest.raises(UserError, match="Add one to the shared layers"):
            build(bare, INPUTS, OUTPUTS)


WORDS = 9


def read(rows: int = ROWS, replicas: int = REPLICAS) -> Tensor:
    """Features, and after them numbers of words: the last of some rows are 0, no word at all."""
    draw = torch.Generator().manual_seed(2)
    words = torch.randint(1, WORDS + 2, (replicas, rows, 4), generator=draw).float()
    words[:, ::2, 2:] = 0
    return torch.cat([torch.randn(replicas, rows, INPUTS, generator=draw), words], -1)


@pytest.mark.parametrize("reader", ["mean", "lstm", "gru"])
@pytest.mark.parametrize("choice", EACH, ids=TITLES)
def test_texts_are_read_before_all_of_it_and_by_all_tasks(choice: tuple[str, dict], reader: str) -> None:
    given = network(*choice, text={"reader": reader, "embedding": 3, "width": 4})
    graph = build(given, INPUTS, OUTPUTS, words=WORDS + 2)
    flat, parameters = begun(graph)
    outputs, saved = graph.forward(read(), Pass(parameters, {}))
    assert [tuple(output.shape) for output in outputs] == [(REPLICAS, ROWS, count) for count in OUTPUTS.values()]
    reading = [spec for spec in graph.specs if spec.name.startswith("text.")]
    assert reading
    assert all(spec.owner == SHARED for spec in reading), "also where nothing else is shared"
    into = views(torch.full_like(flat, torch.nan), graph.specs, REPLICAS)
    meeting = graph.backward_own(by_outputs(outputs), saved, parameters, into)
    graph.backward_shared(meeting.sum(0), saved, parameters, into)
    flat.requires_grad_()
    again, _ = graph.forward(read(), Pass(views(flat, graph.specs, REPLICAS), {}))
    (expected,) = torch.autograd.grad(total(again), flat)
    for spec, block, right in zip(graph.specs, into, views(expected, graph.specs, REPLICAS), strict=True):
        torch.testing.assert_close(block, right, atol=1e-4, rtol=1e-3, msg=lambda text, spec=spec: f"{spec.name}: {text}")
