"""Cells compiled: tables repeat themselves, so each text is compiled once for a file."""

from typing import Any

from engine.base.i18n import _
from engine.expressions.errors import ExpressionFault
from engine.expressions.expression import Expression, FeelExpression
from engine.expressions.unary_tests import UnaryTests


class Cells:
    def __init__(self) -> None:
        self._tests: dict[str, UnaryTests] = {}
        self._expressions: dict[str, Expression] = {}

    def tests(self, text: str) -> UnaryTests:
        """An input cell; raises ExpressionFault."""
        if text not in self._tests:
            self._tests[text] = UnaryTests(text)
        return self._tests[text]

    def expression(self, text: str) -> Expression:
        """An input column's or a literal expression; raises ExpressionFault."""
        if text not in self._expressions:
            self._expressions[text] = FeelExpression(text)
        return self._expressions[text]

    def answer(self, text: str) -> Expression | None:
        """An output cell, which may be left empty."""
        return None if text in ("", "-") else self.expression(text)

    def listed(self, text: str) -> tuple[Any, ...]:
        """The values of a column, as in `"a", "b"`; raises ExpressionFault where they are no list of values."""
        tests = self.tests(text)
        if not text or tests.accepts_all:
            return ()
        values = tests.constants if tests.only_lists else None
        if values is None:
            message = _('Write the values with commas between them, such as "kepala", "kasubbag".')
            raise ExpressionFault(text, 0, "expression.no_list", message)
        return values
