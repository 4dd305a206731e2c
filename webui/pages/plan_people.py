"""The people of a plan: one by one, and all of a unit from a table."""

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Conflict, Invalid
from engine.base.spreadsheet_writing import XLSX_TYPE, xlsx_file
from engine.base.spreadsheets import MOST_BYTES
from engine.core.personal_exports import note_export
from engine.execution import planned_people
from engine.execution.plan_queries import plan_line, table_rows
from engine.execution.plan_table import HEADINGS, PeopleWrong
from engine.organisation.queries import unit_subtree
from webui.addresses import row_id
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.colleague_choice import NOBODY, chosen_colleague
from webui.pages.plan_agreeing import (
    NotAgreed,
    NotAgreedTo,
    agreed_to,
    begins,
    question,
    require_agreed,
    with_at_once,
)
from webui.pages.plan_forms import day_typed
from webui.pages.start_plans import plan_page, say_started
from webui.texts import _, ngettext

bp = Blueprint("plan_people", __name__)


@bp.post("/prosedur/rencana/<int:plan_id>/pegawai")
@signed_in
def add(plan_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.PLAN_STARTS)
    with core().read(current_actor()) as reading:
        choice = chosen_colleague(reading)
    if choice.problem:
        return plan_page(plan_id, choice, {"person": choice.problem}), 422
    try:
        with core().work(current_actor()) as work:
            at_once = planned_people.add_person(work, plan_id, choice.employee_id, day_typed("next_on"))
            require_agreed(at_once)
    except NotAgreed as asked:
        return plan_page(plan_id, choice, {"agree-person": _question(asked)}), 422
    except Invalid as refusal:
        return plan_page(plan_id, choice, refusal.by_field(language())), 422
    flash(with_at_once(_("She is in the plan now."), at_once), "success")
    return redirect(url_for("start_plans.show", plan_id=plan_id))


@bp.post("/prosedur/rencana/<int:plan_id>/pegawai/<int:employee_id>")
@signed_in
def change(plan_id: int, employee_id: int) -> ResponseReturnValue:
    field = f"day-{employee_id}"
    try:
        with core().work(current_actor()) as work:
            planned_people.change_person(work, plan_id, employee_id, day_typed(field))
            at_once = agreed_to(work, plan_id, employee_id)
    except NotAgreedTo as refusal:
        return question(refusal, plan_id, _("Keep this day?"))
    except Invalid as refusal:
        return plan_page(plan_id, NOBODY, {field: _first(refusal)}), 422
    flash(with_at_once(_("Her next day is kept."), at_once), "success")
    return redirect(url_for("start_plans.show", plan_id=plan_id))


@bp.post("/prosedur/rencana/<int:plan_id>/pegawai/<int:employee_id>/keluarkan")
@signed_in
def remove(plan_id: int, employee_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        planned_people.remove_person(work, plan_id, employee_id)
    flash(_("She is not in the plan any more."), "success")
    return redirect(url_for("start_plans.show", plan_id=plan_id))


@bp.post("/prosedur/rencana/<int:plan_id>/pegawai/<int:employee_id>/mulai")
@signed_in
def start_now(plan_id: int, employee_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            say_started(planned_people.start_for_person_now(work, plan_id, employee_id))
    except Conflict as refusal:
        flash(refusal.text(language()), "error")
    return redirect(url_for("start_plans.show", plan_id=plan_id))


@bp.post("/prosedur/rencana/<int:plan_id>/impor")
@signed_in
def import_table(plan_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.PLAN_STARTS)
    file = request.files.get("file")
    if file is None or not file.filename:
        return plan_page(plan_id, NOBODY, {"file": _("Choose a file first.")}), 422
    try:
        with core().work(current_actor()) as work:
            told = planned_people.import_people(work, plan_id, file.read(MOST_BYTES + 1))
            require_agreed(told.at_once)
    except NotAgreed as asked:
        return plan_page(plan_id, NOBODY, {"agree-file": _question(asked)}), 422
    except PeopleWrong as refusal:
        return plan_page(plan_id, NOBODY, {"file": refusal.text(language())}, _rows(refusal)), 422
    except Invalid as refusal:
        return plan_page(plan_id, NOBODY, {"file": _first(refusal)}), 422
    added = ngettext("%(num)s person is new in the plan", "%(num)s people are new in the plan", told.added)
    changed = ngettext("%(num)s has another day", "%(num)s have another day", told.changed)
    flash(with_at_once(f"{added}; {changed}.", told.at_once), "success")
    return redirect(url_for("start_plans.show", plan_id=plan_id))


@bp.get("/prosedur/rencana/<int:plan_id>/tabel.xlsx")
@signed_in
def table(plan_id: int) -> ResponseReturnValue:
    """Everyone of a unit and those below it, with the days that are known, to be filled in and sent back."""
    unit_id = request.args.get("unit", type=row_id)
    with core().read(current_actor()) as reading:
        plan = plan_line(reading, plan_id)
        units = unit_subtree(reading.session, unit_id) if unit_id is not None else frozenset()
        rows = table_rows(reading, plan_id, units)
    with core().work(current_actor()) as work:
        note_export(work, f"rencana {plan.name}", len(rows))
    cells = [[row.nip, row.name, row.next_on.isoformat() if row.next_on else ""] for row in rows]
    file = xlsx_file(_("Planned starts"), list(HEADINGS), cells)
    return send_file(file, mimetype=XLSX_TYPE, as_attachment=True, download_name="rencana.xlsx")


def _question(refusal: NotAgreed) -> str:
    return begins(refusal.params["count"]) + " " + _("Nothing is kept yet. Agree, then send it again.")


def _rows(refusal: PeopleWrong) -> list[str]:
    told = (each.text(language()) for each in refusal.fields)
    return [text[:1].upper() + text[1:] for text in told]


def _first(refusal: Invalid) -> str:
    return next((each.text(language()) for each in refusal.fields), refusal.text(language()))
