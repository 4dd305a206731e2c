"""Who carries how much, who is away, what falls due soon, and what lies in a queue for long."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.insight.load import MOST_HOURS, WAITS_LONG_HOURS, ahead, load
from webui.identity import core, current_actor, signed_in
from webui.pages.board_address import board_address
from webui.pages.board_asked import NotKnownToTheBoard, number_asked
from webui.pages.board_export import Table, answer_of_now, export_links
from webui.pages.board_rows import leads
from webui.pages.board_tabs import board_tabs
from webui.texts import _

bp = Blueprint("board_load", __name__)


@bp.get("/pemantauan/beban")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    hours, problem = _waits_hours()
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        soon = ahead(reading, address.within, hours)
        people = load(reading, address.within, soon.due_until)
    page = render_template(
        "board_load.html",
        address=address,
        tabs=board_tabs(address),
        exports=export_links(".download", address),
        soon=soon,
        hours=hours,
        typed=request.args.get("jam", "")[:20] if problem else hours,
        problem=problem,
        people=people,
        away=[line for line in people if line.away_until],
        most=max((line.open for line in people), default=0),
        leads=leads(address),
    )
    return page, 422 if problem else 200


@bp.get("/pemantauan/beban.<any(csv, xlsx):kind>")
@signed_in
def download(kind: str) -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        people = load(reading, address.within, ahead(reading, address.within).due_until)
    headings = [_("Name"), _("Open"), _("Late"), _("At risk"), _("Due in three working days")]
    rows = [
        (each.name, each.open, each.late, each.at_risk, each.due_soon, each.norm_minutes, each.away_until)
        for each in people
    ]
    headings += [_("Minutes by the norm"), _("Away until")]
    return answer_of_now(kind, "beban", Table(headings=headings, rows=rows), address)


def _waits_hours() -> tuple[int, str]:
    """How long a step lies in a queue before that is worth a look, in working hours, and what is wrong with it."""
    try:
        return number_asked("jam", MOST_HOURS) or WAITS_LONG_HOURS, ""
    except NotKnownToTheBoard:
        return WAITS_LONG_HOURS, _("Give a number of hours from 1 to %(most)s.", most=MOST_HOURS)
