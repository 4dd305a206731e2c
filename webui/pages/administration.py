"""The administrators' own first view, and the organisation's file."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.access.queries import account_counts
from engine.base.errors import Invalid
from engine.core.upkeep import import_office
from engine.execution.incidents import open_incident_count
from engine.jobs.model import JobState
from engine.jobs.queries import job_counts
from engine.notifications.delivery_queries import failed_delivery_count
from engine.organisation.importing import ImportResult
from engine.organisation.office_file import MOST_BYTES
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.texts import _

bp = Blueprint("administration", __name__)

# A job that waits longer than this after its moment says that no worker is at work.
PATIENCE = timedelta(minutes=2)


@bp.get("/administrasi")
@signed_in
def index() -> ResponseReturnValue:
    """What needs an administrator, and the way to the rest."""
    require(current_actor(), Permission.SEE_ADMINISTRATION)
    with core().read(current_actor()) as reading:
        people = account_counts(reading.session)
        counts = job_counts(reading.session, reading.now - PATIENCE)
        incidents = open_incident_count(reading.session)
        failed = failed_delivery_count(reading.session)
    return render_template(
        "administration.html",
        tabs=tabs("administration.index"),
        active=people.active,
        incidents=incidents,
        dead=counts.by_state[JobState.DEAD],
        failed=failed,
        waiting=counts.by_state[JobState.WAITING],
        late=counts.late,
    )


@bp.get("/administrasi/organisasi")
@signed_in
def office_file() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _office_file_page([])


@bp.post("/administrasi/organisasi")
@signed_in
def import_file() -> ResponseReturnValue:
    """Make the organisation what the file says, or tell everything that is wrong with it."""
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    file = request.files.get("file")
    if file is None or not file.filename:
        return _office_file_page([("file", _("Choose the organisation's file first."))]), 422
    try:
        with core().work(current_actor()) as work:
            result = import_office(work, file.read(MOST_BYTES + 1))
    except Invalid as refusal:
        problems = [("file", _place(field.name) + field.text(language())) for field in refusal.fields]
        return _office_file_page(problems or [("file", refusal.text(language()))]), 422
    flash(_told(result), "success")
    return redirect(url_for("organisation.index"))


def tabs(current: str) -> list[tuple[str, str, bool, None, str]]:
    """The parts of administration that she may see."""
    parts = {
        "administration.index": (_("Overview"), Permission.SEE_ADMINISTRATION),
        "accounts.index": (_("Accounts"), Permission.SEE_ADMINISTRATION),
        "faults.incidents": (_("Incidents"), Permission.SEE_ADMINISTRATION),
        "faults.jobs": (_("Background jobs"), Permission.SEE_ADMINISTRATION),
        "faults.messages": (_("Messages"), Permission.SEE_ADMINISTRATION),
        "deliveries.index": (_("Deliveries"), Permission.SEE_ADMINISTRATION),
        "channels.index": (_("Channels"), Permission.SEE_ADMINISTRATION),
        "wordings.index": (_("Words of notices"), Permission.SEE_ADMINISTRATION),
        "office_calendar.index": (_("Calendar"), Permission.SEE_CALENDAR_TABLES),
        "ladders.index": (_("Escalation"), Permission.SEE_ADMINISTRATION),
        "administration.office_file": (_("Organisation file"), Permission.MANAGE_ORGANISATION),
        "trail.index": (_("Audit trail"), Permission.SEE_AUDIT),
    }
    return [
        (label, url_for(endpoint), endpoint == current, None, "")
        for endpoint, (label, permission) in parts.items()
        if allows(current_actor(), permission)
    ]


def _office_file_page(problems: list[tuple[str, str]]) -> str:
    return render_template(
        "office_file.html", tabs=tabs("administration.office_file"), problems=problems, most_kib=MOST_BYTES >> 10
    )


def _place(name: str) -> str:
    return "" if name == "document" else f"{name}: "


def _told(result: ImportResult) -> str:
    if not (result.created or result.changed or result.gone):
        return _("The organisation is as the file says; nothing had to be changed.")
    return _(
        "The organisation was imported: %(created)s new, %(changed)s changed, %(unchanged)s as before, %(gone)s gone.",
        created=result.created,
        changed=result.changed,
        unchanged=result.unchanged,
        gone=result.gone,
    )
