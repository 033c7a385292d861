import pickle

import pytest

from core.errors import UserError


def test_reads_as_expected_found_fix():
    error = UserError("Learning rate should be above 0.", "0", "Try 0.01.")
    assert str(error) == "Learning rate should be above 0. Found 0. Try 0.01."
    assert (error.expected, error.found, error.fix) == ("Learning rate should be above 0.", "0", "Try 0.01.")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("No table yet.",), "No table yet."),
        (("No table yet.", "", "Drop a file."), "No table yet. Drop a file."),
        (("A width is needed.", "nothing there"), "A width is needed. Found nothing there."),
    ],
)
def test_leaves_out_what_there_is_nothing_to_say_of(parts, sentence):
    assert str(UserError(*parts)) == sentence


def test_what_the_first_sentence_names_is_not_said_twice():
    assert str(UserError("There is no “x” here.", "“x”", "Remove it.")) == "There is no “x” here. Remove it."
    assert str(UserError("It should be at least 10.", "1", "")) == "It should be at least 10. Found 1."


def test_never_ends_in_two_full_stops():
    assert str(UserError("A whole document.", "an end at line 3.", "")) == "A whole document. Found an end at line 3."


def test_comes_whole_out_of_a_worker_process():
    error = pickle.loads(pickle.dumps(UserError("Expected.", "found", "Fix.", "a.b")))  # noqa: S301 as a process pool does it
    assert str(error) == "Expected. Found found. Fix."
    assert (error.expected, error.found, error.fix, error.path) == ("Expected.", "found", "Fix.", "a.b")


def test_is_a_value_error_so_that_pydantic_passes_it_on():
    assert issubclass(UserError, ValueError)
