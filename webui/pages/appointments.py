"""Appointing somebody to a position, from either side: the missing one is looked for, then it is seen, then done."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.base.unit_of_work import Reading
from engine.competency.queries import lacking_for_position
from engine.core import office_keeping as keeping
from engine.organisation.appointments import Appointment, check_appointment
from engine.organisation.cautions import cautions
from engine.organisation.employee_list import EmployeeFilter, employee_page
from engine.organisation.employee_queries import EmployeeDetail, employee_detail
from engine.organisation.holding_lines import holding, holdings_of_employee, holdings_of_position
from engine.organisation.model import HoldingKind
from engine.organisation.position_queries import PositionDetail, find_open_positions, position_detail
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages import office_forms as forms
from webui.pages.competency_words import lacking
from webui.pages.office_tabs import office_tabs
from webui.pages.office_words import appointment_sentence, holding_kinds
from webui.texts import _

bp = Blueprint("appointments", __name__)

SHOWN = 20


@bp.get("/organisasi/penunjukan")
@signed_in
def new() -> ResponseReturnValue:
    """Whoever or whatever the address does not name yet is looked for first."""
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    employee_id, position_id = _chosen()
    with core().read(current_actor()) as reading:
        person = None if employee_id is None else employee_detail(reading.session, employee_id)
        position = None if position_id is None else position_detail(reading.session, position_id)
        if person is None or position is None:
            return _looking(reading, person, position)
        return _form(reading, person, position, {"starts_on": reading.today.isoformat()}, {})


@bp.post("/organisasi/penunjukan")
@signed_in
def create() -> ResponseReturnValue:
    """First shown as a sentence, with what should be known; kept when that was confirmed."""
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    employee_id, position_id = _chosen()
    if employee_id is None or position_id is None:
        return redirect(url_for(".new", pegawai=employee_id, jabatan=position_id))
    try:
        wanted = forms.appointment(employee_id, position_id)
        if "confirmed" not in request.form:
            return _preview(wanted)
        with core().work(current_actor()) as work:
            keeping.appoint(work, wanted)
    except Invalid as refusal:
        with core().read(current_actor()) as reading:
            person = employee_detail(reading.session, employee_id)
            position = position_detail(reading.session, position_id)
            return _form(reading, person, position, forms.typed(), forms.by_field(refusal)), 422
    flash(_("The appointment is kept."), "success")
    return redirect(url_for("positions.show", position_id=position_id))


@bp.get("/organisasi/penunjukan/<int:holding_id>")
@signed_in
def edit(holding_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _end_form(holding_id, {}, {})


@bp.post("/organisasi/penunjukan/<int:holding_id>")
@signed_in
def change(holding_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    try:
        ends_on = forms.optional_day("ends_on")
        with core().work(current_actor()) as work:
            keeping.change_end(work, holding_id, ends_on)
    except Invalid as refusal:
        return _end_form(holding_id, forms.typed(), forms.by_field(refusal)), 422
    flash(_("The last day is kept."), "success")
    return _to_its_position(holding_id)


@bp.post("/organisasi/penunjukan/<int:holding_id>/batal")
@signed_in
def withdraw(holding_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    answer = _to_its_position(holding_id)
    try:
        with core().work(current_actor()) as work:
            keeping.withdraw(work, holding_id)
    except Invalid as refusal:
        return _end_form(holding_id, {}, forms.by_field(refusal)), 422
    flash(_("The appointment is withdrawn, as if it had never been."), "success")
    return answer


def _chosen() -> tuple[int | None, int | None]:
    return forms.id_of_address("pegawai"), forms.id_of_address("jabatan")


def _looking(reading: Reading, person: EmployeeDetail | None, position: PositionDetail | None) -> str:
    """For the position first if both are missing: the seat is what is to be filled."""
    search, today = forms.search_of_address(), reading.today
    of_people = position is not None
    people = employee_page(reading.session, EmployeeFilter(search=search), today, size=SHOWN) if of_people else None
    positions = () if of_people else find_open_positions(reading.session, search, SHOWN + 1)
    return render_template(
        "appoint_whom.html",
        tabs=office_tabs("employees.index" if person else "organisation.index"),
        person=person,
        position=position,
        people=people,
        positions=positions[:SHOWN],
        is_more=bool(people and people.next_cursor) or len(positions) > SHOWN,
        search=search,
    )


def _form(
    reading: Reading,
    person: EmployeeDetail,
    position: PositionDetail,
    values: Mapping[str, str],
    problems: Mapping[str, str],
) -> str:
    today = reading.today
    return render_template(
        "appoint.html",
        tabs=office_tabs("organisation.index"),
        person=person,
        position=position,
        held=holdings_of_employee(reading.session, person.id, today),
        holders=holdings_of_position(reading.session, position.id, today),
        kinds=holding_kinds(),
        values=values,
        problems=problems,
    )


def _preview(wanted: Appointment) -> str:
    with core().read(current_actor()) as reading:
        check_appointment(reading.session, wanted)
        today = reading.today
        person = employee_detail(reading.session, wanted.employee_id)
        position = position_detail(reading.session, wanted.position_id)
        holders = holdings_of_position(reading.session, position.id, wanted.starts_on).now
        known = [each.text(language()) for each in cautions(reading.session, wanted)]
        gaps = lacking_for_position(reading.session, position.id, [person.id], max(today, wanted.starts_on))
    if gaps:
        known.append(_("She lacks what the position requires: %(missing)s.", missing=lacking(gaps[person.id])))
    names = [line.employee_name for line in holders if line.kind is HoldingKind.DEFINITIVE]
    in_place_of = ", ".join(names) if position.seats == 1 else ""
    return render_template(
        "appoint_preview.html",
        tabs=office_tabs("organisation.index"),
        person=person,
        position=position,
        sentence=appointment_sentence(wanted, person.name, position.title, in_place_of, today),
        cautions=known,
        values=forms.typed(),
    )


def _end_form(holding_id: int, values: Mapping[str, str], problems: Mapping[str, str]) -> str:
    with core().read(current_actor()) as reading:
        line, today = holding(reading.session, holding_id), reading.today
    ends_on = "" if line.ends_on is None else line.ends_on.isoformat()
    return render_template(
        "appointment_end.html",
        tabs=office_tabs("organisation.index"),
        line=line,
        kinds=holding_kinds(),
        has_begun=line.starts_on <= today,
        ends_on=values.get("ends_on", ends_on),
        problems=problems,
    )


def _to_its_position(holding_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        line = holding(reading.session, holding_id)
    return redirect(url_for("positions.show", position_id=line.position_id))
