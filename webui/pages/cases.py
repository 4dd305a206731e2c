"""Cases: those one takes part in or leads, and the page of each with all that happened."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import CaseNotVisible
from engine.base.edition import read_edition
from engine.base.errors import Invalid
from engine.definitions.errors import VersionNotFound
from engine.definitions.queries import source_of
from engine.execution import additions
from engine.execution.queries import CaseDetail, case_by_number, case_detail
from engine.worklist.attachments import AttachmentNotFound, attachments_of_case
from engine.worklist.file_store import path_of
from engine.worklist.mentions import people_of_case
from engine.worklist.queries import comments_of_case
from webui.attached import kept_files
from webui.fragments import at_address
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.answers import facts_of
from webui.pages.case_diagrams import case_diagram, files_of_case
from webui.pages.case_filters import filter_of_address, filtered_cases, procedures_to_choose, states
from webui.pages.case_views import CasePage, case_page, journey_of
from webui.pages.colleague_choice import MentionUnclear, mention_choice, mentioned_in_form
from webui.pages.reaching import marked, warn_of_unreached
from webui.texts import _

bp = Blueprint("cases", __name__)


@bp.get("/berkas")
@signed_in
def index() -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        chosen = filter_of_address(reading)
        page = filtered_cases(reading, chosen)
        choices = procedures_to_choose(reading)
    found = render_template("cases.html", page=page, chosen=chosen, states=states(), procedures=choices)
    return at_address(found, url_for(".index", **chosen.query()))


@bp.get("/berkas/<number>")
@signed_in
def show(number: str) -> ResponseReturnValue:
    """The journey: who did what, when, and how long it took."""
    with core().read(current_actor()) as reading:
        read_edition(reading.session)  # as on the page of a task
        page = case_page(reading, number)
        journey = journey_of(reading, page.case)
    return _part("case_journey.html", "show", page, journey=journey)


@bp.get("/berkas/<number>/diagram")
@signed_in
def diagram(number: str) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        page = case_page(reading, number)
        drawn = case_diagram(reading, page.case, request.args.get("versi", type=int))
    return _part("case_diagram.html", "diagram", page, drawn=drawn)


@bp.get("/berkas/<number>/data")
@signed_in
def data(number: str) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        page = case_page(reading, number)
        facts = facts_of(reading.session, page.case.version_id, page.case.variables)
    return _part("case_data.html", "data", page, facts=facts)


@bp.get("/berkas/<number>/dokumen")
@signed_in
def documents(number: str) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        page = case_page(reading, number)
        files = attachments_of_case(reading.session, page.case.instance_id)
    return _part("case_documents.html", "documents", page, files=files)


@bp.get("/berkas/<number>/catatan")
@signed_in
def comments(number: str) -> ResponseReturnValue:
    return _comments(number, {})


@bp.post("/berkas/<number>/catatan")
@signed_in
def add_comment(number: str) -> ResponseReturnValue:
    case, text = _seen(number), request.form.get("comment", "")
    try:
        with core().work(current_actor()) as work:
            mentioned = mentioned_in_form(work)
            additions.add_comment(work, case.instance_id, None, text, mentioned)
    except MentionUnclear as refusal:
        return _comments(number, {"rekan": refusal.text(language())}), 422
    except Invalid as refusal:
        return _comments(number, {"comment": refusal.text(language())}), 422
    warn_of_unreached(mentioned)
    return redirect(url_for(".comments", number=number))


@bp.post("/berkas/<number>/dokumen")
@signed_in
def add_file(number: str) -> ResponseReturnValue:
    case = _seen(number)
    if not case.may_add:
        raise CaseNotVisible
    files = kept_files(request.files.getlist("files"), case.instance_id)
    with core().work(current_actor()) as work:
        for file in files:
            additions.add_file(work, case.instance_id, None, file)
    flash(_("File added.") if files else _("Choose a file first."), "success" if files else "warning")
    return redirect(url_for(".documents", number=number))


@bp.get("/berkas/<number>/proses.bpmn")
@signed_in
def source(number: str) -> ResponseReturnValue:
    """The file of one of its diagrams, for the viewer in the browser."""
    with core().read(current_actor()) as reading:
        case = case_by_number(reading, number)
        chosen = request.args.get("versi", case.version_id, type=int)
        if chosen not in files_of_case(reading, case):
            raise VersionNotFound
        content = source_of(reading.session, chosen)
    return content, 200, {"Content-Type": "application/xml; charset=utf-8"}


@bp.get("/berkas/nomor/<int:instance_id>")
@signed_in
def by_id(instance_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        return redirect(url_for(".show", number=case_detail(reading, instance_id).number))


@bp.get("/lampiran/<int:attachment_id>")
@signed_in
def download(attachment_id: int) -> ResponseReturnValue:
    """Always as a file to save: what people attach is never shown as a page of this site."""
    with core().read(current_actor()) as reading:
        line = additions.file_of_case(reading, attachment_id)
    path = path_of(core().settings, line.digest)
    if not path.exists():
        raise AttachmentNotFound
    return send_file(path, mimetype=line.media_type, as_attachment=True, download_name=line.filename)


def _comments(number: str, problems: Mapping[str, str]) -> str:
    with core().read(current_actor()) as reading:
        page = case_page(reading, number)
        said = comments_of_case(reading.session, page.case.instance_id)
        on = reading.today
        people = marked(reading, people_of_case(reading.session, page.case.instance_id, on, reading.actor.employee_id))
        mention, typed = mention_choice(reading), request.form.get("comment", "")
    more = {"people": people, "mention": mention, "problems": problems, "typed": typed}
    return _part("case_comments.html", "comments", page, comments=said, **more)


def _seen(number: str) -> CaseDetail:
    with core().read(current_actor()) as reading:
        return case_by_number(reading, number)


def _part(template: str, part: str, page: CasePage, **facts: Any) -> str:
    shown = {
        "stops": page.stops,
        "calls": page.calls,
        "places": page.places,
        "may_mend": page.may_mend,
        "recallable": page.recallable,
    }
    return render_template(
        template, case=page.case, waiting=page.waiting, tabs=_tabs(page.case, part), **shown, **facts
    )


def _tabs(case: CaseDetail, current: str) -> list[tuple[str, str, bool, None, str]]:
    labels = {
        "show": _("Journey"),
        "diagram": _("Diagram"),
        "data": _("Data"),
        "documents": _("Documents"),
        "comments": _("Comments"),
    }
    return [
        (label, url_for(f"cases.{name}", number=case.number), name == current, None, "")
        for name, label in labels.items()
    ]
