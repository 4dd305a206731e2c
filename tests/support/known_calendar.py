"""What an office knew of its calendar at which moment, told by the rows and the trail that it left."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.audit.model import AuditEntry
from engine.calendar.model import Holiday, HolidayKind, HoursTable, RamadanPeriod, UnitDay
from engine.organisation.model import Unit
from tests.support.plain_working_time import Hours, PlainOffice, Week


@dataclass(slots=True)
class Known:
    """What is known so far; what is entered in the trail is added to it, or taken away."""

    holidays: set[date]
    ramadan: tuple[date, date]
    weeks: dict[int, list[tuple[date, Week]]] = field(default_factory=lambda: defaultdict(list))
    days: dict[int, dict[date, Hours]] = field(default_factory=lambda: defaultdict(dict))


class KnownCalendar:
    """What comes in later changes nothing that was over by then."""

    def __init__(self, session: Session, zone: ZoneInfo) -> None:
        self.zone = zone
        self._session = session
        self._units = {name: unit_id for unit_id, name in session.execute(select(Unit.id, Unit.name))}
        query = select(AuditEntry.at, AuditEntry.act, AuditEntry.facts).where(AuditEntry.subject == "calendar")
        self._entries = list(session.execute(query.order_by(AuditEntry.id)))
        self.changed_at: list[datetime] = [entry.at for entry in self._entries]
        self._offices: dict[tuple[int, int | None], PlainOffice] = {}

    def office_at(self, moment: datetime, unit_id: int | None) -> PlainOffice:
        key = bisect_right(self.changed_at, moment), unit_id
        if key not in self._offices:
            self._offices[key] = self._office(*key)
        return self._offices[key]

    def at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def _office(self, entries: int, unit_id: int | None) -> PlainOffice:
        known = self._known_at_first()
        for entry in self._entries[:entries]:
            CHANGES[entry.act](self, known, entry.facts)
        weeks, days = (known.weeks[unit_id], known.days[unit_id]) if unit_id is not None else ((), None)
        return PlainOffice(self.zone, known.holidays, known.ramadan, weeks, days)

    def _known_at_first(self) -> Known:
        """What nobody entered: the days off that were there when the year began, and its Ramadan as announced first."""
        kept = self._session.scalars(select(Holiday.day).where(Holiday.kind != HolidayKind.CLOSURE))
        dropped = {_day(entry.facts["day"]) for entry in self._entries if entry.act == "calendar.holiday_dropped"}
        first_day, last_day = self._session.execute(select(RamadanPeriod.first_day, RamadanPeriod.last_day)).one()
        for entry in reversed(self._entries):
            if entry.act == "calendar.ramadan_corrected":
                first_day, last_day = _day(entry.facts["before"]), _day(entry.facts["before_last"])
        return Known(holidays={*kept, *dropped}, ramadan=(first_day, last_day))

    def _close(self, known: Known, facts: Any) -> None:
        known.holidays.add(_day(facts["day"]))

    def _open(self, known: Known, facts: Any) -> None:
        known.holidays.remove(_day(facts["day"]))

    def _move_ramadan(self, known: Known, facts: Any) -> None:
        known.ramadan = (_day(facts["first"]), _day(facts["last"]))

    def _keep_week(self, known: Known, facts: Any) -> None:
        unit_id, first_day = self._units[facts["unit"]], _day(facts["first"])
        query = select(HoursTable.week).where(HoursTable.unit_id == unit_id, HoursTable.first_day == first_day)
        week = tuple(_hours(day) for day in self._session.scalars(query).one())
        known.weeks[unit_id].append((first_day, week))

    def _keep_day(self, known: Known, facts: Any) -> None:
        unit_id, day = self._units[facts["unit"]], _day(facts["day"])
        query = select(UnitDay.shifts).where(UnitDay.unit_id == unit_id, UnitDay.day == day)
        known.days[unit_id][day] = _hours(self._session.scalars(query).one() or ())


CHANGES: dict[str, Callable[[KnownCalendar, Known, Any], None]] = {
    "calendar.holiday_kept": KnownCalendar._close,
    "calendar.holiday_dropped": KnownCalendar._open,
    "calendar.ramadan_corrected": KnownCalendar._move_ramadan,
    "calendar.hours_kept": KnownCalendar._keep_week,
    "calendar.unit_day_kept": KnownCalendar._keep_day,
}


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _hours(kept: Any) -> Hours:
    return tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in kept)
