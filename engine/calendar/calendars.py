"""The hours of the office, and of each unit that has its own or lies below one that has."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from engine.calendar.hours import WorkingHours
from engine.calendar.weeks import Period, Shift, Tables

OFFICE = None
Whose = int | None
TablesOf = Mapping[Whose, Tables]
Days = Mapping[date, tuple[Shift, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of the calendar; `parents` are those of the units, None at the top."""

    holidays: frozenset[date]
    ramadan: tuple[Period, ...]
    tables: TablesOf
    ramadan_tables: TablesOf
    own_days: Mapping[int, Days]
    parents: Mapping[int, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """Units without hours of their own or above them keep the office's."""

    office: WorkingHours
    units: Mapping[int, WorkingHours]

    def of(self, unit_id: int | None) -> WorkingHours:
        return self.office if unit_id is None else self.units.get(unit_id, self.office)


def calendars(kept: Kept, zone: ZoneInfo) -> Calendars:
    """Units that follow the same ones share their hours, and what is laid out of them."""
    office = WorkingHours(
        zone=zone,
        holidays=kept.holidays,
        ramadan=kept.ramadan,
        tables=_along((OFFICE,), kept.tables),
        ramadan_tables=_along((OFFICE,), kept.ramadan_tables),
    )
    own = {*kept.tables, *kept.ramadan_tables, *kept.own_days}
    followed = {unit: tuple(each for each in way_up(unit, kept.parents) if each in own) for unit in kept.parents}
    hours = {way: _hours_along(way, kept, office) for way in set(followed.values())}
    return Calendars(office=office, units={unit: hours[way] for unit, way in followed.items() if way})


def _hours_along(way: tuple[int, ...], kept: Kept, office: WorkingHours) -> WorkingHours:
    """The nearest unit first; its days count before those of the units above it."""
    return replace(
        office,
        tables=_along((*way, OFFICE), kept.tables),
        ramadan_tables=_along((*way, OFFICE), kept.ramadan_tables),
        own_days={day: shifts for unit in reversed(way) for day, shifts in kept.own_days.get(unit, {}).items()},
    )


def _along(way: Iterable[Whose], tables: TablesOf) -> tuple[Tables, ...]:
    return tuple(tables[unit] for unit in way if unit in tables)


def way_up(unit: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    """The unit, its parent, and so on; a circle ends it."""
    met: set[int] = set()
    here: int | None = unit
    while here is not None and here not in met:
        yield here
        met.add(here)
        here = parents.get(here)
