"""Repetition by the calendar: five fields as in a crontab, six or seven as Camunda writes them, and `@daily`."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from types import MappingProxyType

from engine.base.i18n import _
from engine.expressions.errors import EvaluationFault

MACROS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
MONTHS = {name: number for number, name in enumerate(_MONTHS, 1)}
DAYS = {name: number for number, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"))}
NO_NAMES: Mapping[str, int] = MappingProxyType({})
LAST_DAY = "L"
LONGEST = 100
FURTHEST = timedelta(days=8 * 366 + 1)  # from one 29 February to the next, across a century without one

_PLACE = rf"(?:\d{{1,2}}|{'|'.join((*MONTHS, *DAYS))})"
_SPAN = re.compile(rf"(?P<first>[*?]|{_PLACE})(?:-(?P<last>{_PLACE}))?(?:/(?P<step>\d{{1,2}}))?", re.ASCII)
_FIELDS = re.compile(r"[A-Z0-9*?,/-]+(?:\s+[A-Z0-9*?,/-]+){4,6}", re.ASCII)
_WORDS = re.compile("[A-Z]+", re.ASCII)
_KNOWN_WORDS = frozenset((*MONTHS, *DAYS, LAST_DAY, "W", "LW"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """`is_either`: as in a crontab, a day fits that is in one of two restricted fields, of month or of week."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    is_last_day: bool
    is_either: bool

    def next_after(self, moment: datetime, zone: tzinfo) -> datetime | None:
        """The first moment later than `moment`, on the clock of `zone`; None when there is none."""
        here = moment.astimezone(zone)
        for day in self._days_from(here.date()):
            for hour in self.hours:
                if day == here.date() and hour < here.hour - 1:  # an hour may come twice when clocks are set back
                    continue
                for minute in self.minutes:
                    for second in self.seconds:
                        found = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
                        if found.astimezone(UTC) > moment.astimezone(UTC):
                            return found
        return None

    def _days_from(self, first: date) -> Iterator[date]:
        day, last = first, min(first, date.max - FURTHEST) + FURTHEST
        while day <= last:
            if day.month not in self.months:
                day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
                continue
            if self._fits(day):
                yield day
            day += timedelta(days=1)

    def _fits(self, day: date) -> bool:
        in_month = day.day in self.days or (self.is_last_day and day.day == monthrange(day.year, day.month)[1])
        in_week = day.isoweekday() % 7 in self.weekdays
        return in_month or in_week if self.is_either else in_month and in_week


def is_cron(text: str) -> bool:
    """Whether it is written like one, though its numbers may be out of range; a sum or a product is not."""
    fields = text.strip().upper()
    if len(text) > LONGEST:
        return False
    looks_alike = _FIELDS.fullmatch(fields) is not None and "-" not in fields.split() and "/" not in fields.split()
    return fields.lower() in MACROS or (looks_alike and _KNOWN_WORDS.issuperset(_WORDS.findall(fields)))


@lru_cache(maxsize=256)
def parse_cron(text: str) -> Cron:
    """Raises EvaluationFault for what no calendar has, and for what is not supported."""
    fields = MACROS.get(text.strip().lower(), text.strip().upper()).split()
    is_crontab = len(fields) == 5
    if not is_cron(text) or fields[6:] not in ([], ["*"], ["?"]):
        raise not_a_cron(text)
    seconds, minutes, hours, days, months, weekdays = (["0", *fields] if is_crontab else fields)[:6]
    if not is_crontab and re.search(r"\d", weekdays.partition("/")[0]):
        raise _unclear_weekday(text)
    try:
        return Cron(
            seconds=tuple(sorted(_numbers(seconds, 0, 59))),
            minutes=tuple(sorted(_numbers(minutes, 0, 59))),
            hours=tuple(sorted(_numbers(hours, 0, 23))),
            days=frozenset() if days == LAST_DAY else _numbers(days, 1, 31),
            months=_numbers(months, 1, 12, MONTHS),
            weekdays=frozenset(number % 7 for number in _numbers(weekdays, 0, 7, DAYS)),
            is_last_day=days == LAST_DAY,
            is_either=is_crontab and days[0] not in "*?" and weekdays[0] not in "*?",
        )
    except ValueError:
        raise not_a_cron(text) from None


def _numbers(field: str, low: int, high: int, names: Mapping[str, int] = NO_NAMES) -> frozenset[int]:
    return frozenset(number for part in field.split(",") for number in _span(part, low, high, names))


def _span(part: str, low: int, high: int, names: Mapping[str, int]) -> range:
    """`*`, `5`, `1-5`, and each of them with a step; `5/15` goes on to the end."""
    match = _SPAN.fullmatch(part)
    if match is None:
        raise ValueError(part)
    is_all = match["first"] in ("*", "?")
    first = low if is_all else _number(match["first"], names)
    last = high if is_all or (match["step"] and not match["last"]) else first
    if match["last"]:
        last = _number(match["last"], names) or (high if names is DAYS else 0)  # from Friday to Sunday
    step = int(match["step"] or 1)
    if not low <= first <= last <= high or not step or (is_all and match["last"]):
        raise ValueError(part)
    return range(first, last + 1, step)


def _number(place: str, names: Mapping[str, int]) -> int:
    return names[place] if place in names else int(place)


def not_a_cron(text: object) -> EvaluationFault:
    return EvaluationFault(
        "timer.not_a_cron",
        _("“%(text)s” is not a repetition by the calendar such as 0 8 * * MON-FRI (working days at eight)."),
        {"text": text},
    )


def _unclear_weekday(text: str) -> EvaluationFault:
    return EvaluationFault(
        "timer.unclear_weekday",
        _("“%(text)s” gives the day of the week as a number, which programs count differently. Write MON, TUE …"),
        {"text": text},
    )
