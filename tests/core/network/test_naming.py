import pytest

from core.network.naming import Part, part_of


@pytest.mark.parametrize(
    ("name", "part", "words"),
    [
        ("trunk.0", Part("trunk", None, 0), "1"),
        ("own1.2", Part("own", 1, 2), "3"),
        ("own.0", Part("own", None, 0), "1"),
        ("expert.1", Part("expert", None, 1), "expert layer 2"),
        ("level1.expert0", Part("expert", 0, 1), "expert layer 2"),
        ("level0.gate", Part("gate", None, 0), "gate after layer 1"),
        ("gate3", Part("gate", 3, None), "gate"),
        ("stitch.0", Part("stitch", None, 0), "stitch after layer 1"),
        ("skip0", Part("skip", 0, None), "mixture of layers"),
        ("mask0.1.out", Part("mask", 0, 1, "out"), "mask 2, second matrix"),
        ("tower12.0", Part("tower", 12, 0), "1"),
        ("output1", Part("output", 1, None), "answers"),
    ],
)
def test_names_say_what_a_step_is(name, part, words):
    assert part_of(name) == part
    assert part.words == words


@pytest.mark.parametrize("name", ["mixture0", "gate0.weights", "level0.mixture", "own.0.1", "trunk.x", "mask0.0.join", ""])
def test_what_has_no_matrix_is_no_part(name):
    assert part_of(name) is None
