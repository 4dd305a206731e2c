"""The calendar of the office as it stands."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.base.looking import once
from engine.calendar.hours import Period, WorkingHours
from engine.calendar.model import Holiday, HolidayKind, RamadanPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayLine:
    day: date
    kind: HolidayKind
    name: str
    legal_basis: str


def working_hours(session: Session, zone: ZoneInfo) -> WorkingHours:
    """All that arithmetic on working time needs, in two statements; keep it for the length of one work."""
    return once(session, (working_hours, zone), lambda: _working_hours(session, zone))


def _working_hours(session: Session, zone: ZoneInfo) -> WorkingHours:
    return WorkingHours(
        zone=zone,
        holidays=frozenset(session.scalars(select(Holiday.day))),
        ramadan=ramadan_periods(session),
    )


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
