"""Drafts: what they lack is answered here, or looked for again."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.bpmn.problems import Severity
from engine.definitions.answering import AnsweredMeanwhile, deploy_answers, upload_with_answers
from engine.definitions.errors import Rejected
from engine.definitions.examination import examine
from engine.definitions.model import VersionState
from engine.definitions.operations import Deployment, check_again
from engine.definitions.queries import version_page
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.draft_questions import Answering, answers_of, errors_beside
from webui.pages.version_views import version_html
from webui.texts import _

bp = Blueprint("drafts", __name__)


@bp.get("/prosedur/versi/<int:version_id>/<any(periksa, jawab):_act>")
@signed_in
def back_to_version(version_id: int, _act: str) -> ResponseReturnValue:
    """Addresses of forms, asked for by hand or after signing in again."""
    return redirect(url_for("definitions.version", version_id=version_id))


@bp.post("/prosedur/versi/<int:version_id>/periksa")
@signed_in
def check(version_id: int) -> ResponseReturnValue:
    """Whether what a draft calls is there by now."""
    with core().work(current_actor()) as work:
        deployment = check_again(work, version_id)
    _tell(deployment)
    return redirect(url_for("definitions.version", version_id=version_id))


@bp.post("/prosedur/versi/<int:version_id>/jawab")
@signed_in
def answer(version_id: int) -> ResponseReturnValue:
    """Write all answers into the diagram, and keep it as the next version; what cannot be used is told beside it."""
    require(current_actor(), Permission.DEPLOY)
    typed = request.form.to_dict()
    with core().read(current_actor()) as reading:
        page = version_page(reading.session, version_id)
        answers = answers_of(page.problems, typed)
        try:
            upload = upload_with_answers(reading, version_id, answers)
        except Invalid as refusal:
            errors = refusal.by_field(language())
            return _again(version_id, Answering(typed=typed, errors=errors)), 422
    if not answers:
        flash(_("Nothing was answered yet."), "warning")
        return redirect(url_for("definitions.version", version_id=version_id))
    examination = examine(upload)
    try:
        with core().work(current_actor()) as work:
            deployment = deploy_answers(work, version_id, examination)
    except Rejected as refusal:
        faults = tuple(each for each in refusal.problems if each.severity is Severity.ERROR)
        errors, rest = errors_beside(page, faults)
        return _again(version_id, Answering(typed=typed, errors=errors, refusal=rest)), 422
    except AnsweredMeanwhile as refusal:
        newest: int = refusal.params["version_id"]
        return _again(newest, Answering(typed=typed, refusal=refusal.text(language()))), 409
    _tell(deployment)
    return redirect(url_for("definitions.version", version_id=deployment.version_id))


def _again(version_id: int, answering: Answering) -> str:
    with core().read(current_actor()) as reading:
        return version_html(reading, version_id, answering)


def _tell(deployment: Deployment) -> None:
    number = deployment.number
    if deployment.state is VersionState.DRAFT:
        flash(_("Kept as version %(number)s. Something is still missing in it.", number=number), "warning")
    else:
        flash(_("Version %(number)s is complete. It comes into force when you publish it.", number=number), "success")
