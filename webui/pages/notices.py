"""What the house has told one person."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.base.unit_of_work import Reading
from engine.notifications import operations, queries
from engine.notifications.queries import NoticeLine
from webui.identity import core, current_actor, signed_in
from webui.language import language

bp = Blueprint("notices", __name__)

UNREAD = "belum-dibaca"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    notice_id: int
    title: str
    body: str
    created_at: datetime
    is_unread: bool


@bp.get("/pemberitahuan")
@signed_in
def index() -> ResponseReturnValue:
    """All of them by day, or only those that she has not read."""
    cursor, only_unread = request.args.get("sesudah"), request.args.get("tampilan") == UNREAD
    with core().read(current_actor()) as reading:
        rows, next_cursor = _page(reading, cursor, only_unread)
        zone = reading.settings.zone
    days = [(day, list(told)) for day, told in groupby(rows, key=lambda row: row.created_at.astimezone(zone).date())]
    view = UNREAD if only_unread else None
    return render_template("notices.html", days=days, cursor=cursor, next_cursor=next_cursor, view=view, UNREAD=UNREAD)


@bp.get("/pemberitahuan/<int:notice_id>")
@signed_in
def open_notice(notice_id: int) -> ResponseReturnValue:
    """Lead to what the notice speaks of; it is read then."""
    with core().work(current_actor()) as work:
        operations.mark_read(work, notice_id)
        notice = queries.find_notice(work.session, work.actor.employee_id, notice_id)
    if notice and notice.work_item_id is not None:
        return redirect(url_for("work_items.show", work_item_id=notice.work_item_id))
    if notice and notice.instance_id is not None:
        return redirect(url_for("cases.by_id", instance_id=notice.instance_id))
    if notice and notice.kind == "sla.cases_moved":
        return redirect(url_for("cases.index"))
    if notice and notice.kind == "sla.steps_moved":
        return redirect(url_for("tasks.index"))
    if notice and notice.kind.startswith("sheet."):
        return redirect(url_for("duty_sheets.show", sheet_id=notice.facts["sheet_id"]))
    if notice and notice.kind.startswith("plan."):
        return redirect(url_for("start_plans.index"))
    if notice and notice.kind.startswith("import."):
        return redirect(url_for("office_import.show", table_id=notice.facts["table_id"]))
    return redirect(url_for(".index"))


@bp.post("/pemberitahuan/<int:notice_id>/dibaca")
@signed_in
def mark_read(notice_id: int) -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        operations.mark_read(work, notice_id)
    return _back_to_list()


@bp.post("/pemberitahuan/dibaca")
@signed_in
def mark_all_read() -> ResponseReturnValue:
    with core().work(current_actor()) as work:
        operations.mark_all_read(work)
    return _back_to_list()


def _back_to_list() -> ResponseReturnValue:
    """To the same page of it."""
    form = request.form
    return redirect(url_for(".index", tampilan=form.get("tampilan") or None, sesudah=form.get("sesudah") or None))


def _page(reading: Reading, cursor: str | None, only_unread: bool) -> tuple[list[NoticeRow], str | None]:
    employee_id = reading.actor.employee_id
    if employee_id is None:
        return [], None
    look = queries.unread_notices if only_unread else queries.notices
    page = look(reading.session, employee_id, cursor)
    return [_row(reading, line) for line in page.items], page.next_cursor


def _row(reading: Reading, line: NoticeLine) -> NoticeRow:
    zone = reading.settings.zone
    return NoticeRow(
        notice_id=line.notice_id,
        title=line.title(zone, language()),
        body=line.body(zone, language()),
        created_at=line.created_at,
        is_unread=line.read_at is None,
    )
