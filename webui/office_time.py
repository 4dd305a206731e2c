"""Working time of this office and its units: the calendar is read once a request, and only if something is late."""

from datetime import datetime
from typing import cast

from flask import g

from engine.base.edition import read_edition
from engine.calendar.calendars import Calendars
from engine.calendar.queries import all_hours
from webui import wording
from webui.identity import core


def office_calendars() -> Calendars:
    if "office_calendars" not in g:
        with core().read() as reading:
            read_edition(reading.session)  # what was laid out of the calendar is shared then
            g.office_calendars = all_hours(reading.session, reading.settings.zone)
    return cast(Calendars, g.office_calendars)


def due_words(due_at: datetime | None, now: datetime, unit_id: int | None = None) -> str:
    """What is late is late by the hours of the unit that has the work; without one, by the office's."""
    return wording.due_words(due_at, now, lambda: office_calendars().of(unit_id))
