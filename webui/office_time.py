"""Working time of this office: its calendar is read once a request, and only if something is late."""

from datetime import datetime
from typing import cast

from flask import g

from engine.base.edition import read_edition
from engine.calendar.hours import WorkingHours
from engine.calendar.queries import working_hours
from webui import wording
from webui.identity import core


def office_hours() -> WorkingHours:
    if "office_hours" not in g:
        with core().read() as reading:
            read_edition(reading.session)  # what was laid out of the calendar is shared then
            g.office_hours = working_hours(reading.session, reading.settings.zone)
    return cast(WorkingHours, g.office_hours)


def due_words(due_at: datetime | None, now: datetime) -> str:
    return wording.due_words(due_at, now, office_hours)
