"""Keeping the calendar of the office."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import delete, extract, select

from engine.base.errors import FieldProblem, Invalid, NotFound
from engine.base.i18n import _
from engine.base.looking import forget_edition
from engine.base.unit_of_work import UnitOfWork
from engine.calendar.model import Holiday, HolidayKind, RamadanPeriod
from engine.calendar.seed import RAMADAN_1447, SEEDED_YEARS, known_holidays

TEXT_LENGTH = 200
RAMADAN_DAYS = 30
# A corrected beginning replaces the announced one; two Ramadans are more than eleven months apart.
SAME_RAMADAN = timedelta(days=60)


class HolidayNotFound(NotFound):
    code = "calendar.holiday_not_found"
    message = _("%(day)s is not a holiday in the calendar.")


class InvalidHoliday(Invalid):
    code = "calendar.invalid_holiday"


class InvalidRamadan(Invalid):
    code = "calendar.invalid_ramadan"


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
    taken = set(work.session.scalars(select(Holiday.day)))
    new = [holiday for holiday in known_holidays(missing_years) if holiday.day not in taken]
    work.session.add_all(
        Holiday(day=holiday.day, kind=holiday.kind, name=holiday.name, legal_basis=holiday.legal_basis)
        for holiday in new
    )
    work.session.flush()  # those who read the calendar in the same work see it
    return len(new)


def add_holiday(work: UnitOfWork, day: date, kind: HolidayKind, name: str, legal_basis: str = "") -> None:
    """Enter a holiday, or correct what is entered for that day."""
    problems = [*_problems_of_name(name), *_problems_of_length("legal_basis", legal_basis)]
    if problems:
        raise InvalidHoliday(problems)
    forget_edition(work.session)
    work.session.merge(Holiday(day=day, kind=kind, name=name.strip(), legal_basis=legal_basis.strip()))
    work.session.flush()


def remove_holiday(work: UnitOfWork, day: date) -> None:
    forget_edition(work.session)
    removed = work.session.execute(delete(Holiday).where(Holiday.day == day).returning(Holiday.day)).all()
    if not removed:
        raise HolidayNotFound(day=day.isoformat())


def set_ramadan(work: UnitOfWork, first_day: date, last_day: date) -> None:
    """Enter Ramadan once its beginning is announced; what was entered for the same one is replaced."""
    if not 0 <= (last_day - first_day).days < RAMADAN_DAYS:
        problem = FieldProblem(
            name="last_day", code="out_of_range", message=_("Ramadan ends at most 30 days after it began.")
        )
        raise InvalidRamadan([problem])
    forget_edition(work.session)
    same = RamadanPeriod.first_day.between(first_day - SAME_RAMADAN, first_day + SAME_RAMADAN)
    work.session.execute(delete(RamadanPeriod).where(same))
    work.session.add(RamadanPeriod(first_day=first_day, last_day=last_day))
    work.session.flush()


def _problems_of_name(name: str) -> list[FieldProblem]:
    if not name.strip():
        return [FieldProblem(name="name", code="required", message=_("Please fill this in."))]
    return _problems_of_length("name", name)


def _problems_of_length(field: str, text: str) -> list[FieldProblem]:
    if len(text.strip()) <= TEXT_LENGTH:
        return []
    too_long = _("Please use at most %(length)s characters.")
    return [FieldProblem(name=field, code="too_long", message=too_long, params={"length": TEXT_LENGTH})]
