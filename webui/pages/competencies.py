"""Competencies: who needs which training, what kinds there are, what positions require and people have shown."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, true

from engine.access.permissions import Permission, allows, audits_office, require
from engine.access.queries import audited_units, led_units
from engine.base.days import TOO_FAR, day_written, is_near
from engine.base.errors import FieldProblem, Invalid
from engine.base.spreadsheet_writing import CSV_TYPE, XLSX_TYPE, csv_parts, xlsx_file
from engine.base.unit_of_work import Reading
from engine.competency import operations
from engine.competency.operations import InvalidCompetency
from engine.competency.queries import competencies, held_by, lacking_for_position, required_ids
from engine.competency.training import all_training_needs, as_cells, headings, training_needs
from engine.organisation.duty_queries import position_with_duties
from engine.organisation.model import Position
from engine.organisation.queries import employee, positions_of
from engine.staffing.people import person_access
from webui.addresses import row_id
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.competency_words import lacking
from webui.pages.office_forms import id_of_address
from webui.pages.office_tabs import office_tabs
from webui.texts import _

bp = Blueprint("competencies", __name__)


@bp.get("/organisasi/kompetensi")
@signed_in
def index() -> ResponseReturnValue:
    """Who lacks what her position requires: the list of trainings to propose."""
    require(current_actor(), Permission.SEE_TRAINING_NEEDS)
    with core().read(current_actor()) as reading:
        page = training_needs(reading.session, reading.today, _within(reading), request.args.get("sesudah"))
    return render_template("training_needs.html", tabs=_tabs(), page=page, may_keep=_keeps())


@bp.get("/organisasi/kompetensi/usulan-diklat.<any(csv, xlsx):kind>")
@signed_in
def export(kind: str) -> ResponseReturnValue:
    """The whole list, to take along."""
    require(current_actor(), Permission.SEE_TRAINING_NEEDS)
    with core().read(current_actor()) as reading:
        needs = all_training_needs(reading.session, reading.today, _within(reading))
        rows = list(as_cells(needs))
    first, name = headings(language()), f"usulan-diklat.{kind}"
    if kind == "xlsx":
        file = xlsx_file(_("Training needs"), first, rows)
        return send_file(file, mimetype=XLSX_TYPE, as_attachment=True, download_name=name)
    answer = Response(csv_parts(first, rows), mimetype=CSV_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.get("/organisasi/kompetensi/jenis")
@signed_in
def kinds() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_TRAINING_NEEDS)
    return _kinds_page({}, id_of_address("ubah"))


@bp.post("/organisasi/kompetensi/jenis")
@signed_in
def add_kind() -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            operations.add_competency(work, request.form.get("code", ""), request.form.get("name", ""))
    except Invalid as refusal:
        return _kinds_page(_by_field(refusal), None), 422
    flash(_("The competency is kept. Positions and steps can require it now."), "success")
    return redirect(url_for(".kinds"))


@bp.post("/organisasi/kompetensi/jenis/<int:competency_id>")
@signed_in
def rename_kind(competency_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            operations.rename_competency(work, competency_id, request.form.get("name", ""))
    except Invalid as refusal:
        return _kinds_page(_by_field(refusal), competency_id), 422
    flash(_("The competency has its new name everywhere."), "success")
    return redirect(url_for(".kinds"))


@bp.post("/organisasi/kompetensi/jenis/<int:competency_id>/hapus")
@signed_in
def drop_kind(competency_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        operations.drop_competency(work, competency_id)
    flash(_("The competency is gone."), "success")
    return redirect(url_for(".kinds"))


@bp.get("/organisasi/kompetensi/jabatan/<int:position_id>")
@signed_in
def of_position(position_id: int) -> ResponseReturnValue:
    """What a position requires of its holders."""
    require(current_actor(), Permission.MANAGE_COMPETENCIES)
    with core().read(current_actor()) as reading:
        today = reading.today
        position = position_with_duties(reading.session, position_id, today)
        chosen = required_ids(reading.session, position_id)
        known = competencies(reading.session, today)
    return render_template(
        "position_competencies.html", tabs=_tabs(), position=position, competencies=known, chosen=chosen
    )


@bp.post("/organisasi/kompetensi/jabatan/<int:position_id>")
@signed_in
def require_of_position(position_id: int) -> ResponseReturnValue:
    # What is no id is 0, which no competency has: it is refused, not left out.
    chosen = [int(each) if each.isdecimal() and len(each) < 10 else 0 for each in request.form.getlist("competency")]
    with core().work(current_actor()) as work:
        operations.require_of_position(work, position_id, chosen)
    flash(_("What the position requires is kept."), "success")
    return redirect(url_for("duties.position", position_id=position_id))


@bp.get("/organisasi/kompetensi/pegawai/<int:employee_id>")
@signed_in
def of_employee(employee_id: int) -> ResponseReturnValue:
    return _employee_page(employee_id, {})


@bp.post("/organisasi/kompetensi/pegawai/<int:employee_id>")
@signed_in
def note_held(employee_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_COMPETENCIES)
    try:
        competency_id = request.form.get("competency", type=row_id)
        if competency_id is None:
            raise _wrong("competency", _("Choose what she has shown."))
        obtained_on, valid_until = _day("obtained_on"), _optional_day("valid_until")
        with core().work(current_actor()) as work:
            certificate = request.form.get("certificate", "")
            operations.note_held(work, employee_id, competency_id, certificate, obtained_on, valid_until)
    except Invalid as refusal:
        return _employee_page(employee_id, _by_field(refusal)), 422
    flash(_("The certificate is kept."), "success")
    return redirect(url_for(".of_employee", employee_id=employee_id))


@bp.post("/organisasi/kompetensi/dimiliki/<int:held_id>/hapus")
@signed_in
def drop_held(held_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        employee_id = operations.drop_held(work, held_id)
    flash(_("The entry is taken away."), "success")
    return redirect(url_for(".of_employee", employee_id=employee_id))


def _kinds_page(problems: Mapping[str, str], renamed_id: int | None) -> str:
    with core().read(current_actor()) as reading:
        lines = competencies(reading.session, reading.today)
    return render_template(
        "competencies.html",
        tabs=_tabs(),
        competencies=lines,
        renamed=next((line for line in lines if line.id == renamed_id), None),
        problems=problems,
        typed=request.form,
        may_keep=_keeps(),
    )


def _employee_page(employee_id: int, problems: Mapping[str, str]) -> str:
    with core().read(current_actor()) as reading:
        session, today = reading.session, reading.today
        person = employee(session, employee_id)
        require(reading.actor, Permission.SEE_PERSONAL_DATA, person_access(reading, employee_id))
        held = positions_of(session, employee_id, today)
        # Not by title: who leads one section and acts for another is "Kepala Seksi" of both.
        gaps = [(each.position_title, _gaps(reading, each.position_id, employee_id)) for each in held]
        lines, known = held_by(session, employee_id), competencies(session, today)
    return render_template(
        "employee_competencies.html",
        tabs=_tabs(),
        person=person,
        lines=lines,
        gaps=[(title, text) for title, text in gaps if text],
        competencies=known,
        today=today,
        problems=problems,
        typed=request.form,
        may_keep=_keeps(),
    )


def _gaps(reading: Reading, position_id: int, employee_id: int) -> str:
    found = lacking_for_position(reading.session, position_id, [employee_id], reading.today)
    return lacking(found.get(employee_id, ()))


def _within(reading: Reading) -> ColumnElement[bool]:
    """Heads and auditors of a part see the needs of their units, whoever keeps the office or audits it those of all."""
    if _keeps() or audits_office(reading.actor):
        return true()
    units = led_units(reading.session, reading.actor, reading.today) | audited_units(reading.session, reading.actor)
    return Position.unit_id.in_(units)


def _keeps() -> bool:
    return allows(current_actor(), Permission.MANAGE_COMPETENCIES)


def _tabs() -> list[tuple[str, str, bool, None, str]]:
    return office_tabs("competencies.index")


def _by_field(refusal: Invalid) -> dict[str, str]:
    return {problem.name: problem.text(language()) for problem in refusal.fields}


def _wrong(field: str, text: str) -> InvalidCompetency:
    return InvalidCompetency([FieldProblem(name=field, code="competency.field", message=text)])


def _day(field: str) -> date:
    found = _optional_day(field)
    if found is None:
        raise _wrong(field, _("Give the day as in 24/12/2026."))
    return found


def _optional_day(field: str) -> date | None:
    text = request.form.get(field, "").strip()
    day = day_written(text)
    if text and day is None:
        raise _wrong(field, _("Give the day as in 24/12/2026."))
    if day is not None and not is_near(day):
        params = {"year": day.year}
        raise InvalidCompetency([FieldProblem(name=field, code="competency.far", message=TOO_FAR, params=params)])
    return day
