"""What the secretariat changes in the calendar: each act asks who may, leaves its line in the trail, and moves
deadlines."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from engine.access.permissions import Permission, require
from engine.audit.operations import record
from engine.base.i18n import _
from engine.base.unit_of_work import UnitOfWork
from engine.calendar import hours_keeping, operations
from engine.calendar.entries import HolidayLine, TableFacts, UnitDayFacts
from engine.calendar.events import CalendarChanged
from engine.calendar.kept_hours import week_in_lines
from engine.calendar.model import HolidayKind, HoursKind
from engine.calendar.weeks import Period
from engine.organisation.queries import UnitNotFound, unit_lines

KINDS: Mapping[HoursKind, Mapping[str, str]] = {
    HoursKind.ORDINARY: {"message": _("ordinary hours")},
    HoursKind.RAMADAN: {"message": _("hours of Ramadan")},
}


def enter_days_off(work: UnitOfWork, days: Period, kind: HolidayKind, name: str, legal_basis: str = "") -> None:
    """The office does not work on these days."""
    _begin(work)
    operations.add_holidays(work, days, kind, name, legal_basis)
    facts = {"kind": kind.value, "name": name.strip(), "legal_basis": legal_basis.strip()}
    if days.first_day == days.last_day:
        _record(work, "calendar.holiday_kept", day=days.first_day, **facts)
    else:
        _record(work, "calendar.holidays_kept", first=days.first_day, last=days.last_day, **facts)
    work.tell(CalendarChanged(first_day=days.first_day, last_day=days.last_day))


def correct_day_off(work: UnitOfWork, day: date, kind: HolidayKind, name: str, legal_basis: str = "") -> None:
    """No deadline moves: it is a day off as before."""
    _begin(work)
    before = operations.correct_holiday(work, day, kind, name, legal_basis)
    facts = {"kind": kind.value, "name": name.strip(), "legal_basis": legal_basis.strip()}
    _record(work, "calendar.holiday_corrected", day=day, before=before.name, **facts)


def drop_holiday(work: UnitOfWork, day: date) -> HolidayLine:
    """The office works on this day after all; what was entered for it."""
    _begin(work)
    removed = operations.remove_holiday(work, day)
    _record(work, "calendar.holiday_dropped", day=day, name=removed.name)
    work.tell(CalendarChanged(first_day=day, last_day=day))
    return removed


def enter_known_days(work: UnitOfWork, year: int, days: Collection[date]) -> int:
    """Those that were chosen of the days known for a year; how many were new."""
    _begin(work)
    count = operations.enter_known_holidays(work, year, days)
    if count:
        first, last = date(year, 1, 1), date(year, 12, 31)
        _record(work, "calendar.known_days_kept", first=first, last=last, items=count)
        work.tell(CalendarChanged(first_day=first, last_day=last))
    return count


def keep_ramadan(work: UnitOfWork, first_day: date, last_day: date) -> None:
    """The shorter hours of Ramadan, once its beginning is announced."""
    _begin(work)
    operations.set_ramadan(work, first_day, last_day)
    _record(work, "calendar.ramadan_kept", first=first_day, last=last_day)
    work.tell(CalendarChanged(first_day=first_day, last_day=last_day))


def correct_ramadan(work: UnitOfWork, entered: date, days: Period) -> Period:
    """It was announced otherwise; what the calendar said before."""
    _begin(work)
    before = operations.correct_ramadan(work, entered, days)
    said = {"before": before.first_day, "before_last": before.last_day}
    _record(work, "calendar.ramadan_corrected", **said, first=days.first_day, last=days.last_day)
    for each in (before, days):
        work.tell(CalendarChanged(first_day=each.first_day, last_day=each.last_day))
    return before


def drop_ramadan(work: UnitOfWork, first_day: date) -> Period:
    """The office keeps its ordinary hours; what was entered."""
    _begin(work)
    removed = operations.remove_ramadan(work, first_day)
    _record(work, "calendar.ramadan_dropped", first=removed.first_day, last=removed.last_day)
    work.tell(CalendarChanged(first_day=removed.first_day, last_day=removed.last_day))
    return removed


def enter_hours(work: UnitOfWork, facts: TableFacts) -> int:
    """A table of hours, of the office or of a unit, from its first day on."""
    _begin(work)
    unit = _unit_name(work, facts.unit_id)
    table_id = hours_keeping.enter_table(work, facts)
    said = {"unit": unit, "message": KINDS[facts.kind], "first": facts.first_day}
    _record(work, "calendar.hours_kept", **said, hours=_hours(facts))
    work.tell(CalendarChanged(first_day=facts.first_day, unit_id=facts.unit_id))
    return table_id


def correct_hours(work: UnitOfWork, table_id: int, facts: TableFacts, seen: str) -> None:
    _begin(work)
    unit = _unit_name(work, facts.unit_id)
    before = hours_keeping.correct_table(work, table_id, facts, seen)
    said = {"unit": unit, "message": KINDS[facts.kind], "before": before.first_day, "first": facts.first_day}
    _record(work, "calendar.hours_corrected", **said, hours_before=_hours(before), hours=_hours(facts))
    for unit_id in {before.unit_id, facts.unit_id}:
        work.tell(CalendarChanged(first_day=min(before.first_day, facts.first_day), unit_id=unit_id))


def drop_hours(work: UnitOfWork, table_id: int) -> TableFacts:
    """The hours of before hold again; what the table said."""
    _begin(work)
    removed = hours_keeping.remove_table(work, table_id)
    unit = _unit_name(work, removed.unit_id)
    _record(work, "calendar.hours_dropped", unit=unit, message=KINDS[removed.kind], first=removed.first_day)
    work.tell(CalendarChanged(first_day=removed.first_day, unit_id=removed.unit_id))
    return removed


def enter_unit_day(work: UnitOfWork, facts: UnitDayFacts) -> int:
    """A day on which a unit is closed while the office works, or works on a day off."""
    _begin(work)
    unit = _unit_name(work, facts.unit_id)
    unit_day_id = hours_keeping.enter_unit_day(work, facts)
    _record(
        work, "calendar.unit_day_kept", unit=unit, day=facts.day, name=facts.name.strip(), is_working=facts.is_working
    )
    work.tell(CalendarChanged(first_day=facts.day, last_day=facts.day, unit_id=facts.unit_id))
    return unit_day_id


def correct_unit_day(work: UnitOfWork, unit_day_id: int, facts: UnitDayFacts, seen: str) -> None:
    _begin(work)
    unit = _unit_name(work, facts.unit_id)
    before = hours_keeping.correct_unit_day(work, unit_day_id, facts, seen)
    _record(
        work, "calendar.unit_day_kept", unit=unit, day=facts.day, name=facts.name.strip(), is_working=facts.is_working
    )
    for day, unit_id in {(before.day, before.unit_id), (facts.day, facts.unit_id)}:
        work.tell(CalendarChanged(first_day=day, last_day=day, unit_id=unit_id))


def drop_unit_day(work: UnitOfWork, unit_day_id: int) -> UnitDayFacts:
    """The unit works as the office does; what was entered."""
    _begin(work)
    removed = hours_keeping.remove_unit_day(work, unit_day_id)
    _record(
        work, "calendar.unit_day_dropped", unit=_unit_name(work, removed.unit_id), day=removed.day, name=removed.name
    )
    work.tell(CalendarChanged(first_day=removed.day, last_day=removed.day, unit_id=removed.unit_id))
    return removed


def _begin(work: UnitOfWork) -> None:
    require(work.actor, Permission.KEEP_CALENDAR)


def _record(work: UnitOfWork, act: str, **facts: Any) -> None:
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
    record(work, act, "calendar", None, None, **said)


def _hours(facts: TableFacts) -> list[str] | Mapping[str, str]:
    """For the trail."""
    return {"message": _("those of whoever is above")} if facts.week is None else week_in_lines(facts.week)


def _unit_name(work: UnitOfWork, unit_id: int | None) -> str | Mapping[str, str]:
    """For the trail; raises UnitNotFound."""
    if unit_id is None:
        return {"message": _("the office")}
    found = unit_lines(work.session, [unit_id])
    if not found:
        raise UnitNotFound
    return found[0].name
