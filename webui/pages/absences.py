"""Who is away: the list that everybody may see, and the keeping of one's own absences and those below one."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.access.permissions import Permission, allows, require
from engine.base.days import day_written
from engine.base.errors import Invalid
from engine.base.paging import LARGEST_ID
from engine.base.unit_of_work import Reading
from engine.organisation.absences import NOTE_LENGTH, AbsenceFacts, AbsenceLine
from engine.organisation.model import AbsenceKind
from engine.organisation.queries import EmployeeLine, employee
from engine.staffing import absences as keeping
from engine.staffing.people import person_access
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.office_tabs import office_tabs
from webui.texts import _, ngettext

bp = Blueprint("absences", __name__)

TAB = "absences.index"


@bp.get("/organisasi/ketidakhadiran")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_ORGANISATION)
    with core().read(current_actor()) as reading:
        page = keeping.absences_seen(reading, reading.today, request.args.get("sesudah"))
        today = reading.today
    return render_template("absences.html", tabs=office_tabs(TAB), page=page, today=today, kinds=kinds())


@bp.get("/organisasi/ketidakhadiran/baru")
@signed_in
def new() -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        return _form(_person(reading), None, {}, {})


@bp.post("/organisasi/ketidakhadiran/baru")
@signed_in
def create() -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        person = _person(reading)
    try:
        with core().work(current_actor()) as work:
            line = keeping.record_absence(work, _facts(person.id))
    except Invalid as refusal:
        return _form(person, None, request.form.to_dict(), refusal.by_field(language())), 422
    _say_kept(line)
    return redirect(url_for(".index"))


@bp.get("/organisasi/ketidakhadiran/<int:absence_id>")
@signed_in
def edit(absence_id: int) -> ResponseReturnValue:
    line, person = _found(absence_id)
    values = {
        "kind": line.kind.value,
        "starts_on": line.starts_on.isoformat(),
        "ends_on": line.ends_on.isoformat(),
        "note": line.note or "",
    }
    return _form(person, absence_id, values, {})


@bp.post("/organisasi/ketidakhadiran/<int:absence_id>")
@signed_in
def change(absence_id: int) -> ResponseReturnValue:
    _line, person = _found(absence_id)
    try:
        with core().work(current_actor()) as work:
            line = keeping.change_absence(work, absence_id, _facts(person.id))
    except Invalid as refusal:
        return _form(person, absence_id, request.form.to_dict(), refusal.by_field(language())), 422
    _say_kept(line)
    return redirect(url_for(".index"))


@bp.post("/organisasi/ketidakhadiran/<int:absence_id>/tarik")
@signed_in
def withdraw(absence_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        line = keeping.withdraw_absence(work, absence_id)
    flash(_("The absence of %(name)s does not stand any more.", name=line.name), "success")
    return redirect(url_for(".index"))


@bp.get("/organisasi/ketidakhadiran/<int:absence_id>/tarik")
@signed_in
def back_to_form(absence_id: int) -> ResponseReturnValue:
    return redirect(url_for(".edit", absence_id=absence_id))


def kinds() -> dict[AbsenceKind, str]:
    return {
        AbsenceKind.ANNUAL: _("Annual leave"),
        AbsenceKind.SICK: _("Sick leave"),
        AbsenceKind.IMPORTANT_REASON: _("Leave for an important reason"),
        AbsenceKind.MATERNITY: _("Maternity leave"),
        AbsenceKind.LONG: _("Long leave"),
        AbsenceKind.UNPAID: _("Leave without pay"),
        AbsenceKind.DUTY_TRAVEL: _("Duty travel"),
        AbsenceKind.TRAINING: _("Training"),
    }


def _form(person: EmployeeLine, absence_id: int | None, values: dict[str, str], problems: dict[str, str]) -> str:
    return render_template(
        "absence_form.html",
        tabs=office_tabs(TAB),
        person=person,
        is_own=person.id == current_actor().employee_id,
        absence_id=absence_id,
        values=values,
        problems=problems,
        kinds=kinds(),
        note_length=NOTE_LENGTH,
    )


def _say_kept(line: AbsenceLine) -> None:
    """With what waits for her meanwhile, and who could do it."""
    flash(_("The absence of %(name)s is kept.", name=line.name), "success")
    with core().read(current_actor()) as reading:
        waiting = keeping.open_work_of(reading, line.employee_id)
    if not waiting:
        return
    text = ngettext("%(num)s open task waits meanwhile:", "%(num)s open tasks wait meanwhile:", waiting)
    link = Markup('<a href="{}">{}</a>')
    ways = [link.format(url_for("delegations.new", pegawai=line.employee_id), _("Let a colleague act meanwhile"))]
    if allows(current_actor(), Permission.MANAGE_ORGANISATION):
        ways.append(link.format(url_for("organisation.index"), _("Appoint a Plh. to the position")))
    flash(Markup("{} {}").format(text, Markup(" · ").join(ways)), "warning")


def _person(reading: Reading) -> EmployeeLine:
    """Whose absence it is: of the person whom the address names, else the own."""
    text = request.args.get("pegawai", "")[:12]
    is_id = text.isascii() and text.isdigit() and int(text) <= LARGEST_ID
    employee_id = int(text) if is_id else current_actor().employee_id or 0
    require(current_actor(), Permission.RECORD_ABSENCE, person_access(reading, employee_id))
    return employee(reading.session, employee_id)


def _found(absence_id: int) -> tuple[AbsenceLine, EmployeeLine]:
    with core().read(current_actor()) as reading:
        line = keeping.absence_to_change(reading, absence_id)
        return line, employee(reading.session, line.employee_id)


def _facts(employee_id: int) -> AbsenceFacts:
    kind = request.form.get("kind", "")
    return AbsenceFacts(
        employee_id=employee_id,
        kind=AbsenceKind(kind) if kind in set(AbsenceKind) else None,
        starts_on=_day("starts_on"),
        ends_on=_day("ends_on"),
        note=request.form.get("note", ""),
    )


def _day(name: str) -> date | None:
    return day_written(request.form.get(name, ""))
