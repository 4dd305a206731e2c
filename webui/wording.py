"""Moments, durations, sizes and numbers, as people say them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask_babel import get_timezone

from engine.base.i18n import translate
from engine.calendar.describe import CLOCKS, HOUR, MINUTE, WORKING_DAY, Wording, in_words, moment_in_words
from engine.calendar.hours import WorkingHours, working_time_between
from webui.texts import _, locale

KIB = 1024


def moment(instant: datetime | None) -> str:
    """Senin, 23 November 2026 pukul 10.30 WIB."""
    if instant is None:
        return ""
    return moment_in_words(instant, get_timezone(), locale())


def short_moment(instant: datetime | None) -> str:
    """23 Nov 2026 10.30, for lists."""
    if instant is None:
        return ""
    local = _local(instant)
    return f"{format_date(local, 'd MMM y', locale=locale())} {clock(local)}"


def short_day(instant: datetime | None) -> str:
    """23 Nov 2026, for lists."""
    return "" if instant is None else format_date(_local(instant), "d MMM y", locale=locale())


def day(value: date | datetime | None) -> str:
    """23 November 2026."""
    if value is None:
        return ""
    local = _local(value) if isinstance(value, datetime) else value
    return format_date(local, "d MMMM y", locale=locale())


def due_words(due_at: datetime | None, now: datetime, hours: Callable[[], WorkingHours]) -> str:
    """Late 2 hours · Today 15.00 · Tomorrow 09.00 · Monday 24 Nov 09.00. What is late is late by working time."""
    if due_at is None:
        return _("No deadline")
    if due_at <= now:
        return _("Late %(duration)s", duration=rough_duration(working_time_between(due_at, now, hours())))
    local, today = _local(due_at), _local(now).date()
    if local.date() == today:
        return _("Today %(time)s", time=clock(local))
    if local.date() == today + timedelta(days=1):
        return _("Tomorrow %(time)s", time=clock(local))
    return f"{format_date(local, 'EEEE d MMM', locale=locale())} {clock(local)}"


def rough_duration(duration: timedelta) -> str:
    """The largest unit that says enough: 5 minutes, 2 hours, 3 working days."""
    unit = next((unit for unit in (WORKING_DAY, HOUR, MINUTE) if duration >= unit), MINUTE)
    return working_duration(duration // unit * unit)


def working_duration(duration: timedelta | None) -> str:
    """1 working day 2 hours; a working day is what the office works in one."""
    return "" if duration is None else translated(in_words(duration))


def minutes(value: float | None) -> str:
    """So many minutes of working time, as people say them."""
    return "" if value is None else working_duration(timedelta(minutes=round(value)))


def month(value: date) -> str:
    """November 2026."""
    return format_date(value, "MMMM y", locale=locale())


def day_month(value: date) -> str:
    """23 Nov, under a chart."""
    return format_date(value, "d MMM", locale=locale())


def translated(wording: Wording | None) -> str:
    """A text of the house with what fills its places, in the reader's language."""
    return "" if wording is None else translate(wording["message"], wording["params"], locale())


def reason_of(reason: Mapping[str, Any] | None) -> str:
    """Why the work came to this person."""
    return translate(reason["message"], reason.get("params"), locale()) if reason else ""


def file_size(size: int) -> str:
    if size < KIB:
        return _("%(size)s bytes", size=size)
    if size < KIB * KIB:
        return f"{number(Decimal(size) / KIB, 0)} KB"
    return f"{number(Decimal(size) / KIB / KIB, 1)} MB"


def number(value: int | float | Decimal, decimals: int = 0) -> str:
    """1.234,5 in Indonesian, 1,234.5 in English."""
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(value, pattern, locale=locale())


def _local(instant: datetime) -> datetime:
    return instant.astimezone(get_timezone())


def clock(instant: datetime) -> str:
    """10.30 in Indonesian, 10:30 in English."""
    return format_datetime(_local(instant), CLOCKS[locale()], locale=locale())
