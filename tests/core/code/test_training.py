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
