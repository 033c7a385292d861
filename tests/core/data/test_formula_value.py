import ast

import numpy as np
import pytest

from core.data.formula_value import bounded, value
from core.errors import UserError


def test_a_branch_is_worth_something_only_where_it_is_taken():
    x = np.array([-1.0, 0.0, 2.0])
    tree = ast.parse("1 / x if x > 0 else 5", mode="eval").body
    np.testing.assert_array_equal(value(tree, x), [5, 5, 0.5])


def test_x_may_come_in_any_order():
    tree = ast.parse("1 / (x > 1)", mode="eval").body
    with pytest.raises(UserError, match="at x = 0 to 1"):
        value(tree, np.array([3.0, 0.5, 2.0, 1.0, 0.0]))


def test_what_is_no_part_of_a_formula_has_no_value():
    for text in ("[x]", "x.y", "f(x)(x)", "'x'"):
        with pytest.raises(TypeError):
            value(ast.parse(text, mode="eval").body, np.zeros(2))


def test_values_are_there_and_not_too_large():
    x = np.arange(4.0)
    bounded(x, np.array([0, 1e6, -1e6, 3]))
    with pytest.raises(UserError, match="none at x = 1 to 2"):
        bounded(x, np.array([0, np.nan, np.inf, 3]))
    with pytest.raises(UserError, match="more at x = 3"):
        bounded(x, np.array([0, 0, 0, -np.inf]))
