import pytest
import torch

from core.code import pytorch
from core.training.optimizers import OPTIMIZERS
from tests.core.code.making import OUTPUTS, experiment, rows, run, trained


@pytest.mark.parametrize(
    "training",
    [{}, {"batch_size": None, "epochs": 60}, {"l1": 1e-4, "l2": 1e-3}, {"clip": 1.0}],
    ids=["batches", "all rows", "penalties", "clipped"],
)
def test_its_training_loop_lowers_the_objective(training):
    history = trained(experiment(training=training))
    assert history[-1] < 0.6 * history[0]


def test_batches_without_answers_or_of_one_row_do_no_harm():
    document = experiment(trunk=[{"width": 4, "batch_norm": True}], training={"epochs": 2})
    made = run(pytorch(document, 5, OUTPUTS))
    x, answers, labelled = rows(33)
    history = made.train(made.Network(), x, answers, {task: mask & False for task, mask in labelled.items()})
    assert history == [0, 0]


def test_the_objective_is_the_sum_of_weight_times_loss():
    document = experiment(weighting={"name": "fixed", "params": {"weights": {"kind": 0.25}}}, training={"batch_size": None})
    made = run(pytorch(document, 5, OUTPUTS))
    assert made.WEIGHTS == {"kind": 0.25, "sick": 1.0, "price": 1.0}
    x, answers, known = rows()
    model = made.Network()
    with torch.no_grad():
        losses = {task: made.LOSSES[task](y[known[task]], answers[task][known[task]]) for task, y in model(x).items()}
    history = made.train(model, x, answers, known, epochs=1)
    assert history[0] == pytest.approx(sum(made.WEIGHTS[task] * float(loss) for task, loss in losses.items()), rel=1e-5)


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_every_optimizer_trains(name):
    history = trained(experiment(training={"optimizer": {"name": name}}))
    assert history[-1] < history[0]


def test_own_layers_have_penalties_of_their_own():
    document = experiment(training={"l1": 0.01, "l2": 0.1, "own_l1": 0.0, "own_l2": 0.5})
    made = run(pytorch(document, 5, OUTPUTS))
    model = made.Network()
    matrices = [(name, weight) for name, weight in model.named_parameters() if weight.dim() == 2]
    shared = [weight for name, weight in matrices if name.startswith("trunk")]
    own = [weight for name, weight in matrices if name.startswith("towers")]
    assert len(shared) + len(own) == len(matrices)
    expected = sum(0.05 * weight.square().sum() + 0.01 * weight.abs().sum() for weight in shared)
    torch.testing.assert_close(made.penalty(model), expected + sum(0.25 * weight.square().sum() for weight in own))


def test_groups_whose_weights_stay_are_written_as_products():
    group = {"name": "g", "members": ["kind", "sick"], "weighting": {"name": "fixed", "params": {"weights": {"kind": 0.5}}}}
    document = experiment(weighting={"name": "fixed", "params": {"weights": {"g": 4.0}}}).changed("groups", [group])
    assert run(pytorch(document, 5, OUTPUTS)).WEIGHTS == {"kind": 2.0, "sick": 4.0, "price": 1.0}
    moving = pytorch(document.changed("groups.0.weighting", {"name": "uncertainty"}), 5, OUTPUTS)
    assert "Uncertainty (log-variance) in groups of tasks" in moving


def test_it_says_what_of_sampling_and_timeline_it_leaves_out():
    document = experiment()
    assert "here: each batch" not in pytorch(document, 5, OUTPUTS)
    assert "here: a timeline" not in pytorch(document, 5, OUTPUTS)
    text = pytorch(document.changed("sampling.name", "by-loss").changed("timeline.warm_up", 2), 5, OUTPUTS)
    assert "by the policy by-loss; this code trains all tasks on every batch" in text
    assert "here: a timeline" in text
