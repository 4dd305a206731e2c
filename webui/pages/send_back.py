"""A case goes back: returned for revision by whoever holds it, or taken back by whoever sent it on."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.base.errors import Invalid
from engine.execution.reasons import REASON_LENGTH
from engine.execution.recalling import recall
from engine.execution.return_pages import ReturnPage, return_page
from engine.execution.returning import return_case
from webui.addresses import row_id
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.reaching import warn_of_holders
from webui.pages.returning import item_address, list_address, way_back
from webui.texts import _

bp = Blueprint("send_back", __name__)


@bp.get("/tugas/<int:work_item_id>/revisi")
@signed_in
def choose_step(work_item_id: int) -> ResponseReturnValue:
    """Where it can go back to, and what that does to its deadlines, before it does."""
    page = _looked_at(work_item_id)
    if page.item.item.closed_at is not None:
        return redirect(item_address(work_item_id))
    return _page(page, {})


@bp.post("/tugas/<int:work_item_id>/revisi")
@signed_in
def send_back(work_item_id: int) -> ResponseReturnValue:
    step = request.form.get("step", type=row_id)
    if step is None:
        return _page(_looked_at(work_item_id), {"steps": _("Choose the step to which the case goes back.")}), 422
    reason, missing = request.form.get("reason", ""), request.form.get("missing", "")
    try:
        with core().work(current_actor()) as work:
            returned = return_case(work, work_item_id, step, reason, missing)
    except Invalid as refusal:
        place = "reason" if refusal.code == "case.no_reason" else "steps"
        return _page(_looked_at(work_item_id), {place: refusal.text(language())}), 422
    if returned.holder:
        said = _(
            "Case %(number)s is back at “%(title)s”, with %(name)s.",
            number=returned.number,
            title=returned.title,
            name=returned.holder,
        )
    else:
        said = _("Case %(number)s is back at “%(title)s”, in the queue.", number=returned.number, title=returned.title)
    flash(said, "success")
    warn_of_holders(returned.instance_id)
    return redirect(list_address())


@bp.post("/tugas/<int:work_item_id>/tarik")
@signed_in
def take_back(work_item_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        taken = recall(work, work_item_id)
    flash(_("You have “%(title)s” again, as you left it.", title=taken.title), "success")
    return redirect(url_for("work_items.show", work_item_id=taken.work_item_id))


def _looked_at(work_item_id: int) -> ReturnPage:
    with core().read(current_actor()) as reading:
        return return_page(reading, work_item_id)


def _page(page: ReturnPage, problems: dict[str, str]) -> str:
    refusals = {step.work_item_id: step.refusal.text(language()) for step in page.steps if step.refusal is not None}
    possible = [step.work_item_id for step in page.steps if step.refusal is None]
    return render_template(
        "return_case.html",
        item=page.item.item,
        case=page.item.case,
        steps=page.steps,
        refusals=refusals,
        checklist=page.checklist,
        problems=problems,
        reason=request.form.get("reason", ""),
        chosen=request.form.get("step", type=row_id) or (possible[0] if len(possible) == 1 else None),
        missing=request.form.get("missing", ""),
        reason_length=REASON_LENGTH,
        back=way_back(),
        list_address=list_address(),
    )
