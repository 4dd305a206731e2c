"""Working time laid out in blocks of days, with what has passed before each stretch of it, to be searched by halves.

Instants are microseconds since 1970 in UTC: whole numbers keep every duration exact, and compare fast.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from engine.calendar.weeks import Shift

BLOCK_DAYS = 366
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
DAY = 86_400 * SECOND
EPOCH_DAY = EPOCH.toordinal()
FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """`before` and `through` are the working time of the block up to the opening and the closing of each stretch."""

    number: int
    openings: Sequence[int]
    closings: Sequence[int]
    before: Sequence[int]
    through: Sequence[int]
    total: int
    working_days: Sequence[int]

    def passed(self, instant: int) -> int:
        """Working time from the beginning of the block to the instant."""
        place = bisect_right(self.openings, instant) - 1
        if place < 0:
            return 0
        return self.before[place] + min(instant, self.closings[place]) - self.openings[place]

    def has_work_from(self, instant: int) -> bool:
        """Whether the instant, or one after it, is a working moment of the block."""
        return bool(self.closings) and self.closings[-1] >= instant

    def has_work_until(self, instant: int) -> bool:
        return bool(self.openings) and self.openings[0] <= instant

    def first_at(self, passed: int, not_before: int) -> int:
        """The first working moment from `not_before` on when so much has passed."""
        place = bisect_left(self.through, passed, bisect_left(self.closings, not_before))
        return self.openings[place] + passed - self.before[place]

    def last_at(self, passed: int, not_after: int) -> int:
        """The last working moment until `not_after` when so much had passed."""
        place = bisect_right(self.before, passed, 0, bisect_right(self.openings, not_after)) - 1
        return self.openings[place] + passed - self.before[place]


def number_of(day: int) -> int:
    """Of the block in which a day lies, given by its ordinal."""
    return day // BLOCK_DAYS


def lay_out(number: int, zone: ZoneInfo, shifts: Callable[[date], tuple[Shift, ...]]) -> Block:
    """The working time of the block's days, as far as there are dates."""
    first = max(number * BLOCK_DAYS, FIRST_DAY)
    days = range(first, min((number + 1) * BLOCK_DAYS, LAST_DAY + 1))
    worked = [(day, of_day) for day in map(date.fromordinal, days) if (of_day := shifts(day))]
    spans = [
        (instant_of(day, opening, zone), instant_of(day, closing, zone))
        for day, of_day in worked
        for opening, closing in of_day
    ]
    through = tuple(accumulate(closing - opening for opening, closing in spans))
    return Block(
        number=number,
        openings=tuple(opening for opening, _closing in spans),
        closings=tuple(closing for _opening, closing in spans),
        before=(0, *through[:-1]) if through else (),
        through=through,
        total=through[-1] if through else 0,
        working_days=tuple(day.toordinal() for day, _of_day in worked),
    )


def as_number(moment: datetime) -> int:
    passed = moment - EPOCH
    return (passed.days * 86_400 + passed.seconds) * SECOND + passed.microseconds


def as_moment(instant: int) -> datetime:
    """Raises OverflowError where there are no dates any more."""
    return EPOCH + timedelta(microseconds=instant)


def instant_of(day: date, at: time, zone: ZoneInfo) -> int:
    """Counted by hand: in the first and the last days of all calendars another zone has no date for it."""
    local = (day.toordinal() - EPOCH_DAY) * DAY + ((at.hour * 60 + at.minute) * 60 + at.second) * SECOND
    offset = datetime.combine(day, at, zone).utcoffset() or timedelta(0)
    return local - offset // MICROSECOND
