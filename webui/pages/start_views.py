"""What starts cases of a procedure by itself, in words."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date, format_time
from sqlalchemy.orm import Session

from engine.bpmn.graph import EventKind
from engine.calendar.describe import CLOCKS
from engine.definitions.triggers import TriggerLine, triggers_of
from engine.expressions.cron import Cron, is_cron, parse_cron
from webui.language import language
from webui.texts import _

EVERY_DAY, WORKING_DAYS = frozenset(range(7)), frozenset(range(1, 6))
ALL_DAYS, ALL_MONTHS = frozenset(range(1, 32)), frozenset(range(1, 13))
A_SUNDAY = date(2026, 1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class StartLine:
    text: str
    next_at: datetime | None
    is_timer: bool


def start_lines(session: Session, version_id: int | None) -> list[StartLine]:
    if version_id is None:
        return []
    return [
        StartLine(text=_words(line), next_at=line.next_at, is_timer=line.kind is EventKind.TIMER)
        for line in triggers_of(session, version_id)
    ]


def _words(line: TriggerLine) -> str:
    if line.kind is EventKind.MESSAGE:
        return _("Message “%(name)s”", name=line.name)
    if line.kind is EventKind.SIGNAL:
        return _("Signal “%(name)s”", name=line.name)
    if is_cron(line.interval):
        return by_calendar(line.interval)
    return _("Repeats: %(interval)s", interval=line.interval) if line.interval else _("Set time")


def by_calendar(text: str) -> str:
    """The usual ones in words; others as they are written."""
    cron = parse_cron(text)
    days = _days(cron)
    if not days or len(cron.hours) != 1 or len(cron.minutes) != 1 or cron.seconds != (0,):
        return _("By the calendar: %(crontab)s", crontab=text)
    clock = format_time(time(cron.hours[0], cron.minutes[0]), CLOCKS[language()], locale=language())
    return _("%(days)s at %(time)s", days=days, time=clock)


def _days(cron: Cron) -> str:
    if cron.months != ALL_MONTHS or cron.is_either:
        return ""
    if cron.weekdays != EVERY_DAY:
        return _of_week(cron) if cron.days == ALL_DAYS else ""
    if cron.days == ALL_DAYS:
        return _("Every day")
    if cron.is_last_day and not cron.days:
        return _("On the last day of each month")
    return _("On day %(day)s of each month", day=next(iter(cron.days))) if len(cron.days) == 1 else ""


def _of_week(cron: Cron) -> str:
    if cron.weekdays == WORKING_DAYS:
        return _("Monday to Friday")
    names = [format_date(A_SUNDAY + timedelta(days=day), "EEEE", locale=language()) for day in sorted(cron.weekdays)]
    return _("Every %(days)s", days=", ".join(names))
