"""The functions that a diagram may call: pure, bounded, and known by name when it is uploaded."""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from engine.base.i18n import _
from engine.expressions.bounds import MAX_NUMBER_BITS, bounded_number, bounded_text
from engine.expressions.errors import EvaluationFault
from engine.expressions.operators import add, kind_of
from engine.expressions.times import parse_date, parse_duration

Function = Callable[..., Any]


def wrong_argument(function: str, value: Any) -> EvaluationFault:
    return EvaluationFault(
        "expression.wrong_argument",
        _("The function %(function)s cannot be given %(kind)s."),
        {"function": function, "kind": kind_of(value)},
    )


def text_of_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return "" if value is None else str(value)
    raise wrong_argument("str", value)


def _int(value: Any) -> Any:
    if isinstance(value, str) and len(value) > MAX_NUMBER_BITS:
        raise wrong_argument("int", value)
    return bounded_number(int(value))


def _float(value: Any) -> Any:
    return bounded_number(float(value))


def _len(value: Any) -> int:
    if not isinstance(value, str | list | dict):
        raise wrong_argument("len", value)
    return len(value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, str | list | dict):
        raise wrong_argument("list", value)
    return list(value)


def _sum(values: Any) -> Any:
    total: Any = 0
    for value in _list(values):
        total = add(total, value)
    return total


def _round(value: Any, digits: Any = 0) -> Any:
    if not isinstance(digits, int) or abs(digits) > 15:
        raise wrong_argument("round", digits)
    return round(value, digits) if digits else round(value)


def _sorted(values: Any) -> list[Any]:
    return sorted(_list(values))


def _min(*values: Any) -> Any:
    return min(_list(values[0]) if len(values) == 1 else values)


def _max(*values: Any) -> Any:
    return max(_list(values[0]) if len(values) == 1 else values)


def _get(record: Any, name: Any, otherwise: Any = None) -> Any:
    if not isinstance(record, Mapping):
        raise wrong_argument("get", record)
    return record.get(name, otherwise)


def _word(function: str, value: Any) -> str:
    if not isinstance(value, str):
        raise wrong_argument(function, value)
    return bounded_text(value)


REGISTERED: Mapping[str, Function] = {
    "str": text_of_value,
    "int": _int,
    "float": _float,
    "bool": bool,
    "len": _len,
    "count": _len,  # as FEEL calls it
    "abs": abs,
    "min": _min,
    "max": _max,
    "sum": _sum,
    "round": _round,
    "sorted": _sorted,
    "list": _list,
    "any": lambda values: any(_list(values)),
    "all": lambda values: all(_list(values)),
    "get": _get,
    "lower": lambda text: _word("lower", text).lower(),
    "upper": lambda text: _word("upper", text).upper(),
    "trim": lambda text: _word("trim", text).strip(),
    "contains": lambda text, part: _word("contains", part) in _word("contains", text),
    "starts_with": lambda text, part: _word("starts_with", text).startswith(_word("starts_with", part)),
    "ends_with": lambda text, part: _word("ends_with", text).endswith(_word("ends_with", part)),
    "date": lambda text: parse_date(_word("date", text)),
    "duration": lambda text: parse_duration(_word("duration", text)),
}

# Known at upload, given by whoever evaluates: they need the office's calendar or the instant of the step.
PROVIDED = frozenset({"hari_kerja", "jam_kerja", "now"})


def at_moment(now: datetime, zone: tzinfo) -> Mapping[str, Function]:
    """The functions that need the instant of the step, and the clock on the office's wall."""
    return {"now": lambda: now.astimezone(zone), "date": lambda text: parse_date(_word("date", text), zone)}


def is_known(name: str) -> bool:
    return name in REGISTERED or name in PROVIDED
