"""Groups of tasks by clicking: made, filled, weighed, renamed, dissolved; and tasks that only help."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.data.columns import begin
from core.data.samples import SAMPLES
from core.data.source import load
from core.experiment import Experiment, Source, parse
from core.runs import engine

PAGE = Path(__file__).parents[3] / "pages" / "network.py"
TASKS = ("Weight", "Waist", "Pulse")


def begun() -> Experiment:
    source = Source(kind="sample", name="linnerud")
    return begin(source, load(source), SAMPLES["linnerud"])


@pytest.fixture
def app() -> AppTest:
    made = AppTest.from_file(str(PAGE), default_timeout=60).run()
    engine().change(engine().runs[made.session_state["mtl.run"]], begun())
    return made.run()


def document(app: AppTest) -> Experiment:
    return engine().runs[app.session_state["mtl.run"]].experiment


def make(app: AppTest, name: str, *ticked: str) -> AppTest:
    next(each for each in app.button_group if each.label == "Members of a new group").set_value(list(ticked)).run()
    app.text_input(key="group.name").set_value(name).run()
    return app.button(key="group.make").click().run()


def tree(app: AppTest) -> str:
    return next(each.value for each in app.markdown if each.value.startswith("- **All**"))


def test_a_tree_is_built_by_clicking_and_survives_saving(app: AppTest) -> None:
    first, second, third = document(app).columns
    assert app.button(key="group.make").disabled, "nothing is ticked"
    make(app, "Body", first, second)
    app.selectbox(key="group.0.scheme").set_value("uncertainty").run()
    app.selectbox(key="scheme").set_value("upgrad").run()
    (group,) = document(app).groups
    assert (group.name, group.members, group.weighting.name) == ("Body", (first, second), "uncertainty")
    assert document(app).weighting.name == "upgrad"
    lines = [
        "- **All** · UPGrad",
        "  - **Body** · Uncertainty (log-variance)",
        f"    - {first}",
        f"    - {second}",
        f"  - {third}",
    ]
    assert [line.removesuffix(" · 1.000") for line in tree(app).splitlines()] == lines
    make(app, "Whole", "Body", third)
    assert [each.name for each in document(app).groups] == ["Body", "Whole"]
    assert tree(app).splitlines()[3].startswith("      - ")
    assert parse(document(app).to_json()) == document(app)
    assert not app.exception


def test_a_group_gets_the_name_that_was_typed_just_before_the_click(app: AppTest) -> None:
    """The click comes in before the page is drawn with the name."""
    first, second, _ = document(app).columns
    next(each for each in app.button_group if each.label == "Members of a new group").set_value([first, second]).run()
    app.text_input(key="group.name").set_value("Body")
    app.button(key="group.make").click().run()
    assert [each.name for each in document(app).groups] == ["Body"]


def test_members_move_and_an_empty_group_goes(app: AppTest) -> None:
    first, second, third = document(app).columns
    make(app, "Body", first, second)
    app.multiselect(key="group.0.members").set_value([second, third]).run()
    assert document(app).groups[0].members == (second, third)
    app.text_input(key="group.0.name").set_value("Other").run()
    assert document(app).groups[0].name == "Other"
    app.text_input(key="group.0.name").set_value(first).run()
    assert any("name of its own" in each.value for each in app.error)
    assert document(app).groups[0].name == "Other"
    app.multiselect(key="group.0.members").set_value([]).run()
    assert document(app).groups == ()


def test_a_group_is_dissolved(app: AppTest) -> None:
    make(app, "Body", *document(app).columns[:2])
    app.button(key="group.0.dissolve").click().run()
    assert document(app).groups == ()


def test_numbers_by_hand_are_of_what_a_scheme_weighs(app: AppTest) -> None:
    first, second, third = document(app).columns
    make(app, "Body", first, second)
    app.selectbox(key="scheme").set_value("fixed").run()
    app.slider(key="weights.Body").set_value(2.0).run()
    app.selectbox(key="group.0.scheme").set_value("fixed").run()
    app.slider(key=f"group.0.weights.{first}").set_value(0.5).run()
    made = document(app)
    assert made.weighting.params["weights"] == {"Body": 2.0, third: 1.0}
    assert made.groups[0].weighting.params["weights"] == {first: 0.5, second: 1.0}
    assert not [each for each in app.slider if each.key == f"weights.{first}"]


def test_every_control_of_groups_has_help(app: AppTest) -> None:
    make(app, "Body", *document(app).columns[:2])
    app.toggle(key=f"auxiliary.{document(app).columns[0]}").set_value(True).run()
    controls = [*app.button_group, *app.text_input, *app.multiselect, *app.toggle, *app.slider, *app.selectbox]
    assert len(controls) > 10
    assert [each.label for each in controls if not each.help] == []


def test_a_task_that_only_helps_fades_out(app: AppTest) -> None:
    column = document(app).columns[0]
    app.toggle(key=f"auxiliary.{column}").set_value(True).run()
    assert document(app).tasks[0].auxiliary
    app.toggle(key=f"fades.{column}").set_value(True).run()
    first, last = document(app).tasks[0].fade or (0, 0)
    assert 0 < first < last <= document(app).training.epochs
    app.slider(key=f"fade.{column}").set_value((2, 5)).run()
    assert document(app).tasks[0].fade == (2, 5)
    for other in document(app).columns[1:]:
        app.toggle(key=f"auxiliary.{other}").set_value(True).run()
    assert any("should be scored" in each.value for each in app.error)
    assert [task.auxiliary for task in document(app).tasks] == [True, True, False]


def test_own_layers_have_penalties_of_their_own(app: AppTest) -> None:
    assert document(app).training.own_l2 is None
    app.selectbox(key="own_l2").set_value(0.01).run()
    assert document(app).training.own_l2 == 0.01
    assert not app.exception


def test_where_no_gradients_meet_a_group_s_scheme_says_so_too(app: AppTest) -> None:
    make(app, "Body", *document(app).columns[:2])
    app.selectbox(key="group.0.scheme").set_value("pcgrad").run()
    assert not any("gradients never meet" in each.value for each in app.info)
    app.selectbox(key="sharing").set_value("separate").run()
    assert any("“PCGrad”" in each.value and "gradients never meet" in each.value for each in app.info)
