"""What was entered in the calendar, as values; and where it is found, or missing."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy.orm import Session

from engine.base.database import Row
from engine.base.i18n import as_day
from engine.base.looking import forget_edition
from engine.calendar.errors import HolidayNotFound, HoursTableNotFound, UnitDayNotFound
from engine.calendar.kept_hours import shifts_of, week_of
from engine.calendar.model import Holiday, HolidayKind, HoursKind, HoursTable, UnitDay
from engine.calendar.weeks import Shift, Week


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayLine:
    day: date
    kind: HolidayKind
    name: str
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFacts:
    """Without `week` the hours of whoever is above hold again from the first day on."""

    unit_id: int | None
    kind: HoursKind
    first_day: date
    week: Week | None
    legal_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDayFacts:
    """A day on which a unit, with those below it, works unlike the office: is closed, or works in these shifts."""

    unit_id: int
    day: date
    shifts: tuple[Shift, ...]
    is_working: bool
    name: str
    legal_basis: str = ""


def enter(session: Session, *rows: Row) -> None:
    """New or changed: those who read the calendar in the same work see it."""
    forget_edition(session)
    session.add_all(rows)
    session.flush()


def take_out(session: Session, row: Row) -> None:
    forget_edition(session)
    session.delete(row)
    session.flush()


def holiday_row(session: Session, day: date) -> Holiday:
    row = session.get(Holiday, day)
    if row is None:
        raise HolidayNotFound(day=as_day(day))
    return row


def table_row(session: Session, table_id: int) -> HoursTable:
    row = session.get(HoursTable, table_id)
    if row is None:
        raise HoursTableNotFound
    return row


def unit_day_row(session: Session, unit_day_id: int) -> UnitDay:
    row = session.get(UnitDay, unit_day_id)
    if row is None:
        raise UnitDayNotFound
    return row


def holiday_line(row: Holiday) -> HolidayLine:
    return HolidayLine(day=row.day, kind=HolidayKind(row.kind), name=row.name, legal_basis=row.legal_basis)


def locked_table_row(session: Session, table_id: int) -> HoursTable:
    """Two who correct one table do so one after the other."""
    row = session.get(HoursTable, table_id, with_for_update=True)
    if row is None:
        raise HoursTableNotFound
    return row


def locked_unit_day_row(session: Session, unit_day_id: int) -> UnitDay:
    row = session.get(UnitDay, unit_day_id, with_for_update=True)
    if row is None:
        raise UnitDayNotFound
    return row


def mark_of(facts: TableFacts | UnitDayFacts) -> str:
    """By which a page knows again what it showed."""
    return sha256(repr(facts).encode()).hexdigest()[:16]


def table_facts(row: HoursTable) -> TableFacts:
    return TableFacts(
        unit_id=row.unit_id,
        kind=HoursKind(row.kind),
        first_day=row.first_day,
        week=week_of(row.week),
        legal_basis=row.legal_basis,
    )


def unit_day_facts(row: UnitDay) -> UnitDayFacts:
    return UnitDayFacts(
        unit_id=row.unit_id,
        day=row.day,
        shifts=shifts_of(row.shifts or ()),
        is_working=row.is_working,
        name=row.name,
        legal_basis=row.legal_basis,
    )
