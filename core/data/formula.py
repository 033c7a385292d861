"""A formula in x that a person typed. It never becomes code: an allow-list reads it, numpy computes it.

Knows nothing of tables. Characters, names and brackets are checked before Python's parser sees the text; of the tree it
gives, only what `_check` knows is let through. Every refusal is a `UserError`.
"""

import ast
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

import numpy as np

from core.data.formula_value import BINARY, COMPARE, CONSTANTS, FUNCTIONS, UNARY, bounded, value
from core.errors import UserError
from core.registry import shown

MAX_LENGTH, MAX_DEPTH, MAX_NODES, MAX_NESTING = 200, 60, 150, 20
MAX_POWER, MAX_NUMBER = 16, 1e9
GRID, CELLS, FINER, ROUNDS = 1001, 6, 33, 6  # where a formula is tried out: a grid, then ever closer where it climbs

SEVERAL = ("min", "max")
WORDS = ("if", "else", "and", "or", "not")
NAMES = f"x, {', '.join(CONSTANTS)}, and with brackets {', '.join(FUNCTIONS)}"
FEW = "Known are x, pi, e, sin, exp, abs and others: the ? beside it lists them."
INSTEAD = (
    dict.fromkeys("−–—", "-")
    | dict.fromkeys("×·∙⋅", "*")
    | {"÷": "/", "π": "pi", "²": "^2", "³": "^3", "≤": "<=", "≥": ">=", "|": "abs(…)"}
)
SAME = {
    "atan": "arctan",
    "sgn": "sign",
    "fabs": "abs",
    "t": "x",
    "y": "x",
    "asin": "",
    "acos": "",
    "arcsin": "",
    "arccos": "",
}  # as others call them
ASSIGNED = re.compile(r"^(?:y|f ?\( ?x ?\)) ?= ?(?!=)")  # in front of a formula, which it may do without
WHOLE = "A formula should be whole, such as sin(3*x) + x^2/4."

TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_][A-Za-z_0-9]*)|(?P<open>\()|(?P<close>\))"
    r"|(?P<sign>[-+*/%^,<>=!])|(?P<space> )|(?P<odd>.)",
    re.ASCII | re.DOTALL,
)


@dataclass(frozen=True)
class Formula:
    """text: as typed, without needless spaces. Called with x `[row]` it gives the values `[row]`, float64."""

    text: str
    tree: ast.expr

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Raises `UserError` where the formula has no value, or one beyond a million."""
        x = np.asarray(x, dtype=np.float64)
        with np.errstate(all="ignore"):
            found = value(self.tree, x)
        bounded(x, found)
        return found

    def check(self, low: float, high: float) -> None:
        """Raises `UserError` unless the formula has a value of at most a million everywhere from `low` to `high`."""
        halves = np.arange(np.ceil(2 * low), np.floor(2 * high) + 1) / 2  # where formulas of people have their gaps
        x = np.union1d(np.linspace(low, high, GRID), halves)
        y = self(x)
        left, right, ends = x[:-1], x[1:], np.stack([y[:-1], y[1:]])
        for _ in range(ROUNDS):
            climbs = (np.abs(ends).max(0), np.abs(ends[1] - ends[0]))
            cells = np.unique(np.concatenate([np.argsort(climb)[-CELLS:] for climb in climbs]))
            finer = np.linspace(left[cells], right[cells], FINER, axis=1)
            values = self(finer.ravel()).reshape(finer.shape)
            left, right = finer[:, :-1].ravel(), finer[:, 1:].ravel()
            ends = np.stack([values[:, :-1].ravel(), values[:, 1:].ravel()])


@lru_cache(maxsize=64)
def read(text: str) -> Formula:
    """The formula that a text is. Raises `UserError` for whatever is no formula in x, or too large a one."""
    if len(text) > MAX_LENGTH:
        raise UserError(f"A formula should have at most {MAX_LENGTH} characters.", f"{len(text):,}", "Make it shorter.")
    text = ASSIGNED.sub("", " ".join(text.split()))
    if not text:
        raise UserError("There should be a formula.", "nothing", "Type one, such as sin(3*x) + x^2/4.")
    _tokens(text)
    try:
        tree = ast.parse(text.replace("^", "**"), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise UserError(WHOLE, shown(text), "Look for an operator too many, or one that has nothing beside it.") from error
    _size(tree)
    _check(tree)
    return Formula(text, tree)


def _tokens(text: str) -> None:
    """Raises `UserError` for characters and names that no formula has, brackets that do not match, operators left out."""
    before, last, depth = "", "", 0  # before: "operand" where one has just ended, "function" after a function's name
    for match in TOKEN.finditer(text):
        kind, token = match.lastgroup, match[0]
        if kind == "space":
            continue
        if kind == "odd":
            raise _odd(token)
        if kind == "name" and token not in {"x", *CONSTANTS, *FUNCTIONS, *WORDS}:
            raise UserError("A formula should have only names that are known.", shown(token), _nearest(token))
        if before == "function" and kind != "open":
            raise UserError(f"“{last}” should be followed by brackets.", shown(text), f"Write {last}(x).")
        word = kind == "name" and token in WORDS
        if before == "operand" and kind in ("number", "name", "open") and not word:
            after = "(…)" if kind == "open" else token
            raise UserError("Between two values there should be an operator.", f"“{last} {after}”", f"Write {last}*{after}.")
        depth += {"open": 1, "close": -1}.get(str(kind), 0)
        if depth > MAX_NESTING:
            raise UserError(f"Brackets should be at most {MAX_NESTING} deep.", "more", "Make it simpler.")
        if depth < 0:
            break
        operand = kind in ("number", "close") or (kind == "name" and not word)
        before = "function" if token in FUNCTIONS else "operand" if operand else ""
        last = token
    if depth:
        found = "a bracket that never closes" if depth > 0 else "one that closes too often"
        raise UserError("Every bracket should open and close.", found, "Add the one that lacks, or take one out.")
    if before == "function":
        raise UserError(f"“{last}” should be followed by brackets.", shown(text), f"Write {last}(x).")


def _nearest(name: str) -> str:
    """What was meant, if something like it is known; names as other languages write them count too."""
    plain = name.lower().rpartition("_")[2]
    near = get_close_matches(SAME.get(plain, plain), ["x", *CONSTANTS, *FUNCTIONS], n=1, cutoff=0.8)
    return f"Did you mean {near[0]}?" if near else FEW


def _odd(character: str) -> UserError:
    if character == ".":
        return UserError("A formula should have a point only within a number.", "“.”", "Write 0.5, or take it out.")
    fix = f"Type {INSTEAD[character]} instead." if character in INSTEAD else "Take it out, or type it anew."
    if character.isascii():
        return UserError("A formula should have only numbers, names, brackets, commas and operators.", f"“{character}”", fix)
    name = unicodedata.name(character, "a character without a name").lower()
    return UserError("A formula should have only plain letters, digits and signs.", f"“{character}” ({name})", fix)


def _size(tree: ast.expr) -> None:
    layer: list[ast.AST] = [tree]
    nodes = depth = 0
    while layer:
        nodes, depth = nodes + len(layer), depth + 1
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            raise UserError("A formula should have fewer parts.", "too many within each other or in a row", "Make it simpler.")
        layer = [inner for node in layer for inner in ast.iter_child_nodes(node) if isinstance(inner, ast.expr)]


def _check(node: ast.expr) -> None:
    """Raises `UserError` unless the tree is made of what `_value` knows, its numbers and powers within bounds."""
    match node:
        case ast.Constant(value=bool() | str() | bytes() | complex() | None):
            raise _refused(node)
        case ast.Constant(value=int() | float() as number):
            if abs(number) > MAX_NUMBER:
                raise UserError(f"Numbers should be at most {MAX_NUMBER:,.0f}.", shown(_written(node)), "Use a smaller one.")
        case ast.Name(id=name) if name == "x" or name in CONSTANTS:
            pass
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            _check(left)
            _check(right)
            if isinstance(op, ast.Pow):
                _power(node, right)
        case ast.UnaryOp(op=op, operand=operand) if type(op) in UNARY:
            _check(operand)
        case ast.BoolOp(values=parts):
            for part in parts:
                _check(part)
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in COMPARE for op in ops):
            for part in (left, *others):
                _check(part)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            for part in (test, body, orelse):
                _check(part)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            if (len(args) < 2) if name in SEVERAL else (len(args) != 1):
                wanted = "two values or more" if name in SEVERAL else "one value"
                raise UserError(f"“{name}” should be given {wanted}.", f"{len(args)}", f"Write {name}({_example(name)}).")
            for part in args:
                _check(part)
        case _:
            raise _refused(node)


def _example(name: str) -> str:
    return "x, 0" if name in SEVERAL else "x"


def _written(node: ast.AST) -> str:
    """As a person would write it."""
    return ast.unparse(node).replace(" ** ", "^")


def _refused(node: ast.expr) -> UserError:
    return UserError(
        "A formula should have only numbers, x, known functions and operators.",
        shown(_written(node)),
        f"Take it out. {FEW}",
    )


def _power(node: ast.expr, exponent: ast.expr) -> None:
    inner = list(ast.walk(exponent))
    if any(isinstance(each, ast.Pow) for each in inner):
        raise UserError("A power should not be a power itself.", shown(_written(node)), "Make it simpler.")
    if any(isinstance(each, ast.Name) and each.id == "x" for each in inner):
        return
    with np.errstate(all="ignore"):
        size = float(np.abs(value(exponent, np.zeros(1)))[0])
    if not size <= MAX_POWER:
        raise UserError(f"Powers should be at most {MAX_POWER}.", shown(_written(node)), "Use a smaller one.")
