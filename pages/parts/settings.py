"""The settings that are not needed every day: optimizer, schedule, penalties, losses, replicas, seed. Layout only."""

import streamlit as st

from core.losses import LOSSES, usual
from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES
from pages.parts import controls, state

RATES = [mantissa * 10.0**power for power in range(-5, 1) for mantissa in (1, 3)] + [10.0]
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, None)
PENALTIES = [0.0, *(mantissa * 10.0**power for power in range(-6, 0) for mantissa in (1, 3))]


def rate_text(rate: float) -> str:
    return f"{rate:.5f}".rstrip("0").rstrip(".")


def more_settings() -> None:
    document = state.document()
    training = document.training
    first, second = st.columns(2)
    with first:
        help = "How long it trains: an epoch is every training row once."
        controls.number("Epochs", "epochs", training.epochs, controls.at("training.epochs"), help, 1, 100_000, 10)
        help = "How the slopes are turned into a step of the weights."
        controls.plugin("Optimizer", "optimizer", training.optimizer, OPTIMIZERS, controls.at("training.optimizer"), help)
        help = "How the learning rate changes over the run."
        controls.plugin(
            "Schedule of the learning rate", "schedule", training.schedule, SCHEDULES, controls.at("training.schedule"), help
        )
        for number, task in enumerate(document.tasks):
            fitting = {name: module for name, module in LOSSES.items() if task.kind in module.KINDS}
            choice = task.loss or type(document.weighting)(name=usual(task.kind))
            help = "What is lowered for this task: how wrong an answer is."
            controls.plugin(f"Loss of {task.column}", f"loss.{task.column}", choice, fitting, _loss(number), help)
    with second:
        help = "Pulls all weights towards 0; small ones stay small (weight decay)."
        controls.steps("L2 penalty", "l2", training.l2, PENALTIES, controls.at("training.l2"), help, rate_text)
        help = "Pulls weights to exactly 0, so that few remain."
        controls.steps("L1 penalty", "l1", training.l1, PENALTIES, controls.at("training.l1"), help, rate_text)
        help = "The longest step's slope that is let through; longer ones are shortened. Off: all are."
        controls.select(
            "Gradient clipping",
            "clip",
            training.clip,
            {None: "off", 0.1: "0.1", 1.0: "1", 10.0: "10"},
            controls.at("training.clip"),
            help,
        )
        help = "How many networks train side by side, each from another start. Curves then show mean and spread."
        controls.number("Networks at once (replicas)", "replicas", document.replicas, controls.at("replicas"), help, 1, 64, 1)
        help = "The number that all chance is drawn from: the same seed gives the same curves."
        controls.number("Seed", "seed", document.seed, controls.at("seed"), help, 0, 2**31 - 1, 1)


def _loss(number: int) -> controls.Change:
    return controls.at(f"tasks.{number}.loss")
