"""The year of the office, or of a unit, as a calendar."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.calendar.queries import year_of
from engine.calendar.year import DayInYear
from engine.organisation.unit_queries import unit_choices
from webui.identity import core, current_actor, signed_in
from webui.pages.calendar_parts import surroundings, wanted_year
from webui.pages.calendar_words import day_kinds, months, weekdays
from webui.pages.office_forms import id_of_address
from webui.texts import _

bp = Blueprint("office_calendar", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Weeks from Monday to Sunday; None before its first day and after its last."""

    name: str
    working_days: int
    weeks: Sequence[Sequence[DayInYear | None]]


@bp.get("/organisasi/kalender")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ORGANISATION)
    # For all: deadlines are reckoned by it.
    year, unit_id = wanted_year(), id_of_address("unit")
    with core().read(current_actor()) as reading:
        days = year_of(reading.session, reading.settings.zone, year, unit_id)
        units = unit_choices(reading.session)
    return render_template(
        "calendar.html",
        **surroundings("office_calendar.index"),
        year=year,
        unit=next((unit for unit in units if unit.id == unit_id), None),
        units=units,
        months=_months(year, {each.day: each for each in days}),
        weekdays=list(zip(weekdays("EEEEEE"), weekdays(), strict=True)),
        kinds=day_kinds(),
        ramadan=_("Ramadan"),
        working_days=sum(each.is_worked for each in days),
        has_ramadan=any(each.is_ramadan for each in days),
    )


def _months(year: int, days: Mapping[date, DayInYear]) -> list[Month]:
    return [_month(year, number, name, days) for number, name in enumerate(months(), start=1)]


def _month(year: int, number: int, name: str, days: Mapping[date, DayInYear]) -> Month:
    weeks = [
        [days[day] if day.month == number else None for day in week]
        for week in Calendar().monthdatescalendar(year, number)
    ]
    worked = sum(day.is_worked for week in weeks for day in week if day is not None)
    return Month(name=name, working_days=worked, weeks=weeks)
