"""Filters of the inbox are kept under a name, and removed."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.base.errors import Conflict, Invalid
from engine.worklist.saved_filters import drop_filter, save_filter
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.inbox_filters import place_of
from webui.pages.returning import list_address
from webui.texts import _

bp = Blueprint("saved_filters", __name__)


@bp.post("/tugas/saringan")
@signed_in
def save() -> ResponseReturnValue:
    """The filter is what the address says; the form gives its name and for whom it is."""
    place = place_of(request.args)
    try:
        with core().work(current_actor()) as work:
            save_filter(work, request.form.get("name", ""), place.query(), request.form.get("unit", type=int))
    except (Invalid, Conflict) as refusal:
        flash(refusal.text(language()), "error")
    else:
        flash(_("The filter is kept. It stands above the list."), "success")
    return redirect(url_for("tasks.index", **place.query()))


@bp.post("/tugas/saringan/<int:filter_id>/hapus")
@signed_in
def drop(filter_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        drop_filter(work, filter_id)
    flash(_("The filter is removed."), "success")
    return redirect(list_address())
