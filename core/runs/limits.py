"""How much one person may ask of the server, and how much it does at once: said in a sentence, never by getting slow.

Rows and parameters are of a run, playing runs and stored bytes of a person, playing runs of this process too. What is within
the limits waits its turn (`core.runs.line`). Knows nothing of who asks over which way.
"""

from collections.abc import Iterable
from typing import Protocol

from core.data.dataset import Dataset
from core.data.store import Store
from core.errors import UserError
from core.experiment import Experiment
from core.runs.uploads import folder_of
from core.settings import settings
from core.training.checkpoint import architecture

PLAYS = ("play", "epoch")
"""Commands after which a run may play for long."""


class Playing(Protocol):
    """What of a run is looked at here."""

    id: str
    person: str
    mirror: bool

    @property
    def status(self) -> str: ...


def check_size(experiment: Experiment, dataset: Dataset) -> None:
    """Raises `UserError` for more rows or parameters than a run may have."""
    limits = settings()
    rows = sum(dataset.rows(part).shape[1] for part in ("train", "validation", "test"))
    if rows > limits.person_rows:
        fix = "Take a random sample of the rows on the page Data."
        raise UserError(f"A run should learn from at most {limits.person_rows:,} rows here.", f"{rows:,}", fix)
    parameters = experiment.lanes * sum(spec.size for spec in architecture(experiment, dataset).specs)
    if parameters > limits.person_parameters:
        fix = "Take narrower or fewer layers, or fewer replicas."
        expected = f"A run should have at most {limits.person_parameters:,} parameters here."
        raise UserError(expected, f"{parameters:,}", fix)


def check_playing(run: Playing, runs: Iterable[Playing]) -> None:
    """Raises `UserError` when a run may not play beside those that play already. runs: all of this process."""
    limits = settings()
    playing = [each for each in runs if each.status == "playing" and not each.mirror and each.id != run.id]
    own = sum(each.person == run.person for each in playing)
    if own >= limits.person_playing:
        fix = "Pause one of them, perhaps in another tab."
        raise UserError(f"One person should play at most {limits.person_playing} runs at once.", f"{own} that play", fix)
    if len(playing) >= limits.server_playing:
        fix = "Try again in a minute; your run is kept."
        raise UserError(f"At most {limits.server_playing} runs should play at once here.", f"{len(playing)} that play", fix)


def check_stored(root: str, runs: Iterable[str], more: int) -> None:
    """Raises `UserError` when a person may not keep so many bytes more. root: of all uploads; runs: ids of the person's."""
    most, kept = settings().person_megabytes * 1_000_000, stored(root, runs)
    if kept + more > most:
        found = f"{kept / 1e6:,.1f} MB and {more / 1e6:,.1f} MB more"
        fix = "Delete a file on the page Data, or take a part of this one."
        raise UserError(f"One person should keep at most {most / 1e6:,.0f} MB of files here.", found, fix)


def stored(root: str, runs: Iterable[str]) -> int:
    """Bytes of the files that were uploaded to these runs; not of what is made from them."""
    folders = (Store(folder_of(root, run)).here for run in runs)
    return sum(file.stat().st_size for folder in folders for file in folder.glob("*") if len(file.name) == 64)
