import time
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.data.formula import FUNCTIONS, MAX_LENGTH, read
from core.errors import UserError

X = np.linspace(-3, 3, 61)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("sin(3*x) + x**2/4", lambda x: np.sin(3 * x) + x**2 / 4),
        ("-x^2", lambda x: -(x**2)),
        ("2^x", lambda x: 2**x),
        ("x**-2 if abs(x) > 1 else 1", lambda x: np.where(np.abs(x) > 1, 1 / np.where(x == 0, 1, x) ** 2, 1)),
        ("x // 2 + x % 2", lambda x: x // 2 + x % 2),
        ("(x > 0) - (x < 0)", np.sign),
        ("1 if -1 < x <= 1 and not x == 0 else 0", lambda x: ((x > -1) & (x <= 1) & (x != 0)).astype(float)),
        ("x > 2 or x < -2", lambda x: (np.abs(x) > 2).astype(float)),
        ("min(x, 1, x*x)", lambda x: np.minimum(np.minimum(x, 1), x * x)),
        ("max(0, x)", lambda x: np.maximum(0, x)),
        ("step(x)", lambda x: (x >= 0).astype(float)),
        ("  pi *  x\n+ e ", lambda x: np.pi * x + np.e),
        ("1e3*x + .5 + 2.", lambda x: 1000 * x + 2.5),
        ("exp(-x*x)*cosh(tanh(sinh(arctan(x))))", lambda x: np.exp(-x * x) * np.cosh(np.tanh(np.sinh(np.arctan(x))))),
        ("floor(x) + ceil(x) + round(x) + sign(x)", lambda x: np.floor(x) + np.ceil(x) + np.round(x) + np.sign(x)),
        ("log(x + 4) + ln(x + 4) + sqrt(x + 4)", lambda x: 2 * np.log(x + 4) + np.sqrt(x + 4)),
        ("3", lambda x: np.full_like(x, 3)),
        ("1/x if x > 0.1 else 0", lambda x: np.where(x > 0.1, 1 / np.where(x > 0.1, x, 1), 0)),
    ],
)
def test_it_says_what_numpy_says(text, truth):
    formula = read(text)
    formula.check(-3, 3)
    np.testing.assert_allclose(formula(X), truth(X), rtol=1e-12, atol=1e-12)
    assert formula.text == " ".join(text.split())


trees = some.recursive(
    some.sampled_from(["x", "2", "0.5", "pi"]),
    lambda inner: some.one_of(
        some.tuples(inner, some.sampled_from("+-*"), inner).map(lambda part: f"({part[0]} {part[1]} {part[2]})"),
        some.tuples(some.sampled_from(["sin", "cos", "tanh", "abs", "step", "floor"]), inner).map(
            lambda part: f"{part[0]}({part[1]})"
        ),
    ),
    max_leaves=8,
)


@given(trees)
def test_whatever_is_made_of_known_parts_is_what_python_makes_of_it(text):
    if len(text) <= MAX_LENGTH:
        names = {"x": X, "pi": np.pi, **FUNCTIONS, "__builtins__": {}}
        python = eval(text, names)  # noqa: S307  (an oracle, over a text of ours)
        np.testing.assert_allclose(read(text)(X), np.broadcast_to(python, X.shape), rtol=1e-12)


@pytest.mark.parametrize("text", ["y = x^2", "y=x^2", "f(x) = x^2", " f( x )=x^2"])
def test_a_formula_may_be_written_as_an_equation(text):
    assert read(text).text.replace(" ", "") == "x^2"


HOSTILE = [
    ("__import__('os')", "names that are known. Found “__import__”"),
    ("sine(x)", "Found “sine”. Did you mean sin?"),
    ("Math_abs(x)", "Did you mean abs?"),
    ("atan(x)", "Did you mean arctan?"),
    ("t+1", "Did you mean x?"),
    ("zzz", "Known are x, pi, e, sin"),
    ("|x|", "Type abs(…) instead"),
    ("y == x", "Found “y”"),
    ("x.__class__", "point only within a number"),
    ("1 .real", "point only within a number"),
    ("(lambda: 1)()", "Found “lambda”"),
    ("[1][0]", "Found “[”"),
    ("{1: 2}", "Found “{”"),
    ("x:=1", "Found “:”"),
    ("x;x", "Found “;”"),
    ("f'{x}'", "Found “f”"),
    ("9**9**9", "A power should not be a power itself"),
    ("2^x^2", "A power should not be a power itself"),
    ("x**1e9", "Powers should be at most 16"),
    ("x**-17", "Powers should be at most 16"),
    ("x**(8+9)", "Powers should be at most 16"),
    ("x**exp(9)", "Powers should be at most 16"),
    ("99999999999*x", "Numbers should be at most 1,000,000,000"),
    ("1e999", "Numbers should be at most"),
    ("'a'*10**9", "Found “'”"),
    ("(" * 10_000 + "x" + ")" * 10_000, "at most 200 characters. Found 20,001"),
    ("(" * 90 + "x" + ")" * 90, "at most 20 deep"),
    ("(x" * 15, "should be an operator"),
    ("x" * 10_000, "at most 200 characters. Found 10,000"),
    ("-" * 199 + "x", "fewer parts"),
    ("+".join("x" * 100), "fewer parts"),
    ("х+1", "cyrillic small letter ha"),
    ("ｘ+1", "fullwidth latin small letter x"),
    ("x−1", "Type - instead"),
    ("x²", "Type ^2 instead"),
    ("x\u200b", "zero width space"),
    ("x\ud800", "plain letters"),
    ("\x00", "Take it out"),
    ("", "There should be a formula"),
    (" \n ", "There should be a formula"),
    ("sin", "“sin” should be followed by brackets"),
    ("sin x", "“sin” should be followed by brackets"),
    ("2x", "Write 2*x."),
    ("2(x+1)", "Write 2*(…)."),
    ("x(2)", "should be an operator"),
    ("0x10", "Found “x10”"),
    ("1j", "Found “j”"),
    ("True", "Found “True”"),
    ("y + 1", "Found “y”"),
    ("x+", "should be whole"),
    ("*x", "should be whole"),
    ("x=1", "should be whole"),
    ("x if x", "should be whole"),
    ("if " * 60, "should be whole"),
    ("(x+1", "never closes"),
    ("x+1)", "closes too often"),
    (")x(", "closes too often"),
    ("x, 1", "only numbers, x, known functions and operators"),
    ("()", "only numbers, x, known functions and operators"),
    ("x << 2", "only numbers, x, known functions and operators"),
    ("sin(x=1)", "only numbers, x, known functions and operators"),
    ("sin(*x)", "only numbers, x, known functions and operators"),
    ("sin(x, x)", "“sin” should be given one value. Found 2"),
    ("sin()", "“sin” should be given one value. Found 0"),
    ("max(x)", "two values or more"),
    ("x**(1/0)", "should not divide by 0"),
]
ELSEWHERE = [
    ("1/x", "should not divide by 0. Found “1 / x” at x = 0."),
    ("1//x", "should not divide by 0"),
    ("x % (x - 0.5)", "at x = 0.5."),
    ("1/(1-1)", "at x = -3 to 3"),
    ("0/0", "should not divide by 0"),
    ("log(x)", "none at x = -3 to 0."),
    ("sqrt(x)", "none at x = -3 to 0."),
    ("sqrt(1-x)", "none at x = 1 to 3."),
    ("x**0.5", "none at x = -3 to 0."),
    ("log(abs(x))", "within ±1,000,000. Found more at x = 0."),
    ("1/(x-0.1234567)", "more at x = 0.123"),
    ("1000*x + 1/(x-0.1234567)**2", "more at x = 0.123"),
    ("tan(x)", "more at x = -1.57."),
    ("exp(exp(exp(x)))", "more at x = 0.96 to 3."),
    ("1e9", "more at x = -3 to 3."),
]


@pytest.mark.parametrize(("text", "words"), HOSTILE + ELSEWHERE)
def test_what_is_no_formula_is_refused_at_once_in_a_clear_sentence(text, words):
    began = time.process_time()
    with pytest.raises(UserError) as refused:
        read(text).check(-3, 3)
    assert time.process_time() - began < 0.1
    assert words in str(refused.value)
    assert len(str(refused.value)) < 350
    assert refused.value.found or "brackets" in refused.value.expected


@pytest.mark.parametrize("text", [text for text, _ in ELSEWHERE if text not in ("1/(1-1)", "0/0", "1e9", "exp(exp(exp(x)))")])
def test_another_range_may_do(text):
    read(text).check(0.7, 0.9)


@given(some.text("x0123456789.+-*/%()^,<>=! einsofprlabtg_'\"[]{}:²х", max_size=60))
def test_any_text_is_a_formula_or_refused(text):
    try:
        formula = read(text)
        formula.check(-2, 2)
    except UserError:
        return
    assert np.isfinite(formula(X[np.abs(X) <= 2])).all()


@given(some.text(max_size=300))
def test_any_unicode_is_a_formula_or_refused(text):
    with suppress(UserError):
        read(text)
