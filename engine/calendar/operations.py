"""Keeping the days off of the office, and its Ramadan."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from engine.base.errors import FieldProblem
from engine.base.i18n import _, as_day
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.entries import HolidayLine, enter, holiday_line, holiday_row, take_out
from engine.calendar.errors import InvalidHoliday, InvalidRamadan, RamadanNotFound
from engine.calendar.fields import problems_of_day, problems_of_length, problems_of_name
from engine.calendar.model import Holiday, HolidayKind, RamadanPeriod
from engine.calendar.seed import RAMADAN_1447, SEEDED_YEARS, KnownHoliday, known_holidays
from engine.calendar.weeks import Period

RAMADAN_DAYS = 30
MOST_DAYS = 62
# Two Ramadans are more than eleven months apart: one that begins within these days is the same.
SAME_RAMADAN = timedelta(days=60)

TAKEN = _("%(day)s is in the calendar already: %(name)s. Correct it in the list, or choose other days.")
TAKEN_SEVERAL = _(
    "Of these days %(count)s are in the calendar already, the first on %(day)s: %(name)s. "
    "Correct them in the list, or choose other days."
)
SAME_ENTERED = _("There is a Ramadan from %(first)s to %(last)s already. Correct that one.")
BACKWARDS = _("The last day lies before the first. Choose a later one.")
TOO_LONG = _("At most %(most)s days are entered at once. Choose an earlier last day, and enter the rest after it.")


def seed_calendar(work: UnitOfWork) -> None:
    """What a new office begins with."""
    seed_holidays(work, SEEDED_YEARS)
    if work.session.get(RamadanPeriod, RAMADAN_1447.first_day) is None:
        set_ramadan(work, RAMADAN_1447.first_day, RAMADAN_1447.last_day)


def seed_holidays(work: UnitOfWork, years: Iterable[int]) -> int:
    """Enter the known holidays of these years; how many were new.

    A year that has public holidays already is the office's own: what was removed there does not come back.
    """
    year_of_day = extract("year", Holiday.day)
    kept = work.session.scalars(select(year_of_day).where(Holiday.kind == HolidayKind.PUBLIC).distinct())
    missing_years = set(years) - {int(year) for year in kept}
    return _enter(work, new_known_holidays(work.session, missing_years))


def new_known_holidays(session: Session, years: Iterable[int]) -> list[KnownHoliday]:
    """What the library knows of these years and the calendar does not have."""
    taken = set(session.scalars(select(Holiday.day)))
    return [holiday for holiday in known_holidays(years) if holiday.day not in taken]


def enter_known_holidays(work: UnitOfWork, year: int, days: Collection[date]) -> int:
    """Those of the known holidays of a year that were chosen; how many were new."""
    return _enter(work, [holiday for holiday in new_known_holidays(work.session, [year]) if holiday.day in days])


def add_holidays(work: UnitOfWork, days: Period, kind: HolidayKind, name: str, legal_basis: str = "") -> None:
    """The same for each of these days; refused if one of them is in the calendar already."""
    problems = [*_problems_of_texts(name, legal_basis), *_problems_of_days(days)] or [*_problems_of_taken(work, days)]
    if problems:
        raise InvalidHoliday(problems)
    facts = {"kind": kind, "name": name.strip(), "legal_basis": legal_basis.strip()}
    enter(work.session, *(Holiday(day=days.first_day + timedelta(days=n), **facts) for n in range(_length(days))))


def correct_holiday(work: UnitOfWork, day: date, kind: HolidayKind, name: str, legal_basis: str = "") -> HolidayLine:
    """What it said before."""
    row = holiday_row(work.session, day)
    problems = [*_problems_of_texts(name, legal_basis)]
    if problems:
        raise InvalidHoliday(problems)
    before = holiday_line(row)
    row.kind, row.name, row.legal_basis = kind, name.strip(), legal_basis.strip()
    enter(work.session, row)
    return before


def remove_holiday(work: UnitOfWork, day: date) -> HolidayLine:
    """What it said."""
    row = holiday_row(work.session, day)
    removed = holiday_line(row)
    take_out(work.session, row)
    return removed


def set_ramadan(work: UnitOfWork, first_day: date, last_day: date) -> None:
    """Enter Ramadan once its beginning is announced; refused if the same one is in the calendar already."""
    days = Period(first_day=first_day, last_day=last_day)
    problems = [*_problems_of_ramadan(days)] or [*_problems_of_same_ramadan(work, days)]
    if problems:
        raise InvalidRamadan(problems)
    enter(work.session, RamadanPeriod(first_day=first_day, last_day=last_day))


def correct_ramadan(work: UnitOfWork, entered: date, days: Period) -> Period:
    """The one entered for that first day begins and ends on these; what it said before."""
    row = _ramadan_row(work, entered)
    problems = [*_problems_of_ramadan(days)] or [*_problems_of_same_ramadan(work, days, but=entered)]
    if problems:
        raise InvalidRamadan(problems)
    before = Period(first_day=row.first_day, last_day=row.last_day)
    row.first_day, row.last_day = days.first_day, days.last_day
    enter(work.session, row)
    return before


def remove_ramadan(work: UnitOfWork, first_day: date) -> Period:
    """What was entered."""
    row = _ramadan_row(work, first_day)
    removed = Period(first_day=row.first_day, last_day=row.last_day)
    take_out(work.session, row)
    return removed


def _ramadan_row(work: UnitOfWork, first_day: date) -> RamadanPeriod:
    """Raises RamadanNotFound."""
    row = work.session.get(RamadanPeriod, first_day)
    if row is None:
        raise RamadanNotFound(day=as_day(first_day))
    return row


def _enter(work: UnitOfWork, known: Collection[KnownHoliday]) -> int:
    rows = (Holiday(day=each.day, kind=each.kind, name=each.name, legal_basis=each.legal_basis) for each in known)
    enter(work.session, *rows)
    return len(known)


def _length(days: Period) -> int:
    return (days.last_day - days.first_day).days + 1


def _problems_of_texts(name: str, legal_basis: str) -> Iterator[FieldProblem]:
    yield from problems_of_name(name)
    yield from problems_of_length("legal_basis", legal_basis)


def _problems_of_days(days: Period) -> Iterator[FieldProblem]:
    yield from problems_of_day("first_day", days.first_day)
    if days.last_day < days.first_day:
        yield FieldProblem(name="last_day", code="backwards", message=BACKWARDS)
    elif _length(days) > MOST_DAYS:
        yield FieldProblem(name="last_day", code="too_long", message=TOO_LONG, params={"most": MOST_DAYS})


def _problems_of_ramadan(days: Period) -> Iterator[FieldProblem]:
    yield from problems_of_day("first_day", days.first_day)
    if days.last_day < days.first_day:
        yield FieldProblem(name="last_day", code="backwards", message=BACKWARDS)
    elif _length(days) > RAMADAN_DAYS:
        message = _("Ramadan ends at most 30 days after it began.")
        yield FieldProblem(name="last_day", code="out_of_range", message=message)


def _problems_of_same_ramadan(work: UnitOfWork, days: Period, but: date | None = None) -> Iterator[FieldProblem]:
    between = RamadanPeriod.first_day.between(days.first_day - SAME_RAMADAN, days.first_day + SAME_RAMADAN)
    rows = work.session.scalars(select(RamadanPeriod).where(between).order_by(RamadanPeriod.first_day))
    row = next((each for each in rows if each.first_day != but), None)
    if row is not None:
        params = {"first": as_day(row.first_day), "last": as_day(row.last_day)}
        yield FieldProblem(name="first_day", code="exists", message=SAME_ENTERED, params=params)


def _problems_of_taken(work: UnitOfWork, days: Period) -> Iterator[FieldProblem]:
    """What is in the calendar already is shown, not silently replaced."""
    between = Holiday.day.between(days.first_day, days.last_day)
    rows = work.session.scalars(select(Holiday).where(between).order_by(Holiday.day)).all()
    if rows:
        params = {"day": as_day(rows[0].day), "name": rows[0].name, "count": len(rows)}
        message = TAKEN if len(rows) == 1 else TAKEN_SEVERAL
        yield FieldProblem(name="first_day", code="exists", message=message, params=params)
