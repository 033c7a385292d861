"""What a formula's tree is worth at each x, with numpy. Knows nothing of texts; `core.data.formula` has checked the tree.

Raises `UserError` where there is no value, or one beyond a million.
"""

import ast
from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from core.errors import UserError
from core.registry import shown

MAX_VALUE = 1e6
ANOTHER = "Change the formula or the range of x."

CONSTANTS = {"pi": np.pi, "e": np.e}
FUNCTIONS: dict[str, Callable[..., np.ndarray]] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "exp": np.exp,
    "log": np.log,
    "ln": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sign": np.sign,
    "floor": np.floor,
    "ceil": np.ceil,
    "round": np.round,
    "tanh": np.tanh,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "arctan": np.arctan,
    "step": lambda x: np.heaviside(x, 1.0),
    "min": lambda *values: reduce(np.minimum, values),
    "max": lambda *values: reduce(np.maximum, values),
}

BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.FloorDiv: np.floor_divide,
    ast.Mod: np.mod,
    ast.Pow: np.power,
}
UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: np.negative,
    ast.UAdd: np.positive,
    ast.Not: lambda value: (value == 0).astype(float),
}
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}


def value(node: ast.expr, x: np.ndarray) -> np.ndarray:
    """The values `[row]` of a checked tree. Raises `UserError` where it divides by 0."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return np.full_like(x, number)
        case ast.Name(id=name):
            return x if name == "x" else np.full_like(x, CONSTANTS[name])
        case ast.BinOp(left=left, op=op, right=right):
            below = value(right, x)
            if isinstance(op, ast.Div | ast.FloorDiv | ast.Mod) and (below == 0).any():
                at = f"{shown(ast.unparse(node))} {_where(x, below == 0)}"
                raise UserError("A formula should not divide by 0.", at, ANOTHER)
            return BINARY[type(op)](value(left, x), below)
        case ast.UnaryOp(op=op, operand=operand):
            return UNARY[type(op)](value(operand, x))
        case ast.BoolOp(op=op, values=values):
            true = [value(each, x) != 0 for each in values]
            return (np.all if isinstance(op, ast.And) else np.any)(true, axis=0).astype(float)
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [value(each, x) for each in (left, *others)]
            pairs = zip(sides, ops, sides[1:], strict=False)
            return np.all([COMPARE[type(op)](first, second) for first, op, second in pairs], axis=0).astype(float)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            true = value(test, x) != 0
            found = np.empty_like(x)
            found[true], found[~true] = value(body, x[true]), value(orelse, x[~true])
            return found
        case ast.Call(func=ast.Name(id=name), args=args):
            return FUNCTIONS[name](*(value(each, x) for each in args))
    raise TypeError(f"no part of a formula: {ast.dump(node)}")


def bounded(x: np.ndarray, found: np.ndarray) -> None:
    """Raises `UserError` unless all of the values `[row]` at x `[row]` are there, and none beyond a million."""
    if np.isnan(found).any():
        raise UserError(
            "A formula should have a value everywhere in the range of x.", f"none {_where(x, ~np.isfinite(found))}", ANOTHER
        )
    far = np.abs(found) > MAX_VALUE
    if far.any():
        raise UserError(f"A formula should stay within ±{MAX_VALUE:,.0f}.", f"more {_where(x, far)}", ANOTHER)


def _where(x: np.ndarray, odd: np.ndarray) -> str:
    """The first stretch of x `[row]` where `odd` holds: "at x = -3 to 0"."""
    order = np.argsort(x, kind="stable")
    x, odd = x[order], odd[order]
    first = last = int(np.argmax(odd))
    while last + 1 < len(x) and odd[last + 1]:
        last += 1
    if x[first] == x[last]:
        return f"at x = {_short(x[first])}"
    ends = [_edge(x, first, -1), _edge(x, last, 1)]
    return f"at x = {' to '.join(dict.fromkeys(ends))}"


def _edge(x: np.ndarray, place: int, step: int) -> str:
    """Where a stretch ends: at its last point or just before the next, whichever is said more shortly."""
    beyond = min(max(place + step, 0), len(x) - 1)
    return min(_short(x[place]), _short(x[beyond]), key=len)


def _short(value: float) -> str:
    return f"{value + 0.0:.3g}"
