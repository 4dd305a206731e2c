"""What the facts of the trail mean, in words: roles and their reach, kinds, names of columns, priorities, days."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from engine.base.i18n import _, translate
from engine.calendar.kept_hours import shifts_of
from engine.worklist.terms import Priority
from webui.language import language
from webui.pages.access_words import reaches, roles
from webui.pages.calendar_words import shifts_in_words, weekdays
from webui.pages.inbox_choices import priority_words
from webui.pages.office_words import holding_kinds, position_kinds
from webui.wording import day, moment

LONGEST_FACT = 300
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*[+-]\d\d:\d\d")
CHANGE = re.compile(r"(\w+): (.*?) → (.*)", re.DOTALL)
REACH = re.compile(r"(\w+): (\w+) ?(.*)", re.DOTALL)

# How a change calls the columns of the office's rows, and of the tables that were imported.
FIELDS: Mapping[str, str] = {
    "basis": _("Legal basis"),
    "closed_on": _("Closes on"),
    "crontab": _("Repetition"),
    "decree": _("Decree"),
    "definition_id": _("Procedure"),
    "email": _("E-mail"),
    "employee": _("Employee"),
    "ends_on": _("Last day"),
    "every_months": _("Every so many months"),
    "from": _("From"),
    "head": _("Head of the unit"),
    "is_head_of_unit": _("Head of the unit"),
    "job_class": _("Job class"),
    "kind": _("Kind"),
    "lead_days": _("Days before"),
    "left_on": _("Left on"),
    "name": _("Name"),
    "nip": _("NIP"),
    "on_holiday": _("On days off"),
    "opened_on": _("Opens on"),
    "parent": _("Unit above"),
    "parent_id": _("Unit above"),
    "phone": _("Telephone"),
    "position": _("Position"),
    "position_code": _("Code of the position"),
    "rank": _("Rank"),
    "scope": _("Scope"),
    "seats": _("Seats"),
    "starts_on": _("From"),
    "superior": _("Superior position"),
    "superior_id": _("Superior position"),
    "title": _("Title"),
    "title_after": _("Title after the name"),
    "title_before": _("Title before the name"),
    "transferred_to": _("Transferred to"),
    "unit": _("Unit"),
    "unit_code": _("Code of the unit"),
    "unit_id": _("Unit"),
    "until": _("Until"),
    "variables": _("Data of the case"),
}


def said(fact: str, value: Any) -> str:
    """One fact of an act, as its reader says it."""
    words = VALUES.get(fact)
    if isinstance(value, list):
        return ", ".join(words(str(each)) if words else str(each) for each in value)[:LONGEST_FACT] or "–"
    if isinstance(value, Mapping) and "message" in value:
        return translate(str(value["message"]), value.get("params"), language())
    if value is None:
        return "–"
    return (words(str(value)) if words else _as_said(str(value)))[:LONGEST_FACT]


def _change(text: str) -> str:
    """`ends_on: 2026-11-30 → –` is “Last day: 30 November 2026 → –”."""
    found = CHANGE.fullmatch(text)
    if found is None:
        return text
    field, *values = found.groups()
    old, new = (_value(value) for value in values)
    return f"{translate(FIELDS.get(field, field), None, language())}: {old} → {new}"


def _value(text: str) -> str:
    yes_or_no = {"True": _("yes"), "False": _("no")}
    if text in yes_or_no:
        return translate(yes_or_no[text], None, language())
    return _kinds().get(text) or _as_said(text)


def _kind(text: str) -> str:
    return _kinds().get(text, text)


def _kinds() -> dict[str, str]:
    called: Mapping[Any, str] = {**position_kinds(), **holding_kinds()}
    return {str(kind): words for kind, words in called.items()}


def _role(text: str) -> str:
    return next((name for role, name, _purpose in roles() if role == text), text)


def _reach(text: str) -> str:
    """`manager: subtree KUA Gubug` is “Manager: a unit with all below it, KUA Gubug”."""
    found = REACH.fullmatch(text)
    if found is None:
        return text
    role, scope, unit = found.groups()
    scopes = {each: words for _role_of, _label, choices in reaches() for each, words in choices if each}
    return f"{_role(role)}: " + ", ".join(filter(None, (scopes.get(scope, scope), unit)))


def _priority(text: str) -> str:
    return next((priority_words(each) for each in Priority if each.name.lower() == text), text)


def _hours(text: str) -> str:
    """`1-4 07:30-12:00 13:00-16:00` is “Monday – Thursday 07:30 – 12:00, 13:00 – 16:00”."""
    days, *shifts = text.split()
    first, last = (weekdays()[int(number) - 1] for number in days.split("-"))
    said_days = first if first == last else f"{first} – {last}"
    return f"{said_days} {shifts_in_words(shifts_of(shift.split('-') for shift in shifts))}"


# The facts whose values are the program's own words.
VALUES: Mapping[str, Callable[[str], str]] = {
    "changes": _change,
    "hours": _hours,
    "hours_before": _hours,
    "kind": _kind,
    "priority": _priority,
    "reaches": _reach,
    "roles": _role,
}


def _as_said(text: str) -> str:
    """Days and moments as people say them; all else as it was noted."""
    try:
        if DAY.fullmatch(text):
            return day(date.fromisoformat(text))
        return moment(datetime.fromisoformat(text)) if MOMENT.fullmatch(text) else text
    except ValueError:
        return text
