"""Two who correct one entry of the calendar: the second sees what it says now beside what she wrote."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from engine.calendar.entries import TableFacts, UnitDayFacts
from engine.organisation.unit_queries import UnitChoice
from webui.pages.calendar_words import hours_kinds, shifts_in_words, weekdays
from webui.texts import _
from webui.wording import day as in_words

Lines = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    label: str
    now: str
    yours: str


def differences(now: Lines, yours: Lines) -> list[Difference]:
    """What either says otherwise, in the order of the form."""
    labels = dict.fromkeys((*now, *yours))
    found = (Difference(label=each, now=now.get(each, "–"), yours=yours.get(each, "–")) for each in labels)
    return [each for each in found if each.now != each.yours]


def lines_of_table(facts: TableFacts, units: Collection[UnitChoice]) -> Lines:
    about = {
        _("Whose hours"): _("The whole office") if facts.unit_id is None else _unit_name(facts.unit_id, units),
        _("Kind"): hours_kinds()[facts.kind],
        _("First day"): in_words(facts.first_day),
        _("Legal basis"): facts.legal_basis.strip() or "–",
    }
    if facts.week is None:
        return about | dict.fromkeys(weekdays(), _("those of whoever is above"))
    return about | dict(zip(weekdays(), map(shifts_in_words, facts.week), strict=True))


def lines_of_unit_day(facts: UnitDayFacts, units: Iterable[UnitChoice]) -> Lines:
    return {
        _("Unit"): _unit_name(facts.unit_id, units),
        _("Day"): in_words(facts.day),
        _("On this day"): _("the unit works, in these hours") if facts.is_working else _("the unit is closed"),
        _("Hours"): shifts_in_words(facts.shifts),
        _("What for"): facts.name.strip(),
        _("Legal basis"): facts.legal_basis.strip() or "–",
    }


def _unit_name(unit_id: int, units: Iterable[UnitChoice]) -> str:
    """A dash for a unit that is closed."""
    return next((each.name for each in units if each.id == unit_id), "–")
