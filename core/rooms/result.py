"""What a run has come to, in the few numbers that a room compares: scores, and what they took.

Knows nothing of rooms.
"""

import json
from dataclasses import dataclass
from functools import lru_cache

from core.experiment import Network
from core.network.sharing import build
from core.runs.run import Run
from core.runs.wire import band
from core.training.metrics import primary


@dataclass(frozen=True)
class Result:
    """scores: of each task that is scored, its primary metric on the validation rows, the mean over replicas, to four digits;
    None where it has no value. parameters: numbers that training moves, of one replica. epochs: trained, from the start.
    seconds: of training, on a worker.
    """

    scores: dict[str, float | None]
    parameters: int
    epochs: float
    seconds: float


def result_of(run: Run) -> Result:
    """How a run's newest network stands, whatever moment is looked at.

    Raises `LookupError` in the moment in which a run takes up other tasks.
    """
    experiment, facts, record = run.experiment, run.facts, run.now or run.records[-1]
    scores = {
        task.column: band(record["validation"][number][primary(task.kind)])[0]
        for number, task in enumerate(experiment.tasks)
        if not task.auxiliary
    }
    outputs = json.dumps([[column, facts["outputs"][column]] for column in experiment.columns])
    size = _size(experiment.network.model_dump_json(), facts["features"], outputs, facts["words"])
    return Result(scores, size, round(run.epoch, 2), round(run.seconds, 2))


@lru_cache(maxsize=1024)
def _size(network: str, features: int, outputs: str, words: int) -> int:
    """How many numbers training moves in one replica; asked often of the same networks."""
    graph = build(Network.model_validate_json(network), features, dict(json.loads(outputs)), words)
    return sum(spec.size for spec in graph.specs)
