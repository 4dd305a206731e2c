"""The usual rhythms of a plan, as a form asks for them, and the crontab of each."""

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from engine.base.errors import FieldProblem, Invalid
from engine.base.i18n import _
from engine.execution.plan_model import OnHoliday
from engine.expressions.cron import LAST_DAY

LAST_DAY_OF_ALL_MONTHS = 28
A_COMMON_YEAR = 2026
USUAL = re.compile(r"([0-5]?\d) ([01]?\d|2[0-3]) ([12]?\d|3[01]|\*|L) (1[0-2]|[1-9]|\*) \*", re.ASCII)


class RhythmKind(StrEnum):
    MONTHLY = "monthly"
    YEARLY = "yearly"
    WORKING_DAYS = "working_days"
    CRONTAB = "crontab"


class RhythmWrong(Invalid):
    code = "plan.rhythm_wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """`day` None is the last day of the month; `crontab` is as it was typed."""

    kind: RhythmKind
    at: time | None = None
    day: int | None = None
    month: int | None = None
    crontab: str = ""


def as_crontab(rhythm: Rhythm) -> str:
    """Raises RhythmWrong at the field that is wrong."""
    if rhythm.kind is RhythmKind.CRONTAB:
        if not rhythm.crontab.strip():
            raise _wrong("crontab", _("Write the repetition, such as 0 8 1 * * (every first day of a month at eight)."))
        return rhythm.crontab.strip()
    if rhythm.at is None:
        raise _wrong("at", _("Give the time as in 08:00."))
    clock = f"{rhythm.at.minute} {rhythm.at.hour}"
    if rhythm.kind is RhythmKind.WORKING_DAYS:
        return f"{clock} * * *"  # with the rule that skips: the calendar says which days those are
    if rhythm.kind is RhythmKind.MONTHLY:
        return f"{clock} {_day_of_each_month(rhythm.day)} * *"
    return f"{clock} {_day_of_month(rhythm.day, rhythm.month)} {rhythm.month} *"


def as_rhythm(crontab: str, rule: OnHoliday) -> Rhythm:
    """The same the other way round, for the form; what was typed freely stays as it was typed."""
    found = USUAL.fullmatch(crontab)
    if found is None:
        return Rhythm(kind=RhythmKind.CRONTAB, crontab=crontab)
    minute, hour, day, month = found.groups()
    at = time(int(hour), int(minute))
    if day == "*":
        is_usual = month == "*" and rule is OnHoliday.SKIP
        return (
            Rhythm(kind=RhythmKind.WORKING_DAYS, at=at)
            if is_usual
            else Rhythm(kind=RhythmKind.CRONTAB, crontab=crontab)
        )
    kind = RhythmKind.MONTHLY if month == "*" else RhythmKind.YEARLY
    number = None if day == LAST_DAY else int(day)
    return Rhythm(kind=kind, at=at, day=number, month=None if month == "*" else int(month))


def _day_of_each_month(day: int | None) -> int | str:
    if day is None:
        return LAST_DAY
    if not 1 <= day <= 31:
        raise _wrong("day", _("Give a day of the month from 1 to 28, or choose the last day."))
    if day > LAST_DAY_OF_ALL_MONTHS:
        raise _wrong(
            "day", _("Not every month has a day %(day)s. Choose the last day of the month, or day 28."), day=day
        )
    return day


def _day_of_month(day: int | None, month: int | None) -> int | str:
    """The 29th of February is the last day of that month in every year."""
    if month is None or not 1 <= month <= 12:
        raise _wrong("month", _("Choose the month."))
    if day is None or (day, month) == (29, 2):
        return LAST_DAY
    try:
        date(A_COMMON_YEAR, month, day)
    except ValueError:
        raise _wrong("day", _("This month has no day %(day)s. Choose another, or the last day."), day=day) from None
    return day


def _wrong(field: str, message: str, **params: object) -> RhythmWrong:
    return RhythmWrong([FieldProblem(name=field, code=f"rhythm.{field}", message=message, params=params)])
