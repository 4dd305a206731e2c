"""Duty sheets: what waits for whom, the sheet itself, its PDF, its signature and its acknowledgement."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, and_, true

from engine.access.permissions import Permission, allows, audits_office, require
from engine.access.queries import audited_units, led_units
from engine.base.errors import Invalid, TataKerjaError
from engine.base.unit_of_work import Reading
from engine.organisation.model import Holding
from engine.staffing import issuing, signing
from engine.staffing.sheet_access import may_sign, require_may_keep_copy, sheet_for
from engine.staffing.sheet_content import duties_in
from engine.staffing.sheet_pdf import pdf_of
from engine.staffing.sheet_queries import (
    SheetDetail,
    SheetNotFound,
    in_units,
    is_outdated,
    sheets,
    to_acknowledge,
    to_sign,
    ungiven,
)
from engine.worklist.file_store import path_of
from engine.worklist.media_types import KINDS
from webui.addresses import row_id
from webui.attached import kept_file
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.duties import kinds
from webui.pages.office_forms import id_of_address
from webui.pages.office_tabs import office_tabs
from webui.texts import _, ngettext

bp = Blueprint("duty_sheets", __name__)

MOST_AT_ONCE = 100


@bp.get("/organisasi/lembar-uraian-tugas")
@signed_in
def index() -> ResponseReturnValue:
    """What waits for the person who is signed in, then the sheets that she may see."""
    require(current_actor(), Permission.SEE_ORGANISATION)
    with core().read(current_actor()) as reading:
        session, me, units = reading.session, reading.actor.employee_id, _units(reading)
        page = sheets(session, and_(_within(reading), _of_one()), request.args.get("sesudah"))
        mine = to_acknowledge(session, me) if me is not None else ()
        hers = to_sign(session, units, me) if units else ()
        missing = ungiven(session, reading.today, _within(reading)) if units or _keeps() else ()
    return render_template(
        "duty_sheets.html",
        tabs=office_tabs("duty_sheets.index"),
        page=page,
        employee_id=id_of_address("pegawai"),
        to_acknowledge=mine,
        to_sign=hers,
        ungiven=missing,
    )


@bp.post("/organisasi/lembar-uraian-tugas/terbitkan")
@signed_in
def issue() -> ResponseReturnValue:
    """Give these people their sheets; each stands for itself, so that one refusal does not hold up the others."""
    issued, refused = 0, []
    for holding_id in request.form.getlist("holding", type=row_id)[:MOST_AT_ONCE]:
        try:
            with core().work(current_actor()) as work:
                issuing.issue_sheet(work, holding_id)
            issued += 1
        except TataKerjaError as refusal:
            refused.append(refusal.text(language()))
    if issued:
        flash(ngettext("%(num)s sheet was issued.", "%(num)s sheets were issued.", issued), "success")
    for sentence in dict.fromkeys(refused):
        flash(sentence, "warning")
    if not issued and not refused:
        flash(_("Choose at least one person first."), "warning")
    return redirect(url_for(".index"))


@bp.get("/organisasi/lembar-uraian-tugas/<int:sheet_id>")
@signed_in
def show(sheet_id: int) -> ResponseReturnValue:
    return _page(sheet_id, "")


@bp.get("/organisasi/lembar-uraian-tugas/<int:sheet_id>/lembar.pdf")
@signed_in
def pdf(sheet_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        found = sheet_for(reading, sheet_id)
    # Laid out after the look is over: no transaction waits for it.
    content = BytesIO(pdf_of(found, core().settings.zone))
    return send_file(content, mimetype="application/pdf", download_name=f"lembar-uraian-tugas-{sheet_id}.pdf")


@bp.post("/organisasi/lembar-uraian-tugas/<int:sheet_id>/tanda-tangan")
@signed_in
def sign(sheet_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        signing.sign_sheet(work, sheet_id)
    flash(_("The sheet is signed in your name. The employee has been asked to acknowledge it."), "success")
    return redirect(url_for(".show", sheet_id=sheet_id))


@bp.post("/organisasi/lembar-uraian-tugas/<int:sheet_id>/terima")
@signed_in
def acknowledge(sheet_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        signing.acknowledge_sheet(work, sheet_id)
    flash(_("You have acknowledged your duties. Your superior has been told."), "success")
    return redirect(url_for(".show", sheet_id=sheet_id))


@bp.post("/organisasi/lembar-uraian-tugas/<int:sheet_id>/salinan")
@signed_in
def keep_copy(sheet_id: int) -> ResponseReturnValue:
    """The sheet that was signed on paper, as a scan."""
    with core().read(current_actor()) as reading:
        require_may_keep_copy(reading, sheet_id)  # whoever may not leaves no file behind
    file = request.files.get("copy")
    if file is None or not file.filename:
        return _page(sheet_id, _("Choose the signed sheet first.")), 422
    try:
        kept = kept_file(file)
        with core().work(current_actor()) as work:
            signing.keep_signed_copy(work, sheet_id, kept)
    except Invalid as refusal:
        return _page(sheet_id, refusal.text(language())), 422
    flash(_("The signed copy is kept. The employee has been asked to acknowledge it."), "success")
    return redirect(url_for(".show", sheet_id=sheet_id))


@bp.get("/organisasi/lembar-uraian-tugas/<int:sheet_id>/salinan")
@signed_in
def copy(sheet_id: int) -> ResponseReturnValue:
    """Always as a file to save, like everything that people upload."""
    with core().read(current_actor()) as reading:
        line = sheet_for(reading, sheet_id).line
    if line.signed_copy is None or line.signed_copy_name is None:
        raise SheetNotFound
    path = path_of(core().settings, line.signed_copy)
    if not path.exists():
        raise SheetNotFound
    media_type = KINDS[f".{line.signed_copy_name.rpartition('.')[2].lower()}"].media_type
    return send_file(path, mimetype=media_type, as_attachment=True, download_name=line.signed_copy_name)


def _page(sheet_id: int, problem: str) -> str:
    with core().read(current_actor()) as reading:
        found = sheet_for(reading, sheet_id)
        signs = may_sign(reading, found)
        may_issue = _keeps() or found.line.unit_id in _units(reading)
        is_old = may_issue and is_outdated(reading.session, found.line, reading.today)
    is_own = found.line.employee_id == current_actor().employee_id
    return render_template(
        "duty_sheet.html",
        tabs=office_tabs("duty_sheets.index"),
        sheet=found.line,
        content=found.content,
        digest=found.digest,
        duties=duties_in(found.content),
        kinds=kinds(),
        may_sign=signs,
        may_keep_copy=_waits(found) and not is_own and (signs or _keeps()),
        may_acknowledge=is_own and not _waits(found) and found.line.acknowledged_at is None,
        is_outdated=is_old,
        problem=problem,
    )


def _waits(found: SheetDetail) -> bool:
    return found.line.signed_at is None


def _of_one() -> ColumnElement[bool]:
    """Of a single employee, where the address names her."""
    employee_id = id_of_address("pegawai")
    return true() if employee_id is None else Holding.employee_id == employee_id


def _keeps() -> bool:
    return allows(current_actor(), Permission.MANAGE_ORGANISATION)


def _units(reading: Reading) -> frozenset[int]:
    return led_units(reading.session, reading.actor, reading.today)


def _within(reading: Reading) -> ColumnElement[bool]:
    """Whose sheets she may see: everybody's, those of the units that she leads or audits, or her own."""
    if _keeps() or audits_office(reading.actor):
        return true()
    own = Holding.employee_id == reading.actor.employee_id
    units = _units(reading) | audited_units(reading.session, reading.actor)
    return own | in_units(units) if units else own
