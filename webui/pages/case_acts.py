"""What a head does with the work of her unit: hand it to somebody else, or end a case before its time."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.access.permissions import NotItsManager
from engine.base.errors import Invalid
from engine.execution.cases import cancel_case
from engine.execution.errors import CaseOver
from engine.execution.handover import HandoverPage, handover_page
from engine.execution.item_pages import item_page
from engine.execution.queries import CaseDetail, case_by_number
from engine.execution.reasons import REASON_LENGTH
from engine.worklist.handing_on import NoReasonToHandOn, hand_on
from engine.worklist.operations import reassign
from engine.worklist.queries import open_items_of_case
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.competency_words import lacking
from webui.pages.reaching import flash_told, marks
from webui.pages.returning import item_address, list_address
from webui.texts import _

bp = Blueprint("case_acts", __name__)


@bp.get("/berkas/<name:number>/batalkan")
@signed_in
def confirm_cancelling(number: str) -> ResponseReturnValue:
    """What will happen when the case is cancelled, before it does."""
    return _cancel_page(_case_to_cancel(number), reason="", problem="")


@bp.post("/berkas/<name:number>/batalkan")
@signed_in
def cancel(number: str) -> ResponseReturnValue:
    case = _case_to_cancel(number)
    reason = request.form.get("reason", "")
    try:
        with core().work(current_actor()) as work:
            cancel_case(work, case.instance_id, reason)
    except Invalid as refusal:
        return _cancel_page(case, reason, refusal.text(language())), 422
    flash(_("Case %(number)s has been cancelled.", number=number), "success")
    return redirect(url_for("cases.show", number=number))


@bp.get("/tugas/<int:work_item_id>/serahkan")
@signed_in
def choose_recipient(work_item_id: int) -> ResponseReturnValue:
    """To whom an open task can go, and how much each of them has already."""
    page = _handover(work_item_id)
    if page.item.item.closed_at is not None:
        return redirect(item_address(work_item_id))
    return _handover_page(page, problem="")


@bp.post("/tugas/<int:work_item_id>/serahkan")
@signed_in
def hand_over(work_item_id: int) -> ResponseReturnValue:
    chosen, asked = request.form.get("to", type=int), _handover(work_item_id)
    if chosen is None:
        return _handover_page(asked, problem=_("Choose who gets the task.")), 422
    try:
        with core().work(current_actor()) as work:
            if asked.is_by_holder:
                hand_on(work, work_item_id, chosen, request.form.get("reason", ""))
            else:
                reassign(work, work_item_id, chosen)
    except NoReasonToHandOn as refusal:
        return _handover_page(asked, problem="", reason_problem=refusal.text(language())), 422
    except Invalid as refusal:
        return _handover_page(asked, refusal.text(language())), 422
    with core().read(current_actor()) as reading:
        page = item_page(reading, work_item_id)
    told = _(
        "“%(title)s” is now with %(name)s, who has been told.", title=page.item.title, name=page.item.assignee_name
    )
    flash_told(told, [chosen])
    return redirect(list_address() if asked.is_by_holder else url_for("cases.show", number=page.case.number))


def _case_to_cancel(number: str) -> CaseDetail:
    with core().read(current_actor()) as reading:
        case = case_by_number(reading, number)
    if case.ended_at is not None:
        raise CaseOver(number=case.number)
    if not case.may_cancel:
        raise NotItsManager
    return case


def _cancel_page(case: CaseDetail, reason: str, problem: str) -> str:
    with core().read(current_actor()) as reading:
        waiting = open_items_of_case(reading.session, case.instance_id)
    return render_template(
        "cancel_case.html", case=case, waiting=waiting, reason=reason, problem=problem, reason_length=REASON_LENGTH
    )


def _handover(work_item_id: int) -> HandoverPage:
    with core().read(current_actor()) as reading:
        return handover_page(reading, work_item_id)


def _handover_page(page: HandoverPage, problem: str, reason_problem: str = "") -> str:
    with core().read(current_actor()) as reading:
        unreached = marks(reading, [each.employee_id for each in page.recipients])
    return render_template(
        "hand_over.html",
        item=page.item.item,
        case=page.item.case,
        recipients=page.recipients,
        unreached=unreached,
        lacking={employee_id: lacking(missing) for employee_id, missing in page.lacking.items()},
        problem=problem,
        is_by_holder=page.is_by_holder,
        reason_problem=reason_problem,
        reason=request.form.get("reason", ""),
        chosen=request.form.get("to", type=int),
    )
