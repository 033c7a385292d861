"""The page “Look inside” as Streamlit runs it: it says what the component has to know, and stands in the list of pages."""

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest

from core.runs import engine
from tests.core.runs.running import two_waves
from tests.pages.test_sharing import opened

PAGE = Path(__file__).parents[2] / "pages" / "inside.py"
NETWORK = PAGE.with_name("network.py")


def spec(app: AppTest) -> dict:
    """What the component was given."""
    protos = [element.proto for element in app.get("bidi_component")]
    return next(json.loads(proto.json) for proto in protos if "most" in proto.json)


def test_it_tells_the_component_of_run_tasks_and_networks() -> None:
    run = engine().create(two_waves(replicas=2, network__twin=True))
    app = opened(run, PAGE)
    assert not app.exception
    told = spec(app)
    assert (told["run"], told["version"], told["replicas"], told["twin"]) == (run.id, run.version, 2, True)
    assert [task["name"] for task in told["tasks"]] == list(run.experiment.columns)


def test_it_says_again_when_the_document_was_changed() -> None:
    run = engine().create(two_waves())
    before = spec(opened(run, PAGE))
    engine().change(run, run.experiment.changed("network.trunk", [{"width": 5}]))
    assert spec(opened(run, PAGE))["version"] > before["version"]


def test_the_page_network_leads_here() -> None:
    app = opened(engine().create(two_waves()), NETWORK)
    assert not app.exception
    links = [element.proto for element in app.get("page_link")]
    assert [link.label for link in links] == ["Look inside with your own rows"]
