"""Values that an administrator types: one a line, `nama = nilai`. Numbers, true, false, lists and records are JSON."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.base.text import lines

MOST_LINES = 100
LONGEST = 20_000
MOST_SHOWN = 80
OPENING: Final = ("[", "{", '"')  # what begins like this means to be a list, a record or a text in quotes
NAME = re.compile(r"[^\W\d_]\w{0,99}")


class BadLine(Invalid):
    code = "values.bad_line"
    message = _("Write each value in a line of its own, such as: jumlah = 12")


def values_of(text: str) -> dict[str, Any]:
    """Raises BadLine with all lines that cannot be read."""
    typed = [(number, line) for number, line in enumerate(lines(text[:LONGEST]).splitlines(), 1) if line.strip()]
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for number, line in typed[:MOST_LINES]:
        name, sign, value = (part.strip() for part in line.partition("="))
        wrong = _wrong_with(name, sign, value, values)
        if wrong:
            code, message = wrong
            facts = {"number": number, "name": name}
            problems.append(FieldProblem(name="values", code=code, message=message, params=facts))
        else:
            values[name] = _value(value)
    if problems:
        raise BadLine(problems)
    return values


def as_lines(values: Mapping[str, Any]) -> str:
    """The same the other way round: what is typed unchanged means the same values."""
    return "\n".join(f"{name} = {_typed(value)}" for name, value in values.items())


def told(values: Mapping[str, Any], kinds: Mapping[str, str]) -> str:
    """The same in one line, each with the kind of its value."""
    return "; ".join(f"{_shortened(f'{name} = {_typed(value)}')} ({kinds[name]})" for name, value in values.items())


def asked(names: Iterable[str]) -> str:
    return "\n".join(f"{name} = " for name in names)


def _wrong_with(name: str, sign: str, value: str, so_far: Mapping[str, Any]) -> tuple[str, str] | None:
    if not sign or not NAME.fullmatch(name):
        return "no_name", _("Line %(number)s has no name before “=”: jumlah = 12 is how it should look.")
    if not value:
        return "no_value", _("Line %(number)s gives “%(name)s” no value. Write one, or take the line out.")
    if name in so_far:
        return "twice", _("Line %(number)s gives “%(name)s” a second value. Leave only one of the two.")
    if value.startswith("="):
        return "two_signs", _(
            "Line %(number)s has “==”. One “=” sets a value; a text that begins with “=” needs quotes."
        )
    if _is_broken(value):
        return "broken", _(
            "Line %(number)s cannot be read: a bracket or a quote of “%(name)s” is missing or misplaced."
        )
    return None


def _is_broken(text: str) -> bool:
    return text.startswith(OPENING) and _value(text) == text


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _typed(value: Any) -> str:
    """A text stands as it is, unless it would be read as something else."""
    if isinstance(value, str) and _reads_as_itself(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _reads_as_itself(text: str) -> bool:
    is_plain = text != "" and text == text.strip() and text.isprintable() and not text.startswith(("=", *OPENING))
    return is_plain and _value(text) == text
