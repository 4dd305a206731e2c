"""Who may read a case besides those who take part in it: by grant, until a day."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.days import day_written
from engine.base.errors import Invalid
from engine.execution.granting import REASON_LENGTH, grant_reading, grants_of_case, may_grant, withdraw_grant
from engine.execution.queries import case_by_number
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.colleague_choice import Choice, chosen_colleague
from webui.pages.reaching import flash_told
from webui.texts import _

bp = Blueprint("readers", __name__)

PLACES = {"grant.not_a_reader": "rekan", "grant.ends_wrong": "until", "grant.no_reason": "reason"}


@bp.get("/berkas/<name:number>/pembaca")
@signed_in
def index(number: str) -> ResponseReturnValue:
    return _page(number, Choice(), {})


@bp.post("/berkas/<name:number>/pembaca")
@signed_in
def grant(number: str) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        instance_id, choice = case_by_number(reading, number).instance_id, chosen_colleague(reading)
    if choice.employee_id is None:
        return _page(number, choice, {"rekan": choice.problem}), 422
    try:
        with core().work(current_actor()) as work:
            grant_reading(work, instance_id, choice.employee_id, _until(), request.form.get("reason", ""))
    except Invalid as refusal:
        return _page(number, choice, {PLACES.get(refusal.code, "rekan"): refusal.text(language())}), 422
    flash_told(_("Your colleague has been told, and may read the case now."), [choice.employee_id])
    return redirect(url_for(".index", number=number))


@bp.post("/berkas/<name:number>/pembaca/<int:grant_id>/cabut")
@signed_in
def withdraw(number: str, grant_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        withdraw_grant(work, grant_id)
    flash(_("The grant is withdrawn."), "success")
    return redirect(url_for(".index", number=number))


def _until() -> date:
    """What is no day at all is as wrong as one that is over."""
    return day_written(request.form.get("until", "")) or date.min


def _page(number: str, choice: Choice, problems: dict[str, str]) -> str:
    with core().read(current_actor()) as reading:
        case = case_by_number(reading, number)
        if not may_grant(reading, case.instance_id):
            require(reading.actor, Permission.GRANT_READING)
        grants = grants_of_case(reading, case.instance_id)
    return render_template(
        "case_readers.html",
        case=case,
        grants=grants,
        choice=choice,
        problems=problems,
        until=request.form.get("until", ""),
        reason=request.form.get("reason", ""),
        reason_length=REASON_LENGTH,
    )
