"""From a parsed text to a calculation: each construct of the language has its function here, others do not exist."""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from engine.base.i18n import _
from engine.expressions.bounds import Effort, bounded_number
from engine.expressions.errors import EvaluationFault
from engine.expressions.functions import REGISTERED, Function, is_known
from engine.expressions.operators import BINARY, COMPARISON, SIGNS, UNARY, cannot, item, member
from engine.expressions.signs import sign_of

NAMED_CONSTANTS = {"true": True, "false": False, "null": None}


class Surroundings(NamedTuple):
    """What a calculation can see: variables, functions given by whoever evaluates; and what it may cost."""

    names: Mapping[str, Any]
    functions: Mapping[str, Function]
    effort: Effort


Calculation = Callable[[Surroundings], Any]


class Refused(Exception):
    """Not in the language; the caller knows the place in the text as written."""

    def __init__(self, node: ast.AST, code: str, message: str, **params: Any) -> None:
        super().__init__(code)
        self.column = int(getattr(node, "col_offset", 0))
        self.code = code
        self.message = message
        self.params = params


class Compiler:
    """Compiles one expression; `names` are the variables that it met, `item` how it counts what a list has."""

    def __init__(self, item: Callable[[Any, Any], Any] = item) -> None:
        self.names: set[str] = set()
        self.item = item

    def compile(self, node: ast.expr) -> Calculation:
        construct = CONSTRUCTS.get(type(node))
        if construct is None:
            kind = sign_of(type(node).__name__)
            raise Refused(
                node, "expression.not_allowed", _("This cannot be written in a condition: %(kind)s."), kind=kind
            )
        return construct(self, node)

    def all(self, nodes: list[ast.expr]) -> list[Calculation]:
        return [self.compile(node) for node in nodes]

    def constant(self, node: ast.Constant) -> Calculation:
        value = node.value
        if value is not None and not isinstance(value, bool | int | float | str):
            raise Refused(node, "expression.not_allowed", _("This value cannot be written here."))
        try:
            bounded_number(value)
        except EvaluationFault as fault:
            raise Refused(node, fault.code, fault.message) from None
        return lambda _surroundings: value

    def name(self, node: ast.Name) -> Calculation:
        name = node.id
        if name in NAMED_CONSTANTS:
            value = NAMED_CONSTANTS[name]
            return lambda _surroundings: value
        refuse_private(node, name)
        self.names.add(name)

        def look_up(surroundings: Surroundings) -> Any:
            try:
                return surroundings.names[name]
            except KeyError:
                raise EvaluationFault(
                    "expression.unknown_name", _("There is no variable named “%(name)s” yet."), {"name": name}
                ) from None

        return look_up

    def attribute(self, node: ast.Attribute) -> Calculation:
        refuse_private(node, node.attr)
        value, name = self.compile(node.value), node.attr
        return lambda surroundings: member(value(surroundings), name)

    def subscript(self, node: ast.Subscript) -> Calculation:
        value = self.compile(node.value)
        key = self.slice(node.slice) if isinstance(node.slice, ast.Slice) else self.compile(node.slice)
        item = self.item
        return lambda surroundings: item(value(surroundings), key(surroundings))

    def slice(self, node: ast.Slice) -> Calculation:
        lower, upper = self.optional(node.lower), self.optional(node.upper)
        if node.step is not None:
            raise Refused(node, "expression.not_allowed", _("Only [from:to] can be written here."))
        return lambda surroundings: slice(lower(surroundings), upper(surroundings))

    def optional(self, node: ast.expr | None) -> Calculation:
        return (lambda _surroundings: None) if node is None else self.compile(node)

    def unary(self, node: ast.UnaryOp) -> Calculation:
        operate, value = self.operator(node, UNARY, node.op), self.compile(node.operand)
        return lambda surroundings: operate(value(surroundings))

    def binary(self, node: ast.BinOp) -> Calculation:
        operate = self.operator(node, BINARY, node.op)
        left, right = self.compile(node.left), self.compile(node.right)
        return lambda surroundings: operate(left(surroundings), right(surroundings))

    @staticmethod
    def operator(node: ast.expr, known: Mapping[str, Any], sign: ast.AST) -> Any:
        name = type(sign).__name__
        if name not in known:
            raise Refused(node, "expression.not_allowed", _("This operator does not exist here: %(kind)s."), kind=name)
        return known[name]

    def boolean(self, node: ast.BoolOp) -> Calculation:
        *first, last = self.all(node.values)
        decides = operator.not_ if isinstance(node.op, ast.And) else bool

        def decided(surroundings: Surroundings) -> Any:
            for operand in first:
                value = operand(surroundings)
                if decides(value):
                    return value
            return last(surroundings)

        return decided

    def choice(self, node: ast.IfExp) -> Calculation:
        test, yes, no = self.compile(node.test), self.compile(node.body), self.compile(node.orelse)
        return lambda surroundings: yes(surroundings) if test(surroundings) else no(surroundings)

    def comparison(self, node: ast.Compare) -> Calculation:
        left = self.compile(node.left)
        steps = [self.comparison_step(sign, right) for sign, right in zip(node.ops, node.comparators, strict=True)]
        if len(steps) == 1:
            compare, right = steps[0]
            return lambda surroundings: compare(left(surroundings), right(surroundings))

        def chained(surroundings: Surroundings) -> bool:
            value = left(surroundings)
            for compare, right in steps:
                other = right(surroundings)
                if not compare(value, other):
                    return False
                value = other
            return True

        return chained

    def comparison_step(self, sign: ast.cmpop, right: ast.expr) -> tuple[Callable[[Any, Any], Any], Calculation]:
        name = type(sign).__name__
        if isinstance(sign, ast.In | ast.NotIn) and is_range(right):
            within = self.range(right)
            if isinstance(sign, ast.NotIn):
                return (lambda value, bounds: not between(value, bounds)), within
            return between, within
        compare = COMPARISON[name]
        if name not in ("Lt", "LtE", "Gt", "GtE"):
            return compare, self.compile(right)
        written = SIGNS[name]

        def ordered(left: Any, right: Any) -> Any:
            try:
                return compare(left, right)
            except TypeError:
                raise cannot(left, written, right) from None

        return ordered, self.compile(right)

    def range(self, node: ast.expr) -> Calculation:
        elements = node.elts if isinstance(node, ast.List) else []
        low, high = self.compile(elements[0]), self.compile(elements[2])
        return lambda surroundings: (low(surroundings), high(surroundings))

    def list(self, node: ast.List | ast.Tuple) -> Calculation:
        values = self.all(node.elts)
        return lambda surroundings: surroundings.effort.copy([value(surroundings) for value in values])

    def record(self, node: ast.Dict) -> Calculation:
        if any(not (isinstance(key, ast.Constant) and isinstance(key.value, str)) for key in node.keys):
            raise Refused(node, "expression.not_allowed", _("The names in a record are texts in quotes."))
        keys = [str(key.value) for key in node.keys if isinstance(key, ast.Constant)]
        values = self.all(node.values)
        return lambda surroundings: surroundings.effort.copy(
            {key: value(surroundings) for key, value in zip(keys, values, strict=True)}
        )

    def call(self, node: ast.Call) -> Calculation:
        if isinstance(node.func, ast.Attribute) and (node.func.attr, len(node.args)) == ("equals", 1):
            return self.compile(ast.Compare(node.func.value, [ast.Eq()], node.args))  # as designers of Camunda write it
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise Refused(
                node, "expression.not_allowed", _("Only a function of the list can be called, as in len(daftar).")
            )
        name = node.func.id
        if not is_known(name):
            raise Refused(node, "expression.unknown_function", _("There is no function named “%(name)s”."), name=name)
        arguments, registered = self.all(node.args), REGISTERED.get(name)

        def call(surroundings: Surroundings) -> Any:
            function = surroundings.functions.get(name, registered)
            if function is None:
                raise EvaluationFault(
                    "expression.function_missing", _("The function %(name)s cannot be used here."), {"name": name}
                )
            given = [argument(surroundings) for argument in arguments]
            surroundings.effort.spend(sum(len(value) for value in given if isinstance(value, str | list | dict)))
            return function(*given)

        return call


def refuse_private(node: ast.AST, name: str) -> None:
    if name.startswith("_"):
        raise Refused(node, "expression.private_name", _("A name cannot begin with an underscore."))


def is_range(node: ast.expr) -> bool:
    """`[1..5]` arrives here as a list of three with an ellipsis in the middle."""
    if not isinstance(node, ast.List) or len(node.elts) != 3:
        return False
    middle = node.elts[1]
    return isinstance(middle, ast.Constant) and middle.value is ...


def between(value: Any, bounds: Any) -> bool:
    low, high = bounds
    try:
        return bool(low <= value <= high)
    except TypeError:
        raise cannot(low, "..", value) from None


CONSTRUCTS: Mapping[type[ast.expr], Callable[[Compiler, Any], Calculation]] = {
    ast.Constant: Compiler.constant,
    ast.Name: Compiler.name,
    ast.Attribute: Compiler.attribute,
    ast.Subscript: Compiler.subscript,
    ast.UnaryOp: Compiler.unary,
    ast.BinOp: Compiler.binary,
    ast.BoolOp: Compiler.boolean,
    ast.IfExp: Compiler.choice,
    ast.Compare: Compiler.comparison,
    ast.List: Compiler.list,
    ast.Tuple: Compiler.list,
    ast.Dict: Compiler.record,
    ast.Call: Compiler.call,
}
