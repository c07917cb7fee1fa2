"""Wrong programs made from a right one, each by one slip of the pen."""

from __future__ import annotations

import ast
import copy
import textwrap
from collections.abc import Iterator

__all__ = ["mutants"]

Slip = tuple[str, ast.AST]
"""What it does, and the node that stands in place of the old one."""

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Pow: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_TWINS = {
    "min": "max",
    "floor": "ceil",
    "any": "all",
    "argmin": "argmax",
    "zeros": "ones",
    "int": "round",
}
_NAMES = _TWINS | {twin: name for name, twin in _TWINS.items()}


def mutants(source: str) -> dict[str, str]:
    """Make every program that differs from a right one by one slip.

    Numbers off by one or by half, comparisons and operators taken for their neighbours, operands,
    calls, keywords, bounds and statements left out, arguments swapped, branches always taken.

    Parameters
    ----------
    source : str
        Python; imports are left alone.

    Returns
    -------
    dict of str to str
        Source by what was done, as ``"line 4: n + 1"``; no two are equal.
    """
    tree = ast.parse(textwrap.dedent(source))
    found: dict[str, str] = {}
    seen = {ast.unparse(tree)}
    for index, node in enumerate(ast.walk(tree)):
        for text, slip in _slips(node):
            code = ast.unparse(_replaced(tree, index, slip))
            if code not in seen:
                seen.add(code)
                found[f"line {getattr(node, 'lineno', 0)}: {text}"] = code
    return found


def _replaced(tree: ast.Module, index: int, slip: ast.AST) -> ast.Module:
    """Copy a program with another node in one place."""
    whole = copy.deepcopy(tree)
    old = list(ast.walk(whole))[index]
    new = copy.deepcopy(slip)

    class Put(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else super().visit(node)

    Put().visit(whole)  # changes it in place
    return ast.fix_missing_locations(whole)


def _slips(node: ast.AST) -> Iterator[Slip]:
    """Slips that can be made at a node."""
    match node:
        case ast.Constant(value=bool() as value):
            yield f"{not value}", ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            for other in _near(value):
                yield f"{value} → {other}", ast.Constant(other)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            for kind in _COMPARISONS.get(type(op), ()):
                new = ast.Compare(left, [kind()], [right])
                yield ast.unparse(new), new
        case ast.BinOp(left=left, op=op, right=right):
            for operator in _OPERATORS.get(type(op), ()):
                binary = ast.BinOp(left, operator(), right)
                yield ast.unparse(binary), binary
            yield f"only {ast.unparse(left)}", left
            yield f"only {ast.unparse(right)}", right
        case ast.UnaryOp(operand=operand):
            yield f"only {ast.unparse(operand)}", operand
        case ast.BoolOp(op=op, values=values):
            other_op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "and ↔ or", ast.BoolOp(other_op, values)
        case ast.IfExp(body=body, orelse=orelse):
            yield f"always {ast.unparse(body)}", body
            yield f"always {ast.unparse(orelse)}", orelse
        case ast.If(body=body, orelse=rest):
            yield "if True", ast.If(ast.Constant(True), body, rest)
            yield "if False", ast.If(ast.Constant(False), body, rest)
        case ast.comprehension(target=target, iter=source, ifs=[_, *_]):
            yield "no condition", ast.comprehension(target, source, [], 0)
        case ast.Slice(lower=lower, upper=upper, step=step):
            if lower:
                yield "no lower bound", ast.Slice(None, upper, step)
            if upper:
                yield "no upper bound", ast.Slice(lower, None, step)
        case ast.Call():
            yield from _call_slips(node)
        case ast.Assign() | ast.AugAssign() | ast.Expr():
            yield f"without {ast.unparse(node)}", ast.Pass()


def _near(value: float) -> tuple[float, ...]:
    """Numbers that a number may be taken for."""
    if isinstance(value, int):
        return value - 1, value + 1
    return value / 2, value * 2


def _call_slips(call: ast.Call) -> Iterator[Slip]:
    """Another function, no function, arguments swapped, one more or less, a keyword forgotten."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    if name in _NAMES:
        twin = copy.deepcopy(call.func)
        setattr(twin, "attr" if isinstance(twin, ast.Attribute) else "id", _NAMES[name])
        yield f"{_NAMES[name]} for {name}", ast.Call(twin, call.args, call.keywords)
    if len(call.args) == 1 and not isinstance(call.args[0], ast.GeneratorExp | ast.Starred):
        yield f"without {name}", call.args[0]
    if name == "range":
        for by in (-1, 1):
            last = ast.BinOp(call.args[-1], ast.Add(), ast.Constant(by))
            args = [*call.args[:-1], last]
            yield f"range {by:+d}", ast.Call(call.func, args, [])
    if len(call.args) >= 2 and not any(isinstance(a, ast.Starred) for a in call.args[:2]):
        first, second, *rest = call.args
        yield (
            f"{name}: arguments swapped",
            ast.Call(call.func, [second, first, *rest], call.keywords),
        )
    for keyword in call.keywords:
        left = [other for other in call.keywords if other is not keyword]
        yield (
            f"{name}: without {keyword.arg}",
            ast.Call(call.func, call.args, left),
        )
