"""Days of the office and the weeks they lie in: plain arithmetic on dates."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
LONGEST_DAYS = 732  # two years: what is asked for at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From the first to the last, both included; none when the last lies before the first."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        return (self.first + DAY * number for number in range((self.last - self.first).days + 1))

    def since(self, day: date) -> "Days":
        return Days(first=max(self.first, day), last=self.last)

    def until(self, day: date) -> "Days":
        return Days(first=self.first, last=min(self.last, day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """From `begin` on, till just before `end`."""

    begin: datetime
    end: datetime


def moments(days: Days, zone: ZoneInfo) -> Moments:
    """When these days begin and end at the office."""
    return Moments(begin=first_moment(days.first, zone), end=first_moment(days.last + DAY, zone))


def first_moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def monday_of(day: date) -> date:
    return day - DAY * day.weekday()


def mondays(days: Days) -> tuple[date, ...]:
    """Of all weeks that have one of these days."""
    first = monday_of(days.first)
    return tuple(first + 7 * DAY * number for number in range((days.last - first).days // 7 + 1))


def runs(days: Days, besides: Collection[date]) -> tuple[Days, ...]:
    """The days without those named, as runs of neighbours none of which reaches into another week."""
    found: list[Days] = []
    for day in days:
        if day in besides:
            continue
        if found and found[-1].last == day - DAY and day.weekday():
            found[-1] = Days(first=found[-1].first, last=day)
        else:
            found.append(Days(first=day, last=day))
    return tuple(found)


def in_weeks(days: Collection[date]) -> tuple[list[date], list[date]]:
    """The Mondays of the weeks that are whole, and the days of those that are not."""
    number = Counter(map(monday_of, days))
    whole = sorted(monday for monday, found in number.items() if found == 7)
    return whole, sorted(day for day in days if number[monday_of(day)] < 7)


def portions(days: Days, most: int) -> Iterator[Days]:
    """The same days, so many at once."""
    first = days.first
    while first <= days.last:
        yield Days(first=first, last=min(first + DAY * (most - 1), days.last))
        first += DAY * most


def week_of(day: date) -> Days:
    return Days(first=monday_of(day), last=monday_of(day) + 6 * DAY)


def month_of(day: date) -> Days:
    return months_from(day.replace(day=1), 1)


def quarter_of(day: date) -> Days:
    return months_from(day.replace(month=day.month - (day.month - 1) % 3, day=1), 3)


def months_from(first: date, number: int) -> Days:
    after = first.month - 1 + number
    next_first = date(first.year + after // 12, after % 12 + 1, 1)
    return Days(first=first, last=next_first - DAY)


def weeks_before(days: Days, number: int) -> Days:
    """As many weeks, of which the last is the one in which these days end: what a trend shows."""
    last = monday_of(days.last)
    return Days(first=last - 7 * DAY * (number - 1), last=days.last)
