"""How large a text, a number or a value may become, so that no diagram can exhaust the office's machine."""

import math
from datetime import datetime, timedelta
from typing import Any

from engine.base.i18n import _
from engine.expressions.errors import EvaluationFault

MAX_EXPRESSION = 4_000
MAX_SCRIPT = 20_000
MAX_STATEMENTS = 200
MAX_NESTING = 60

MAX_NUMBER_BITS = 256
MAX_TEXT = 200_000
MAX_SIZE = 100_000
MAX_DATA = 500_000
MAX_VALUE_DEPTH = 40


def too_large() -> EvaluationFault:
    return EvaluationFault("expression.too_large", _("The result would be too large to work with."))


def bounded_number(value: Any) -> Any:
    if isinstance(value, int) and value.bit_length() > MAX_NUMBER_BITS:
        raise too_large()
    if isinstance(value, float) and not math.isfinite(value):
        raise too_large()
    return value


def bounded_text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise too_large()
    return text


class Effort:
    """What one evaluation may cost, whatever it is made of: values handled, each text counted by its length."""

    __slots__ = ("left",)

    def __init__(self, limit: int = MAX_SIZE) -> None:
        self.left = limit

    def spend(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise too_large()

    def copy(self, value: Any, depth: int = 0) -> Any:
        """A deep copy as plain data: nothing is shared, nothing is endless."""
        self.spend(1 + len(value) // 8 if isinstance(value, str) else 1)
        if depth > MAX_VALUE_DEPTH:
            raise too_large()
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return str(value)
        if isinstance(value, int | float):
            return bounded_number(value)
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, timedelta):
            return f"PT{int(value.total_seconds())}S"
        return self._collection(value, depth)

    def _collection(self, value: Any, depth: int) -> Any:
        if isinstance(value, list | tuple):
            return [self.copy(item, depth + 1) for item in value]
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            return {self.copy(key, depth): self.copy(item, depth + 1) for key, item in value.items()}
        raise EvaluationFault(
            "expression.not_data",
            _("A value of the kind %(kind)s cannot be kept in a process."),
            {"kind": type(value).__name__},
        )


def plain(value: Any) -> Any:
    """A deep copy as plain data (texts, numbers, lists, mappings): nothing is shared, nothing is endless."""
    return Effort(MAX_DATA).copy(value)
