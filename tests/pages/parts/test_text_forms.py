"""How texts are read, on the Playground behind "More settings": nothing without a text, and a reader to choose with one."""

from streamlit.testing.v1 import AppTest

from tests.pages.test_playground import PAGE, document, fine


def readers(app: AppTest) -> list:
    return [each for each in app.selectbox if each.label == "Reading of texts"]


def test_nothing_is_shown_without_a_text() -> None:
    app = AppTest.from_file(str(PAGE), default_timeout=90).run()
    app.session_state["more"] = True
    app.run()
    fine(app)
    assert not document(app).texts
    assert not readers(app)


def test_a_reader_is_chosen() -> None:
    app = AppTest.from_file(str(PAGE), default_timeout=90).run()
    app.session_state["more"] = True
    app.selectbox(key="preset").set_value("reviews").run()
    fine(app)
    assert document(app).texts == ("text",)
    (reader,) = readers(app)
    assert reader.value == "lstm"
    reader.set_value("mean").run()
    fine(app)
    assert document(app).network.text.reader == "mean"
