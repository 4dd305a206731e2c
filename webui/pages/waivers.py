"""An administrator lets one person do both steps of a pair in one case, and says why."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.execution.item_pages import item_page
from engine.execution.reasons import REASON_LENGTH
from engine.execution.waivers import waive_four_eyes
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.returning import item_address, list_address, way_back
from webui.texts import _

bp = Blueprint("waivers", __name__)


@bp.get("/tugas/<int:work_item_id>/pengecualian")
@signed_in
def form(work_item_id: int) -> ResponseReturnValue:
    require(current_actor(), Permission.OVERRIDE_FOUR_EYES)
    return _page(work_item_id, "")


@bp.post("/tugas/<int:work_item_id>/pengecualian")
@signed_in
def waive(work_item_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            waive_four_eyes(work, work_item_id, request.form.get("reason", ""))
    except Invalid as refusal:
        return _page(work_item_id, refusal.text(language())), 422
    flash(_("The exception is on record. One person may do both steps of this case now."), "success")
    return redirect(item_address(work_item_id))


def _page(work_item_id: int, problem: str) -> str:
    with core().read(current_actor()) as reading:
        page = item_page(reading, work_item_id)
    return render_template(
        "waiver.html",
        item=page.item,
        case=page.case,
        reason=request.form.get("reason", ""),
        problem=problem,
        reason_length=REASON_LENGTH,
        back=way_back(),
        list_address=list_address(),
    )
