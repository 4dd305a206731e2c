"""Working time and moments in words: "1 working day 2 hours", "Monday, 23 November 2026 at 10:30 WIB"."""

from datetime import datetime, timedelta
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from engine.base.i18n import _, translate

CLOCKS = {"id": "HH.mm", "en": "HH:mm"}

# 37 h 30 m in five days. Ramadan has shorter days, but nobody counts in them.
WORKING_DAY = timedelta(hours=7, minutes=30)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


class Wording(TypedDict):
    """A text and what fills its places, as `translate` takes them; it may itself fill a place of another text."""

    message: str
    params: dict[str, Any]


def in_words(duration: timedelta) -> Wording:
    """Days, hours and minutes of working time, the two largest of them; parts of a minute are left out."""
    days, rest = divmod(duration, WORKING_DAY)
    hours, rest = divmod(rest, HOUR)
    minutes = rest // MINUTE
    parts = [part for part in (_days(days), _hours(hours), _minutes(minutes)) if part]
    if not parts:
        return Wording(message=_("less than a minute"), params={})
    if len(parts) == 1:
        return parts[0]
    return Wording(message=_("%(larger)s %(smaller)s"), params={"larger": parts[0], "smaller": parts[1]})


def standard_time_in_words(
    *,
    working_minutes: int | None = None,
    working_days: int | None = None,
    least_minutes: int | None = None,
    per: str = "",
    count: int = 1,
) -> Wording | None:
    """As an SOP states it: so many working days, hours and minutes, perhaps a range, perhaps for each of something,
    of which the case may have a `count`.
    """
    words = _standard(working_days, working_minutes)
    if words is None:
        return None
    if least_minutes is not None:
        least = in_words(timedelta(minutes=least_minutes))
        words = Wording(message=_("%(least)s to %(most)s"), params={"least": least, "most": words})
    if count > 1:
        return Wording(message=_("%(count)s × %(duration)s"), params={"count": count, "duration": words})
    if per:
        words = Wording(message=_("%(duration)s for each %(thing)s"), params={"duration": words, "thing": per})
    return words


def _standard(working_days: int | None, working_minutes: int | None) -> Wording | None:
    minutes = None if working_minutes is None else in_words(timedelta(minutes=working_minutes))
    days = None if working_days is None else _days(working_days)
    if days is None or minutes is None:
        return days or minutes
    return Wording(message=_("%(larger)s %(smaller)s"), params={"larger": days, "smaller": minutes})


def moment_in_words(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """The moment as the office's calendar and clock show it."""
    local = moment.astimezone(zone)
    params = {
        "day": format_datetime(local, "EEEE, d MMMM y", locale=language),
        "time": format_datetime(local, CLOCKS[language], locale=language),
        "zone": local.tzname() or "",
    }
    return translate(_("%(day)s at %(time)s %(zone)s"), params, language)


def _days(count: int) -> Wording | None:
    return _counted(count, _("1 working day"), _("%(count)s working days"))


def _hours(count: int) -> Wording | None:
    return _counted(count, _("1 hour"), _("%(count)s hours"))


def _minutes(count: int) -> Wording | None:
    return _counted(count, _("1 minute"), _("%(count)s minutes"))


def _counted(count: int, one: str, many: str) -> Wording | None:
    if count == 0:
        return None
    return Wording(message=one if count == 1 else many, params={"count": count})
