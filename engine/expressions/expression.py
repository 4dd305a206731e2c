"""Compiled expressions and scripts of the one language for conditions, timers, collections and mappings."""

import ast
from collections import ChainMap
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.base.errors import TataKerjaError
from engine.base.i18n import _
from engine.expressions.bounds import MAX_EXPRESSION, MAX_NESTING, MAX_SCRIPT, Effort
from engine.expressions.errors import EvaluationFault, ExpressionFault, Thrown
from engine.expressions.functions import Function
from engine.expressions.operators import item_from_one
from engine.expressions.source import FEEL, Source, Token, expression_source, tokens, unwrapped
from engine.expressions.statements import Verb, statements
from engine.expressions.syntax import Calculation, Compiler, Refused, Surroundings
from engine.expressions.times import is_literal

NO_FUNCTIONS: Mapping[str, Function] = MappingProxyType({})


class Text:
    """Equal by text and pickled by text: the calculation is compiled again on the other side."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (type(other), other.text) == (type(self), self.text)

    def __hash__(self) -> int:
        return hash((type(self).__name__, self.text))

    def __reduce__(self) -> tuple[type["Text"], tuple[str]]:
        return type(self), (self.text,)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class Expression(Text):
    """A vetted expression; a text that is an ISO date, duration or cycle as a whole means itself."""

    __slots__ = ("_calculation", "names")

    def __init__(self, text: str) -> None:
        super().__init__(text)
        refuse_length(text, MAX_EXPRESSION)
        start, end = unwrapped(text)
        self.names: frozenset[str] = frozenset()
        if is_literal(text[start:end]):
            literal = text[start:end].strip()
            self._calculation: Calculation = lambda _surroundings: literal
        else:
            compile_it = compiled_as_feel if self.is_feel(text) else compiled
            self._calculation, self.names = compile_it(text, tokens(text, start, end))

    @staticmethod
    def is_feel(text: str) -> bool:
        """A leading `=` is how Camunda 8 marks FEEL, whose lists begin at 1."""
        return FEEL.match(text) is not None

    def evaluate(self, names: Mapping[str, Any], functions: Mapping[str, Function] = NO_FUNCTIONS) -> Any:
        return self.evaluate_in(Surroundings(names, functions, Effort()))

    def evaluate_in(self, surroundings: Surroundings) -> Any:
        """Where many are evaluated together, they share what they may cost."""
        return calculated(self._calculation, surroundings)


class FeelExpression(Expression):
    """Where a file can only mean FEEL, as in a decision table."""

    __slots__ = ()

    @staticmethod
    def is_feel(text: str) -> bool:
        return True


class Script(Text):
    """A vetted list of assignments; `names` are those it reads without having assigned them before."""

    __slots__ = ("_steps", "assigned", "names")

    def __init__(self, text: str) -> None:
        super().__init__(text)
        refuse_length(text, MAX_SCRIPT)
        self._steps: list[tuple[Verb, str, Calculation]] = []
        assigned: set[str] = set()
        read: set[str] = set()
        for statement in statements(text):
            calculation, names = compiled(text, statement.value)
            self._steps.append((statement.verb, statement.name, calculation))
            read |= names - assigned
            assigned.add(statement.name)
        self.names = frozenset(read)
        self.assigned = tuple(dict.fromkeys(name for verb, name, _value in self._steps if verb is Verb.ASSIGN))

    def run(self, names: Mapping[str, Any], functions: Mapping[str, Function] = NO_FUNCTIONS) -> dict[str, Any]:
        """The variables assigned, in order; raises Thrown where the script throws a BPMN error."""
        assigned: dict[str, Any] = {}
        effort = Effort()
        surroundings = Surroundings(ChainMap(assigned, read_only(names)), functions, effort)
        for verb, name, calculation in self._steps:
            value = effort.copy(calculated(calculation, surroundings))
            if verb is Verb.THROW:
                raise Thrown(str(value))
            assigned[name] = value
        return assigned


def read_only(names: Mapping[str, Any]) -> Any:
    # ChainMap is annotated for mutable mappings, though it writes to the first one only.
    return names


def refuse_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise ExpressionFault(
            text, limit, "expression.too_long", _("The text is longer than %(limit)s characters."), {"limit": limit}
        )


def compiled(text: str, found: list[Token]) -> tuple[Calculation, frozenset[str]]:
    return _compiled(text, found, Compiler())


def compiled_as_feel(text: str, found: list[Token]) -> tuple[Calculation, frozenset[str]]:
    return _compiled(text, found, Compiler(item_from_one))


def _compiled(text: str, found: list[Token], compiler: Compiler) -> tuple[Calculation, frozenset[str]]:
    source = expression_source(text, found)
    if not source.python:
        raise ExpressionFault(text, 0, "expression.empty", _("There is nothing written here."))
    try:
        calculation = compiler.compile(_parsed(source))
    except Refused as refused:
        place = source.original(_characters(source.python, refused.column))
        raise ExpressionFault(text, place, refused.code, refused.message, refused.params) from None
    return calculation, frozenset(compiler.names)


def _parsed(source: Source) -> ast.expr:
    try:
        tree = ast.parse(source.python, mode="eval")
    except SyntaxError as error:
        # An offset of 0 is the parser's way to say that the text ends too early.
        place = source.original(error.offset - 1 if error.offset else len(source.python))
        raise ExpressionFault(
            source.text,
            place,
            "expression.syntax",
            _("The text cannot be read from here on: check brackets, quotes and operators."),
        ) from None
    except (RecursionError, MemoryError, ValueError):
        raise _too_deep(source.text) from None
    _refuse_depth(source.text, tree.body)
    return tree.body


def _refuse_depth(text: str, tree: ast.expr) -> None:
    level: list[ast.AST] = [tree]
    for _depth in range(MAX_NESTING):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise _too_deep(text)


def _too_deep(text: str) -> ExpressionFault:
    return ExpressionFault(
        text, 0, "expression.too_deep", _("The text is nested too deeply. Divide it into several steps.")
    )


def _characters(python: str, column: int) -> int:
    """Syntax trees count bytes, people count characters."""
    return len(python.encode()[:column].decode(errors="ignore"))


def calculated(calculation: Calculation, surroundings: Surroundings) -> Any:
    try:
        return calculation(surroundings)
    except TataKerjaError as refusal:
        raise EvaluationFault(refusal.code, refusal.message, refusal.params) from None
    except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        raise EvaluationFault(
            "expression.failed",
            _("The expression cannot be evaluated with these values (%(reason)s)."),
            {"reason": str(error)},
        ) from None
