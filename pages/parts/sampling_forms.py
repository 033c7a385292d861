"""Which task each batch trains, as a form. Layout only."""

from core.sampling import SAMPLING
from pages.parts import controls, state

HELP = (
    "All tasks together, or one for each batch, chosen by a rule. With a rule, all classes of a task can come equally often. "
    "When in the run a task is trained at all is set under *When is which task trained*."
)


def sampling_forms() -> None:
    """Nothing where there is but one task, unless something else than usual was chosen."""
    document = state.document()
    choice = document.sampling
    if len(document.tasks) < 2 and choice.name == "all":
        return
    controls.plugin("Which task each batch trains", "sampling", choice, SAMPLING, controls.at("sampling"), HELP)
    if choice.name in SAMPLING:
        edit = controls.edit_at("sampling.params")
        controls.params(f"sampling.{choice.name}", SAMPLING[choice.name].Params, choice.params, edit)
