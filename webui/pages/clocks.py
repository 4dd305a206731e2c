"""The clock of a task is stopped while the applicant or another office is waited for, and runs again."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import Invalid
from engine.base.unit_of_work import Reading
from engine.execution.item_pages import ItemPage, item_page
from engine.sla.model import WaitsFor
from engine.sla.stop_queries import StopLine, stops_of_case
from engine.sla.stopping import BY_HAND, REASON_LENGTH, Resumed, resume_clock, stop_clock
from webui.identity import core, current_actor, signed_in
from webui.language import language
from webui.pages.returning import item_address, list_address, way_back
from webui.texts import _
from webui.wording import working_duration

bp = Blueprint("clocks", __name__)


@bp.get("/tugas/<int:work_item_id>/jeda")
@signed_in
def form(work_item_id: int) -> ResponseReturnValue:
    with core().read(current_actor()) as reading:
        page = _page_for(reading, work_item_id)
    if page.item.closed_at is not None or page.item.clock_stopped_at is not None:
        return redirect(item_address(work_item_id))
    return _page(page, {})


@bp.post("/tugas/<int:work_item_id>/jeda")
@signed_in
def stop(work_item_id: int) -> ResponseReturnValue:
    try:
        with core().work(current_actor()) as work:
            stop_clock(work, work_item_id, request.form.get("waits_for", ""), request.form.get("reason", ""))
    except Invalid as refusal:
        with core().read(current_actor()) as reading:
            page = _page_for(reading, work_item_id)
        return _page(page, refusal.by_field(language())), 422
    flash(_("The clock stands still. Nobody is reminded until it runs again."), "success")
    return redirect(item_address(work_item_id))


@bp.post("/tugas/<int:work_item_id>/lanjut")
@signed_in
def resume(work_item_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        resumed = resume_clock(work, work_item_id)
    flash(_words_of(resumed), "success")
    return redirect(item_address(work_item_id))


def _words_of(resumed: Resumed) -> str:
    if resumed.due_at is None:
        return _("The clock runs again.")
    if resumed.due_at == resumed.was_due_at:
        return _("The clock runs again. The deadline stayed: no working time passed meanwhile.")
    return _("The clock runs again. The deadline came later by the time for which it stood still.")


def last_stop(reading: Reading, page: ItemPage) -> StopLine | None:
    """The stop that lasts at a task now."""
    if page.item.clock_stopped_at is None:
        return None
    stops = stops_of_case(reading.session, page.item.instance_id)
    here = (stop for stop in stops if stop.work_item_id == page.item.work_item_id and stop.resumed_at is None)
    return next(here, None)


def for_whom(waits_for: WaitsFor) -> str:
    return {
        WaitsFor.APPLICANT: _("the applicant"),
        WaitsFor.OTHER_OFFICE: _("another office"),
        WaitsFor.MESSAGE: _("a message"),
    }[waits_for]


def told(stop: StopLine) -> str:
    """For whom, why, and for how long it was."""
    whom = for_whom(stop.waits_for)
    if stop.resumed_at is None:
        return _("The clock stands still: waiting for %(whom)s. %(reason)s", whom=whom, reason=stop.reason)
    return _(
        "The clock stood still for %(duration)s: waiting for %(whom)s. %(reason)s",
        duration=working_duration(timedelta(minutes=stop.minutes or 0)),
        whom=whom,
        reason=stop.reason,
    )


def _page_for(reading: Reading, work_item_id: int) -> ItemPage:
    """Raises the refusal of whoever may not stop it."""
    page = item_page(reading, work_item_id)
    if not page.may_stop_clock:
        require(reading.actor, Permission.STOP_CLOCK)
    return page


def _page(page: ItemPage, problems: dict[str, str]) -> str:
    return render_template(
        "stop_clock.html",
        item=page.item,
        case=page.case,
        choices=[(each.value, for_whom(each)) for each in BY_HAND],
        chosen=request.form.get("waits_for", ""),
        reason=request.form.get("reason", ""),
        reason_length=REASON_LENGTH,
        back=way_back(),
        list_address=list_address(),
        problems=problems,
    )
