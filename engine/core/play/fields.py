"""What a command says, read strictly: a program that is wrong about a field should hear of it at once."""

from collections.abc import Mapping
from typing import Any

from engine.base.i18n import _
from engine.core.play.errors import FieldMissing, FieldWrong

Said = Mapping[str, Any]
GREATEST = 2**63 - 1
MOST_SECONDS = 400_000_000_000.0  # more than the calendar has


def text(said: Said, name: str) -> str:
    value = _given(said, name)
    if not isinstance(value, str) or not value:
        raise _wrong(name, _("a text"))
    return value


def optional_text(said: Said, name: str) -> str | None:
    return None if said.get(name) is None else text(said, name)


def number(said: Said, name: str) -> int:
    value = _given(said, name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(name, _("a whole number"))
    return max(-GREATEST, min(value, GREATEST))  # a greater one names nothing either


def optional_number(said: Said, name: str) -> int | None:
    return None if said.get(name) is None else number(said, name)


def seconds(said: Said, name: str) -> float:
    value = _given(said, name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= MOST_SECONDS:
        raise _wrong(name, _("a number of seconds, zero or more"))
    return float(value)


def record(said: Said, name: str) -> Said:
    """Names and values; nothing said is the same as none."""
    value = said.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _wrong(name, _("a record of names and values"))
    return value


def texts(said: Said, name: str) -> Mapping[str, str]:
    value = _given(said, name)
    if not isinstance(value, dict) or not value or not all(isinstance(each, str) for each in value.values()):
        raise _wrong(name, _("a record of file names and their texts"))
    return value


def _given(said: Said, name: str) -> Any:
    if name not in said:
        raise FieldMissing(field=name)
    return said[name]


def _wrong(name: str, expected: str) -> FieldWrong:
    return FieldWrong(field=name, expected={"message": expected})
