"""Procedures as designers keep them: the page of each, its versions, uploads with all their problems, publishing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.errors import Invalid
from engine.base.unit_of_work import Reading
from engine.bpmn.problems import UNKNOWN_CALL, Verdict, verdict_of
from engine.definitions.bundles import deploy_all, examine_all
from engine.definitions.call_queries import callers_of, calls_of
from engine.definitions.errors import AlreadyPublished, NotReady, Rejected
from engine.definitions.examination import Examination
from engine.definitions.model import VersionState
from engine.definitions.operations import Deployment
from engine.definitions.operations import publish as put_in_force
from engine.definitions.queries import VersionLine, in_force, source_of, version_page, versions
from engine.definitions.uploading import ChosenFile, uploads_from_files
from engine.execution.board import BoardLine, board, running_by_version
from engine.execution.staffed import staffing_problems
from engine.execution.starting import startable
from engine.insight.days import first_moment, month_of
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.decision_views import decision_views
from webui.pages.definition_views import (
    effective_from,
    identity_lines,
    marks_of,
    picture_of_file,
    picture_of_version,
    problem_groups,
    sheet_lines,
    time_of_procedure,
)
from webui.pages.ladder_words import sentences_at
from webui.pages.start_views import start_lines
from webui.pages.version_views import version_html
from webui.texts import _

bp = Blueprint("definitions", __name__)


@bp.get("/prosedur/<name:key>")
@signed_in
def show(key: str) -> ResponseReturnValue:
    """A procedure: what it is, how it goes, its versions, and how its cases stand."""
    with core().read(current_actor()) as reading:
        session = reading.session
        procedure = in_force(session, key)
        lines = versions(session, procedure.definition_id)
        version = version_page(session, procedure.version_id or lines[0].version_id)
        picture = picture_of_version(session, version.version_id, {})
        return render_template(
            "definition.html",
            procedure=procedure,
            version=version,
            versions=lines,
            running=running_by_version(session, procedure.definition_id),
            identity=identity_lines(version.identity),
            whole_time=time_of_procedure(session, version),
            effective=effective_from(version.identity),
            sheet=sheet_lines(session, version),
            picture=picture,
            calls=calls_of(session, version.version_id),
            callers=callers_of(session, procedure.definition_id),
            decisions=decision_views(session, version.version_id),
            figures=_figures(reading, procedure.definition_id),
            may_start=procedure.definition_id in startable(reading, [procedure]),
            starts=start_lines(session, procedure.version_id),
            since=_this_month(reading).isoformat(),
            ladder=sentences_at(session, procedure.definition_id),
            may_keep_ladder=allows(reading.actor, Permission.KEEP_LADDERS),
        )


@bp.get("/prosedur/unggah")
@signed_in
def upload_form() -> ResponseReturnValue:
    require(current_actor(), Permission.DEPLOY)
    return render_template("upload.html", problem="")


@bp.post("/prosedur/unggah")
@signed_in
def upload() -> ResponseReturnValue:
    """Examine what was chosen; keep it as a version, or show everything that is wrong with it."""
    require(current_actor(), Permission.DEPLOY)
    try:
        examinations = examine_all(uploads_from_files(_chosen_files(), core().settings.upload_bytes))
    except Invalid as refusal:
        return render_template("upload.html", problem=refusal.text(language())), 422
    try:
        with core().work(current_actor()) as work:
            deployments = deploy_all(work, examinations)
    except Rejected as refusal:
        return _rejected(_refused(examinations, refusal)), 422
    for deployment in deployments:
        words = _outcome(deployment) if len(deployments) == 1 else f"{deployment.key}: {_outcome(deployment)}"
        flash(words, "success" if deployment.state is not VersionState.DRAFT else "warning")
    return redirect(url_for(".version", version_id=deployments[-1].version_id))


@bp.get("/prosedur/versi/<int:version_id>")
@signed_in
def version(version_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        return version_html(reading, version_id)


@bp.get("/prosedur/versi/<int:version_id>/terbitkan")
@signed_in
def confirm_publishing(version_id: int) -> ResponseReturnValue:
    """What will happen when this version comes into force, before it does."""
    require(current_actor(), Permission.PUBLISH)
    with core().read(current_actor()) as reading:
        page = version_page(reading.session, version_id)
        before = _in_force_line(versions(reading.session, page.definition_id))
        running = running_by_version(reading.session, page.definition_id)
        cautions = staffing_problems(reading, version_id) if page.state is not VersionState.DRAFT else ()
    if page.state is VersionState.DRAFT:
        raise NotReady(number=page.number)
    if page.state is VersionState.PUBLISHED:
        return _in_force_already(version_id, page.number)
    return render_template(
        "publish.html",
        version=page,
        before=before,
        running=running.get(before.version_id, 0) if before else 0,
        cautions=[(problem.element, problem.text(language())) for problem in cautions],
    )


@bp.post("/prosedur/versi/<int:version_id>/terbitkan")
@signed_in
def publish(version_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            put_in_force(work, version_id)
    except AlreadyPublished as refusal:
        return _in_force_already(version_id, refusal.params["number"])
    with core().read(current_actor()) as reading:
        page = version_page(reading.session, version_id)
    flash(_("Version %(number)s is in force: new cases start on it.", number=page.number), "success")
    return redirect(url_for(".show", key=page.key))


def _in_force_already(version_id: int, number: int) -> ResponseReturnValue:
    flash(_("Version %(number)s is in force already: nothing was to be done.", number=number), "info")
    return redirect(url_for(".version", version_id=version_id))


@bp.get("/prosedur/versi/<int:version_id>/proses.bpmn")
@signed_in
def source(version_id: int) -> ResponseReturnValue:
    """The diagram as it was uploaded: for the viewer in the browser, and to be saved."""
    with core().read(current_actor()) as reading:
        page = version_page(reading.session, version_id)
        content = source_of(reading.session, version_id)
    name = f"{page.key}-v{page.number}.bpmn"
    return send_file(BytesIO(content), mimetype="application/xml", as_attachment=True, download_name=name)


def _figures(reading: Reading, definition_id: int) -> BoardLine | None:
    """How its cases stand, for those who may see that."""
    if not allows(reading.actor, Permission.SEE_MONITORING):
        return None
    lines = board(reading, first_moment(_this_month(reading), reading.settings.zone))
    return next((line for line in lines if line.definition_id == definition_id), None)


def _this_month(reading: Reading) -> date:
    return month_of(reading.today).first


def _chosen_files() -> list[ChosenFile]:
    limit = core().settings.upload_bytes
    return [
        ChosenFile(filename=file.filename or "", content=file.read(limit + 1))
        for file in request.files.getlist("files")
        if file.filename
    ]


def _refused(examinations: Sequence[Examination], refusal: Rejected) -> list[Examination]:
    """Those with errors; what only the office's own lists could tell concerns the one file that has an identity."""
    refused = [each for each in examinations if verdict_of(each.problems) is Verdict.REJECTED]
    return refused or [replace(examinations[0], problems=(*examinations[0].problems, *refusal.problems))]


def _rejected(refused: Sequence[Examination]) -> str:
    """The first of the files that were refused, with the names of the others."""
    first = refused[0]
    picture = picture_of_file(first.upload.source, marks_of(first.problems))
    return render_template(
        "upload_rejected.html",
        filename=first.upload.filename,
        others=[each.upload.filename for each in refused[1:]],
        groups=problem_groups(first.problems, picture),
        count=len(first.problems),
        picture=picture,
    )


def _outcome(deployment: Deployment) -> str:
    if not deployment.is_new and any(problem.code == UNKNOWN_CALL for problem in deployment.problems):
        return _("Version %(number)s still lacks what it calls.", number=deployment.number)
    if not deployment.is_new:
        return _(
            "The content is the same as in version %(number)s, so no new version was made.", number=deployment.number
        )
    if deployment.state is VersionState.DRAFT:
        return _("Kept as version %(number)s, a draft: below is what is still missing.", number=deployment.number)
    return _("Version %(number)s has been kept. It comes into force when you publish it.", number=deployment.number)


def _in_force_line(lines: tuple[VersionLine, ...]) -> VersionLine | None:
    return next((line for line in lines if line.state is VersionState.PUBLISHED), None)
