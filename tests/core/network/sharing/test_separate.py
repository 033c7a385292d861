"""Separate networks are what each task has alone."""

import torch

from core.network.sharing import shared
from tests.core.network.sharing.making import begun, count, graph, layers, named, outputs, same


def test_nothing_is_shared_and_the_size_is_that_of_its_formula() -> None:
    made = graph("separate")
    assert shared(made.specs) == 0
    assert count(made) == 2 * layers((6, 4)) + layers((3, 2), 4) + layers((2,), 4)


def test_each_network_is_that_of_its_task_alone() -> None:
    made = graph("separate")
    parameters = begun(made)
    have = named(made, parameters)
    for task, column in enumerate("ab"):
        alone = graph("hard", tasks=(column,))
        own = begun(alone)
        for name, block in named(alone, own).items():
            layer = name.replace("trunk.", f"own{task}.").replace("tower0", f"tower{task}").replace("output0", f"output{task}")
            block.copy_(have[layer])
        same(outputs(alone, own), [outputs(made, parameters)[task]])


def test_no_task_feels_another_one_s_weights() -> None:
    made = graph("separate")
    parameters = begun(made)
    before = outputs(made, parameters)
    named(made, parameters)["own0.0.weight"].add_(1.0)
    after = outputs(made, parameters)
    assert not torch.equal(before[0], after[0])
    assert torch.equal(before[1], after[1])
