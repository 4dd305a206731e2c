"""The monthly report of a unit: a page to choose from, and the PDF."""

from datetime import date
from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from engine.access.permissions import Permission, require
from engine.base.errors import NotFound
from engine.base.i18n import _
from engine.base.text import hyphenated
from engine.base.unit_of_work import Reading
from engine.insight.days import DAY, Days, month_of
from engine.insight.report import Report, monthly_report
from engine.insight.report_pdf import report_pdf
from webui.identity import core, current_actor, signed_in
from webui.pages.board_address import BoardAddress, board_address, day_of
from webui.pages.board_tabs import board_tabs

bp = Blueprint("sla_report", __name__)

MONTHS_OFFERED = 13
LONGEST_NAME = 60


class NoSuchMonth(NotFound):
    code = "report.no_such_month"
    message = _("There is no report of such a month. Choose one that has begun, for example 2026-01.")


@bp.get("/pemantauan/laporan")
@signed_in
def index() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        address = board_address(reading)
        report = _report(reading, address)
    return render_template(
        "sla_report.html", address=address, tabs=board_tabs(address), report=report, months=_months(address.today)
    )


@bp.get("/pemantauan/laporan.pdf")
@signed_in
def download() -> ResponseReturnValue:
    require(current_actor(), Permission.SEE_MONITORING)
    with core().read(current_actor()) as reading:
        report = _report(reading, board_address(reading))
        content = report_pdf(report, reading.settings, reading.now)
    name = file_name(report, reading.settings.office_name)
    return send_file(BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=name)


def file_name(report: Report, office_name: str) -> str:
    """Those of several units lie side by side in one folder: each says whose it is."""
    whose = hyphenated(report.unit_name or office_name)[:LONGEST_NAME].rstrip("-")
    return f"laporan-sla-{report.days.first:%Y-%m}-{whose or 'unit'}.pdf"


def _report(reading: Reading, address: BoardAddress) -> Report:
    return monthly_report(reading, _month(address.today), address.within, address.unit_name)


def _month(today: date) -> Days:
    """The one of the address, or the last one that is over; raises NoSuchMonth for none that has begun."""
    text = request.args.get("bulan", "")
    if not text:
        return _before(month_of(today))
    chosen = day_of(f"{text}-01") if len(text) == len("2026-10") else None
    if chosen is None or chosen > today:
        raise NoSuchMonth
    return month_of(chosen)


def _months(today: date) -> list[date]:
    """Their first days, the latest first."""
    found = [month_of(today)]
    while len(found) < MONTHS_OFFERED:
        found.append(_before(found[-1]))
    return [month.first for month in found]


def _before(month: Days) -> Days:
    return month_of(month.first - DAY)
