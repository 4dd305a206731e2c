"""The calendar of the office, and of its units, as it stands."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from engine.base.looking import once
from engine.calendar.calendars import Calendars, Days, Kept, TablesOf, Whose, calendars, way_up
from engine.calendar.entries import HolidayLine, TableFacts, UnitDayFacts, holiday_line, table_facts, unit_day_facts
from engine.calendar.hours import WorkingHours
from engine.calendar.kept_hours import shifts_of, week_of
from engine.calendar.model import Holiday, HoursKind, HoursTable, RamadanPeriod, UnitDay
from engine.calendar.weeks import Period, Shift, WeekFrom
from engine.calendar.year import DayInYear, days_of_year

# Of units the calendar knows only where they stand in the tree: the room of the organisation is its neighbour.
UNIT = table("unit", column("id"), column("parent_id"))


def working_hours(session: Session, zone: ZoneInfo, unit_id: int | None = None) -> WorkingHours:
    """All that arithmetic on the working time of a unit needs, or of the office; read once for all of them."""
    return all_hours(session, zone).of(unit_id)


def all_hours(session: Session, zone: ZoneInfo) -> Calendars:
    """Those of the office and of each unit, for whoever asks about many of them."""
    return once(session, (working_hours, zone), lambda: _calendars(session, zone))


def ramadan_periods(session: Session) -> tuple[Period, ...]:
    rows = session.execute(
        select(RamadanPeriod.first_day, RamadanPeriod.last_day).order_by(RamadanPeriod.first_day.desc())
    )
    return tuple(Period(first_day=first, last_day=last) for first, last in rows)


def holidays_of(session: Session, year: int) -> tuple[HolidayLine, ...]:
    between = Holiday.day.between(date(year, 1, 1), date(year, 12, 31))
    return tuple(map(holiday_line, session.scalars(select(Holiday).where(between).order_by(Holiday.day))))


def hours_tables(session: Session) -> Mapping[int, TableFacts]:
    """By id: the office's first, then those of the units; of each the latest first."""
    order = (HoursTable.unit_id.is_not(None), HoursTable.unit_id, HoursTable.first_day.desc(), HoursTable.kind)
    return {row.id: table_facts(row) for row in session.scalars(select(HoursTable).order_by(*order))}


def unit_days_of(session: Session, year: int) -> Mapping[int, UnitDayFacts]:
    """By id, in the order of the days."""
    between = UnitDay.day.between(date(year, 1, 1), date(year, 12, 31))
    rows = session.scalars(select(UnitDay).where(between).order_by(UnitDay.day, UnitDay.id))
    return {row.id: unit_day_facts(row) for row in rows}


def year_of(session: Session, zone: ZoneInfo, year: int, unit_id: int | None = None) -> tuple[DayInYear, ...]:
    """Each day of the year as the office works on it, or a unit."""
    own = unit_days_of(session, year).values() if unit_id is not None else ()
    way = tuple(way_up(unit_id, _parents(session))) if unit_id is not None and own else ()
    nearest_last = sorted((each for each in own if each.unit_id in way), key=lambda each: -way.index(each.unit_id))
    return days_of_year(year, working_hours(session, zone, unit_id), holidays_of(session, year), nearest_last)


def _calendars(session: Session, zone: ZoneInfo) -> Calendars:
    tables, own_days = _tables(session), _own_days(session)
    of_units = own_days or any(unit_id is not None for of_kind in tables.values() for unit_id in of_kind)
    kept = Kept(
        holidays=frozenset(session.scalars(select(Holiday.day))),
        ramadan=ramadan_periods(session),
        tables=tables[HoursKind.ORDINARY],
        ramadan_tables=tables[HoursKind.RAMADAN],
        own_days=own_days,
        parents=_parents(session) if of_units else {},
    )
    return calendars(kept, zone)


def _parents(session: Session) -> dict[int, int | None]:
    return {row.id: row.parent_id for row in session.execute(select(UNIT))}


def _tables(session: Session) -> dict[HoursKind, TablesOf]:
    found: dict[HoursKind, dict[Whose, list[WeekFrom]]] = {kind: defaultdict(list) for kind in HoursKind}
    query = select(HoursTable.kind, HoursTable.unit_id, HoursTable.first_day, HoursTable.week)
    for kind, unit_id, first_day, week in session.execute(query.order_by(HoursTable.first_day, HoursTable.id)):
        found[HoursKind(kind)][unit_id].append(WeekFrom(first_day=first_day, week=week_of(week)))
    return {kind: {whose: tuple(tables) for whose, tables in of_kind.items()} for kind, of_kind in found.items()}


def _own_days(session: Session) -> dict[int, Days]:
    days: dict[int, dict[date, tuple[Shift, ...]]] = defaultdict(dict)
    for unit_id, day, shifts in session.execute(select(UnitDay.unit_id, UnitDay.day, UnitDay.shifts)):
        days[unit_id][day] = shifts_of(shifts or ())
    return dict(days)
