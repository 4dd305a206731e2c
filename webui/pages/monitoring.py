"""The manager's board: first what hurts now, then how cases stand by unit and procedure, then week by week."""

from functools import reduce
from operator import add

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.spreadsheet_writing import Value
from engine.insight.cases_by import CaseCounts, case_counts, cases_by_procedure, cases_by_unit
from engine.insight.days import weeks_before
from engine.insight.figures_by import weeks
from engine.insight.load import ahead
from engine.insight.pressing import pressing, stopped
from webui.identity import core, current_actor, signed_in
from webui.pages.board_address import board_address, periods
from webui.pages.board_charts import week_bars
from webui.pages.board_export import Table, answer_of_period, export_links
from webui.pages.board_rows import CaseRow, leads, row_of_procedure, row_of_unit, week_list
from webui.pages.board_tabs import board_tabs
from webui.texts import _

bp = Blueprint("monitoring", __name__)

TREND_WEEKS = 13


@bp.get("/pemantauan")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        counted = case_counts(reading, address.days, address.within)
        units = [row_of_unit(address, line) for line in cases_by_unit(reading, counted)]
        procedures = [row_of_procedure(address, line) for line in cases_by_procedure(reading, counted)]
        hurting = pressing(reading, address.within)
        standing_still = stopped(reading, address.within)
        soon = ahead(reading, address.within)
        trend = weeks(reading, weeks_before(address.past, TREND_WEEKS), address.within)
    page = render_template(
        "monitoring.html",
        address=address,
        tabs=board_tabs(address),
        periods=periods(),
        exports=export_links(".download", address),
        total=reduce(add, (row.counts for row in procedures), CaseCounts()),
        units=units,
        procedures=procedures,
        hurting=hurting,
        standing_still=standing_still,
        nobodys=soon.nobodys,
        soon=soon,
        leads=leads(address),
        chart=week_bars(trend),
        week_list=week_list(address),
    )
    return page, 422 if address.problem else 200


@bp.get("/pemantauan/sekarang.<any(csv, xlsx):kind>")
@signed_in
def download(kind: str) -> ResponseReturnValue:
    """The tables by unit and by procedure, one below the other."""
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        counted = case_counts(reading, address.days, address.within)
        units = cases_by_unit(reading, counted)
        procedures = cases_by_procedure(reading, counted)
    rows = [
        *(_cells(_("By unit"), row_of_unit(address, line)) for line in units),
        *(_cells(_("By procedure"), row_of_procedure(address, line)) for line in procedures),
    ]
    return answer_of_period(kind, "pemantauan", Table(headings=_headings(), rows=rows), address)


def _headings() -> list[str]:
    now = (_("Late now"), _("At risk now"), _("Stopped"), _("On track"), _("Running"))
    ended = (_("Started in the period"), _("Completed in the period"), _("Completed in time"), _("Completed too late"))
    return [_("Table"), _("Name"), *now, *ended]


def _cells(table: str, row: CaseRow) -> list[Value]:
    counts = row.counts
    now = (counts.late, counts.at_risk, counts.stopped, counts.on_track, counts.running)
    return [table, row.name, *now, counts.started, counts.completed, counts.met, counts.missed]
