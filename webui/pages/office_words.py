"""Kinds, states and days of the office, in words."""

from datetime import date, timedelta

from babel.dates import format_date

from engine.organisation.appointments import Appointment
from engine.organisation.employee_list import EmployeeStatus
from engine.organisation.model import HoldingKind, PositionKind
from webui.texts import _, locale
from webui.wording import day as in_words

A_WEEK = timedelta(days=7)


def position_kinds() -> dict[PositionKind, str]:
    return {
        PositionKind.STRUCTURAL: _("Structural"),
        PositionKind.FUNCTIONAL: _("Functional"),
        PositionKind.EXECUTIVE: _("Executive staff"),
    }


def holding_kinds() -> dict[HoldingKind, str]:
    return {
        HoldingKind.DEFINITIVE: _("For good"),
        HoldingKind.PLT: _("Plt."),
        HoldingKind.PLH: _("Plh."),
    }


def statuses() -> list[tuple[EmployeeStatus, str]]:
    return [
        (EmployeeStatus.HERE, _("Work here")),
        (EmployeeStatus.AWAY, _("Away today")),
        (EmployeeStatus.ACTING, _("Act as Plt. or Plh.")),
        (EmployeeStatus.WITHOUT_POSITION, _("Without a position")),
        (EmployeeStatus.LEFT, _("Have left")),
    ]


def near_day(day: date, today: date) -> str:
    """Today, tomorrow, Friday 27 November; beyond a week the date alone."""
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    if today < day < today + A_WEEK:
        return str(format_date(day, "EEEE d MMMM", locale=locale()))
    return in_words(day)


def appointment_sentence(wanted: Appointment, name: str, position: str, holders: str, today: date) -> str:
    """What the appointment means, for whoever is about to make it; `holders` have the seat for good."""
    if wanted.ends_on is None:
        first = near_day(wanted.starts_on, today)
        for_good = {"name": name, "position": position, "first": first}
        return _("%(name)s holds the position %(position)s for good from %(first)s on.", **for_good)
    days = _days(wanted.starts_on, wanted.ends_on, today)
    facts = {"name": name, "position": position, "days": days, "holders": holders}
    if wanted.kind is HoldingKind.PLH and holders:
        return _(
            "%(name)s acts as Plh. %(position)s in place of %(holders)s %(days)s; the work of the position comes to "
            "her meanwhile.",
            **facts,
        )
    if wanted.kind is HoldingKind.PLH:
        return _(
            "%(name)s acts as Plh. %(position)s %(days)s; the work of the position comes to her meanwhile.",
            **facts,
        )
    if wanted.kind is HoldingKind.PLT:
        return _(
            "%(name)s acts as Plt. %(position)s %(days)s; the work of the position comes to her until the seat is "
            "filled, or that day.",
            **facts,
        )
    return _("%(name)s holds the position %(position)s %(days)s.", **facts)


def _days(first: date, last: date, today: date) -> str:
    """Often one day: the holder is away and back tomorrow."""
    if first == last:
        return _("for %(day)s only", day=near_day(first, today))
    return _("from %(first)s until %(last)s", first=near_day(first, today), last=near_day(last, today))
