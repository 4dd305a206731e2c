"""Working time counted day by day and by hand, for tests: it shares nothing with the product's calendar."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY, NOTHING, MINUTE = timedelta(days=1), timedelta(), timedelta(minutes=1)
Hours = tuple[tuple[time, time], ...]

MONDAY_TO_THURSDAY: Hours = ((time(7, 30), time(12)), (time(13), time(16)))
FRIDAY: Hours = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
FASTING: Hours = ((time(8), time(12)), (time(12, 30), time(15)))
FASTING_FRIDAY: Hours = ((time(8), time(11, 30)), (time(12, 30), time(15, 30)))


class PlainOffice:
    """Five days a week, shorter ones in Ramadan, closed on `holidays`."""

    def __init__(self, zone: ZoneInfo, holidays: Collection[date], ramadan: tuple[date, date]) -> None:
        self.zone = zone
        self.holidays = frozenset(holidays)
        self.ramadan = ramadan

    def works_on(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def stretches(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if self.works_on(day):
            is_fasting = self.ramadan[0] <= day <= self.ramadan[1]
            friday, other = (FASTING_FRIDAY, FASTING) if is_fasting else (FRIDAY, MONDAY_TO_THURSDAY)
            for begin, end in friday if day.weekday() == 4 else other:
                yield datetime.combine(day, begin, self.zone), datetime.combine(day, end, self.zone)

    def between(self, first: datetime, last: datetime) -> timedelta:
        total, day = NOTHING, first.astimezone(self.zone).date()
        while day <= last.astimezone(self.zone).date():
            for begin, end in self.stretches(day):
                total += max(NOTHING, min(end, last) - max(begin, first))
            day += DAY
        return total

    def minutes(self, first: datetime, last: datetime) -> int:
        return self.between(first, last) // MINUTE

    def after(self, first: datetime, duration: timedelta) -> datetime:
        """The first moment when so much has passed; the opening of the office, when nothing is to pass."""
        left, day = duration, first.astimezone(self.zone).date()
        while True:
            for begin, end in self.stretches(day):
                begin = max(begin, first)
                if begin <= end and left <= end - begin:
                    return begin + left
                left -= max(NOTHING, end - begin)
            day += DAY

    def end_of_day(self, first: datetime, count: int) -> datetime:
        """When the office closes on the so-manieth day after this one."""
        day = first.astimezone(self.zone).date()
        while count:
            day += DAY
            count -= self.works_on(day)
        return list(self.stretches(day))[-1][1]
