"""What the house has told one person."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.base.unit_of_work import Reading
from engine.notifications import operations, queries
from engine.notifications.queries import NoticeLine
from webui.identity import core, current_actor, signed_in
from webui.language import language

bp = Blueprint("notices", __name__)


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
    cursor = request.args.get("sesudah")
    with core().read(current_actor()) as reading:
        rows, next_cursor = _page(reading, cursor)
    return render_template("notices.html", rows=rows, cursor=cursor, next_cursor=next_cursor)


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
    return redirect(url_for(".index", sesudah=request.form.get("sesudah") or None))


def _page(reading: Reading, cursor: str | None) -> tuple[list[NoticeRow], str | None]:
    employee_id = reading.actor.employee_id
    if employee_id is None:
        return [], None
    page = queries.notices(reading.session, employee_id, cursor)
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
