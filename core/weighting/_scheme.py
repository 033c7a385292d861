"""A document's choice as something to train with: the scheme's module, its parameters, and what is the same for all.

Knows nothing of what a scheme computes. Its weights may be smoothed over steps (CR-MOGM, Zhou et al. 2022, "On the convergence
of stochastic multi-objective gradient manipulation and beyond", Algorithm 1): w_t = ema w_{t-1} + (1 - ema) w. A smoothed step
is always d = J^T w_t: schemes with a direction of their own (GradDrop, DB-MTL, MoCo) give it up for the nearest such sum.
"""

import math
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from core.experiment import Weighting
from core.weighting import SCHEMES, Array, Signal, State, Weighed

EMA, STEPS = "ema", "ema.steps"


@dataclass(frozen=True)
class Scheme:
    module: ModuleType
    params: Any
    ema: float = 0.0

    @property
    def needs(self) -> frozenset[str]:
        needs = getattr(self.module, "needs", None)
        return self.module.NEEDS if needs is None else needs(self.params)

    @property
    def balances(self) -> bool:
        """Whether it needs every task's own gradient."""
        return bool(self.module.NEEDS & {"gramian", "jacobian"})

    @property
    def where(self) -> str:
        """Where gradients are taken: one of `PLACES`."""
        return getattr(self.params, "where", "all")

    def init(self, tasks: tuple[str, ...], replicas: int) -> State:
        state: State = dict(self.module.init(self.params, tasks, replicas))
        if self.ema:
            state |= {EMA: np.zeros((replicas, len(tasks))), STEPS: np.zeros((replicas, 1))}
        return state

    def taken_up(self, before: "Scheme", state: State, tasks: tuple[str, ...], replicas: int) -> State:
        """The state to go on from under these parameters: what was learned under other ones of the same scheme stays, and
        only what would have begun otherwise begins anew."""
        fresh = self.init(tasks, replicas)
        if before.module is not self.module:
            return fresh
        old = before.init(tasks, replicas)
        alike = {name for name, values in fresh.items() if name in old and np.array_equal(values, old[name])}
        return {name: state[name] if name in alike and name in state else values for name, values in fresh.items()}

    def weigh(self, state: State, signal: Signal) -> Weighed:
        """Weights of one step. A replica whose losses or gradients are no finite numbers gets ones: its run is about to be
        stopped for them (`core.training.advance.check`), and no scheme has an answer. So does one whose answer is no number."""
        broken = None
        if not _finite(signal):
            broken = ~np.isfinite(signal.losses).all(1)
            if signal.gramian is not None:
                broken |= ~np.isfinite(signal.gramian).all((1, 2))
            signal = _mended(signal, broken)
        weighed = self.module.weigh(self.params, state, signal)
        if not math.isfinite(float(weighed.weights.sum())):
            known = np.isfinite(weighed.weights).all(1)
            broken = ~known if broken is None else broken | ~known
        if broken is not None:
            weighed = weighed._replace(weights=np.where(broken[:, None], 1.0, weighed.weights))
        return self._smoothed(state, weighed) if self.ema else weighed

    def _smoothed(self, state: State, weighed: Weighed) -> Weighed:
        """Starts as the scheme's first weights, not as zeros."""
        steps = state[STEPS]
        weights = np.where(steps > 0, self.ema * state[EMA] + (1.0 - self.ema) * weighed.weights, weighed.weights)
        return Weighed(weights, {**weighed.state, EMA: weights, STEPS: steps + 1.0})

    def after(self, state: State, before: Array, after: Array) -> State:
        return {**state, **self.module.after(self.params, state, before, after)}


def scheme_of(choice: Weighting) -> Scheme:
    """The scheme of a document. Raises `UserError` for unknown names or parameters."""
    module, params = SCHEMES.resolve(choice.name, choice.params)
    return Scheme(module, params, choice.ema)


def _finite(signal: Signal) -> bool:
    total = float(signal.losses.sum())
    return math.isfinite(total) and (signal.gramian is None or math.isfinite(float(signal.gramian.sum())))


def _mended(signal: Signal, broken: Array) -> Signal:
    losses = np.where(broken[:, None], 1.0, signal.losses)
    gramian = None if signal.gramian is None else np.where(broken[:, None, None], 0.0, signal.gramian)
    jacobian = None if signal.jacobian is None else np.where(broken[:, None, None], 0.0, signal.jacobian)
    return signal._replace(losses=losses, gramian=gramian, jacobian=jacobian)
