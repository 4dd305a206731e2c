"""How people here write numbers and days, read into values and shown again."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal

MAX_DIGITS = 15
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOMENT_FORMAT = "%Y-%m-%dT%H:%M"
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(,\d+)?")
_POINTED = re.compile(r"[+-]?\d+\.\d+")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LOCAL_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?")


def read_number(text: str) -> int | float | None:
    """The number that an Indonesian means: `1.500.000,50`, `1500,5`, also `1500.5`; None when it is none."""
    compact = re.sub(r"[\s\u00a0\u202f]", "", text, flags=re.ASCII)
    if len(compact) > MAX_DIGITS * 2 or not compact.isascii():
        return None
    if _GROUPED.fullmatch(compact) or _PLAIN.fullmatch(compact):
        number = Decimal(compact.replace(".", "").replace(",", "."))
    elif _POINTED.fullmatch(compact):
        number = Decimal(compact)
    else:
        return None
    return as_number(number)


def as_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def write_number(number: int | float) -> str:
    """The number as one types it: decimal comma, no thousands points."""
    return f"{Decimal(repr(number)):f}".replace(".", ",")


def read_day(text: str) -> date | None:
    """A day written `2026-11-21` or `21/11/2026`, of a year in which somebody here plans or remembers."""
    day = day_of_any_year(text)
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def day_of_any_year(text: str) -> date | None:
    found, local = _DAY.fullmatch(text.strip()), _LOCAL_DAY.fullmatch(text.strip())
    if found:
        year, month, day = map(int, found.groups())
    elif local:
        day, month, year = map(int, local.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time of day written `14:30` or `14.30`."""
    found = _TIME.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def read_moment(text: str) -> datetime | None:
    """A local day and time written `2026-11-21T14:30` or with a blank between."""
    day_text, _separator, time_text = text.strip().replace("T", " ", 1).partition(" ")
    day, hour = read_day(day_text), read_time(time_text)
    return datetime.combine(day, hour) if day and hour else None


def show_number(number: int | float, language: str) -> str:
    return format_decimal(Decimal(repr(number)), format="#,##0.###############", locale=language)


def show_day(day: date, language: str) -> str:
    """`21 November 2026`."""
    return format_date(day, "d MMMM y", locale=language)


def show_time(hour: time, language: str) -> str:
    return format_time(hour, "HH.mm" if language == "id" else "HH:mm", locale=language)


def show_moment(moment: datetime, language: str) -> str:
    """`21 November 2026 pukul 14.30`."""
    pattern = "d MMMM y 'pukul' HH.mm" if language == "id" else "d MMMM y 'at' HH:mm"
    return format_datetime(moment, pattern, locale=language)
