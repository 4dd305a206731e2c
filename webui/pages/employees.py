"""The people of the office: a list to search, and each with what she holds; personal data for those who need it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, allows, require
from engine.base.errors import Invalid
from engine.core import office_keeping as keeping
from engine.organisation.employee_list import EmployeeFilter, EmployeeStatus, away_until, employee_page
from engine.organisation.employee_queries import employee_detail
from engine.organisation.holding_lines import holdings_of_employee
from engine.organisation.nip import in_groups
from engine.organisation.ranks import PPPK_RANKS, RANKS
from engine.organisation.unit_queries import unit_choices
from engine.staffing.people import person_access
from webui.fragments import at_address
from webui.identity import core, current_actor, signed_in
from webui.pages import office_forms as forms
from webui.pages.office_tabs import office_tabs
from webui.pages.office_words import holding_kinds, statuses
from webui.texts import _

bp = Blueprint("employees", __name__)


@bp.get("/organisasi/pegawai")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ORGANISATION)
    chosen = _filter()
    with core().read(current_actor()) as reading:
        page = employee_page(reading.session, chosen, reading.today, request.args.get("sesudah"))
        units = unit_choices(reading.session)
    query: dict[str, Any] = {
        "cari": chosen.search or chosen.nip or None,
        "unit": chosen.unit_id,
        "status": _said(chosen.status),
    }
    found = render_template(
        "employees.html",
        tabs=office_tabs("employees.index"),
        page=page,
        chosen=chosen,
        query=query,
        units=units,
        statuses=statuses(),
        may_keep=allows(current_actor(), Permission.MANAGE_ORGANISATION),
    )
    return at_address(found, url_for(".index", **query))


@bp.get("/organisasi/pegawai/<int:employee_id>")
@signed_in
def show(employee_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ORGANISATION)
    with core().read(current_actor()) as reading:
        today = reading.today
        person = employee_detail(reading.session, employee_id)
        holdings = holdings_of_employee(reading.session, employee_id, today)
        away = away_until(reading.session, [employee_id], today).get(employee_id)
        access = person_access(reading, employee_id)
    return render_template(
        "employee.html",
        tabs=office_tabs("employees.index"),
        person=person,
        nip=in_groups(person.nip) if person.nip else None,
        rank_name=RANKS.get(person.rank or ""),
        holdings=holdings,
        away=away,
        today=today,
        holding_kinds=holding_kinds(),
        may_see=allows(current_actor(), Permission.SEE_PERSONAL_DATA, access),
        may_stand_in=allows(current_actor(), Permission.GIVE_DELEGATION, access),
        may_keep=allows(current_actor(), Permission.MANAGE_ORGANISATION),
    )


@bp.get("/organisasi/pegawai/baru")
@signed_in
def new() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _form(None, {}, {})


@bp.post("/organisasi/pegawai/baru")
@signed_in
def create() -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    try:
        facts = forms.employee_facts()
        with core().work(current_actor()) as work:
            employee_id = keeping.take_on(work, facts)
    except Invalid as refusal:
        return _form(None, forms.typed(), forms.by_field(refusal)), 422
    flash(_("%(name)s works here. Appoint her to a position now.", name=facts.name), "success")
    return redirect(url_for(".show", employee_id=employee_id))


@bp.get("/organisasi/pegawai/<int:employee_id>/ubah")
@signed_in
def edit(employee_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    return _form(employee_id, None, {})


@bp.post("/organisasi/pegawai/<int:employee_id>/ubah")
@signed_in
def change(employee_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.MANAGE_ORGANISATION)
    try:
        facts = forms.employee_facts()
        with core().work(current_actor()) as work:
            keeping.change_employee(work, employee_id, facts)
    except Invalid as refusal:
        return _form(employee_id, forms.typed(), forms.by_field(refusal)), 422
    flash(_("The data of %(name)s are kept as you wrote them.", name=facts.name), "success")
    return redirect(url_for(".show", employee_id=employee_id))


@bp.post("/organisasi/pegawai/<int:employee_id>/kembali")
@signed_in
def take_back(employee_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        keeping.take_back(work, employee_id)
    flash(_("She works here again. Appoint her anew to what she holds."), "success")
    return redirect(url_for(".show", employee_id=employee_id))


def _filter() -> EmployeeFilter:
    status = request.args.get("status", "")
    known = EmployeeStatus(status) if status in tuple(EmployeeStatus) else EmployeeStatus.HERE
    search, unit_id = forms.search_of_address(), forms.id_of_address("unit")
    digits = "".join(search.split())
    if digits.isdigit() and allows(current_actor(), Permission.MANAGE_ORGANISATION):
        return EmployeeFilter(nip=digits, unit_id=unit_id, status=known)
    return EmployeeFilter(search=search, unit_id=unit_id, status=known)


def _said(status: EmployeeStatus) -> str | None:
    return None if status is EmployeeStatus.HERE else status.value


def _form(employee_id: int | None, values: Mapping[str, Any] | None, problems: Mapping[str, str]) -> str:
    with core().read(current_actor()) as reading:
        person = None if employee_id is None else employee_detail(reading.session, employee_id)
    return render_template(
        "employee_form.html",
        tabs=office_tabs("employees.index"),
        person=person,
        values=values if values is not None else person,
        ranks=RANKS,
        grades=PPPK_RANKS,
        problems=problems,
    )
