"""The form of a ladder: a group of fields for each rung, and buttons that change the list before it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from engine.base.errors import FieldProblem
from engine.base.i18n import _
from engine.calendar.describe import HOUR, MINUTE, WORKING_DAY
from engine.sla.climbing import RungRule, Rungs
from engine.sla.ladder_rules import MOST_RUNGS, MOST_TURNS
from engine.sla.model import Anchor, RungAction

UNITS = {"minutes": MINUTE, "hours": HOUR, "days": WORKING_DAY}
MOST_DIGITS = 6
MORE = 2  # rungs than may be kept, so that one too many can be told


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRung:
    """The fields of one rung, as they were typed."""

    anchor: str = Anchor.DUE
    after: str = "0"
    unit: str = "hours"
    action: str = RungAction.TELL_SUPERIOR
    repeats: str = "0"
    every: str = ""
    every_unit: str = "hours"


def typed_from(form: Mapping[str, str]) -> tuple[TypedRung, ...]:
    numbers = [number for number in range(1, MOST_RUNGS + MORE + 1) if f"action-{number}" in form]
    return tuple(
        TypedRung(**{name: form.get(f"{name}-{number}", "")[:40] for name in TypedRung.__dataclass_fields__})
        for number in numbers
    )


def typed_as(rungs: Rungs) -> tuple[TypedRung, ...]:
    return tuple(_typed(rung) for rung in rungs)


def changed(typed: Sequence[TypedRung], act: str) -> tuple[TypedRung, ...]:
    """What a button does to the list: `add`, `remove-2`, `up-2`, `down-2`; any other changes nothing."""
    rows = list(typed)
    if act == "add":
        return (*rows, replace(rows[-1]) if rows else TypedRung()) if len(rows) < MOST_RUNGS + MORE else tuple(rows)
    verb, _dash, number = act.partition("-")
    place = int(number) - 1 if number.isdecimal() and len(number) < MOST_DIGITS else -1
    if not 0 <= place < len(rows):
        return tuple(rows)
    row = rows.pop(place)
    if verb != "remove":
        rows.insert(max(place + {"up": -1, "down": 1}.get(verb, 0), 0), row)
    return tuple(rows)


def rungs_from(typed: Sequence[TypedRung]) -> tuple[Rungs, list[FieldProblem]]:
    """The rungs, or what of it is no number and no choice of ours; whether they make a ladder is not asked here."""
    problems: list[FieldProblem] = []
    rungs = [_rung(row, number, problems) for number, row in enumerate(typed, start=1)]
    return tuple(rung for rung in rungs if rung is not None), problems


def _rung(row: TypedRung, number: int, problems: list[FieldProblem]) -> RungRule | None:
    after, repeats = _number(row.after), _number(row.repeats or "0")
    every = _number(row.every or "0")
    wrong = [name for name, value in (("after", after), ("repeats", repeats), ("every", every)) if value is None]
    problems += [_problem(f"{name}-{number}", _("Give a whole number, such as 2.")) for name in wrong]
    if row.anchor not in set(Anchor) or row.action not in set(RungAction):
        problems.append(_problem(f"action-{number}", _("Choose from the list when it comes and what happens.")))
        return None
    if after is None or repeats is None or every is None:
        return None
    if repeats >= MOST_TURNS:
        message = _("Repeat it at most %(most)s times.")
        problems.append(_problem(f"repeats-{number}", message, most=MOST_TURNS - 1))
        return None
    return RungRule(
        anchor=Anchor(row.anchor),
        action=RungAction(row.action),
        after=after * UNITS.get(row.unit, HOUR),
        repeats=repeats,
        every=every * UNITS.get(row.every_unit, HOUR) if every else None,
    )


def _number(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) < MOST_DIGITS else None


def _typed(rung: RungRule) -> TypedRung:
    after, unit = _in_units(rung.after)
    every, every_unit = _in_units(rung.every) if rung.every else ("", "hours")
    return TypedRung(
        anchor=rung.anchor,
        after=after,
        unit=unit,
        action=rung.action,
        repeats=str(rung.repeats),
        every=every,
        every_unit=every_unit,
    )


def _in_units(duration: timedelta) -> tuple[str, str]:
    """In the largest unit that says it wholly; none is in hours."""
    if not duration:
        return "0", "hours"
    return next((str(duration // size), name) for name, size in reversed(UNITS.items()) if not duration % size)


def _problem(name: str, message: str, **params: int) -> FieldProblem:
    return FieldProblem(name=name, code="ladder.field", message=message, params=params)
