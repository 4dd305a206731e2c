"""When planned cases begin: by a crontab or by people's own days, moved where the office does not work."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from engine.base.errors import Invalid
from engine.base.i18n import _, as_month
from engine.execution.plan_model import OnHoliday
from engine.expressions.cron import Cron, parse_cron
from engine.expressions.errors import EvaluationFault

IsWorkingDay = Callable[[date], bool]

# A person's case is there when the office opens.
PERSONS_HOUR = time(7, 0)
DAY = timedelta(days=1)
HORIZON = timedelta(days=10 * 366)
LONGEST_CLOSURE = 366
FIELDS = 5
FEBRUARY, LEAP_DAY = 2, 29


class BadCrontab(Invalid):
    code = "plan.bad_crontab"
    message = _("This repetition cannot be used: %(reason)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When the plan means a case to begin, and when it does."""

    meant_at: datetime
    at: datetime

    @property
    def is_moved(self) -> bool:
        return self.at != self.meant_at


def crontab_of(text: str) -> Cron:
    """At most one moment a day, and no month that is left out unsaid; raises BadCrontab with the remedy."""
    try:
        cron = parse_cron(text)
    except EvaluationFault as fault:
        raise _bad(fault.message, **fault.params) from None
    if len(cron.seconds) * len(cron.minutes) * len(cron.hours) != 1:
        raise _bad(_("a plan starts one case a day. Give one minute and one hour, and make a second plan for more."))
    shortest = _month_left_out(cron)
    if shortest is not None:
        day = min(cron.days)
        raise _bad(_why_left_out(day, shortest), day=day, month=as_month(shortest))
    return cron


def require_five_fields(text: str) -> None:
    """Six begin with seconds, which nobody means who plans a day; raises BadCrontab."""
    count = len(text.split())
    if count > FIELDS:
        raise _bad(_("write five fields: minute, hour, day, month, day of the week. These are %(count)s."), count=count)


def moved(day: date, rule: OnHoliday, is_working_day: IsWorkingDay) -> date | None:
    """The day on which what is meant for `day` begins; None when it is skipped.

    An office that is closed for a year on end does not make it later for ever: then the day stays.
    """
    if rule is OnHoliday.KEEP or is_working_day(day):
        return day
    if rule is OnHoliday.SKIP:
        return None
    step = -DAY if rule is OnHoliday.BEFORE else DAY
    near = (day + step * count for count in range(1, LONGEST_CLOSURE))
    return next(filter(is_working_day, near), day)


def moments(
    cron: Cron, rule: OnHoliday, is_working_day: IsWorkingDay, zone: ZoneInfo, after: datetime
) -> Iterator[Moment]:
    """Those meant for later than `after`, in order; several that are moved to one day are one."""
    last: datetime | None = None
    for meant_at in _meant(cron, zone, after):
        day = moved(meant_at.date(), rule, is_working_day)
        if day is None:
            continue
        at = datetime.combine(day, meant_at.timetz())
        if last is None or at > last:
            yield Moment(meant_at=meant_at, at=at)
            last = at


def first_moment(
    cron: Cron, rule: OnHoliday, is_working_day: IsWorkingDay, zone: ZoneInfo, after: datetime, now: datetime
) -> Moment | None:
    """The first one meant for later than `after` that is still to come: those that passed have been, or never will."""
    coming = moments(cron, rule, is_working_day, zone, after)
    return next((moment for moment in coming if moment.at > now), None)


def persons_moment(
    next_on: date, lead_days: int, rule: OnHoliday, is_working_day: IsWorkingDay, zone: ZoneInfo
) -> Moment:
    """`lead_days` before a person's day: hers is never skipped."""
    meant_on = next_on - timedelta(days=lead_days)
    day = moved(meant_on, rule, is_working_day) or meant_on
    return Moment(meant_at=datetime.combine(meant_on, PERSONS_HOUR, zone), at=datetime.combine(day, PERSONS_HOUR, zone))


def day_after_months(day: date, months: int, day_of_month: int) -> date:
    """So many months later, on `day_of_month`, or on the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day_of_month, monthrange(year, month + 1)[1]))


def _meant(cron: Cron, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    def each() -> Iterator[datetime]:
        meant_at = cron.next_after(after, zone)
        while meant_at is not None:
            yield meant_at
            meant_at = cron.next_after(meant_at, zone)

    furthest = after + HORIZON
    return takewhile(lambda meant_at: meant_at <= furthest, each())


def _month_left_out(cron: Cron) -> int | None:
    """A month in which no day can fit, though the plan names it; a common February has 28 days."""
    if cron.is_last_day or cron.is_either:
        return None
    first = min(cron.days)
    return next((month for month in sorted(cron.months) if first > monthrange(2026, month)[1]), None)


def _why_left_out(day: int, month: int) -> str:
    if (day, month) == (LEAP_DAY, FEBRUARY):
        return _("%(month)s does not have a day %(day)s in every year. Write L for the last day of the month.")
    return _("%(month)s never has a day %(day)s. Write L for the last day of the month.")


def _bad(reason: str, **places: object) -> BadCrontab:
    return BadCrontab(reason={"message": reason, "params": places})
