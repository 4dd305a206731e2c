"""Values that an administrator types: one a line, `nama = nilai`. Numbers, true, false, lists and records are JSON."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.base.text import lines

MOST_LINES = 100
LONGEST = 20_000
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
        if not sign or not NAME.fullmatch(name):
            message = _("Line %(number)s has no name before “=”: jumlah = 12 is how it should look.")
            problems.append(FieldProblem(name="values", code="no_name", message=message, params={"number": number}))
        elif not value:
            message = _("Line %(number)s gives “%(name)s” no value. Write one, or take the line out.")
            facts = {"number": number, "name": name}
            problems.append(FieldProblem(name="values", code="no_value", message=message, params=facts))
        else:
            values[name] = _value(value)
    if problems:
        raise BadLine(problems)
    return values


def as_lines(values: Mapping[str, Any]) -> str:
    """The same the other way round: what is typed unchanged means the same values."""
    return "\n".join(f"{name} = {_typed(value)}" for name, value in values.items())


def asked(names: Iterable[str]) -> str:
    return "\n".join(f"{name} = " for name in names)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _typed(value: Any) -> str:
    """A text stands as it is, unless it would be read as something else."""
    if isinstance(value, str) and value and value == value.strip() and value.isprintable() and _value(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False)
