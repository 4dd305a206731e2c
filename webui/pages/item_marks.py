"""What is noted about one task: how urgent it is, and when its holder wants to be reminded of it."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.base.days import day_written
from engine.base.errors import Invalid
from engine.execution.priorities import set_priority
from engine.worklist.marking import drop_follow_up, follow_up
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.inbox_filters import PRIORITIES
from webui.pages.returning import way_back
from webui.texts import _

bp = Blueprint("item_marks", __name__)


@bp.post("/tugas/<int:work_item_id>/prioritas")
@signed_in
def rank(work_item_id: int) -> ResponseReturnValue:
    priority = PRIORITIES.get(request.form.get("priority", ""))
    if priority is not None:
        with core().work(current_actor()) as work:
            set_priority(work, work_item_id, priority)
        flash(_("The priority is set; it goes along with the case from step to step."), "success")
    return _item(work_item_id)


@bp.post("/tugas/<int:work_item_id>/ingatkan")
@signed_in
def remind(work_item_id: int) -> ResponseReturnValue:
    """On a day; without one the reminder is taken away."""
    text = request.form.get("day", "")
    day = day_written(text)
    if text and day is None:
        flash(_("Choose a day first."), "error")
        return _item(work_item_id)
    try:
        with core().work(current_actor()) as work:
            if day is None:
                drop_follow_up(work, work_item_id)
            else:
                follow_up(work, work_item_id, day)
    except Invalid as refusal:
        flash(refusal.text(language()), "error")
        return _item(work_item_id)
    flash(_("You will be reminded in the morning of that day.") if day else _("The reminder is taken away."), "success")
    return _item(work_item_id)


def _item(work_item_id: int) -> ResponseReturnValue:
    return redirect(url_for("work_items.show", work_item_id=work_item_id, kembali=way_back() or None))
