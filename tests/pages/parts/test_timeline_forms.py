"""The buttons and numbers beside the bars."""

import pytest
from streamlit.testing.v1 import AppTest


@pytest.fixture
def app() -> AppTest:
    def page() -> None:
        from pages.parts import state
        from pages.parts.timeline_forms import timeline_forms

        state.run()
        timeline_forms()

    return AppTest.from_function(page, default_timeout=60).run()


def timeline(app: AppTest):
    from core.runs import engine

    return engine().runs[app.session_state["mtl.run"]].experiment.timeline


def test_warm_up_and_early_stop_are_settings_of_the_document(app: AppTest) -> None:
    app.number_input(key="timeline.warm").set_value(3).run()
    app.toggle(key="timeline.early").set_value(True).run()
    assert (timeline(app).warm_up, timeline(app).patience) == (3, 10)
    app.number_input(key="timeline.patience").set_value(4).run()
    assert timeline(app).patience == 4
    app.toggle(key="timeline.early").set_value(False).run()
    assert timeline(app).patience is None
    assert not app.exception
