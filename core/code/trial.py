"""What happens when the file is run by itself: it trains on made-up rows, or on a CSV file's.

Knows nothing of how a file is read, nor of what training does.
"""

from core.code.text import quoted
from core.experiment import Experiment
from core.network.shapes import dims

WORDS = 12
"""Words of a made-up text."""


def trial_text(experiment: Experiment, n_features: int, outputs: dict[str, int], reads: bool, words: int = 0) -> str:
    """The end of the file, as Python text. reads: there is a `load` that takes a CSV file; words: as many the texts have."""
    made = {
        "binary": "(torch.rand(100) > 0.5).float()",
        "multiclass": "torch.randint({outputs}, (100,))",
        "regression": "torch.randn(100)",
    }
    answers = [f"{quoted(task.column)}: {made[task.kind].format(outputs=outputs[task.column])}" for task in experiment.tasks]
    features = f"torch.randn(100, {n_features})"
    if words:
        features = f"torch.cat([{features}, torch.randint({words}, (100, {WORDS})).float()], 1)"
    made_up = [
        f"features = {features}  # {dims(100, n_features + WORDS * bool(words))}",
        "answers = {",
        *(f"    {answer}," for answer in answers),
        "}",
        "labelled = {task: torch.ones(100, dtype=torch.bool) for task in answers}",
    ]
    either = [
        "    if len(sys.argv) > 1:  # python network.py table.csv",
        "        features, answers, labelled = load(sys.argv[1])",
        "    else:  # made-up rows, to see it run",
        *(f"        {line}" for line in made_up),
    ]
    return "\n".join([
        'if __name__ == "__main__":' + ("" if reads else "  # made-up rows, to see it run"),
        *(either if reads else (f"    {line}" for line in made_up)),
        "    history = train(Network(), features, answers, labelled)",
        '    print(f"objective: {history[0]:.3f} in the first epoch, {history[-1]:.3f} in the last")',
    ])  # fmt: skip
