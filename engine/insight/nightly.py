"""Each night the figures of the day that is over are made, and those of the last weeks held against the rows."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from engine.base.unit_of_work import UnitOfWork
from engine.insight.days import DAY, Days
from engine.insight.events import FiguresDiffered
from engine.insight.figures import days_that_differ, make_missing, rebuild
from engine.jobs.operations import schedule_again

MAKE_JOB = "figures.make"
CHECK_JOB = "figures.check"
# Late enough for whatever was completed just before midnight to be in the database.
AFTER_MIDNIGHT = time(0, 20)
DAYS_AT_ONCE = 10
CHECKED_DAYS = 35


def make(work: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """A portion of the days that are missing: after a long pause, or when the product is new to its data, many are."""
    is_more = make_missing(work, DAYS_AT_ONCE) == DAYS_AT_ONCE
    schedule_again(work, MAKE_JOB, MAKE_JOB, work.now if is_more else _next_night(work), {})
    if not is_more:
        schedule_again(work, CHECK_JOB, CHECK_JOB, work.now, {})


def check(work: UnitOfWork, _payload: Mapping[str, Any]) -> None:
    """What differs is made again, and told: figures that change by themselves are nobody's secret."""
    today = work.today
    differing = days_that_differ(work, Days(first=today - CHECKED_DAYS * DAY, last=today - DAY))
    for day in differing:
        rebuild(work, Days(first=day, last=day))
    if differing:
        work.tell(FiguresDiffered(days=differing))


def _next_night(work: UnitOfWork) -> datetime:
    return datetime.combine(work.today + DAY, AFTER_MIDNIGHT, work.settings.zone)
