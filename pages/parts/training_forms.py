"""How the network is trained, as forms: how weights move, how long and on what, what holds them back. Layout only."""

import streamlit as st

from core.training.optimizers import OPTIMIZERS
from core.training.schedules import SCHEDULES
from pages.parts import controls, state
from pages.parts.room_part import part
from pages.parts.sampling_forms import sampling_forms

RATES = [float(f"{mantissa}e{power}") for power in range(-5, 1) for mantissa in (1, 3)] + [10.0]
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, None)
PENALTIES = [0.0, *(float(f"{mantissa}e{power}") for power in range(-6, 0) for mantissa in (1, 3))]
CLIPS = [0.1, 0.3, 1.0, 3.0, 10.0, 30.0, None]
OPTIMIZER = "How the slope of the loss is turned into a step of every weight."
RATE = "How far each step moves the weights. Too small: slow. Too large: it jumps about, or explodes. Acts while it trains."
SCHEDULE = "How the learning rate changes in the course of a run."
BATCH = "How many rows each step looks at. More rows: steadier steps, but fewer of them in an epoch."
EPOCHS = "How long it trains: one epoch is every training row once."
REPLICAS = "How many networks train side by side, each from another start. Curves and scores then show mean and spread."
SEED = "The number that all chance is drawn from: the same seed gives the same curves."
L2 = "Pulls every weight towards 0, large ones harder; smooths what is learned (weight decay)."
L1 = "Pulls every weight towards 0 with the same force, so that few remain."
OWN = "The penalties above are then those of the shared layers alone: what serves all tasks may need less of it, or more."
CLIP = "The longest slope that a step may follow; a longer one is shortened to it. Helps where the loss makes sudden leaps."


def training_forms() -> None:
    left, middle, right = st.columns(3, gap="medium")
    with left:
        st.markdown("##### How the weights move")
        moves()
    with middle:
        st.markdown("##### How long, and on what")
        course()
    with right:
        st.markdown("##### What holds them back")
        restraint()


def moves() -> None:
    training = state.document().training
    controls.number(
        "Learning rate", "rate.exact", training.learning_rate, controls.at("training.learning_rate"), RATE, 0.0, None, 0.001
    )
    controls.plugin("Optimizer", "optimizer", training.optimizer, OPTIMIZERS, controls.at("training.optimizer"), OPTIMIZER)
    plugin_params("optimizer", OPTIMIZERS, "training.optimizer")
    controls.plugin(
        "Learning rate over time", "schedule", training.schedule, SCHEDULES, controls.at("training.schedule"), SCHEDULE
    )
    plugin_params("schedule", SCHEDULES, "training.schedule")


def plugin_params(key: str, registry: controls.Mapping, path: str) -> None:
    """The parameters of the plug-in that stands at a path of the document."""
    choice = getattr(state.document().training, key)
    if choice.name not in registry:
        return
    module = registry[choice.name]
    many = len(module.Params.model_fields) > 1
    with st.expander(f"Fine points of {module.TITLE}") if many else st.container():
        controls.params(f"{key}.{choice.name}", module.Params, choice.params, controls.edit_at(f"{path}.params"))


def rate() -> None:
    """The learning rate as a slider over steps of about three."""
    current = state.document().training.learning_rate
    controls.steps("Learning rate", "rate", current, RATES, controls.at("training.learning_rate"), RATE, rate_text)


def rate_text(rate: float) -> str:
    text = f"{rate:.6f}".rstrip("0").rstrip(".")
    return text if float(text) == rate else f"{rate:g}"


def course() -> None:
    batch()
    with part("weighting", "turns"):
        sampling_forms()
    run_length()


def batch() -> None:
    titles = {size: "all rows" if size is None else f"{size:,} rows" for size in BATCHES}
    controls.select("Batch", "batch", state.document().training.batch_size, titles, controls.at("training.batch_size"), BATCH)


def run_length() -> None:
    document = state.document()
    controls.number("Epochs", "epochs", document.training.epochs, controls.at("training.epochs"), EPOCHS, 0, None, 10)
    controls.number("Networks at once (replicas)", "replicas", document.replicas, controls.at("replicas"), REPLICAS, 0, None, 1)
    controls.number("Seed", "seed", document.seed, controls.at("seed"), SEED, 0, None, 1)


def restraint() -> None:
    training = state.document().training
    own = {"L2": training.own_l2, "L1": training.own_l1}
    titles = {name: f"{name} penalty{'' if value is None else ' of the shared layers'}" for name, value in own.items()}
    controls.steps(titles["L2"], "l2", training.l2, PENALTIES, controls.at("training.l2"), L2, off)
    controls.steps(titles["L1"], "l1", training.l1, PENALTIES, controls.at("training.l1"), L1, off)
    if len(state.document().tasks) > 1:
        with st.expander("Penalties of the tasks' own layers"):
            own_penalties()
    controls.steps("Gradient clipping", "clip", training.clip, CLIPS, controls.at("training.clip"), CLIP, off)


def own_penalties() -> None:
    """Apart from those of the shared layers, where they are to be."""
    training = state.document().training
    options, shared = [None, *PENALTIES], "as the shared"
    for name, path, value in (("L2", "own_l2", training.own_l2), ("L1", "own_l1", training.own_l1)):
        known = options if value in options else [None, *sorted([*PENALTIES, value or 0.0])]
        titles = {item: shared if item is None else off(item) for item in known}
        controls.select(f"{name} of the tasks' own layers", path, value, titles, controls.at(f"training.{path}"), OWN)


def off(value: float | None) -> str:
    return rate_text(value) if value else "off"
