"""The select box of sampling policies, and the parameters of the one chosen."""

from streamlit.testing.v1 import AppTest


def test_a_policy_and_its_parameters_become_the_documents() -> None:
    def page() -> None:
        from pages.parts import state
        from pages.parts.sampling_forms import sampling_forms

        state.run()
        sampling_forms()

    app = AppTest.from_function(page, default_timeout=60).run()
    assert len(app.selectbox) == 1
    app.selectbox(key="sampling").set_value("temperature").run()
    app.slider(key="sampling.temperature.temperature").set_value(2.0).run()
    app.toggle(key="sampling.temperature.balanced").set_value(True).run()

    from core.runs import engine

    sampling = engine().runs[app.session_state["mtl.run"]].experiment.sampling
    assert (sampling.name, sampling.params) == ("temperature", {"temperature": 2.0, "balanced": True})
    assert not app.exception
