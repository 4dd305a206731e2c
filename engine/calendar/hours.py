"""Arithmetic on working time: values in, instants out; no database and no clock.

A working moment is one between opening and closing, both included: work that fills a day ends at its closing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from engine.base.errors import Invalid
from engine.base.i18n import _

Span = tuple[datetime, datetime]
Shift = tuple[time, time]
Week = tuple[tuple[Shift, ...], ...]

NOTHING = timedelta(0)
HORIZON_DAYS = 20 * 366


class NoWorkingTime(Invalid):
    code = "calendar.no_working_time"
    message = _("The calendar of the office has not enough working time within twenty years.")


class NegativeWorkingTime(Invalid):
    code = "calendar.negative_working_time"
    message = _("Working time cannot be negative.")


def _week(ordinary: tuple[Shift, ...], friday: tuple[Shift, ...]) -> Week:
    return (ordinary, ordinary, ordinary, ordinary, friday, (), ())


# Perpres 21/2023: 37 h 30 m a week, in Ramadan 32 h 30 m; a longer break on Friday.
OFFICE_WEEK = _week(
    ((time(7, 30), time(12, 0)), (time(13, 0), time(16, 0))),
    ((time(7, 30), time(11, 30)), (time(13, 0), time(16, 30))),
)
RAMADAN_WEEK = _week(
    ((time(8, 0), time(12, 0)), (time(12, 30), time(15, 0))),
    ((time(8, 0), time(11, 30)), (time(12, 30), time(15, 30))),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from the first to the last, both included."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """When the office works: seven days of shifts, other ones in Ramadan, none on holidays."""

    zone: ZoneInfo
    week: Week = OFFICE_WEEK
    ramadan_week: Week = RAMADAN_WEEK
    ramadan: tuple[Period, ...] = ()
    holidays: frozenset[date] = frozenset()

    def shifts(self, day: date) -> tuple[Shift, ...]:
        if day in self.holidays:
            return ()
        weekday = day.weekday()
        for period in self.ramadan:
            if period.first_day <= day <= period.last_day:
                return self.ramadan_week[weekday]
        return self.week[weekday]

    def is_working_day(self, day: date) -> bool:
        return bool(self.shifts(day))

    def is_working_moment(self, moment: datetime) -> bool:
        return any(opening <= moment <= closing for opening, closing in self._spans_on(self.day_of(moment)))

    def day_of(self, moment: datetime) -> date:
        """The office's date at this moment."""
        try:
            return moment.astimezone(self.zone).date()
        except OverflowError:
            raise NoWorkingTime from None

    def closing_of(self, day: date) -> datetime:
        """When the office closes on a working day."""
        return self._instant(day, self.shifts(day)[-1][1])

    def days(self, first: date) -> Iterator[date]:
        """`first` and the days after it, as far as we are willing to look."""
        start = first.toordinal()
        for ordinal in range(start, min(start + HORIZON_DAYS, date.max.toordinal())):
            yield date.fromordinal(ordinal)

    def spans(self, after: datetime) -> Iterator[Span]:
        """Stretches of working time in UTC, in order, the first one cut to begin at `after`; they may be empty."""
        for day in self.days(self.day_of(after)):
            for opening, closing in self._spans_on(day):
                if closing >= after:
                    yield max(opening, after), closing

    def _spans_on(self, day: date) -> Iterator[Span]:
        for opening, closing in self.shifts(day):
            yield self._instant(day, opening), self._instant(day, closing)

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def add_working_time(start: datetime, duration: timedelta, hours: WorkingHours) -> datetime:
    """The moment when `duration` of working time has passed since `start`; raises NoWorkingTime."""
    if duration < NOTHING:
        raise NegativeWorkingTime
    remaining = duration
    for opening, closing in hours.spans(after=start.astimezone(UTC)):
        length = closing - opening
        if remaining <= length:
            return opening + remaining
        remaining -= length
    raise NoWorkingTime


def end_of_working_day(start: datetime, days: int, hours: WorkingHours) -> datetime:
    """ "N hari kerja": closing time of the N-th working day after the day of `start`.

    Without any days: closing time of that day, or of the next working day when it is none.
    """
    if days < 0:
        raise NegativeWorkingTime
    first = hours.day_of(start) + timedelta(days=1 if days else 0)
    working_days = filter(hours.is_working_day, hours.days(first))
    day = next(islice(working_days, min(max(days, 1), HORIZON_DAYS) - 1, None), None)
    if day is None:
        raise NoWorkingTime
    return hours.closing_of(day)


def working_time_between(first: datetime, last: datetime, hours: WorkingHours) -> timedelta:
    """Working time from `first` to `last`; none when `last` is not later."""
    total = NOTHING
    for opening, closing in hours.spans(after=first.astimezone(UTC)):
        if opening >= last:
            break
        total += min(closing, last) - opening
    return total


def portion(start: datetime, due: datetime, fraction: float, hours: WorkingHours) -> datetime:
    """The moment when `fraction` of the working time from `start` to `due` has passed; never after `due`."""
    passed = working_time_between(start, due, hours) * fraction
    return min(add_working_time(start, passed, hours), due.astimezone(UTC))
