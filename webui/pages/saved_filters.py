"""Filters of the inbox are kept under a name, renamed, made the one with which it opens, and removed."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.base.errors import Conflict, Invalid
from engine.worklist.saved_filters import (
    drop_filter,
    open_inbox_plainly,
    open_inbox_with,
    rename_filter,
    save_filter,
)
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


@bp.post("/tugas/saringan/<int:filter_id>/nama")
@signed_in
def rename(filter_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            rename_filter(work, filter_id, request.form.get("name", ""))
    except (Invalid, Conflict) as refusal:
        flash(refusal.text(language()), "error")
    else:
        flash(_("The filter has its new name."), "success")
    return redirect(list_address())


@bp.post("/tugas/saringan/<int:filter_id>/pembuka")
@signed_in
def open_with(filter_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        open_inbox_with(work, filter_id)
    flash(_("From now on your inbox opens with this filter. All that is yours stands under “My tasks”."), "success")
    return redirect(list_address())


@bp.post("/tugas/saringan/<int:filter_id>/bukan-pembuka")
@signed_in
def open_plainly(filter_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        open_inbox_plainly(work, filter_id)
    flash(_("Your inbox opens with all your tasks again."), "success")
    return redirect(list_address())


@bp.post("/tugas/saringan/<int:filter_id>/hapus")
@signed_in
def drop(filter_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        drop_filter(work, filter_id)
    flash(_("The filter is removed."), "success")
    return redirect(list_address())
