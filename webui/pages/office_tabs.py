"""The parts of the organisation, as each person may see them."""

from flask import current_app, url_for

from engine.access.permissions import Permission, allows
from webui.identity import current_actor
from webui.texts import _


def office_tabs(current: str) -> list[tuple[str, str, bool, None, str]]:
    """The parts that the person who is signed in may open; `current` is the endpoint that she has open."""
    labels = {
        "organisation.index": (_("Structure"), Permission.SEE_ORGANISATION),
        "employees.index": (_("Employees"), Permission.SEE_ORGANISATION),
        "duties.index": (_("Job descriptions"), Permission.SEE_ORGANISATION),
        "duty_sheets.index": (_("Duty sheets"), Permission.SEE_ORGANISATION),
        "absences.index": (_("Absences"), Permission.SEE_ORGANISATION),
        "delegations.index": (_("Delegations"), Permission.SEE_ORGANISATION),
        "competencies.index": (_("Competencies"), Permission.SEE_TRAINING_NEEDS),
        "office_calendar.index": (_("Calendar"), Permission.SEE_ORGANISATION),
        "office_import.index": (_("Import and export"), Permission.MANAGE_ORGANISATION),
    }
    return [
        (label, url_for(endpoint), endpoint == current, None, "")
        for endpoint, (label, permission) in labels.items()
        if endpoint in current_app.view_functions and allows(current_actor(), permission)
    ]
