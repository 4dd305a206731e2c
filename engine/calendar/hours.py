"""Arithmetic on working time: values in, instants out; no database and no clock.

A working moment is one between opening and closing, both included: work that fills a day ends at its closing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.base.errors import Invalid
from engine.base.i18n import _
from engine.calendar.blocks import MICROSECOND, Block, as_moment, as_number, instant_of, lay_out, number_of
from engine.calendar.weeks import OFFICE_WEEK, RAMADAN_WEEK, Period, Shift, Tables, Week, week_on

NOTHING = timedelta(0)
HORIZON_BLOCKS = 20  # years, a little longer than ours


class NoWorkingTime(Invalid):
    code = "calendar.no_working_time"
    message = _("The calendar of the office has not enough working time within twenty years.")


class NegativeWorkingTime(Invalid):
    code = "calendar.negative_working_time"
    message = _("Working time cannot be negative.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """When an office or a unit works: seven days of shifts, other ones in Ramadan, none on holidays.

    `tables` and `ramadan_tables` take the place of the weeks from their first days on: those of the unit first, then
    those of the units above it and of the office. `own_days` are days of the unit unlike those of the office.
    """

    zone: ZoneInfo
    week: Week = OFFICE_WEEK
    ramadan_week: Week = RAMADAN_WEEK
    ramadan: tuple[Period, ...] = ()
    holidays: frozenset[date] = frozenset()
    tables: tuple[Tables, ...] = ()
    ramadan_tables: tuple[Tables, ...] = ()
    own_days: Mapping[date, tuple[Shift, ...]] = field(default_factory=dict)
    _blocks: dict[int, Block] = field(default_factory=dict, init=False, repr=False, compare=False)

    def shifts(self, day: date) -> tuple[Shift, ...]:
        own = self.own_days.get(day)
        if own is not None:
            return own
        return () if day in self.holidays else self.week_of(day)[day.weekday()]

    def week_of(self, day: date) -> Week:
        """The week that holds on that day, were there no holidays."""
        if any(period.has(day) for period in self.ramadan):
            return week_on(day, self.ramadan_tables, self.ramadan_week)
        return week_on(day, self.tables, self.week)

    def is_working_day(self, day: date) -> bool:
        return bool(self.shifts(day))

    def is_working_moment(self, moment: datetime) -> bool:
        block, instant = self._block_at(moment), as_number(moment)
        place = bisect_left(block.closings, instant)
        return place < len(block.openings) and block.openings[place] <= instant

    def day_of(self, moment: datetime) -> date:
        """The office's date at this moment."""
        try:
            return moment.astimezone(self.zone).date()
        except OverflowError:
            raise NoWorkingTime from None

    def closing_of(self, day: date) -> datetime:
        """When the office closes on a working day."""
        return as_moment(instant_of(day, self.shifts(day)[-1][1], self.zone))

    def block(self, number: int) -> Block:
        """Laid out once; two threads that do it at the same time lay out the same."""
        if number not in self._blocks:
            self._blocks[number] = lay_out(number, self.zone, self.shifts)
        return self._blocks[number]

    def blocks_from(self, number: int) -> Iterator[Block]:
        """As far as we are willing to look."""
        last = min(number + HORIZON_BLOCKS, number_of(date.max.toordinal()))
        return map(self.block, range(number, last + 1))

    def blocks_until(self, number: int) -> Iterator[Block]:
        """The same backwards, the latest first."""
        return map(self.block, range(number, max(number - HORIZON_BLOCKS, 0) - 1, -1))

    def number_at(self, moment: datetime) -> int:
        return number_of(self.day_of(moment).toordinal())

    def _block_at(self, moment: datetime) -> Block:
        return self.block(self.number_at(moment))


def add_working_time(start: datetime, duration: timedelta, hours: WorkingHours) -> datetime:
    """The first working moment when `duration` of working time has passed since `start`; raises NoWorkingTime."""
    number, instant = hours.number_at(start), as_number(start)
    remaining = _microseconds(duration) + hours.block(number).passed(instant)
    for block in hours.blocks_from(number):
        if remaining <= block.total and block.has_work_from(instant):
            return _moment(block.first_at(remaining, instant))
        remaining -= block.total
    raise NoWorkingTime


def subtract_working_time(end: datetime, duration: timedelta, hours: WorkingHours) -> datetime:
    """The last working moment from which `duration` of working time passes until `end`; raises NoWorkingTime.

    Without any duration: `end` itself, or the last working moment before it.
    """
    number, instant = hours.number_at(end), as_number(end)
    left = hours.block(number).passed(instant) - _microseconds(duration)
    for block in hours.blocks_until(number):
        left += block.total if block.number < number else 0
        if left >= 0 and block.has_work_until(instant):
            return _moment(block.last_at(left, instant))
    raise NoWorkingTime


def nth_working_day(day: date, count: int, hours: WorkingHours) -> date:
    """The N-th working day after `day`, or before it when N is negative; without any, `day` or the next that is one."""
    if count < 0:
        return _working_day_before(day.toordinal(), -count, hours)
    if count == 0:
        return _working_day_after(day.toordinal() - 1, 1, hours)
    return _working_day_after(day.toordinal(), count, hours)


def end_of_working_day(start: datetime, days: int, hours: WorkingHours) -> datetime:
    """ "N hari kerja": closing time of the N-th working day after the day of `start`.

    Without any days: closing time of that day, or of the next working day when it is none.
    """
    if days < 0:
        raise NegativeWorkingTime
    return hours.closing_of(nth_working_day(hours.day_of(start), days, hours))


def working_time_between(first: datetime, last: datetime, hours: WorkingHours) -> timedelta:
    """Working time from `first` to `last`; none when `last` is not later, and no more than that of twenty years."""
    if last <= first:
        return NOTHING
    number, last_number = hours.number_at(first), hours.number_at(last)
    total = -hours.block(number).passed(as_number(first))
    for block in hours.blocks_from(number):
        if block.number == last_number:
            return timedelta(microseconds=total + block.passed(as_number(last)))
        total += block.total
    return timedelta(microseconds=total)


def portion(start: datetime, due: datetime, fraction: float, hours: WorkingHours) -> datetime:
    """The moment when `fraction` of the working time from `start` to `due` has passed; never after `due`."""
    passed = working_time_between(start, due, hours) * fraction
    return min(add_working_time(start, passed, hours), _moment(as_number(due)))


def _working_day_after(day: int, count: int, hours: WorkingHours) -> date:
    for block in hours.blocks_from(number_of(day)):
        skipped = bisect_right(block.working_days, day)
        left = len(block.working_days) - skipped
        if count <= left:
            return date.fromordinal(block.working_days[skipped + count - 1])
        count -= left
    raise NoWorkingTime


def _working_day_before(day: int, count: int, hours: WorkingHours) -> date:
    for block in hours.blocks_until(number_of(day)):
        left = bisect_left(block.working_days, day)
        if count <= left:
            return date.fromordinal(block.working_days[left - count])
        count -= left
    raise NoWorkingTime


def _microseconds(duration: timedelta) -> int:
    if duration < NOTHING:
        raise NegativeWorkingTime
    return duration // MICROSECOND


def _moment(instant: int) -> datetime:
    try:
        return as_moment(instant)
    except OverflowError:
        raise NoWorkingTime from None
