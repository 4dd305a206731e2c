"""Working time counted day by day and by hand, for tests: it shares nothing with the product's calendar."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY, NOTHING, MINUTE = timedelta(days=1), timedelta(), timedelta(minutes=1)
Hours = tuple[tuple[time, time], ...]
Week = tuple[Hours, ...]
Stretches = tuple[tuple[datetime, datetime], ...]

CLOSED: Hours = ()
MONDAY_TO_THURSDAY: Hours = ((time(7, 30), time(12)), (time(13), time(16)))
FRIDAY: Hours = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
FASTING: Hours = ((time(8), time(12)), (time(12, 30), time(15)))
FASTING_FRIDAY: Hours = ((time(8), time(11, 30)), (time(12, 30), time(15, 30)))
ORDINARY_WEEK: Week = (*[MONDAY_TO_THURSDAY] * 4, FRIDAY, CLOSED, CLOSED)
FASTING_WEEK: Week = (*[FASTING] * 4, FASTING_FRIDAY, CLOSED, CLOSED)


class PlainOffice:
    """Five days a week, shorter ones in Ramadan, closed on `holidays`.

    A unit may have `weeks` of its own, each from its first day on, an empty one till the next; and days of its own.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        holidays: Collection[date],
        ramadan: tuple[date, date],
        weeks: Sequence[tuple[date, Week]] = (),
        own_days: Mapping[date, Hours] | None = None,
    ) -> None:
        self.zone = zone
        self.holidays = frozenset(holidays)
        self.ramadan = ramadan
        self.weeks = sorted(weeks)
        self.own_days = own_days or {}
        self._stretches: dict[date, Stretches] = {}

    def hours(self, day: date) -> Hours:
        if day in self.own_days:
            return self.own_days[day]
        return CLOSED if day in self.holidays else self._week(day)[day.weekday()]

    def works_on(self, day: date) -> bool:
        return bool(self.hours(day))

    def stretches(self, day: date) -> Stretches:
        if day not in self._stretches:
            self._stretches[day] = tuple((self.at(day, begin), self.at(day, end)) for begin, end in self.hours(day))
        return self._stretches[day]

    def at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

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
        return self.stretches(day)[-1][1]

    def _week(self, day: date) -> Week:
        if self.ramadan[0] <= day <= self.ramadan[1]:
            return FASTING_WEEK
        begun = [week for first_day, week in self.weeks if first_day <= day]
        return begun[-1] if begun and begun[-1] else ORDINARY_WEEK
