"""What the operators of the language do: ordinary arithmetic on plain values, with bounds."""

import operator
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from engine.base.i18n import _
from engine.expressions.bounds import MAX_NUMBER_BITS, MAX_SIZE, bounded_number, bounded_text, too_large
from engine.expressions.errors import EvaluationFault

Operator = Callable[[Any, Any], Any]
KIND_NAMES = {
    type(None): _("nothing"),
    bool: _("yes or no"),
    int: _("a number"),
    float: _("a number"),
    str: _("a text"),
    list: _("a list"),
    dict: _("a record"),
    datetime: _("a date"),
    timedelta: _("a duration"),
}


def kind_of(value: Any) -> Mapping[str, str]:
    """A translatable parameter: what a value is, in a designer's words."""
    return {"message": KIND_NAMES.get(type(value), _("something else"))}


def cannot(left: Any, sign: str, right: Any) -> EvaluationFault:
    return EvaluationFault(
        "expression.wrong_kind",
        _("%(left)s and %(right)s cannot be used together with %(sign)s."),
        {"left": kind_of(left), "right": kind_of(right), "sign": sign},
    )


def is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _arithmetic(sign: str, operate: Operator) -> Operator:
    def on_numbers(left: Any, right: Any) -> Any:
        if not (is_number(left) and is_number(right)):
            raise cannot(left, sign, right)
        if right == 0 and sign in ("/", "//", "%"):
            raise EvaluationFault("expression.division_by_zero", _("A number cannot be divided by zero."))
        return bounded_number(operate(left, right))

    return on_numbers


_sum_of_numbers = _arithmetic("+", operator.add)
_difference = _arithmetic("-", operator.sub)


def add(left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        return bounded_text(left + right)
    if isinstance(left, list) and isinstance(right, list):
        if len(left) + len(right) > MAX_SIZE:
            raise too_large()
        return left + right
    if isinstance(left, datetime | timedelta) and isinstance(right, timedelta):
        return left + right
    return _sum_of_numbers(left, right)


def subtract(left: Any, right: Any) -> Any:
    if isinstance(left, datetime) and isinstance(right, datetime | timedelta):
        return left - right
    return _difference(left, right)


def power(left: Any, right: Any) -> Any:
    if not (is_number(left) and is_number(right)):
        raise cannot(left, "**", right)
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > 4 * MAX_NUMBER_BITS:
        raise too_large()
    result = left**right
    if isinstance(result, complex):
        raise cannot(left, "**", right)
    return bounded_number(result)


def contains(left: Any, right: Any) -> bool:
    if isinstance(right, str) and not isinstance(left, str):
        raise cannot(left, "in", right)
    if not isinstance(right, str | list | dict):
        raise cannot(left, "in", right)
    return left in right


def does_not_contain(left: Any, right: Any) -> bool:
    return not contains(left, right)


def member(value: Any, name: str) -> Any:
    """`berkas.nomor` reads a record; nothing else has members."""
    if not isinstance(value, Mapping):
        raise EvaluationFault(
            "expression.no_member", _("%(kind)s has no part named “%(name)s”."), {"kind": kind_of(value), "name": name}
        )
    if name not in value:
        raise EvaluationFault("expression.no_member", _("The record has no part named “%(name)s”."), {"name": name})
    return value[name]


def item(value: Any, key: Any) -> Any:
    if isinstance(value, Mapping) and isinstance(key, str):
        return member(value, key)
    if not isinstance(value, list | str) or not isinstance(key, int | slice) or isinstance(key, bool):
        raise cannot(value, "[ ]", key)
    try:
        return value[key]
    except IndexError:
        raise _no_item(key) from None


def item_from_one(value: Any, key: Any) -> Any:
    """As FEEL counts: the first is number 1, the last number -1, and there is no number 0 (DMN 1.5, 10.3.2.5)."""
    if not isinstance(value, list | str) or not isinstance(key, int) or isinstance(key, bool):
        return item(value, key)
    if not -len(value) <= key <= len(value) or key == 0:
        raise _no_item(key)
    return value[key - 1] if key > 0 else value[key]


def _no_item(key: Any) -> EvaluationFault:
    return EvaluationFault("expression.no_item", _("There is no item number %(key)s."), {"key": key})


BINARY: Mapping[str, Operator] = {
    "Add": add,
    "Sub": subtract,
    "Mult": _arithmetic("*", operator.mul),
    "Div": _arithmetic("/", operator.truediv),
    "FloorDiv": _arithmetic("//", operator.floordiv),
    "Mod": _arithmetic("%", operator.mod),
    "Pow": power,
}
COMPARISON: Mapping[str, Operator] = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "In": contains,
    "NotIn": does_not_contain,
    "Is": operator.eq,
    "IsNot": operator.ne,
}
SIGNS = {"Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Eq": "==", "NotEq": "!="}


def negative(value: Any) -> Any:
    if not is_number(value):
        raise cannot(0, "-", value)
    return -value


def positive(value: Any) -> Any:
    if not is_number(value):
        raise cannot(0, "+", value)
    return +value


UNARY: Mapping[str, Callable[[Any], Any]] = {
    "Not": operator.not_,
    "Invert": operator.not_,
    "USub": negative,
    "UAdd": positive,
}
