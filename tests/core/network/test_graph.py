"""How steps are put together: places, owners, what is handed back. Gradients are tested with the architectures."""

import pytest
import torch

from core.experiment import Layer
from core.network.graph import FEATURES, Plan
from core.network.layer import Bent, Dense, Pass
from core.network.mixing import Join
from core.network.parameters import initial, views
from core.network.ties import Distance


def dense(name: str, owner: str, inputs: int, width: int) -> Dense:
    return Dense(name, owner, inputs, Layer(width=width), Bent.ALL)


def plan() -> Plan:
    """Two shared layers beside each other; task a takes the first, task b both."""
    made = Plan()
    one, other = made.add(dense("one", "", 3, 4), FEATURES), made.add(dense("other", "", 3, 5), FEATURES)
    made.output("a", made.add(dense("a", "a", 4, 1), one, owner="a"))
    both = made.add(Join("both"), one, other, owner="b")
    made.output("b", made.add(dense("b", "b", 9, 2), both, owner="b"))
    return made


def test_shared_parameters_come_first_and_every_step_knows_its_own() -> None:
    made = plan().graph()
    layers = ("one", "other", "a", "b")
    assert [spec.name for spec in made.specs] == [f"{name}.{part}" for name in layers for part in ("weight", "bias")]
    assert [step.node.first for step in made.steps] == [0, 2, 4, 6, 6]
    assert made.boundary == (1, 2)
    assert made.last == slice(2, 4)
    assert made.affine
    assert made.ties is None


def test_no_gradient_is_handed_to_the_features_or_to_another_task() -> None:
    made = plan()
    made.output("c", made.add(dense("c", "c", 1, 1), 3, owner="c"))  # hears task a's answer
    steps = made.graph().steps
    assert [step.wanted for step in steps] == [(False,), (False,), (True,), (True, True), (True,), (False,)]


def test_what_a_task_does_not_use_has_gradient_0_there() -> None:
    made = plan().graph()
    parameters = views(initial(made.specs, 2, 0), made.specs, 2)
    outputs, saved = made.forward(torch.randn(2, 6, 3), Pass(parameters, {}))
    into = [torch.full_like(block, torch.nan) for block in parameters]
    meeting = made.backward_own([torch.ones_like(output) for output in outputs], saved, parameters, into)
    assert meeting.shape == (2, 2, 6 * (4 + 5))
    assert not meeting[0, :, 6 * 4 :].any()
    assert meeting[1, :, 6 * 4 :].any()


def test_ties_are_made_of_all_parameters() -> None:
    made = plan().graph(lambda specs: Distance([[0], [len(specs) - 1]], 1.0))
    assert isinstance(made.ties, Distance)
    assert made.ties.groups == [[0], [7]]


def test_a_network_of_nothing_shared_hands_on_nothing() -> None:
    made = Plan()
    made.output("a", made.add(dense("a", "a", 3, 2), FEATURES, owner="a"))
    graph = made.graph()
    parameters = views(initial(graph.specs, 1, 0), graph.specs, 1)
    outputs, saved = graph.forward(torch.randn(1, 4, 3), Pass(parameters, {}))
    into = [torch.zeros_like(each) for each in parameters]
    meeting = graph.backward_own([torch.ones_like(outputs[0])], saved, parameters, into)
    assert meeting.shape == (1, 1, 0)
    assert graph.last == slice(0)


@pytest.mark.parametrize("copies", [0, 3])
def test_the_units_of_copies_lie_side_by_side(copies: int) -> None:
    layer = Dense("bank", "", 3, Layer(width=4), Bent.ALL, copies=copies)
    made = Plan()
    made.output("a", made.add(layer, FEATURES))
    graph = made.graph()
    parameters = views(initial(graph.specs, 2, 0), graph.specs, 2)
    x = torch.randn(2, 5, 3)
    _, saved = graph.forward(x, Pass(parameters, {}))
    ((_, z, y),) = graph.walk(saved)
    assert z.shape == y.shape == (2, 5, 4 * max(copies, 1))
    if copies:
        torch.testing.assert_close(z[1, :, 4:8], x[1] @ parameters[0][1, 1] + parameters[1][1, 1])
