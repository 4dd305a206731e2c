"""The calendar of the office, and of its units, as it stands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from engine.base.looking import once
from engine.calendar.calendars import Calendars, Days, Kept, TablesOf, Whose, calendars
from engine.calendar.hours import WorkingHours
from engine.calendar.kept_hours import shifts_of, week_of
from engine.calendar.model import Holiday, HolidayKind, HoursKind, HoursTable, RamadanPeriod, UnitDay
from engine.calendar.weeks import Period, Shift, WeekFrom

# Of units the calendar knows only where they stand in the tree: the room of the organisation is its neighbour.
UNIT = table("unit", column("id"), column("parent_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayLine:
    day: date
    kind: HolidayKind
    name: str
    legal_basis: str


def working_hours(session: Session, zone: ZoneInfo, unit_id: int | None = None) -> WorkingHours:
    """All that arithmetic on the working time of a unit needs, or of the office; read once for all of them."""
    return once(session, (working_hours, zone), lambda: _calendars(session, zone)).of(unit_id)


def ramadan_periods(session: Session) -> tuple[Period, ...]:
    rows = session.execute(
        select(RamadanPeriod.first_day, RamadanPeriod.last_day).order_by(RamadanPeriod.first_day.desc())
    )
    return tuple(Period(first_day=first, last_day=last) for first, last in rows)


def holidays_of(session: Session, year: int) -> tuple[HolidayLine, ...]:
    rows = session.execute(
        select(Holiday.day, Holiday.kind, Holiday.name, Holiday.legal_basis)
        .where(Holiday.day.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(Holiday.day)
    )
    return tuple(
        HolidayLine(day=day, kind=HolidayKind(kind), name=name, legal_basis=basis) for day, kind, name, basis in rows
    )


def _calendars(session: Session, zone: ZoneInfo) -> Calendars:
    tables, own_days = _tables(session), _own_days(session)
    of_units = own_days or any(unit_id is not None for of_kind in tables.values() for unit_id in of_kind)
    kept = Kept(
        holidays=frozenset(session.scalars(select(Holiday.day))),
        ramadan=ramadan_periods(session),
        tables=tables[HoursKind.ORDINARY],
        ramadan_tables=tables[HoursKind.RAMADAN],
        own_days=own_days,
        parents={row.id: row.parent_id for row in session.execute(select(UNIT))} if of_units else {},
    )
    return calendars(kept, zone)


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
