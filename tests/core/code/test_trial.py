import subprocess
import sys
from pathlib import Path

from core.code import pytorch
from tests.core.code.making import OUTPUTS, csv, experiment, from_file, script


def test_the_file_runs_by_itself(capsys):
    space = {"__name__": "__main__"}
    exec(compile(pytorch(experiment(training={"epochs": 1}), 5, OUTPUTS), "generated", "exec"), space)  # noqa: S102
    assert "objective" in capsys.readouterr().out


def test_the_script_takes_a_file_from_the_command_line_or_makes_rows_up(tmp_path: Path) -> None:
    document, data = from_file(csv(tmp_path), "price", "sick", "kind")
    (tmp_path / "network.py").write_text(script(document, data))
    told = [
        subprocess.run([sys.executable, "network.py", *words], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        for words in ([], ["mine.csv"])
    ]
    assert all("objective" in text for text in told)
    assert told[0] != told[1]
