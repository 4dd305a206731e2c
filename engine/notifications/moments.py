"""When something may leave the house: the office's quiet hours, and the hour of a person's digest."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.base.times_of_day import find_time
from engine.calendar.hours import WorkingHours

MINUTES_OF_A_DAY = 24 * 60
DAYS_AHEAD = 60  # as long as no office is closed without a break


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """From one minute of the office's day until another, which may be one of the next day."""

    from_minute: int
    until_minute: int

    def holds_at(self, minute: int) -> bool:
        if self.from_minute < self.until_minute:
            return self.from_minute <= minute < self.until_minute
        return minute >= self.from_minute or minute < self.until_minute


def leaves_at(moment: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """The moment itself, or the end of the quiet hours in which it lies."""
    local = moment.astimezone(zone)
    if quiet is None or not quiet.holds_at(local.hour * 60 + local.minute):
        return moment
    end = datetime.combine(local.date(), time_of(quiet.until_minute), zone)
    return end if end > local else end + timedelta(days=1)


def next_digest(now: datetime, minute: int, hours: WorkingHours) -> datetime:
    """The next working day's moment at that minute."""
    today = hours.day_of(now)
    moments = (datetime.combine(today + timedelta(days=n), time_of(minute), hours.zone) for n in range(DAYS_AHEAD))
    to_come = [moment for moment in moments if moment > now]
    return next((moment for moment in to_come if hours.is_working_day(moment.date())), to_come[0])


def time_of(minute: int) -> time:
    return time(minute // 60, minute % 60)


def minute_in(text: str) -> int | None:
    """The minute of the day that somebody typed; None for what is no time of day."""
    found = find_time(text)
    return None if found is None else found.hour * 60 + found.minute


def as_typed(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60:02}:{minute % 60:02}"
