"""What does not go by itself: cases that stopped, jobs that were given up, messages that nobody has taken yet."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.errors import Invalid
from engine.core.upkeep import retry_job as try_again
from engine.execution.held_messages import delete_held_message, held_message, held_messages
from engine.execution.incidents import incidents_to_mend
from engine.execution.incidents import retry as let_go_on
from engine.execution.reasons import REASON_LENGTH
from engine.jobs.model import JobState
from engine.jobs.queries import dead_jobs, job_counts
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.administration import PATIENCE, tabs
from webui.texts import _

bp = Blueprint("faults", __name__)


@bp.get("/administrasi/gangguan")
@signed_in
def incidents() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ADMINISTRATION)
    with core().read(current_actor()) as reading:
        page = incidents_to_mend(reading, request.args.get("sesudah"))
    may_mend = allows(current_actor(), Permission.MEND_INCIDENTS)
    return render_template("incidents.html", tabs=tabs("faults.incidents"), page=page, may_mend=may_mend)


@bp.post("/administrasi/gangguan/<int:incident_id>/ulangi")
@signed_in
def retry_incident(incident_id: int) -> ResponseReturnValue:
    """Let the case try again; if the cause is still there, a new incident says so."""
    with core().work(current_actor()) as work:
        let_go_on(work, incident_id)
    flash(_("The case has tried again. If it stops once more, it stands here with the new reason."), "info")
    return redirect(url_for(".incidents"))


@bp.get("/administrasi/pekerjaan")
@signed_in
def jobs() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ADMINISTRATION)
    with core().read(current_actor()) as reading:
        counts = job_counts(reading.session, reading.now - PATIENCE)
        page = dead_jobs(reading.session, request.args.get("sesudah"))
    return render_template(
        "jobs.html",
        tabs=tabs("faults.jobs"),
        counts=counts,
        page=page,
        states=_states(),
        may_mend=allows(current_actor(), Permission.MEND_INCIDENTS),
    )


@bp.post("/administrasi/pekerjaan/<int:job_id>/ulangi")
@signed_in
def retry_job(job_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        try_again(work, job_id)
    flash(_("The job runs again, with all its attempts."), "success")
    return redirect(url_for(".jobs"))


@bp.get("/administrasi/pesan")
@signed_in
def messages() -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        page = held_messages(reading, request.args.get("sesudah"))
    may_delete = allows(current_actor(), Permission.SEND_MESSAGE)
    return render_template("held_messages.html", tabs=tabs("faults.messages"), page=page, may_delete=may_delete)


@bp.get("/administrasi/pesan/<int:held_id>/hapus")
@signed_in
def confirm_deleting(held_id: int) -> ResponseReturnValue:
    return _deleting_page(held_id, reason="", problem="")


@bp.post("/administrasi/pesan/<int:held_id>/hapus")
@signed_in
def delete_message(held_id: int) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    try:
        with core().work(current_actor()) as work:
            delete_held_message(work, held_id, reason)
    except Invalid as refusal:
        return _deleting_page(held_id, reason, refusal.text(language())), 422
    flash(_("The message has been deleted."), "success")
    return redirect(url_for(".messages"))


def _deleting_page(held_id: int, reason: str, problem: str) -> str:
    with core().read(current_actor()) as reading:
        message = held_message(reading, held_id)
    return render_template(
        "delete_message.html", message=message, reason=reason, problem=problem, reason_length=REASON_LENGTH
    )


def _states() -> list[tuple[JobState, str]]:
    return [
        (JobState.WAITING, _("Waiting for their moment")),
        (JobState.LEASED, _("Running now")),
        (JobState.DONE, _("Done")),
        (JobState.CANCELLED, _("Not needed any more")),
        (JobState.DEAD, _("Given up")),
    ]
