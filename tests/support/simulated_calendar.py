"""How the calendar changes in the middle of a year that is simulated: for the office, and for some of its units."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial

from engine.base.unit_of_work import UnitOfWork
from engine.calendar.entries import TableFacts, UnitDayFacts
from engine.calendar.model import Holiday, HolidayKind, HoursKind
from engine.calendar.operations import seed_holidays, set_ramadan
from engine.calendar.weeks import Period, Week
from engine.core.calendar_keeping import correct_ramadan, drop_holiday, enter_days_off, enter_hours, enter_unit_day
from tests.support.one_day import one_day
from tests.support.simulated_office import SECRETARIAT
from tests.support.simulated_time import DAY, FIRST, YEAR, ZONE, Year, moment_of_year

Entry = Callable[[UnitOfWork], object]

EXPECTED_RAMADAN = Period(first_day=date(YEAR, 2, 8), last_day=date(YEAR, 3, 9))
RAMADAN = Period(first_day=date(YEAR, 2, 9), last_day=date(YEAR, 3, 9))
WITHDRAWN_LEAVE = date(YEAR, 5, 19)
CLOSURES, CLOSED_AT_ONCE = 4, 2

MORNING = ((time(7), time(12)),)
LONG_MORNING = ((time(7), time(13)),)
WHOLE_DAY = ((time(8), time(12, 15)), (time(13), time(16, 45)))
SIX_DAYS: Week = (*[LONG_MORNING] * 5, MORNING, ())
FOUR_DAYS: Week = (*[WHOLE_DAY] * 4, (), (), ())


def known_at_first(work: UnitOfWork) -> None:
    seed_holidays(work, [YEAR, YEAR + 1])
    set_ramadan(work, EXPECTED_RAMADAN.first_day, EXPECTED_RAMADAN.last_day)


def plan_changes(year: Year) -> None:
    """Each some days before it holds, but for closures that nobody saw coming."""
    units = year.units
    _enter(year, FIRST, partial(enter_hours, facts=_week(units["seksi-5"], FIRST, SIX_DAYS)))
    _enter(year, date(YEAR, 6, 24), partial(enter_hours, facts=_week(units["seksi-4"], date(YEAR, 7, 1), FOUR_DAYS)))
    _enter(year, date(YEAR, 9, 20), partial(enter_hours, facts=_week(units["seksi-4"], date(YEAR, 10, 1), None)))
    _enter(year, date(YEAR, 4, 8), partial(enter_unit_day, facts=_own_day(units["seksi-3"], date(YEAR, 4, 14))))
    saturday = _own_day(units["seksi-3"], date(YEAR, 8, 21), is_working=True)
    _enter(year, date(YEAR, 8, 16), partial(enter_unit_day, facts=saturday))
    _enter(year, date(YEAR, 2, 5), partial(correct_ramadan, entered=EXPECTED_RAMADAN.first_day, days=RAMADAN))
    _enter(year, date(YEAR, 5, 12), partial(drop_holiday, day=WITHDRAWN_LEAVE))
    for closure in range(CLOSURES + CLOSED_AT_ONCE):
        year.at(_apart(moment_of_year(year)), partial(_close, year, in_days=2 + closure if closure < CLOSURES else 0))


def _enter(year: Year, day: date, entry: Entry) -> None:
    year.at(_apart(datetime.combine(day, time(10), ZONE)), partial(_keep, year, entry))


def _keep(year: Year, entry: Entry) -> None:
    with year.core.work(SECRETARIAT) as work:
        entry(work)


def _close(year: Year, in_days: int) -> None:
    """What is open then becomes due later."""
    day = year.clock.now().astimezone(ZONE).date() + DAY * in_days
    with year.core.work(SECRETARIAT) as work:
        if work.session.get(Holiday, day) is None:
            enter_days_off(work, one_day(day), HolidayKind.CLOSURE, "Libur setempat")


def _apart(moment: datetime) -> datetime:
    """At no moment at which somebody works: what was over by then keeps what the calendar said."""
    return moment.replace(second=15)


def _week(unit_id: int, first_day: date, week: Week | None) -> TableFacts:
    return TableFacts(unit_id=unit_id, kind=HoursKind.ORDINARY, first_day=first_day, week=week)


def _own_day(unit_id: int, day: date, is_working: bool = False) -> UnitDayFacts:
    shifts = MORNING if is_working else ()
    return UnitDayFacts(unit_id=unit_id, day=day, shifts=shifts, is_working=is_working, name="Hari sendiri")
